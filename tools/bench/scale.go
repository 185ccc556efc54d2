package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// backlog is what was seen of a daemon on a backlog of some size.
type backlog struct {
	items   int
	first   pass          // that read and judged everything
	changed time.Duration // a pass with a hundred changes
	parts   string        // of that
	idle    row
	peak    int64 // bytes
}

// measureScale compares a daemon on a small backlog with one on a large one.
func measureScale(ctx context.Context, b *bench) ([]row, error) {
	small, t, s, err := b.live(ctx, b.small)
	if err != nil {
		return nil, err
	}
	hooks, err := b.hooked(ctx, s)
	t.stop()
	rows := []row{small.idle, hooks}
	if err != nil {
		return rows[:1], err
	}
	large, t, s, err := b.live(ctx, b.large)
	if err != nil {
		return rows, err
	}
	defer t.stop()
	rows = append(rows, row{
		measure: fmt.Sprintf("pass with %d changed items: processor time at %s items ÷ at %s", changes, thousands(large.items), thousands(small.items)),
		figure:  large.changed.Seconds() / small.changed.Seconds(), target: 2,
		note: fmt.Sprintf("median %s ÷ %s; the large one: %s; the small one: %s", round(large.changed), round(small.changed), large.parts, small.parts),
	})
	date, peak, err := b.newDate(ctx, s, large.items)
	if err != nil {
		return rows, err
	}
	return append(rows, date, row{
		measure: fmt.Sprintf("peak resident memory: %s items, Jira", thousands(large.items)),
		figure:  mebibytes(max(large.peak, peak)), target: 512, unit: " MiB",
		note: fmt.Sprintf("backfill, evaluation and passes %.0f MiB, a new date %.0f MiB; the first pass: %s", mebibytes(large.peak), mebibytes(peak), large.first.parts()),
	}), nil
}

// live runs a daemon on a Jira site of so many issues from the first pass on.
// The simulator goes on, unless there is an error.
func (b *bench) live(ctx context.Context, items int) (backlog, *tracker, settings, error) {
	t, err := b.startTracker(ctx, jira, items, 0)
	if err != nil {
		return backlog{}, nil, settings{}, err
	}
	s := settings{tracker: t, store: fmt.Sprintf("jira-%d.db", items), poll: time.Second, zone: yesterday}
	seen := backlog{items: items}
	w, err := b.startWarden(ctx, s, "run")
	if err != nil {
		t.stop()
		return seen, nil, s, err
	}
	err = b.follow(ctx, w, t, &seen)
	peak, stopped := w.stop()
	if err = errors.Join(err, stopped); err != nil {
		t.stop()
		return seen, nil, s, err
	}
	seen.peak = peak
	return seen, t, s, nil
}

func (b *bench) follow(ctx context.Context, w *warden, t *tracker, seen *backlog) (err error) {
	if seen.first, err = w.pass(ctx); err != nil {
		return err
	}
	if n := seen.first.part(read).changed; n != seen.items {
		return fmt.Errorf("%d of %d items were read", n, seen.items)
	}
	b.say("  %s items are stored and judged: %s", thousands(seen.items), seen.first.parts())
	if err := b.settle(ctx, w, t); err != nil {
		return err
	}
	if seen.idle, err = b.idle(ctx, w, t, 1); err != nil {
		return err
	}
	seen.changed, seen.parts, err = b.changed(ctx, w, t)
	return err
}

// newDate starts the daemon again where it is another day, and tells what
// judging everything again costs.
func (b *bench) newDate(ctx context.Context, s settings, items int) (row, int64, error) {
	s.zone = today
	w, err := b.startWarden(ctx, s, "run")
	if err != nil {
		return row{}, 0, err
	}
	p, err := w.pass(ctx)
	peak, stopped := w.stop()
	if err = errors.Join(err, stopped); err != nil {
		return row{}, 0, err
	}
	if n := p.part(judged).subjects; n < items {
		return row{}, 0, fmt.Errorf("on a new day %d of %d items were judged", n, items)
	}
	spent := p.spent(judged)
	return row{
		measure: "a new date: judging 1,000,000 stored items again, processor time",
		figure:  spent.Seconds() * 1e6 / float64(items), target: 90, unit: " s",
		note: fmt.Sprintf("%s for %s items, %s by the clock", round(spent), thousands(items), round(p.part(judged).took)),
	}, peak, nil
}

func mebibytes(n int64) float64 { return float64(n) / (1 << 20) }

// measureAzureMemory reads and judges a large Azure DevOps organisation.
func measureAzureMemory(ctx context.Context, b *bench) ([]row, error) {
	t, err := b.startTracker(ctx, azure, b.large, 0)
	if err != nil {
		return nil, err
	}
	defer t.stop()
	p, peak, err := b.check(ctx, t, b.large)
	if err != nil {
		return nil, err
	}
	return []row{{
		measure: fmt.Sprintf("peak resident memory: %s items, Azure DevOps", thousands(b.large)),
		figure:  mebibytes(peak), target: 512, unit: " MiB", note: "backfill, evaluation and printing by `check`: " + p.parts(),
	}}, nil
}
