package simulation_test

import (
	"os"
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
