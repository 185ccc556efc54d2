package rest

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// gate holds back everybody while the tracker has asked to wait. Its zero
// value is open.
type gate struct {
	mu    sync.Mutex
	until time.Time
	why   string
}

// close shuts the gate until a time; an earlier end never shortens a pause.
func (g *gate) close(until time.Time, why string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if until.After(g.until) {
		g.until, g.why = until, why
	}
}

// state is until when and why the gate is shut; zero when it is open.
func (g *gate) state(now time.Time) (time.Time, string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.until.After(now) {
		return time.Time{}, ""
	}
	return g.until, g.why
}

// wait returns when the gate is open, or with the context's error; at once
// when the context would end before. Somebody may have shut it again while we
// slept, so it looks once more.
func (g *gate) wait(ctx context.Context) error {
	for {
		until, why := g.state(time.Now())
		if until.IsZero() {
			return ctx.Err()
		}
		if end, ok := ctx.Deadline(); ok && end.Before(until) {
			return fmt.Errorf("%w: paused until %s because %s", backlog.ErrUnavailable, until.Format(time.TimeOnly), why)
		}
		timer := time.NewTimer(time.Until(until))
		select {
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		case <-timer.C:
		}
	}
}
