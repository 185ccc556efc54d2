package rest_test

import (
	"errors"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

// Half of all reads fail. What we add by asking again stays below a tenth and a
// small reserve, and when it is over everything passes.
func TestH04RetriesHaveABudget(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // a test's luck
	var mu sync.Mutex
	burst := true
	home := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int64) {
		mu.Lock()
		defer mu.Unlock()
		if burst && random.IntN(2) == 0 {
			reply(w, 503, "application/json", `{}`)
			return
		}
		ok(w)
	})
	c := open(t, quick(home.URL))
	const asked = 1000
	for range asked {
		_, _ = ask(t, c, "GET", home.URL, "")
	}
	if extra := home.hits.Load() - asked; extra < asked/20 || extra > asked/10+10 {
		t.Errorf("%d more requests than the %d asked for", extra, asked)
	}
	mu.Lock()
	burst = false
	mu.Unlock()
	for range 100 {
		if _, err := ask(t, c, "GET", home.URL, ""); err != nil {
			t.Fatalf("after the burst: %v", err)
		}
	}
}

// A dead tracker is asked by one probe at a time, less and less, while callers
// are told; when it is back everybody passes.
func TestH04ADeadTrackerIsLeftAlone(t *testing.T) {
	var mu sync.Mutex
	dead := true
	var times []time.Time
	home := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int64) {
		mu.Lock()
		defer mu.Unlock()
		times = append(times, time.Now())
		if dead {
			reply(w, 503, "application/json", `{}`)
			return
		}
		ok(w)
	})
	s := quick(home.URL)
	s.MinBackoff, s.Retries = 2*time.Millisecond, -1 // periods of 4, 8, … 256 ms
	c := open(t, s)
	end := time.Now().Add(2 * time.Second)
	var all sync.WaitGroup
	var told, calls int
	for range 8 {
		all.Go(func() {
			for time.Now().Before(end) {
				_, err := ask(t, c, "GET", home.URL, "")
				var paused *rest.Paused
				mu.Lock()
				calls++
				if errors.As(err, &paused) && strings.Contains(paused.Why, "in a row failed") {
					told++
				}
				mu.Unlock()
				time.Sleep(5 * time.Millisecond)
			}
		})
	}
	all.Wait()
	mu.Lock()
	last := 0 // requests in the second half
	for _, at := range times {
		if at.After(end.Add(-time.Second)) {
			last++
		}
	}
	if n := len(times); n > 60 || last > 10 || told < calls/2 {
		t.Errorf("%d requests, %d in the last second, %d of %d calls told", n, last, told, calls)
	}
	if until, why := c.Mood(); until.IsZero() && why != "" {
		t.Errorf("mood: %v %s", until, why)
	}
	dead = false
	mu.Unlock()
	for begin := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		if _, err := ask(t, c, "GET", home.URL, ""); err == nil {
			break
		}
		if time.Since(begin) > time.Second {
			t.Fatal("it does not find out that the tracker works again")
		}
	}
	for range 50 {
		all.Go(func() {
			if _, err := ask(t, c, "GET", home.URL, ""); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

// One thing that always fails does not stop the others (P17).
func TestH04OneBrokenItemDoesNotOpenTheBreaker(t *testing.T) {
	home := serve(t, func(w http.ResponseWriter, r *http.Request, _ int64) {
		if r.URL.Path == "/issue/13" {
			reply(w, 500, "application/json", `{}`)
			return
		}
		ok(w)
	})
	c := open(t, quick(home.URL))
	for range 50 {
		_, _ = ask(t, c, "GET", home.URL+"/issue/13", "")
		if _, err := ask(t, c, "GET", home.URL+"/issue/7", ""); err != nil {
			t.Fatal(err)
		}
	}
	if until, why := c.Mood(); !until.IsZero() {
		t.Errorf("left alone until %v: %s", until, why)
	}
}

// An endpoint that was removed is asked once, and told as removed from then on.
// An item's 410 says nothing of the API.
func TestR25ARemovedEndpointIsAskedOnce(t *testing.T) {
	home := serve(t, func(w http.ResponseWriter, r *http.Request, _ int64) {
		if strings.HasPrefix(r.URL.Path, "/rest/api/2/search") || r.URL.Path == "/rest/api/2/issue/7/comment/1" {
			reply(w, 410, "application/json", `{"errorMessages":["The requested API has been removed."]}`)
			return
		}
		ok(w)
	})
	c := open(t, quick(home.URL))
	for range 20 {
		_, err := ask(t, c, "GET", home.URL+"/rest/api/2/search", "")
		if e := failure(t, err); e.Status != 410 || !rest.NotOffered(err) || !strings.Contains(err.Error(), "removed") {
			t.Fatal(err)
		}
	}
	home.saw(t, 1)
	if until, why := c.Mood(); time.Until(until) < time.Minute || !strings.Contains(why, "api removed: GET /rest/api/2/search") {
		t.Errorf("the mood is %v: %s", until, why)
	}
	for range 2 {
		_, err := ask(t, c, "PUT", home.URL+"/rest/api/2/issue/7/comment/1", "{}")
		if r := rest.Outcome(err); r.Refusal != backlog.Absent {
			t.Errorf("a comment that is gone: %+v", r)
		}
		if _, err := ask(t, c, "PUT", home.URL+"/rest/api/2/issue/7/comment/2", "{}"); err != nil {
			t.Error(err)
		}
	}
	home.saw(t, 5)
}
