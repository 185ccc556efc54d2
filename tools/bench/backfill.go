package main

import (
	"context"
	"fmt"
	"time"
)

// inFlight is how many requests of a connection are under way at once.
const inFlight = 8

// measureBackfill reads a whole tracker that takes its time to answer, with
// one command, and judges it.
func (b *bench) measureBackfill(ctx context.Context, k kind) ([]row, error) {
	t, err := b.startTracker(ctx, k, b.backfill, b.latency)
	if err != nil {
		return nil, err
	}
	defer t.stop()
	p, _, err := b.check(ctx, t, b.backfill)
	if err != nil {
		return nil, err
	}
	all, err := t.asked(ctx)
	if err != nil {
		return nil, err
	}
	asked := backfillRequests(all)
	least := fewest(k, b.backfill)
	wall := time.Duration(least) * b.latency / inFlight
	items := thousands(b.backfill) + " items, " + name(k)
	return []row{
		{
			measure: "requests of a backfill ÷ the fewest: " + items,
			figure:  float64(len(asked[page])) / float64(least), target: 1.02,
			note: fmt.Sprintf("%s for %s; apart: %d to start up, %d for the census, %d for the past", routes(asked[page]), thousands(least), len(asked[start]), len(asked[census]), len(asked[past])),
		},
		{
			measure: fmt.Sprintf("wall time of a backfill at %s ÷ (pages × latency ÷ %d): %s", b.latency, inFlight, items),
			figure:  p.part(paged).took.Seconds() / wall.Seconds(), target: 1.25,
			note: fmt.Sprintf("%s for %s; apart: describing the site %s, planning the parts %s, the census %s", round(p.part(paged).took), round(wall),
				round(p.part(described).took), round(p.part(listed).took), round(p.part(counted).took)),
		},
		{
			measure: "processor time to pull, normalize and store an item: " + items,
			figure:  micros(p.spent(listed)+p.spent(paged), b.backfill), target: 200, unit: " µs", note: p.parts(),
		},
	}, nil
}

// check runs the command check on an empty store, and tells how its pass went
// and the most memory it had, in bytes.
func (b *bench) check(ctx context.Context, t *tracker, items int) (pass, int64, error) {
	const store = "check.db"
	defer b.forget(store)
	w, err := b.startWarden(ctx, settings{tracker: t, store: store, poll: time.Minute, zone: today}, "check", "--fail-on", "never")
	if err != nil {
		return nil, 0, err
	}
	p, err := w.pass(ctx)
	if err != nil {
		_, _ = w.stop()
		return nil, 0, err
	}
	if n := p.part(read).changed; n != items {
		_, _ = w.stop()
		return nil, 0, fmt.Errorf("%d of %d items were read", n, items)
	}
	peak, err := w.wait()
	return p, peak, err
}

// micros is the time for one of so many, in microseconds.
func micros(d time.Duration, of int) float64 { return float64(d.Nanoseconds()) / 1000 / float64(of) }

func name(k kind) string {
	if k == azure {
		return "Azure DevOps"
	}
	return "Jira"
}
