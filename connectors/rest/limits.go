package rest

import (
	"context"
	"maps"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Limits are those that a vendor has published, so that we need not be told by
// a 429. The zero value limits nothing.
type Limits struct {
	// Endpoint is requests a second to one endpoint, by method.
	Endpoint map[string]float64
	// Item names the one item that a write is about by its path; empty: none.
	Item func(path string) string
	// PerItem are the limits of writes on one item; all of them hold.
	PerItem []Window
}

// Window allows at most so many in any span of so long.
type Window struct {
	Most int
	In   time.Duration
}

// limits keeps the published limits.
type limits struct {
	Limits

	mu        sync.Mutex
	endpoints map[string]*rate.Limiter
	writes    map[string][]time.Time // by item, when its last writes left or will leave
}

// many bounds how much is remembered: there are more items than memory.
const many = 1000

// wait lets a request leave within the limits of its classes.
func (l *limits) wait(ctx context.Context, method string, k classes) error {
	if k.item != "" && len(l.PerItem) > 0 {
		at := l.reserve(k.item, time.Now())
		if end, ok := ctx.Deadline(); ok && end.Before(at) {
			return &Paused{Until: at, Why: "the limit of " + k.item}
		}
		if err := sleep(ctx, time.Until(at)); err != nil {
			return err
		}
	}
	if perSecond := l.Endpoint[method]; perSecond > 0 {
		return waitFor(ctx, l.endpoint(k.endpoint, perSecond))
	}
	return nil
}

func (l *limits) endpoint(class string, perSecond float64) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	limiter, ok := l.endpoints[class]
	if !ok {
		if l.endpoints == nil || len(l.endpoints) > many {
			l.endpoints = map[string]*rate.Limiter{}
		}
		limiter = rate.NewLimiter(rate.Limit(perSecond), max(1, int(perSecond)/2))
		l.endpoints[class] = limiter
	}
	return limiter
}

// reserve says when the next write on an item may leave, and counts it.
func (l *limits) reserve(item string, now time.Time) time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.writes == nil {
		l.writes = map[string][]time.Time{}
	}
	if len(l.writes) > many {
		maps.DeleteFunc(l.writes, func(_ string, times []time.Time) bool {
			return times[len(times)-1].Before(now.Add(-l.span()))
		})
	}
	times := l.writes[item]
	at := now
	if n := len(times); n > 0 && times[n-1].After(at) {
		at = times[n-1] // they leave in turn
	}
	for _, w := range l.PerItem {
		if n := len(times); n >= w.Most {
			if free := times[n-w.Most].Add(w.In); free.After(at) {
				at = free
			}
		}
	}
	for len(times) > 0 && times[0].Before(now.Add(-l.span())) {
		times = times[1:]
	}
	l.writes[item] = append(times, at)
	return at
}

// span is how long a write counts.
func (l *limits) span() (longest time.Duration) {
	for _, w := range l.PerItem {
		longest = max(longest, w.In)
	}
	return longest
}
