package simulation_test

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/reliability/simulation"
)

// stage keeps databases in memory where there is a file system for that.
func stage(t *testing.T) *simulation.Stage {
	t.Helper()
	folder := t.TempDir()
	if memory, err := os.MkdirTemp("/dev/shm", "simulation"); err == nil {
		t.Cleanup(func() { os.RemoveAll(memory) })
		folder = memory
	}
	s, err := simulation.NewStage(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func run(t *testing.T, s *simulation.Stage, seed uint64) *simulation.Report {
	t.Helper()
	r, err := s.Run(t.Context(), seed)
	if err != nil {
		t.Fatalf("seed %d: %v", seed, err)
	}
	return r
}

func TestASeedIsARun(t *testing.T) {
	s := stage(t)
	for seed := range uint64(5) {
		if diff := cmp.Diff(run(t, s, seed).Trace, run(t, s, seed).Trace); diff != "" {
			t.Errorf("seed %d runs otherwise the second time:\n%s", seed, diff)
		}
	}
}

func TestT06SeedsThatFailedOnce(t *testing.T) {
	s := stage(t)
	for _, seed := range kept(t) {
		t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) {
			t.Parallel()
			sound(t, run(t, s, seed))
		})
	}
}

// So many seeds are a matter of seconds. make simulate runs as many as one likes.
const few = 20

func TestT06AFewSeeds(t *testing.T) {
	s := stage(t)
	for seed := range uint64(few) {
		t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) {
			t.Parallel()
			sound(t, run(t, s, seed))
		})
	}
}

// sound fails with the end of the trace.
func sound(t *testing.T, r *simulation.Report) {
	t.Helper()
	if len(r.Problems) > 0 {
		t.Errorf("seed %d: %s\nSee all of it: go run ./tools/simulate -from %d -seeds 1 -trace", r.Seed, strings.Join(r.Problems, "\n"), r.Seed)
	}
	if r.Passes < 10 || r.Edits == 0 && len(r.Faults) == 0 {
		t.Errorf("seed %d: nothing happened in %d passes", r.Seed, r.Passes)
	}
}

// kept reads testdata/seeds: a seed in each line, then why.
func kept(t *testing.T) (seeds []uint64) {
	t.Helper()
	text, err := os.ReadFile("testdata/seeds")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		first, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		if seed, err := strconv.ParseUint(first, 10, 64); err == nil {
			seeds = append(seeds, seed)
		}
	}
	if len(seeds) == 0 {
		t.Fatal("no seed is kept")
	}
	return seeds
}
