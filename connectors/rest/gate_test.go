package rest

import (
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// Somebody who sleeps at the gate does not slip through when it is shut for
// longer meanwhile, and a shorter pause does not open it early.
func TestH01GateIsShutForLonger(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g gate
		start := time.Now()
		g.close(t.Context(), everything, start.Add(2*time.Second), "first")
		var all sync.WaitGroup
		for range 5 {
			all.Go(func() {
				err := g.wait(t.Context(), everything, "PUT /issue")
				if took := time.Since(start); err != nil || took < time.Hour || took > time.Hour+maxJitter {
					t.Errorf("passed after %s with %v, want an hour", took, err)
				}
			})
		}
		time.Sleep(time.Second)
		g.close(t.Context(), everything, start.Add(time.Hour), "second")
		g.close(t.Context(), everything, start.Add(time.Minute), "third")
		all.Wait()
		if p, shut := g.local(everything); shut {
			t.Errorf("still shut: %+v", p)
		}
	})
}

// Whoever is held up by the pace meanwhile goes back to the gate.
func TestH01GateIsShutDuringThePace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := Settings{BaseURL: "http://127.0.0.1:1", Token: func() (string, error) { return "", nil }, Rate: 1, Burst: 1}
		c, err := New(s, nil)
		if err != nil {
			t.Fatal(err)
		}
		a := &attempt{Client: c, req: &http.Request{Method: "GET"}, classes: classes{endpoint: "GET /"}}
		start := time.Now()
		var all sync.WaitGroup
		if _, err := a.admit(t.Context()); err != nil {
			t.Fatal(err)
		}
		all.Go(func() {
			if _, err := a.admit(t.Context()); err != nil || time.Since(start) < time.Minute {
				t.Errorf("passed after %s with %v, want a minute", time.Since(start), err)
			}
		})
		time.Sleep(time.Second / 2)
		c.gate.close(t.Context(), everything, start.Add(time.Minute), "asked")
		all.Wait()
	})
}

func TestH04BackoffGrowsToItsLimit(t *testing.T) {
	for attempt, want := range []time.Duration{1, 2, 4, 8, 10, 10} {
		want *= time.Second
		var sum time.Duration
		for range 1000 {
			got := backoff(time.Second, 10*time.Second, attempt, nil)
			if got < 0 || got > want {
				t.Fatalf("attempt %d waits %s, want at most %s", attempt, got, want)
			}
			sum += got / 1000
		}
		if sum < want*4/10 || sum > want*6/10 {
			t.Errorf("attempt %d waits %s on average, want about half of %s", attempt, sum, want)
		}
	}
	if got := backoff(time.Second, time.Minute, 1000, nil); got > time.Minute {
		t.Errorf("a late attempt waits %s", got)
	}
}
