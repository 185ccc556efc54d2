package reconcile

import (
	"context"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/sync/pull"
)

// pull reads all connections at the same time, then links that are kept apart
// from their items, then the context that all of them point to. A connection
// that fails does not hold up the others. Every site describes itself before any
// is read, because an address in one of them may stand for an item of another.
func (r *Reconciler) pull(ctx context.Context, watch *stopwatch) (Result, error) {
	result := Result{Connections: make([]Outcome, len(r.Connections))}
	if err := r.each(ctx, result, r.describe); err != nil {
		return result, err
	}
	watch.ended("describe")
	sites, err := r.Store.Sites(ctx)
	if err != nil {
		return result, fmt.Errorf("load sites: %w", err)
	}
	for i, c := range r.Connections {
		o := &result.Connections[i]
		o.reader, o.linker = pull.Located(c.Reader, sites), pull.LocatedLinks(c.Linker, sites)
	}
	if err := r.each(ctx, result, r.read); err != nil {
		return result, err
	}
	if err := r.links(ctx, result, linksFirst); err != nil {
		return result, err
	}
	watch.ended("read", "changed", changed(result))
	err = r.context(ctx, result)
	watch.ended("context")
	return result, err
}

// changed is how many items were new or another than before.
func changed(result Result) (n int) {
	for _, o := range result.Connections {
		n += o.Pull.Changes.New + o.Pull.Changes.Changed
	}
	return n
}

// each does one thing for all connections at the same time. Its error is about
// the store only.
func (r *Reconciler) each(ctx context.Context, result Result, do func(context.Context, Connection, *Outcome) error) error {
	group, groupCtx := errgroup.WithContext(ctx)
	for i, c := range r.Connections {
		group.Go(func() error { return do(groupCtx, c, &result.Connections[i]) })
	}
	return group.Wait()
}

// A site is asked what it is when its last answer is older than this: fields,
// types and rights change seldom, and an idle poll should cost next to nothing.
const descriptionHolds = 10 * time.Minute

// description is what a site said of itself, and when by our clock.
type description struct {
	site backlog.Site
	at   time.Time
}

// described recalls a site that has told about itself not long ago. Its clock
// has gone on since.
func (r *Reconciler) described(connection string) (backlog.Site, bool) {
	known, ok := r.sites.Load(connection)
	if !ok {
		return backlog.Site{}, false
	}
	d := known.(description)
	since := r.Clock().Sub(d.at)
	d.site.Now = d.site.Now.Add(since)
	return d.site, since >= 0 && since < descriptionHolds
}

// describe asks one site what it is. A site that does not answer is known from
// an earlier pass, or not at all.
func (r *Reconciler) describe(ctx context.Context, c Connection, o *Outcome) error {
	o.Name, o.Observe = c.Name, c.Writer == nil
	if site, fresh := r.described(c.Name); fresh {
		o.Site = site
		return nil
	}
	known, _, err := r.Store.Site(ctx, c.Name)
	if err != nil {
		return fmt.Errorf("load site of %s: %w", c.Name, err)
	}
	o.Site = known
	site, err := r.Puller.Describe(ctx, c.Name, c.Reader)
	if err != nil {
		o.Err = err
		return nil
	}
	r.sites.Store(c.Name, description{site, r.Clock()})
	o.Site = site
	return nil
}

// read pulls one connection that has described itself, and opens its pass in
// the books.
func (r *Reconciler) read(ctx context.Context, c Connection, o *Outcome) error {
	if o.Site.ID == "" { // never reached: nothing to keep books on
		return nil
	}
	var err error
	if o.pass, err = r.Store.BeginPass(context.WithoutCancel(ctx), c.Name, o.Site.ID); err != nil {
		return fmt.Errorf("begin pass of %s: %w", c.Name, err)
	}
	if o.Err != nil {
		o.Pull.Coverage = unreached(c.Name, o.Site, o.Err)
		return nil
	}
	o.Pull, o.Err = r.Puller.Pull(ctx, c.Name, o.Site, o.reader)
	if o.Err == nil && o.Pull.Changes.Emptied > 0 { // has the field gone?
		r.sites.Delete(c.Name)
		if err := r.describe(ctx, c, o); err != nil {
			return err
		}
	}
	if o.Err != nil { // perhaps because the site is no longer built as it was
		r.sites.Delete(c.Name)
	}
	o.pulled = o.Err == nil
	return nil
}

// context fetches parents and link ends outside the scope through whichever
// connection can see them.
func (r *Reconciler) context(ctx context.Context, result Result) error {
	var connected []pull.Connected
	for _, o := range result.Connections {
		c := pull.Connected{Name: o.Name, Site: o.Site}
		if o.pulled {
			c.Reader = o.reader
		}
		if o.Site.ID != "" {
			connected = append(connected, c)
		}
	}
	return r.Puller.Context(ctx, connected)
}

// unreached is the coverage of a connection that did not even describe itself.
func unreached(connection string, site backlog.Site, err error) []backlog.Coverage {
	var all []backlog.Coverage
	for _, p := range site.Projects {
		all = append(all, backlog.Coverage{Connection: connection, Project: p.Key, State: backlog.Failed, Reason: err.Error()})
	}
	return all
}
