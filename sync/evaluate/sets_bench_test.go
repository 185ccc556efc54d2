//go:build unix

package evaluate_test

import (
	"strconv"
	"testing"
	"time"
)

// BenchmarkSets judges teams, trains, increments and connections over a stored
// backlog: counting all of it and asking the policies.
func BenchmarkSets(b *testing.B) {
	n := size(b)
	w := newWorld(b)
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
