package rest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// observe takes from an answer's headers what concerns later requests: the
// server's clock, whether it asks us to wait, and whether little is left.
func (a *attempt) observe(ctx context.Context, resp *http.Response) {
	if date, err := http.ParseTime(resp.Header.Get("Date")); err == nil {
		a.clock.Store(&date)
	}
	if a.pace.heed(resp.Header) {
		a.log.Info("tracker is near its limit: going slower", "path", a.path())
	}
	if resp.StatusCode == http.StatusGone && a.classes.removed != "" {
		a.removed(ctx)
		return
	}
	now := time.Now()
	pause := asked(resp, now)
	switch {
	case resp.StatusCode != http.StatusTooManyRequests:
		a.mute.heard()
	case pause == 0:
		pause = a.mute.next(a.started, a.settings.MinBackoff, a.settings.MaxWait)
	}
	if pause == 0 {
		return
	}
	why := fmt.Sprintf("%s %s was answered %d", a.req.Method, a.path(), resp.StatusCode)
	if reason := resp.Header.Get("RateLimit-Reason"); reason != "" {
		why += " (" + a.key.clean(excerpt([]byte(reason))) + ")"
	}
	class := a.classes.paused(resp)
	a.log.Warn("tracker asks to wait", "for", pause, "class", a.key.clean(class), "why", why)
	a.gate.close(ctx, class, upTo(now.Add(pause)), why)
}

// upTo rounds a pause's end up, so that many answers that say the same at once
// make one pause.
func upTo(t time.Time) time.Time {
	const grain = 50 * time.Millisecond
	if over := t.Sub(t.Truncate(grain)); over > 0 {
		return t.Add(grain - over)
	}
	return t
}

// mute counts refusals for too many requests that do not say how long to wait.
// The pause doubles with each that comes after the pause before.
type mute struct {
	mu      sync.Mutex
	times   int
	until   time.Time
	lasting time.Duration
}

func (m *mute) heard() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.times = 0
}

// next is the pause after a refusal of a request that left at a time.
func (m *mute) next(left time.Time, shortest, longest time.Duration) time.Duration {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := time.Now()
	if m.times > 0 && left.Before(m.until) { // it left with the one before
		return max(m.until.Sub(now), time.Millisecond)
	}
	m.lasting = longest
	if m.times < 16 {
		m.lasting = min(shortest<<m.times, longest)
	}
	m.times++
	m.until = now.Add(m.lasting)
	return m.lasting
}

var errRemoved = errors.New("the tracker has removed this part of its API: look for a newer version of trackwarden")

// removedFor is how long an endpoint that was removed is not asked again.
const removedFor = 10 * time.Minute

// removed remembers, here and for other processes, that the endpoint is no more.
func (a *attempt) removed(ctx context.Context) {
	if _, known := a.gate.local(a.classes.removed); !known {
		a.log.Error("api removed", "endpoint", a.key.clean(a.classes.endpoint), "again", removedFor)
	}
	a.gate.close(ctx, a.classes.removed, time.Now().Add(removedFor), "api removed: "+a.classes.endpoint)
}

// notRemoved answers for an endpoint that was removed, as the tracker did.
func (a *attempt) notRemoved(ctx context.Context) error {
	if a.classes.removed == "" {
		return nil
	}
	_, removed, err := a.gate.state(ctx, a.classes.removed)
	if err != nil {
		return a.fail(nil, nil, err, false)
	}
	if !removed {
		return nil
	}
	return &Error{Method: a.req.Method, Path: a.path(), Status: http.StatusGone, Err: errRemoved}
}
