package main

import (
	"context"
	"time"

	"github.com/trackwarden/trackwarden/sync/reconcile"
	"github.com/trackwarden/trackwarden/web"
)

// daemon ties the passes to the door: what they see is told there, and what
// webhooks say there is looked at.
type daemon struct {
	*app
	health   *web.Health
	metrics  *web.Metrics
	webhooks *web.Webhooks
	hints    *reconcile.Hints
}

func (a *app) daemon() *daemon {
	poll := time.Duration(a.cfg.Schedule.Poll)
	d := &daemon{
		app:     a,
		health:  &web.Health{Clock: a.clock, Patience: max(10*poll, 10*time.Minute)},
		metrics: web.NewMetrics(version, a.db, a.clock, a.log),
		hints:   reconcile.NewHints(a.clock),
	}
	a.reconciler.Sparing = true
	d.webhooks = &web.Webhooks{
		Hinters: a.hinters, Hinted: d.hints.Add, Metrics: d.metrics, Clock: a.clock, Log: a.log,
	}
	return d
}

// pass does one whole pass and tells how it went.
func (d *daemon) pass(ctx context.Context) error {
	d.reload(ctx)
	start, progress := d.clock(), d.logged()
	result, err := d.reconciler.Pass(ctx, reconcile.Apply, false)
	progress.Done()
	d.metrics.Took(d.clock().Sub(start))
	d.tell(result)
	for _, o := range result.Connections {
		d.metrics.Passed(o.Name, ending(o))
	}
	if err == nil {
		err = d.logPass(result)
	}
	d.health.Passed(err)
	return err
}

// look does a short pass over what webhooks spoke of.
func (d *daemon) look(ctx context.Context) error {
	result, since, err := d.reconciler.Hinted(ctx, d.hints)
	if since.IsZero() {
		return err
	}
	d.tell(result)
	if err != nil {
		return err
	}
	d.metrics.Hinted(d.clock().Sub(since))
	return d.logPass(result)
}

func (d *daemon) tell(result reconcile.Result) {
	d.metrics.Judged(result.Judged.Judged)
	for _, o := range result.Connections {
		d.metrics.Wrote(o.Name, o.Writes.Applied, o.Writes.Refused, o.Writes.Unknown)
	}
}

func ending(o reconcile.Outcome) string {
	switch {
	case o.Err != nil:
		return web.Failed
	case !o.Complete():
		return web.Partial
	}
	return web.Whole
}
