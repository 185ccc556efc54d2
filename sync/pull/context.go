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

const contextBatch = 500

// Context fetches parents and link ends that lie outside the scope, in
// whichever tracker they are. They are shown to policies and never judged. A
// connection that fails is left out; the others carry on.
func (p *Puller) Context(ctx context.Context, connections []Connected) error {
	refs, err := p.Store.Unresolved(ctx, contextBatch)
	if err != nil {
		return fmt.Errorf("list unknown link ends: %w", err)
	}
	for _, c := range connections {
		asked, ids := addressedTo(c.Site, refs)
		if len(ids) == 0 {
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

// addressedTo picks the references into one site, each identity once.
func addressedTo(site backlog.Site, refs []backlog.Ref) (asked []backlog.Ref, ids []backlog.ItemID) {
	for _, ref := range refs {
		id, ok := identity(site, ref)
		if !ok {
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
