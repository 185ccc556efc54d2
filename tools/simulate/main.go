// Command simulate runs the reconcile core against simulated trackers, one run
// for each seed (package reliability/simulation), and prints the figures of all
// of them in one line.
//
//	go run ./tools/simulate -seeds 20000
//	go run ./tools/simulate -from 4711 -seeds 1 -trace
package main

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/signal"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/trackwarden/trackwarden/reliability/simulation"
)

func main() {
	from := flag.Uint64("from", 0, "the first seed")
	seeds := flag.Int("seeds", 1000, "how many seeds")
	trace := flag.Bool("trace", false, "print everything that happens")
	workers := flag.Int("workers", runtime.NumCPU(), "how many runs at the same time")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	sum, err := all(ctx, *from, *seeds, *workers, *trace)
	fmt.Println(sum)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	if err != nil || len(sum.failed) > 0 {
		os.Exit(1) //nolint:gocritic // nothing is left to be undone
	}
}

// figures are those of all runs together.
type figures struct {
	seeds, passes, edits, requests, writes, duplicates, foreign, redundant int
	faults, limits                                                         map[string]int
	failed                                                                 []uint64
}

func (f *figures) add(r *simulation.Report) {
	f.seeds++
	f.passes += r.Passes
	f.edits += r.Edits
	f.requests += r.Requests
	f.writes += r.Writes
	f.duplicates += r.Duplicates
	f.foreign += r.Foreign
	f.redundant += r.Redundant
	for _, pair := range []struct{ sum, of map[string]int }{{f.faults, r.Faults}, {f.limits, r.Limits}} {
		for name, n := range pair.of {
			pair.sum[name] += n
		}
	}
	if len(r.Problems) > 0 {
		f.failed = append(f.failed, r.Seed)
	}
}

func (f *figures) String() string {
	slices.Sort(f.failed)
	return fmt.Sprintf("seeds %d, passes %d, edits %d, faults %s, write requests %d, applied %d, duplicates %d, foreign changes %d, redundant writes %d, known limits met: %s, failing seeds %v",
		f.seeds, f.passes, f.edits, list(f.faults), f.requests, f.writes, f.duplicates, f.foreign, f.redundant, list(f.limits), f.failed)
}

func list(counts map[string]int) string {
	total, parts := 0, []string{}
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		total += counts[name]
		parts = append(parts, fmt.Sprintf("%s %d", name, counts[name]))
	}
	return fmt.Sprintf("%d (%s)", total, strings.Join(parts, ", "))
}

func all(ctx context.Context, from uint64, seeds, workers int, trace bool) (*figures, error) {
	sum := &figures{faults: map[string]int{}, limits: map[string]int{}}
	folder, err := os.MkdirTemp(memory(), "simulate")
	if err != nil {
		return sum, err
	}
	defer os.RemoveAll(folder) //nolint:errcheck // databases of runs that are over
	stage, err := simulation.NewStage(ctx, folder)
	if err != nil {
		return sum, err
	}
	stage.Quiet = !trace
	var mu sync.Mutex
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(workers)
	for i := range seeds {
		group.Go(func() error {
			if ctx.Err() != nil {
				return nil
			}
			r, err := stage.Run(ctx, from+uint64(i))
			if ctx.Err() != nil { // it was cut off
				return nil
			}
			mu.Lock()
			defer mu.Unlock()
			if err == nil || len(r.Problems) > 0 {
				tell(r, trace)
				sum.add(r)
			}
			return err
		})
	}
	return sum, group.Wait()
}

func tell(r *simulation.Report, trace bool) {
	if trace {
		fmt.Println(strings.Join(r.Trace, "\n"))
	}
	for i, problem := range r.Problems {
		if i == 5 {
			break
		}
		fmt.Printf("seed %d: %s\n", r.Seed, problem)
	}
}

// memory is a folder that is kept in memory, where there is one.
func memory() string {
	const shared = "/dev/shm"
	if info, err := os.Stat(shared); err == nil && info.IsDir() {
		return shared
	}
	return ""
}
