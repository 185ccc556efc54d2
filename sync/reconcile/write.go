package reconcile

import (
	"context"
	"fmt"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/sync/apply"
	"github.com/trackwarden/trackwarden/sync/plan"
)

// write plans one connection and, where that is asked and allowed, applies the
// plan. Nothing is planned on projects whose data may not be whole.
func (r *Reconciler) write(ctx context.Context, c Connection, depth Depth, o *Outcome) {
	iterations, err := r.Store.Iterations(ctx, o.Site.ID)
	if err != nil {
		o.Err = fmt.Errorf("load iterations: %w", err)
		return
	}
	settings, world := rights(c.Plan, o.Site), plan.World{Now: r.Clock(), Iterations: iterations}
	applier := r.applier(c, o, settings, world)
	if applier.Doubted, err = r.doubted(ctx, o); err != nil {
		o.Err = err
		return
	}
	if depth == Apply && c.Writer != nil {
		recovered, err := applier.Recover(ctx)
		o.Writes.Add(recovered)
		if err != nil {
			o.Err = fmt.Errorf("recover: %w", err)
			return
		}
	}
	if o.Err = r.plan(ctx, depth, c, o, settings, world); o.Err != nil {
		return
	}
	if depth == Apply && c.Writer != nil {
		written, err := applier.Run(ctx, o.Plan)
		o.Writes.Add(written)
		if err != nil {
			o.Err = fmt.Errorf("apply: %w", err)
		}
	}
}

func (r *Reconciler) applier(c Connection, o *Outcome, s plan.Settings, w plan.World) *apply.Applier {
	a := &apply.Applier{
		Connection: c.Name, Site: o.Site.ID, Reader: o.reader, Writer: c.Writer, Store: r.Store,
		Plan:       func(v backlog.View) (backlog.Planned, string) { return plan.One(v, s, w) },
		Quarantine: c.Quarantine, Clock: r.Clock, NewID: r.NewID, Log: r.Log,
	}
	if r.Writing != nil {
		a.Progress = func(done, total int) { r.Writing(c.Name, done, total) }
	}
	return a
}

func rights(s plan.Settings, site backlog.Site) plan.Settings {
	s.Rights = make(map[string]backlog.Rights, len(site.Rights))
	for _, right := range site.Rights {
		s.Rights[right.Project] = right
	}
	return s
}
