package memory

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strconv"

	"github.com/trackwarden/trackwarden/backlog"
)

// stream is the name of the only sweep, and of its place in the mark.
const stream = "changes"

// Describe says who we are and how the site is built.
func (t *Tracker) Describe(ctx context.Context) (backlog.Site, error) {
	site := t.site
	site.Now = t.now()
	return site, ctx.Err()
}

// Sweeps needs one stream: everything behind the mark.
func (t *Tracker) Sweeps(ctx context.Context, since backlog.Mark) ([]backlog.Sweep, error) {
	return []backlog.Sweep{{Name: stream, Position: cmp.Or(since[stream], "0")}}, ctx.Err()
}

// Read yields the pages behind a position.
func (t *Tracker) Read(ctx context.Context, s backlog.Sweep) iter.Seq2[backlog.Page, error] {
	return func(yield func(backlog.Page, error) bool) {
		for position := s.Position; ; {
			page, err := t.page(ctx, position)
			if !yield(page, err) || err != nil || page.Last {
				return
			}
			position = page.Position
		}
	}
}

func (t *Tracker) page(ctx context.Context, position string) (backlog.Page, error) {
	after, err := strconv.Atoi(position)
	if err != nil {
		return backlog.Page{}, fmt.Errorf("read position: %w", err)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	rest := slices.DeleteFunc(t.inOrder(), func(r *record) bool { return r.change <= after })
	page := backlog.Page{Position: position, Last: len(rest) <= t.pageSize}
	for _, r := range rest[:min(len(rest), t.pageSize)] {
		page.Position = strconv.Itoa(r.change)
		switch {
		case r.deleted:
			page.Gone = append(page.Gone, r.item.ID)
		case t.inScope(r.item):
			page.Items = append(page.Items, r.item)
		}
	}
	if page.Last {
		page.Mark = backlog.Mark{stream: page.Position}
	}
	return page, ctx.Err()
}

// Fetch knows of everything that was ever here, so it never says hidden of
// what was deleted.
func (t *Tracker) Fetch(ctx context.Context, ids ...backlog.ItemID) ([]backlog.Sighting, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	sightings := make([]backlog.Sighting, len(ids))
	for i, id := range ids {
		sightings[i] = t.sight(id)
	}
	return sightings, ctx.Err()
}

func (t *Tracker) sight(id backlog.ItemID) backlog.Sighting {
	switch r := t.find(id); {
	case r == nil:
		return backlog.Sighting{ID: id, Presence: backlog.Hidden}
	case r.deleted:
		return backlog.Sighting{ID: id, Presence: backlog.Gone}
	case !t.inScope(r.item):
		return backlog.Sighting{ID: id, Presence: backlog.Moved, Item: r.item}
	default:
		return backlog.Sighting{ID: id, Presence: backlog.Found, Item: r.item}
	}
}

// Comments lists those that carry a marker of ours.
func (t *Tracker) Comments(ctx context.Context, id backlog.ItemID) ([]backlog.Comment, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	r := t.find(id)
	if r == nil || r.deleted {
		return nil, ctx.Err()
	}
	ours := slices.DeleteFunc(slices.Clone(r.comments), func(c backlog.Comment) bool { return c.Marker.Owner == "" })
	return ours, ctx.Err()
}

// Census is complete on its only page: nothing can be hidden in a map.
func (t *Tracker) Census(ctx context.Context, p backlog.ProjectID) iter.Seq2[backlog.CensusPage, error] {
	return func(yield func(backlog.CensusPage, error) bool) {
		t.mu.Lock()
		page := backlog.CensusPage{Complete: true, Basis: "every item in memory was looked at"}
		for _, r := range t.inOrder() {
			if !r.deleted && r.item.Project.ID == p.ID {
				page.IDs = append(page.IDs, r.item.ID)
			}
		}
		t.mu.Unlock()
		yield(page, ctx.Err())
	}
}
