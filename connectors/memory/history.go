package memory

import (
	"context"
	"slices"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// History tells what became of items since the tracker was opened.
func (t *Tracker) History(ctx context.Context, ids ...backlog.ItemID) ([]backlog.Past, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	pasts := make([]backlog.Past, len(ids))
	for i, id := range ids {
		pasts[i].ID = id
		if r := t.find(id); r != nil && !r.deleted {
			pasts[i].Known, pasts[i].Events = true, slices.Clone(r.events)
		}
	}
	return pasts, ctx.Err()
}

// note keeps what a person changed of an item; a change of nothing that is
// kept by its name is activity all the same.
func (r *record) note(before backlog.Item, at time.Time) {
	after, known := r.item, len(r.events)
	if before.State.Native != after.State.Native {
		r.events = append(r.events, backlog.Event{
			At: at, Field: backlog.StateEvent, From: before.State.Native, To: after.State.Native,
			FromCategory: before.State.Category, ToCategory: after.State.Category,
		})
	}
	if before.Due != after.Due {
		r.events = append(r.events, backlog.Event{At: at, Field: backlog.DueEvent, From: before.Due, To: after.Due})
	}
	if left, entered := current(before), current(after); left.ID != entered.ID {
		begun := !left.Start.IsZero() && !left.Start.After(at)
		r.events = append(r.events, backlog.Event{At: at, Field: backlog.IterationEvent, From: left.ID, To: entered.ID, Begun: begun})
	}
	if len(r.events) == known {
		r.events = append(r.events, backlog.Event{At: at})
	}
}

// current is the iteration that an item is in: the last one.
func current(item backlog.Item) backlog.Iteration {
	if n := len(item.Iterations); n > 0 {
		return item.Iterations[n-1]
	}
	return backlog.Iteration{}
}
