package rest

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// Somebody who sleeps at the gate does not slip through when it is shut for
// longer meanwhile, and a shorter pause does not open it early.
func TestGateIsShutForLonger(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g gate
		start := time.Now()
		g.close(start.Add(2*time.Second), "first")
		var all sync.WaitGroup
		for range 5 {
			all.Go(func() {
				if err := g.wait(t.Context()); err != nil || time.Since(start) != time.Hour {
					t.Errorf("passed after %s with %v, want an hour", time.Since(start), err)
				}
			})
		}
		time.Sleep(time.Second)
		g.close(start.Add(time.Hour), "second")
		g.close(start.Add(time.Minute), "third")
		all.Wait()
		if until, why := g.state(time.Now()); !until.IsZero() || why != "" {
			t.Errorf("still shut until %v: %s", until, why)
		}
	})
}

func TestBackoffGrowsToItsLimit(t *testing.T) {
	for attempt, want := range []time.Duration{1, 2, 4, 8, 10, 10} {
		want *= time.Second
		for range 100 {
			if got := backoff(time.Second, 10*time.Second, attempt, nil); got < want/2 || got > want {
				t.Fatalf("attempt %d waits %s, want %s to %s", attempt, got, want/2, want)
			}
		}
	}
	if got := backoff(time.Second, time.Minute, 1000, nil); got > time.Minute {
		t.Errorf("a late attempt waits %s", got)
	}
}
