package apply

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
)

// look reads the item fresh and plans it again. An item that somebody edited
// since it was judged is stored and left for the next pass: its findings may
// no longer be true.
func (a *Applier) look(ctx context.Context, id backlog.ItemID, again bool, sum *Summary) (backlog.Planned, string, error) {
	candidate, known, err := a.Store.Candidate(ctx, id)
	if err != nil {
		return backlog.Planned{}, "", fmt.Errorf("load item: %w", err)
	}
	if !known {
		return backlog.Planned{}, "", nil
	}
	sighting, err := a.sight(ctx, id)
	if err != nil {
		return backlog.Planned{}, "", err
	}
	if sighting.Presence != backlog.Found && sighting.Presence != backlog.Moved {
		return backlog.Planned{}, fmt.Sprintf("the item is %s", sighting.Presence), nil
	}
	if !a.Anyway {
		if candidate, err = a.noticed(ctx, candidate, sighting); err != nil {
			return backlog.Planned{}, "", err
		}
	}
	if !a.Anyway && sighting.Item.SubstanceHash() != candidate.SubstanceHash() {
		changes, err := a.Store.CommitSightings(ctx, a.Connection, a.Site, []backlog.Sighting{sighting}, false)
		if err != nil {
			return backlog.Planned{}, "", fmt.Errorf("store item: %w", err)
		}
		// What the store mends on the way in, such as broken texts, is no edit.
		if changes.New+changes.Changed > 0 {
			return backlog.Planned{}, "edited since it was judged", nil
		}
	}
	view := backlog.View{Candidate: candidate}
	view.Labels, view.Revision, view.Changed = sighting.Item.Labels, sighting.Item.Revision, sighting.Item.Changed
	return a.plan(ctx, view, again, sum)
}

// noticed stores an item from which a label of ours was taken off since it was
// stored, so that the books say so before anything is planned.
func (a *Applier) noticed(ctx context.Context, c backlog.Candidate, s backlog.Sighting) (backlog.Candidate, error) {
	missing := slices.ContainsFunc(c.Owned, func(o backlog.Owned) bool {
		return o.Kind == backlog.OwnedLabel && !slices.ContainsFunc(s.Item.Labels, func(l string) bool { return strings.EqualFold(l, o.Value) })
	})
	if !missing || c.Busy || s.Item.SubstanceHash() != c.SubstanceHash() { // an edit is stored later on
		return c, nil
	}
	if _, err := a.Store.CommitSightings(ctx, a.Connection, a.Site, []backlog.Sighting{s}, false); err != nil {
		return c, fmt.Errorf("store item: %w", err)
	}
	again, known, err := a.Store.Candidate(ctx, c.ID)
	if err != nil || !known {
		return c, err
	}
	return again, nil
}

// plan plans the fresh item; our comments are read only when one is to be
// written, or again, or for another reason, because reading them costs requests.
// What others did to our annotations goes into the books at once.
func (a *Applier) plan(ctx context.Context, view backlog.View, again bool, sum *Summary) (backlog.Planned, string, error) {
	change, held := a.Plan(view)
	if change.Comment != nil || change.Look || again {
		comments, err := a.Reader.Comments(ctx, view.ID)
		if err != nil {
			return backlog.Planned{}, "", fmt.Errorf("%w: read our comments: %w", errItem, err)
		}
		view.Comments, view.Fresh = comments, true
		sum.expose(backlog.ProjectID{Site: view.ID.Site, ID: view.Project.ID}, comments)
		change, held = a.Plan(view)
	}
	if !change.React.Empty() {
		dismissed, err := a.Store.React(ctx, view.ID, change.React)
		if err != nil {
			return backlog.Planned{}, "", fmt.Errorf("keep what others did: %w", err)
		}
		sum.Dismissed += dismissed
	}
	if view.Fresh && !deletes(change.Change) { // else there may be more to take away
		if err := a.Store.Looked(ctx, view.ID, view.Revision); err != nil {
			return backlog.Planned{}, "", err
		}
	}
	return change, held, nil
}

func (a *Applier) sight(ctx context.Context, id backlog.ItemID) (backlog.Sighting, error) {
	sightings, err := a.Reader.Fetch(ctx, id)
	if err != nil {
		return backlog.Sighting{}, fmt.Errorf("%w: read item: %w", errItem, err)
	}
	if len(sightings) != 1 {
		return backlog.Sighting{}, fmt.Errorf("%w: %w: %d answers for one item", errItem, backlog.ErrIncomplete, len(sightings))
	}
	return sightings[0], nil
}

// echo stores the item as our own write left it, so that the next pull does
// not take our writing for a person's activity.
func (a *Applier) echo(ctx context.Context, id backlog.ItemID) {
	sighting, err := a.sight(ctx, id)
	if err == nil && (sighting.Presence == backlog.Found || sighting.Presence == backlog.Moved) {
		err = a.Store.CommitEcho(ctx, a.Connection, sighting.Item)
	}
	if err != nil { // the next pull brings it; nothing is lost
		a.Log.Warn("read back after writing", "connection", a.Connection, "item", id.ID, "error", err)
	}
}
