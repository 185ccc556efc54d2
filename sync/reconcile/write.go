package reconcile

import (
	"context"
	"errors"
	"fmt"
	"time"

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
	writing := depth == Apply && c.Writer != nil
	settings, world := rights(c, o.Site), plan.World{Now: r.Clock(), Iterations: iterations}
	if o.Err = errors.Join(r.withhold(ctx, o, &settings), r.ramp(ctx, c, o, &settings, writing), r.sweep(ctx, o, &world, writing)); o.Err != nil {
		return
	}
	applier := r.applier(c, o, settings, world)
	if applier.Doubted, o.Err = r.doubted(ctx, o); o.Err != nil {
		return
	}
	if writing {
		recovered, err := applier.Recover(ctx)
		o.Writes.Add(recovered)
		writing = !o.stopped("recover", err)
	}
	free, err := r.bounded(ctx, depth, c, o, settings, world)
	if err != nil {
		o.Err = errors.Join(o.Err, err)
	} else if writing && o.Stopped == "" {
		if r.Given != nil { // what looking would lead to is not in it
			o.Plan.Looks = nil
		}
		written, err := applier.Run(ctx, backlog.Plan{Changes: free, Looks: o.Plan.Looks})
		o.Writes.Add(written)
		o.Dismissed += written.Dismissed
		o.stopped("apply", err)
	}
	if err := r.exposed(ctx, o, settings); err != nil {
		o.Err = errors.Join(o.Err, err)
	}
	if err := applier.Close(ctx); err != nil {
		r.Log.Warn("end writing", "connection", c.Name, "error", err)
	}
}

// bounded plans, and parts what may be written now from what has to be approved.
func (r *Reconciler) bounded(ctx context.Context, depth Depth, c Connection, o *Outcome, s plan.Settings, w plan.World) ([]backlog.Planned, error) {
	if err := r.plan(ctx, depth, c, o, s, w); err != nil {
		return nil, err
	}
	free, err := r.brake(ctx, c, o, s)
	if err != nil {
		return nil, fmt.Errorf("hold back what has to be approved: %w", err)
	}
	return free, nil
}

// stopped takes note of why writing ended early. That a person or another
// process wants it so is no error.
func (o *Outcome) stopped(what string, err error) bool {
	switch {
	case err == nil:
		return false
	case errors.Is(err, backlog.ErrPaused), errors.Is(err, backlog.ErrFenced):
		o.Stopped = err.Error()
	default:
		o.Err = fmt.Errorf("%s: %w", what, err)
	}
	return true
}

func (r *Reconciler) applier(c Connection, o *Outcome, s plan.Settings, w plan.World) *apply.Applier {
	a := &apply.Applier{
		Connection: c.Name, Site: o.Site.ID, Reader: o.reader, Writer: c.Writer, Store: r.Store,
		Plan:       func(v backlog.View) (backlog.Planned, string) { return plan.One(v, s, w) },
		Quarantine: c.Quarantine, Holder: r.Holder, Term: leaseTerm, PerPass: c.PerPass,
		Clock: r.Clock, NewID: r.NewID, Log: r.Log,
	}
	if r.Writing != nil {
		a.Progress = func(done, total int) { r.Writing(c.Name, done, total) }
	}
	return a
}

// leaseTerm is how long a process that died keeps others from writing.
const leaseTerm = time.Minute

// rights completes what planning is told by what the site allows and can tell.
func rights(c Connection, site backlog.Site) plan.Settings {
	s := c.Plan
	s.History, s.Links = c.Historian != nil, c.Linker != nil
	s.Rights = make(map[string]backlog.Rights, len(site.Rights))
	for _, right := range site.Rights {
		s.Rights[right.Project] = right
	}
	return s
}
