package store

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/trackwarden/trackwarden/backlog"
)

// source is where items come from. A sweep may be served by an index that
// lags; a fetch is fresh; an echo is fresh and follows a write of ours.
type source int

const (
	fromSweep source = iota
	fromFetch
	fromEcho
)

// commit collects what one transaction does to the items of a site.
type commit struct {
	tx      *tx
	site    pinned
	source  source
	stored  map[string]*known // by remote id
	changes backlog.Changes
	tallies *tallies

	judge   set // items to be judged again
	noisy   set // items whose neighbours have to be
	ends    set // items that a link came to, or left
	turned  set // items whose place in the graph of dependencies changed
	owed    set // items that planning has to look at again
	lacks   set // items that may have links which lead to nothing that is stored
	fresh   []*known
	changed []*known

	departed map[int64]string // items that left the scope, with the project that they were in
	returned set              // items that are no longer absent
	filling  filling
}

type set map[int64]struct{}

func (s set) add(id int64) { s[id] = struct{}{} }

func (s set) has(id int64) bool { _, ok := s[id]; return ok }

func (t *tx) commit(ctx context.Context, connection string, site backlog.SiteID, from source) (*commit, error) {
	p, err := t.db.mustSite(ctx, t, site)
	if err == nil && p.connection != connection {
		err = fmt.Errorf("site %s belongs to connection %s, not %s", site, p.connection, connection)
	}
	if err != nil {
		return nil, err
	}
	return &commit{tx: t, site: p, source: from, tallies: newTallies(), judge: set{}, noisy: set{}, ends: set{}, turned: set{}, owed: set{}, lacks: set{}, departed: map[int64]string{}, returned: set{}}, nil
}

// CommitPage stores a page of a sweep with the position behind it and what it
// makes dirty. An item that is older than the stored one changes nothing.
func (db *DB) CommitPage(ctx context.Context, connection string, site backlog.SiteID, sweep string, page backlog.Page) (changes backlog.Changes, err error) {
	arrivals, err := arriveAll(page.Items)
	if err != nil {
		return changes, err
	}
	err = db.write(ctx, func(t *tx) error {
		c, err := t.commit(ctx, connection, site, fromSweep)
		if err != nil {
			return err
		}
		c.changes.Same += len(page.Items) - len(arrivals)
		c.changes.Broken += len(page.Broken)
		if err := c.run(ctx, arrivals, page.Gone); err != nil {
			return err
		}
		changes = c.changes
		return t.advance(ctx, c.site.number, sweep, page)
	})
	return changes, err
}

// CommitSightings stores what a fetch found. With outside, unknown items are
// kept as context. A hidden item proves nothing: whatever is stored stays, but
// context that is hidden is known no longer. An item that moved out of the scope
// becomes context.
func (db *DB) CommitSightings(ctx context.Context, connection string, site backlog.SiteID, sightings []backlog.Sighting, outside bool) (changes backlog.Changes, err error) {
	var arrivals []*arrival
	var gone []backlog.ItemID
	var hidden []string
	damaged := 0
	for _, s := range sightings {
		switch s.Presence {
		case backlog.Hidden:
			hidden = append(hidden, s.ID.ID)
		case backlog.Gone:
			gone = append(gone, s.ID)
		case backlog.Damaged:
			damaged++
		case backlog.Found, backlog.Moved:
			presence := s.Presence
			if outside && presence == backlog.Found {
				presence = backlog.Context
			}
			a, err := arrive(s.Item, presence)
			if err != nil {
				return changes, err
			}
			arrivals = append(arrivals, a)
		}
	}
	err = db.write(ctx, func(t *tx) error {
		c, err := t.commit(ctx, connection, site, fromFetch)
		if err != nil {
			return err
		}
		c.changes.Broken += damaged
		if err := c.obscure(ctx, hidden); err != nil {
			return fmt.Errorf("mark hidden context: %w", err)
		}
		err = c.run(ctx, latest(arrivals), gone)
		changes = c.changes
		return err
	})
	return changes, err
}

// latest keeps the last arrival of each item.
func latest(arrivals []*arrival) []*arrival {
	seen := map[string]bool{}
	var kept []*arrival
	for i := len(arrivals) - 1; i >= 0; i-- {
		if id := arrivals[i].item.ID.ID; !seen[id] {
			seen[id] = true
			kept = append(kept, arrivals[i])
		}
	}
	return kept
}

// CommitEcho stores an item as it was read right after our own write. As long
// as nobody else touched it, it was not active and need not be judged again.
func (db *DB) CommitEcho(ctx context.Context, connection string, item backlog.Item) error {
	a, err := arrive(item, backlog.Found)
	if err != nil {
		return err
	}
	return db.write(ctx, func(t *tx) error {
		c, err := t.commit(ctx, connection, item.ID.Site, fromEcho)
		if err != nil {
			return err
		}
		return c.following(ctx, item.ID.ID, func() error { return c.run(ctx, []*arrival{a}, nil) })
	})
}

// run is the whole of a commit, in the order that its parts need.
func (c *commit) run(ctx context.Context, arrivals []*arrival, gone []backlog.ItemID) error {
	for _, step := range []struct {
		name string
		do   func() error
	}{
		{"load stored items", func() error { return c.load(ctx, arrivals) }},
		{"store items", func() error { return c.keep(ctx, arrivals) }},
		{"store what judging needs", func() error { return c.keepBriefs(ctx) }},
		{"store iterations", func() error { return c.keepIterations(ctx) }},
		{"store links", func() error { return c.link(ctx) }},
		{"resolve links", func() error { return c.welcome(ctx) }},
		{"list unknown link ends", func() error { return c.lack(ctx) }},
		{"take items out of scope", func() error { return c.part(ctx) }},
		{"count lost fields", func() error { return c.countFields(ctx) }},
		{"mark gone items", func() error { return c.remove(ctx, gone) }},
		{"count", func() error { return c.tally(ctx) }},
		{"note dependencies", func() error { return c.saveTurned(ctx) }},
		{"note what to plan", func() error { return c.tx.owe(ctx, slices.Sorted(maps.Keys(c.owed))) }},
		{"note pasts", func() error { return c.owe(ctx) }},
		{"mark dirty items", func() error { return c.mark(ctx) }},
	} {
		if err := step.do(); err != nil {
			return fmt.Errorf("%s: %w", step.name, err)
		}
	}
	return nil
}
