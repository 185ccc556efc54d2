package rest

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/time/rate"
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

// Whoever is held up by the pace meanwhile goes back to the gate.
func TestGateIsShutDuringThePace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &Client{pace: rate.NewLimiter(1, 1)}
		start := time.Now()
		var all sync.WaitGroup
		if err := c.admit(t.Context()); err != nil {
			t.Fatal(err)
		}
		all.Go(func() {
			if err := c.admit(t.Context()); err != nil || time.Since(start) < time.Minute {
				t.Errorf("passed after %s with %v, want a minute", time.Since(start), err)
			}
		})
		time.Sleep(time.Second / 2)
		c.gate.close(start.Add(time.Minute), "asked")
		all.Wait()
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
