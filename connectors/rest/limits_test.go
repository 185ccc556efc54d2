package rest

import (
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// What the vendor has published is kept without being told.
func TestH03PublishedLimitsAreKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &limits{Limits: Limits{PerItem: []Window{{20, 2 * time.Second}, {100, 30 * time.Second}}}}
		var mu sync.Mutex
		var left []time.Time
		var all sync.WaitGroup
		begin := time.Now()
		for range 250 {
			all.Go(func() {
				if err := l.wait(t.Context(), "PUT", classes{item: "writes on 7"}); err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				left = append(left, time.Now())
			})
		}
		if err := l.wait(t.Context(), "PUT", classes{item: "writes on 8"}); err != nil || time.Since(begin) != 0 {
			t.Errorf("another item waits %s, %v", time.Since(begin), err)
		}
		all.Wait()
		for _, w := range l.PerItem {
			for i := w.Most; i < len(left); i++ {
				if span := left[i].Sub(left[i-w.Most]); span < w.In {
					t.Fatalf("write %d left %s after the %d before it, want %s", i, span, w.Most, w.In)
				}
			}
		}
		if took := time.Since(begin); took > 70*time.Second { // 100 at once within 8 s, 100 after 30 s, 50 after 60 s
			t.Errorf("250 writes took %s", took)
		}
	})
}

func TestH03BurstsOfAnEndpointAreKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &limits{Limits: Limits{Endpoint: map[string]float64{"GET": 100}}}
		begin := time.Now()
		for range 350 {
			if err := l.wait(t.Context(), "GET", classes{endpoint: "GET /issue/{}"}); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(begin); took < 2990*time.Millisecond || took > 3010*time.Millisecond {
			t.Errorf("350 requests at 100 a second took %s, want 3 s", took) // 50 at once
		}
		begin = time.Now()
		for range 1000 {
			_ = l.wait(t.Context(), "PUT", classes{endpoint: "PUT /issue/{}"})
		}
		if took := time.Since(begin); took != 0 {
			t.Errorf("a method without a limit took %s", took)
		}
	})
}

func TestRememberedItemsAreBounded(t *testing.T) {
	l := &limits{Limits: Limits{PerItem: []Window{{20, 2 * time.Second}}}}
	now := time.Now()
	for i := range 50_000 {
		l.reserve(string(rune(i)), now.Add(time.Duration(i)*10*time.Millisecond))
	}
	if n := len(l.writes); n > 2*many {
		t.Errorf("%d items are remembered", n)
	}
}

func TestTemplate(t *testing.T) {
	for path, want := range map[string]string{
		"/rest/api/2/issue/10001/comment/7":                         "/rest/api/2/issue/{}/comment/{}",
		"/rest/api/3/search/jql":                                    "/rest/api/3/search/jql",
		"/rest/agile/1.0/board/12/sprint":                           "/rest/agile/1.0/board/{}/sprint",
		"/jira/rest/api/2/issue/SHOP-12":                            "/jira/rest/api/2/issue/{}",
		"/shop/_apis/projects/7b7c0e2f-0000-4000-8000-000000000001": "/shop/_apis/projects/{}",
	} {
		if got := template(path); got != want {
			t.Errorf("%s is %s, want %s", path, got, want)
		}
	}
}

// Slow before being stopped.
func TestH02RateHeadersSlowUsDown(t *testing.T) {
	for name, tc := range map[string]struct {
		headers []string
		want    float64
	}{
		"nothing":               {nil, 20},
		"Data Center, healthy":  {[]string{"X-RateLimit-Limit", "100", "X-RateLimit-Remaining", "99", "X-RateLimit-FillRate", "10", "X-RateLimit-Interval-Seconds", "5", "Retry-After", "0"}, 20},
		"Data Center, near":     {[]string{"X-RateLimit-Limit", "100", "X-RateLimit-Remaining", "20", "X-RateLimit-FillRate", "10", "X-RateLimit-Interval-Seconds", "5", "Retry-After", "0"}, 2},
		"Jira Cloud, near":      {[]string{"X-RateLimit-Limit", "100", "X-RateLimit-Remaining", "10", "X-RateLimit-Reset", "2026-11-24T12:00:05Z"}, 2},
		"Jira Cloud, says near": {[]string{"X-RateLimit-NearLimit", "true"}, slowest},
		"Azure, delays already": {[]string{"X-RateLimit-Delay", "0.512", "X-RateLimit-Limit", "200", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "1795521900"}, slowest},
		"Azure, near":           {[]string{"X-RateLimit-Limit", "200", "X-RateLimit-Remaining", "30", "X-RateLimit-Reset", "1795521610"}, 3},
		"garbage":               {[]string{"X-RateLimit-Limit", "NaN", "X-RateLimit-Remaining", "-3", "X-RateLimit-FillRate", "1e999", "X-RateLimit-Delay", "x"}, 20},
	} {
		h := http.Header{"Date": {"Tue, 24 Nov 2026 12:00:00 GMT"}}
		for i := 0; i < len(tc.headers); i += 2 {
			h.Set(tc.headers[i], tc.headers[i+1])
		}
		p := newPace(20, 10)
		p.heed(h)
		if got := float64(p.limiter.Limit()); got != tc.want {
			t.Errorf("%s: %v requests a second, want %v", name, got, tc.want)
		}
	}
}

func TestH02ThePaceRecovers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPace(20, 10)
		if !p.heed(http.Header{"X-Ratelimit-Nearlimit": {"true"}}) {
			t.Error("it does not say that it is slower")
		}
		begin := time.Now()
		for p.limiter.Limit() < 20 && time.Since(begin) < time.Minute {
			time.Sleep(100 * time.Millisecond)
			p.heed(http.Header{})
		}
		if took := time.Since(begin); took < 8*time.Second || took > 12*time.Second { // 0.5 × 1.5^10 > 20
			t.Errorf("back to full pace after %s", took)
		}
	})
}
