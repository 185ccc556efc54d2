package reconcile

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/sync/pull"
)

// Hints collects what webhooks speak of until it is looked at. Whatever comes
// twice in the meantime is looked at once.
type Hints struct {
	Clock func() time.Time

	mu      sync.Mutex
	waiting map[string]map[backlog.ItemID]backlog.Hint
	since   time.Time // when the oldest came
	wake    chan struct{}
}

// NewHints makes an empty collection.
func NewHints(clock func() time.Time) *Hints {
	return &Hints{Clock: clock, waiting: map[string]map[backlog.ItemID]backlog.Hint{}, wake: make(chan struct{}, 1)}
}

// More than this of one connection are left to the next poll, which brings
// many at once for the price of one.
const mostHints = 500

// Add takes hints of a connection; it never blocks.
func (h *Hints) Add(connection string, hints []backlog.Hint) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.waiting) == 0 {
		h.since = h.Clock()
	}
	of := h.waiting[connection]
	if of == nil {
		of = map[backlog.ItemID]backlog.Hint{}
		h.waiting[connection] = of
	}
	for _, hint := range hints {
		hint.Deleted = hint.Deleted || of[hint.ID].Deleted
		if _, known := of[hint.ID]; known || len(of) < mostHints {
			of[hint.ID] = hint
		}
	}
	select {
	case h.wake <- struct{}{}:
	default: // it is awake already
	}
}

// Wake tells when there is something to look at.
func (h *Hints) Wake() <-chan struct{} { return h.wake }

// take hands over what waits, and when the oldest of it came.
func (h *Hints) take() (map[string]map[backlog.ItemID]backlog.Hint, time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	waiting := h.waiting
	h.waiting = map[string]map[backlog.ItemID]backlog.Hint{}
	return waiting, h.since
}

// Hinted fetches what webhooks spoke of and does the rest of a pass with it:
// judging, planning and, where that is allowed, writing. It trusts the data as
// the last pass did, and says when the oldest hint had come; that is zero when
// there was none.
func (r *Reconciler) Hinted(ctx context.Context, hints *Hints) (Result, time.Time, error) {
	waiting, since := hints.take()
	if len(waiting) == 0 {
		return Result{}, time.Time{}, nil
	}
	watch := r.stopwatch()
	result := Result{Connections: make([]Outcome, len(r.Connections))}
	last, err := r.Store.LastPasses(ctx)
	if err != nil {
		return result, since, fmt.Errorf("load passes: %w", err)
	}
	sites, err := r.Store.Sites(ctx)
	if err != nil {
		return result, since, fmt.Errorf("load sites: %w", err)
	}
	for i, c := range r.Connections {
		o := &result.Connections[i]
		o.Name, o.Observe, o.Site = c.Name, c.Writer == nil, sites[c.Name]
		o.Pull.Coverage = last[c.Name].Coverage
		o.reader, o.linker = pull.Located(c.Reader, sites), pull.LocatedLinks(c.Linker, sites)
		if err := r.look(ctx, c, waiting[c.Name], o); err != nil {
			return result, since, err
		}
	}
	if err := r.links(ctx, result, mostHints); err != nil {
		return result, since, err
	}
	if err := r.remember(ctx, result, mostHints); err != nil {
		return result, since, err
	}
	if err := r.judge(ctx, &result, false); err != nil {
		return result, since, err
	}
	watch.ended("look at hints", "changed", changed(result), "subjects", result.Judged.Judged)
	for i := range result.Connections {
		if o := &result.Connections[i]; o.pulled {
			r.write(ctx, r.Connections[i], Apply, o)
		}
	}
	return result, since, ctx.Err()
}

// look fetches the items that hints speak of. A connection that was never read
// is left to its first pass.
func (r *Reconciler) look(ctx context.Context, c Connection, hints map[backlog.ItemID]backlog.Hint, o *Outcome) error {
	if len(hints) == 0 || o.Site.ID == "" || len(o.Pull.Coverage) == 0 {
		return nil
	}
	o.Pull.Changes, o.Err = r.Puller.Look(ctx, c.Name, o.Site, c.Narrow, o.reader, hints)
	o.pulled = o.Err == nil
	return nil
}
