//go:build unix

package evaluate_test

import (
	"context"
	"os"
	"runtime/debug"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies"
	"github.com/trackwarden/trackwarden/policies/engine"
	"github.com/trackwarden/trackwarden/store"
)

// size is how many items a benchmark's backlog has; TRACKWARDEN_BENCH_ITEMS
// says otherwise.
func size(b *testing.B) int {
	b.Helper()
	debug.SetGCPercent(400) // as the program does
	if text := os.Getenv("TRACKWARDEN_BENCH_ITEMS"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			b.Fatal(err)
		}
		return n
	}
	return 20000
}

// processor is the processor time of the whole process, which other programs
// on the machine do not change.
func processor(b *testing.B) time.Duration {
	b.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// BenchmarkNewDate judges a stored backlog again because a day has passed: all
// told, from the stored items to the stored judgements.
func BenchmarkNewDate(b *testing.B) {
	n := size(b)
	w := worldOf(b, first)
	w.fill(n)
	w.run()
	b.ReportAllocs()
	before := processor(b)
	for b.Loop() {
		w.now = w.now.AddDate(0, 0, 1)
		if sum := w.run(); sum.Judged != n {
			b.Fatalf("%+v", sum)
		}
	}
	used := processor(b) - before
	b.ReportMetric(float64(used.Nanoseconds())/1000/float64(b.N*n), "cpu-µs/item")
	b.ReportMetric(float64(b.N*n)/used.Seconds(), "items/cpu-s")
	b.ReportMetric(resident(b), "peak-MiB")
}

// resident is the most memory that the process ever had.
func resident(b *testing.B) float64 {
	b.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return float64(used.Maxrss) / 1024
}

// first are the first policies of items that there were. Figures over the years
// are compared by them.
func first(p engine.Policy) bool {
	return slices.Contains([]string{
		"feature/dependency-cycle", "feature/no-benefit-hypothesis", "feature/no-stories", "story/dependency-cycle",
		"story/no-acceptance-criteria", "story/no-owner", "story/orphan", "story/stale", "story/too-big",
	}, p.ID)
}

// strict are all policies of items in that bundle.
func strict(p engine.Policy) bool {
	return p.Subject == backlog.ItemSubject && slices.Contains(p.Bundles, "strict")
}

// worldOf is one with some of the built-in policies.
func worldOf(b *testing.B, wanted func(engine.Policy) bool) *world {
	b.Helper()
	library, err := engine.Load(b.Context(), policies.FS())
	if err == nil {
		library, err = library.Only(b.Context(), wanted)
	}
	if err != nil {
		b.Fatal(err)
	}
	return newWorldOf(b, library)
}

// BenchmarkEvaluate judges stored items and stores nothing: load what is read,
// build the input, ask the policies, settle the findings.
func BenchmarkEvaluate(b *testing.B) { benchmarkEvaluate(b, first) }

// BenchmarkEvaluateStrict does the same with every policy of items in the
// bundle strict.
func BenchmarkEvaluateStrict(b *testing.B) { benchmarkEvaluate(b, strict) }

// BenchmarkEvaluate14 and BenchmarkEvaluate80 are measured against each other:
// what it costs to have more policies.
func BenchmarkEvaluate14(b *testing.B) { benchmarkEvaluate(b, spread(b, 14)) }

func BenchmarkEvaluate80(b *testing.B) { benchmarkEvaluate(b, spread(b, 80)) }

// spread are so many policies of items in strict, at even distances in the
// order of their ids, so that each level has its share of them.
func spread(b *testing.B, some int) func(engine.Policy) bool {
	library, err := engine.Load(b.Context(), policies.FS())
	if err != nil {
		b.Fatal(err)
	}
	all := library.Policies() // sorted by id
	all = slices.DeleteFunc(slices.Clone(all), func(p engine.Policy) bool { return !strict(p) })
	chosen := map[string]bool{}
	for i := range some {
		chosen[all[i*len(all)/some].ID] = true
	}
	return func(p engine.Policy) bool { return chosen[p.ID] }
}

func benchmarkEvaluate(b *testing.B, wanted func(engine.Policy) bool) {
	n := size(b)
	w := worldOf(b, wanted)
	w.fill(n)
	w.run()
	w.Store = forgetful{w.DB}
	b.ReportAllocs()
	before := processor(b)
	for b.Loop() {
		w.now = w.now.AddDate(0, 0, 1)
		w.run()
	}
	used := processor(b) - before
	b.ReportMetric(float64(used.Nanoseconds())/1000/float64(b.N*n), "cpu-µs/item")
	b.ReportMetric(float64(b.N*n)/used.Seconds(), "items/cpu-s")
}

// forgetful is a store that keeps no judgements.
type forgetful struct{ *store.DB }

func (forgetful) SaveWalked(context.Context, backlog.Walk, []backlog.Judged) error { return nil }

// BenchmarkHundredChanges is a pass with a hundred changed items: divide its
// figures for two sizes of TRACKWARDEN_BENCH_ITEMS.
func BenchmarkHundredChanges(b *testing.B) {
	n := size(b)
	w := worldOf(b, first)
	w.fill(n)
	w.run()
	b.ReportAllocs()
	var used time.Duration
	for round := 0; b.Loop(); round++ {
		items := make([]backlog.Item, 100)
		for i := range items {
			items[i] = bulky((round*7919 + i*n/100) % n)
			items[i].Title, items[i].Changed, items[i].Revision = "Changed", w.now.Add(time.Duration(round)*time.Second), "r"+strconv.Itoa(round)
		}
		w.commit(items...)
		before := processor(b)
		w.run()
		used += processor(b) - before
	}
	b.ReportMetric(float64(used.Microseconds())/1000/float64(b.N), "cpu-ms/pass")
}
