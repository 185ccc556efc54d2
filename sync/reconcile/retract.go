package reconcile

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/sync/plan"
)

// Traces is what taking back needs of the store beside what a pass needs.
type Traces interface {
	Trace(ctx context.Context, id backlog.ItemID) (backlog.Candidate, bool, error)
	EachTrace(ctx context.Context, site backlog.SiteID, hand func(backlog.Candidate)) error
	BeginRetraction(ctx context.Context, connection string) error
}

// Retract takes back everything that we wrote on the items of a connection,
// whatever is found on them and wherever they are, within the budgets but not
// the ramp; with dry it only plans that. It stops all other writing there. What
// is left undone is held back or waits, and is taken up by the next call.
func (r *Reconciler) Retract(ctx context.Context, traces Traces, c Connection, dry bool) Outcome {
	o := Outcome{Name: c.Name, reader: c.Reader}
	site, known, err := r.Store.Site(ctx, c.Name)
	if err != nil || !known {
		o.Err = err // of what was never read nothing was written on
		return o
	}
	o.Site = site
	settings, world := rights(c, site), plan.World{Now: r.Clock()}
	err = traces.EachTrace(ctx, site.ID, func(candidate backlog.Candidate) {
		planned, held := plan.TakeBack(backlog.View{Candidate: candidate}, settings, world)
		if held != "" {
			o.Plan.Held = append(o.Plan.Held, backlog.Held{Connection: c.Name, Item: candidate.ID, Key: candidate.Key, Reason: held})
		}
		if !planned.Empty() {
			o.Plan.Changes = append(o.Plan.Changes, planned)
		}
	})
	slices.SortStableFunc(o.Plan.Changes, func(a, b backlog.Planned) int { return byKey(a.Key, b.Key) })
	if err == nil && !dry {
		err = traces.BeginRetraction(ctx, c.Name)
	}
	if err != nil {
		o.Err = fmt.Errorf("take back: %w", err)
		return o
	}
	if !dry {
		r.retract(ctx, traces, c, &o, settings, world)
	}
	return o
}

func (r *Reconciler) retract(ctx context.Context, traces Traces, c Connection, o *Outcome, s plan.Settings, w plan.World) {
	a := r.applier(c, o, s, w)
	a.Plan = func(v backlog.View) (backlog.Planned, string) { return plan.TakeBack(v, s, w) }
	a.Store, a.Anyway, a.PerPass = tracing{r.Store, traces}, true, 0
	recovered, err := a.Recover(ctx)
	o.Writes.Add(recovered)
	if !o.stopped("recover", err) {
		written, err := a.Run(ctx, o.Plan)
		o.Writes.Add(written)
		o.stopped("take back", err)
	}
	if err := a.Close(ctx); err != nil {
		o.Err = errors.Join(o.Err, err)
	}
}

// tracing is a store that knows items wherever they are.
type tracing struct {
	Store
	traces Traces
}

func (t tracing) Candidate(ctx context.Context, id backlog.ItemID) (backlog.Candidate, bool, error) {
	return t.traces.Trace(ctx, id)
}
