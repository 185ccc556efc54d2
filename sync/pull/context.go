package pull

import (
	"context"
	"fmt"
	"slices"

	"github.com/trackwarden/trackwarden/backlog"
)

// Connected is a connection whose reader can be asked for single items.
type Connected struct {
	Name   string
	Site   backlog.Site
	Reader backlog.Reader
}

// A pass asks one connection for at most contextBatch items. The list that
// they are picked from is longer, so that those of a connection that is down
// do not stand in the way of the others.
const (
	contextBatch = 500
	contextList  = 20_000
)

// Context fetches parents and link ends that lie outside the scope, in
// whichever tracker they are, and reads those again that were fetched longer
// ago than a census is old. They are shown to policies and never judged. A
// connection that fails, or has no reader because it is down, is left out; the
// others carry on.
func (p *Puller) Context(ctx context.Context, connections []Connected) error {
	refs, err := p.Store.Unresolved(ctx, contextList)
	if err != nil {
		return fmt.Errorf("list unknown link ends: %w", err)
	}
	if refs, err = p.known(ctx, connections, refs); err != nil {
		return err
	}
	for _, c := range connections {
		if err := p.renew(ctx, c); err != nil {
			return err
		}
		asked, ids := addressedTo(c.Site, refs)
		if len(ids) == 0 || c.Reader == nil {
			continue
		}
		sightings, err := c.Reader.Fetch(ctx, ids...)
		if err != nil {
			p.Log.Warn("fetch context", "connection", c.Name, "error", err)
			continue
		}
		if _, err := p.Store.CommitSightings(ctx, c.Name, c.Site.ID, sightings, true); err != nil {
			return fmt.Errorf("commit context: %w", err)
		}
		if err := p.Store.Asked(ctx, asked); err != nil {
			return fmt.Errorf("remember what was asked: %w", err)
		}
	}
	return nil
}

// known picks the references into one of the sites. The others, such as pages
// of a wiki, count as asked for, so that they do not fill the next list too.
func (p *Puller) known(ctx context.Context, connections []Connected, refs []backlog.Ref) (known []backlog.Ref, err error) {
	var foreign []backlog.Ref
	for _, ref := range refs {
		if slices.ContainsFunc(connections, func(c Connected) bool { _, ok := identity(c.Site, ref); return ok }) {
			known = append(known, ref)
		} else {
			foreign = append(foreign, ref)
		}
	}
	if len(foreign) == 0 {
		return known, nil
	}
	if err := p.Store.Asked(ctx, foreign); err != nil {
		return nil, fmt.Errorf("remember what leads nowhere: %w", err)
	}
	return known, nil
}

// addressedTo picks the next references into one site, each identity once.
func addressedTo(site backlog.Site, refs []backlog.Ref) (asked []backlog.Ref, ids []backlog.ItemID) {
	for _, ref := range refs {
		id, ok := identity(site, ref)
		if !ok || len(ids) == contextBatch && !slices.Contains(ids, id) {
			continue
		}
		asked = append(asked, ref)
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return asked, ids
}

// identity is what the site can be asked for: the id, or the key out of an
// address of one of its pages.
func identity(site backlog.Site, ref backlog.Ref) (backlog.ItemID, bool) {
	if !ref.ID.IsZero() {
		return ref.ID, ref.ID.Site == site.ID
	}
	found, ok := site.Locate(ref.URL)
	if !ok {
		return backlog.ItemID{}, false
	}
	if !found.ID.IsZero() {
		return found.ID, true
	}
	return backlog.ItemID{Site: site.ID, ID: found.Key}, true
}
