package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"
)

// changes is how many items people edit before a pass that is measured, and
// changedPasses how many such passes are. Jira is asked for the last five
// minutes again, so the last pass reads what the others did, too: as many items
// as a poll a minute would.
const (
	changes       = 100
	changedPasses = 6
)

// settle follows a daemon's passes until no past is left to be read: after a
// backfill that takes many, and it is to be counted apart.
func (b *bench) settle(ctx context.Context, w *warden, t *tracker) error {
	for quiet, n := 0, 1; quiet < 2; n++ {
		if _, err := w.pass(ctx); err != nil {
			return err
		}
		all, err := t.asked(ctx)
		if err != nil {
			return err
		}
		if quiet++; slices.ContainsFunc(all, func(r request) bool { return r.purpose() == past }) {
			quiet = 0
		}
		if n%20 == 0 {
			b.say("  %d passes, the past of items is still being read", n)
		}
	}
	return nil
}

// idle tells how many requests a pass makes while nobody does anything.
func (b *bench) idle(ctx context.Context, w *warden, t *tracker, target int) (row, error) {
	var counts []int
	told := map[int]string{}
	for range b.passes {
		if _, err := w.pass(ctx); err != nil {
			return row{}, err
		}
		all, err := t.asked(ctx)
		if err != nil {
			return row{}, err
		}
		counts = append(counts, len(all))
		told[len(all)] = routes(all)
	}
	n := median(counts)
	return row{
		measure: "requests of an idle poll: " + name(t.kind), figure: float64(n), target: float64(target),
		note: fmt.Sprintf("median of %d polls: %s", len(counts), told[n]),
	}, nil
}

// changed tells what a pass with a hundred changed items costs: the median, and
// what it is made of.
func (b *bench) changed(ctx context.Context, w *warden, t *tracker) (time.Duration, string, error) {
	type sample struct {
		cost  time.Duration
		parts string
	}
	var all []sample
	before, err := w.pass(ctx)
	if err != nil {
		return 0, "", err
	}
	for tries := 0; len(all) < changedPasses; tries++ {
		if tries > 3*changedPasses {
			return 0, "", errors.New("edits and passes do not fall together")
		}
		if err := t.edit(ctx, changes); err != nil {
			return 0, "", err
		}
		p, err := w.pass(ctx)
		if err != nil {
			return 0, "", err
		}
		if p.part(read).changed == changes {
			all = append(all, sample{p.end() - before.end(), p.parts()})
		}
		before = p
	}
	slices.SortFunc(all, func(a, b sample) int { return int(a.cost - b.cost) })
	middle := all[len(all)/2]
	return middle.cost, middle.parts, nil
}

// hooked starts a daemon that hears of changes by webhooks only, and tells how
// long it takes from an edit until its item is judged.
func (b *bench) hooked(ctx context.Context, s settings) (row, error) {
	s.hooks, s.poll = true, time.Hour
	w, err := b.startWarden(ctx, s, "run")
	if err != nil {
		return row{}, err
	}
	r, err := b.hookTimes(ctx, w, s.tracker)
	_, stopped := w.stop()
	return r, errors.Join(err, stopped)
}

func (b *bench) hookTimes(ctx context.Context, w *warden, t *tracker) (row, error) {
	heard, err := w.until(ctx, listening)
	if err != nil {
		return row{}, err
	}
	if _, err := w.pass(ctx); err != nil {
		return row{}, err
	}
	hook := map[string]string{"URL": heard.address + "/webhooks/bench", "Secret": hookSecret}
	if t.kind == azure {
		hook = map[string]string{"URL": heard.address + "/webhooks/bench", "User": hookUser, "Password": hookSecret}
	}
	if err := t.ask(ctx, http.MethodPost, "/_hooks", hook, nil); err != nil {
		return row{}, err
	}
	var times []float64
	for range b.passes {
		took, err := hookTime(ctx, w, t)
		if err != nil {
			return row{}, err
		}
		times = append(times, took.Seconds())
	}
	return row{
		measure: "change → judged, with a webhook: " + name(t.kind), figure: slices.Max(times), target: 2, unit: " s",
		note: fmt.Sprintf("slowest of %d, median %s s", len(times), number(median(times))),
	}, nil
}

func hookTime(ctx context.Context, w *warden, t *tracker) (time.Duration, error) {
	ctx, stop := context.WithTimeout(ctx, time.Minute)
	defer stop()
	began := time.Now()
	if err := t.edit(ctx, 1); err != nil {
		return 0, err
	}
	for {
		e, err := w.until(ctx, hinted)
		if err != nil {
			return 0, fmt.Errorf("wait for a webhook's item to be judged: %w", err)
		}
		if e.changed > 0 && e.subjects > 0 {
			return e.at.Sub(began), nil
		}
	}
}

// measureAzureDaemon is what the daemon costs Azure DevOps.
func measureAzureDaemon(ctx context.Context, b *bench) ([]row, error) {
	t, err := b.startTracker(ctx, azure, b.small/5, 0)
	if err != nil {
		return nil, err
	}
	defer t.stop()
	s := settings{tracker: t, store: "azure.db", poll: time.Second, zone: today}
	w, err := b.startWarden(ctx, s, "run")
	if err != nil {
		return nil, err
	}
	idle, err := b.idleDaemon(ctx, w, t, 2)
	if err != nil {
		return nil, err
	}
	hooks, err := b.hooked(ctx, s)
	return []row{idle, hooks}, err
}

// idleDaemon ends the daemon after it was seen idle.
func (b *bench) idleDaemon(ctx context.Context, w *warden, t *tracker, target int) (row, error) {
	var idle row
	err := b.settle(ctx, w, t)
	if err == nil {
		idle, err = b.idle(ctx, w, t, target)
	}
	_, stopped := w.stop()
	return idle, errors.Join(err, stopped)
}
