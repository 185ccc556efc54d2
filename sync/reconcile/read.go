package reconcile

import (
	"context"
	"fmt"

	"golang.org/x/sync/errgroup"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/sync/pull"
)

// pull reads all connections at the same time, then the context that they
// point to. A connection that fails does not hold up the others.
func (r *Reconciler) pull(ctx context.Context) (Result, error) {
	result := Result{Connections: make([]Outcome, len(r.Connections))}
	group, groupCtx := errgroup.WithContext(ctx)
	for i, c := range r.Connections {
		group.Go(func() error {
			var err error
			result.Connections[i], err = r.pullOne(groupCtx, c)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return result, err
	}
	return result, r.context(ctx, result)
}

// pullOne reads one connection. Its error is about the store only.
func (r *Reconciler) pullOne(ctx context.Context, c Connection) (Outcome, error) {
	o := Outcome{Name: c.Name, Observe: c.Writer == nil}
	known, _, err := r.Store.Site(ctx, c.Name)
	if err != nil {
		return o, fmt.Errorf("load site of %s: %w", c.Name, err)
	}
	o.Site = known
	o.Pull, o.Err = r.Puller.Pull(ctx, c.Name, c.Reader)
	if o.Pull.Site.ID != "" {
		o.Site = o.Pull.Site
	}
	if o.Site.ID == "" { // never reached: nothing to keep books on
		return o, nil
	}
	if o.Err != nil && len(o.Pull.Coverage) == 0 {
		o.Pull.Coverage = unreached(c.Name, o.Site, o.Err)
	}
	o.pulled = o.Err == nil
	if o.pass, err = r.Store.BeginPass(context.WithoutCancel(ctx), c.Name, o.Site.ID); err != nil {
		return o, fmt.Errorf("begin pass of %s: %w", c.Name, err)
	}
	return o, nil
}

// context fetches parents and link ends outside the scope through whichever
// connection can see them.
func (r *Reconciler) context(ctx context.Context, result Result) error {
	var connected []pull.Connected
	for i, o := range result.Connections {
		if o.pulled {
			connected = append(connected, pull.Connected{Name: o.Name, Site: o.Site, Reader: r.Connections[i].Reader})
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
