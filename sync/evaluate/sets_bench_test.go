//go:build unix

package evaluate_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies/engine"
)

// sets are all policies of teams, trains, increments and connections.
func sets(p engine.Policy) bool { return p.Subject != backlog.ItemSubject }

// BenchmarkSets judges teams, trains, increments and connections over a stored
// backlog, all of it of one train: counting it and asking every set policy.
// TRACKWARDEN_BENCH_ITEMS=100000 is what the target speaks of.
func BenchmarkSets(b *testing.B) {
	n := size(b)
	w := worldOf(b, sets)
	b.Logf("%d policies", len(w.Library.Policies()))
	w.fill(n)
	w.run()
	b.ReportAllocs()
	var used, wall time.Duration
	for round := 0; b.Loop(); round++ {
		w.now = w.now.Add(11 * time.Minute)
		item := bulky(round % n)
		item.Title, item.Changed, item.Revision = "Changed", w.now, "r"+strconv.Itoa(round)
		w.commit(item)
		before, began := processor(b), time.Now()
		if sum := w.run(); sum.Sets == 0 {
			b.Fatalf("%+v", sum)
		}
		used += processor(b) - before
		wall += time.Since(began)
	}
	b.ReportMetric(used.Seconds()/float64(b.N), "cpu-s/round")
	b.ReportMetric(wall.Seconds()/float64(b.N), "s/round")
	b.ReportMetric(float64(used.Microseconds())/float64(b.N*n), "cpu-µs/item")
	b.ReportMetric(resident(b), "peak-MiB")
}
