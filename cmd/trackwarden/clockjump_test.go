package main

import (
	"log/slog"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/config"
	"github.com/trackwarden/trackwarden/connectors/simulator"
	"github.com/trackwarden/trackwarden/sync/reconcile"
)

// jumped does a pass as a process whose clock is off, and lists what it wrote.
func (tr *train) jumped(off time.Duration, brake string) []simulator.Entry {
	tr.t.Helper()
	tr.app.close()
	cfg, err := config.Load(tr.configure(config.Enforce, "brake: off", brake), os.LookupEnv)
	if err != nil {
		tr.t.Fatal(err)
	}
	now := func() time.Time { return tr.clock.Now().Add(off) }
	if tr.app, err = openApp(tr.t.Context(), cfg, now, slog.New(slog.DiscardHandler)); err != nil {
		tr.t.Fatal(err)
	}
	written := len(tr.everyWrite())
	if _, err := tr.app.reconciler.Pass(tr.t.Context(), reconcile.Apply, false); err != nil {
		tr.t.Fatal(err)
	}
	return tr.everyWrite()[written:]
}

// Our clock leaps a year ahead of the trackers', and all that is open looks
// untouched for long. The brake parks that: nobody hears of it. With the brake
// off it is written, once an item, and taken back by a clock that is right; no
// item ever has two comments.
func TestT01AClockThatLeapsAYear(t *testing.T) {
	const year = 365 * 24 * time.Hour
	for _, brake := range []string{"brake: {changes: 1%, at_least: 1, removals: 1%, removals_at_least: 1}", "brake: off"} {
		t.Run(brake, func(t *testing.T) {
			tr := newTrain(t, nil, nil)
			tr.pass()
			tr.clock.move(5 * time.Minute)
			tr.pass()
			labels := tr.labels()
			leap := tr.jumped(year, brake)
			if braked := brake != "brake: off"; braked && len(leap) > 0 || !braked && len(leap) < 10 {
				t.Errorf("a year ahead it wrote %d times", len(leap))
			}
			tr.clock.move(5 * time.Minute)
			tr.jumped(-year, brake)
			tr.clock.move(5 * time.Minute)
			tr.jumped(0, "brake: off")
			for key, n := range tr.traces() {
				if n > 1 {
					t.Errorf("%s has %d comments", key, n)
				}
			}
			if after := tr.labels(); after != labels {
				t.Errorf("labels before %s\nafter %s", labels, after)
			}
			if again := tr.jumped(0, "brake: off"); slices.ContainsFunc(again, func(e simulator.Entry) bool { return e.Method != http.MethodGet }) {
				t.Errorf("at rest it writes %d times", len(again))
			}
		})
	}
}

// labels are those of all Jira issues, in one line.
func (tr *train) labels() string {
	var all []string
	for key := range tr.traces() {
		if strings.Contains(key, "-") {
			all = append(all, key+":"+strings.Join(tr.world.Jira.Labels(key), "+"))
		}
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}
