package rest_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

// pausing answers the first request as asked and all later ones well, and
// notes when they came.
type pausing struct {
	mu    sync.Mutex
	times []time.Time
}

func (p *pausing) serve(t *testing.T, status int, headers ...string) *site {
	return serve(t, func(w http.ResponseWriter, _ *http.Request, hit int64) {
		p.mu.Lock()
		p.times = append(p.times, time.Now())
		p.mu.Unlock()
		if hit > 1 {
			ok(w)
			return
		}
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		reply(w, status, "application/json", `{}`)
	})
}

// gap is the time between the first request and the next.
func (p *pausing) gap() time.Duration { return p.times[1].Sub(p.times[0]) }

func TestRetryAfterHoldsEverybodyBack(t *testing.T) {
	now := time.Now().UTC()
	in := func(d time.Duration) string { return now.Add(d).Format(http.TimeFormat) }
	for _, tc := range []struct {
		name    string
		status  int
		headers []string
		want    time.Duration
	}{
		{"429 seconds", 429, []string{"Retry-After", "1"}, time.Second},
		{"200 seconds", 200, []string{"Retry-After", "1"}, time.Second},
		{"503 seconds", 503, []string{"Retry-After", "1"}, time.Second},
		{"date on the server's clock", 429, []string{"Date", in(time.Hour), "Retry-After", in(time.Hour + time.Second)}, time.Second},
		{"past", 429, []string{"Retry-After", in(-time.Hour)}, time.Millisecond},
		{"garbage", 429, []string{"Retry-After", "soon"}, time.Millisecond},
		{"negative", 429, []string{"Retry-After", "-7"}, time.Millisecond},
		{"healthy", 200, []string{"Retry-After", "0"}, 0},
		{"healthy failure", 503, []string{"Retry-After", "0"}, 0},
		{"ten years", 429, []string{"Retry-After", "315360000"}, 1500 * time.Millisecond},
		{"beyond counting", 429, []string{"Retry-After", "9223372036854775807"}, 1500 * time.Millisecond},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var p pausing
			home := p.serve(t, tc.status, tc.headers...)
			s := quick(home.URL)
			s.MaxWait = 1500 * time.Millisecond
			c := open(t, s)
			_, err := ask(t, c, "POST", home.URL+"/first", "{}")
			if e, ok := rest.AsError(err); ok && e.RetryAfter != tc.want {
				t.Errorf("the answer is understood as %s, want %s", e.RetryAfter, tc.want)
			}
			var all sync.WaitGroup
			for range 3 {
				all.Go(func() { _, _ = ask(t, c, "POST", home.URL+"/next", "{}") })
			}
			all.Wait()
			if gap := p.gap(); gap < tc.want || gap > tc.want+time.Second {
				t.Errorf("the next request came after %s, want %s", gap, tc.want)
			}
			home.saw(t, 4)
		})
	}
}

func TestPauseIsTold(t *testing.T) {
	var p pausing
	home := p.serve(t, 429, "Retry-After", "3", "RateLimit-Reason", "jira-burst-based")
	c := open(t, quick(home.URL))
	if until, why := c.PausedUntil(); !until.IsZero() || why != "" {
		t.Errorf("paused until %v before anything: %s", until, why)
	}
	_, err := ask(t, c, "PUT", home.URL+"/issue/7", "{}")
	if e := failure(t, err); e.RetryAfter != 3*time.Second {
		t.Errorf("RetryAfter is %s", e.RetryAfter)
	}
	until, why := c.PausedUntil()
	if left := time.Until(until); left < 2*time.Second || left > 3*time.Second || !strings.Contains(why, "PUT /issue/7") || !strings.Contains(why, "burst") {
		t.Errorf("paused for %s: %s", left, why)
	}

	// Whoever cannot wait so long is told at once, and has sent nothing.
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	start := time.Now()
	req, _ := http.NewRequestWithContext(ctx, "POST", home.URL, strings.NewReader("{}"))
	_, err = do(t, c, req)
	if r := rest.Outcome(err); r.Refusal != backlog.Throttled || !errors.Is(err, backlog.ErrUnavailable) || time.Since(start) > 500*time.Millisecond {
		t.Errorf("got %+v after %s", r, time.Since(start))
	}
	home.saw(t, 1)
}

func TestPace(t *testing.T) {
	home := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int64) { ok(w) })
	s := quick(home.URL)
	s.Rate, s.Burst = 20, 2
	c, start := open(t, s), time.Now()
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() { _, _ = ask(t, c, "GET", home.URL, "") })
	}
	all.Wait()
	if took := time.Since(start); took < 300*time.Millisecond { // 2 at once, 6 at 20 a second
		t.Errorf("8 requests left within %s", took)
	}
}
