//go:build unix

package evaluate_test

import (
	"os"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// size is how many items a benchmark's backlog has; TRACKWARDEN_BENCH_ITEMS
// says otherwise.
func size(b *testing.B) int {
	b.Helper()
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
	w := newWorld(b)
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
}
