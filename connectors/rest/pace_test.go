package rest_test

import (
	"context"
	"errors"
	"fmt"
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
			w.Header().Add(headers[i], headers[i+1])
		}
		reply(w, status, "application/json", `{}`)
	})
}

// gap is the time between the first request and the next.
func (p *pausing) gap() time.Duration { return p.times[1].Sub(p.times[0]) }

// The header corpus. want is when the next request comes; forbidden marks those
// where none comes, because the pause is longer than anybody waits.
func TestH02EveryWishToWaitIsUnderstood(t *testing.T) {
	now := time.Now().UTC()
	in := func(d time.Duration) string { return now.Add(d).Format(http.TimeFormat) }
	iso := func(d time.Duration) string { return now.Add(d).Format(time.RFC3339) }
	const forbidden = time.Hour
	for _, tc := range []struct {
		name    string
		status  int
		headers []string
		want    time.Duration
	}{
		{"429 seconds", 429, []string{"Retry-After", "1"}, time.Second},
		{"429 fraction", 429, []string{"Retry-After", "0.5"}, 500 * time.Millisecond},
		{"200 seconds", 200, []string{"Retry-After", "1"}, time.Second},
		{"503 seconds", 503, []string{"Retry-After", "1"}, time.Second},
		{"several", 429, []string{"Retry-After", "0", "Retry-After", "1"}, time.Second},
		{"date on the server's clock", 429, []string{"Date", in(time.Hour), "Retry-After", in(time.Hour + time.Second)}, time.Second},
		{"reset as Jira Cloud says it", 429, []string{"Date", in(time.Hour), "X-RateLimit-Reset", iso(time.Hour + time.Second)}, time.Second},
		{"reset as Azure says it", 429, []string{"Date", in(0), "X-RateLimit-Reset", fmt.Sprint(now.Unix() + 1)}, time.Second},
		{"Data Center's interval", 429, []string{"X-RateLimit-Interval-Seconds", "1"}, time.Second},
		{"Retry-After counts before the reset", 429, []string{"Retry-After", "1", "X-RateLimit-Reset", iso(time.Hour)}, time.Second},
		{"no header", 429, nil, time.Millisecond},
		{"zero", 429, []string{"Retry-After", "0"}, time.Millisecond},
		{"past", 429, []string{"Retry-After", in(-time.Hour)}, time.Millisecond},
		{"garbage", 429, []string{"Retry-After", "soon"}, time.Millisecond},
		{"looks like a number", 429, []string{"Retry-After", "Infinity"}, time.Millisecond},
		{"negative", 429, []string{"Retry-After", "-7"}, time.Millisecond},
		{"reset in the past", 429, []string{"X-RateLimit-Reset", "12"}, time.Millisecond},
		{"reset in milliseconds", 429, []string{"X-RateLimit-Reset", "1795600000000"}, time.Millisecond},
		{"healthy", 200, []string{"Retry-After", "0"}, 0},
		{"healthy, with a reset", 200, []string{"X-RateLimit-Reset", iso(time.Hour), "X-RateLimit-Limit", "100", "X-RateLimit-Remaining", "90"}, 0},
		{"healthy failure", 503, []string{"Retry-After", "0"}, 0},
		{"longer than we wait", 429, []string{"Retry-After", "2"}, forbidden},
		{"ten years", 429, []string{"Retry-After", "315360000"}, forbidden},
		{"beyond counting", 429, []string{"Retry-After", "9223372036854775807"}, forbidden},
		{"beyond counting, on an answer", 200, []string{"Retry-After", strings.Repeat("9", 400)}, forbidden},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var p pausing
			home := p.serve(t, tc.status, tc.headers...)
			s := quick(home.URL)
			s.MaxWait = 1500 * time.Millisecond
			c := open(t, s)
			_, _ = ask(t, c, "POST", home.URL+"/first", "{}")
			var all sync.WaitGroup
			for range 3 {
				all.Go(func() {
					_, err := ask(t, c, "POST", home.URL+"/next", "{}")
					if tc.want != forbidden {
						return
					}
					var paused *rest.Paused
					if !errors.As(err, &paused) || time.Until(paused.Until) < time.Second || !strings.Contains(err.Error(), "paused until 2") {
						t.Errorf("got %v, want to be told until when", err)
					}
					if r := rest.Outcome(err); r.Refusal != backlog.Throttled {
						t.Errorf("what was not sent is %+v", r)
					}
				})
			}
			all.Wait()
			if tc.want == forbidden {
				home.saw(t, 1)
				return
			}
			if gap := p.gap(); gap < tc.want || gap > tc.want+tc.want/10+time.Second {
				t.Errorf("the next request came after %s, want %s", gap, tc.want)
			}
			home.saw(t, 4)
		})
	}
}

// A tracker that refuses without saying for how long is asked less and less.
func TestH02RefusalsWithoutAWordAreNotALoop(t *testing.T) {
	home := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int64) { reply(w, 429, "application/json", `{}`) })
	s := quick(home.URL)
	s.MinBackoff, s.MaxWait = 10*time.Millisecond, time.Minute
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	c := open(t, s)
	var all sync.WaitGroup
	for range 5 {
		all.Go(func() {
			for ctx.Err() == nil {
				req, _ := http.NewRequestWithContext(ctx, "PUT", home.URL, strings.NewReader("{}"))
				_, _ = do(t, c, req)
			}
		})
	}
	all.Wait()
	if n := home.hits.Load(); n < 5 || n > 40 { // 7 pauses of 10, 20, … 640 ms, and 5 that leave after each
		t.Errorf("%d requests in a second", n)
	}
}

func TestPauseIsTold(t *testing.T) {
	var p pausing
	home := p.serve(t, 429, "Retry-After", "3", "RateLimit-Reason", "jira-quota-tenant-based")
	c := open(t, quick(home.URL))
	if until, why := c.Mood(); !until.IsZero() || why != "" {
		t.Errorf("paused until %v before anything: %s", until, why)
	}
	_, err := ask(t, c, "PUT", home.URL+"/issue/7", "{}")
	if e := failure(t, err); e.RetryAfter != 3*time.Second {
		t.Errorf("RetryAfter is %s", e.RetryAfter)
	}
	until, why := c.Mood()
	if left := time.Until(until); left < 2*time.Second || left > 3500*time.Millisecond || !strings.Contains(why, "PUT /issue/7") || !strings.Contains(why, "tenant") {
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
