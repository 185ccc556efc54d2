package rest

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// Gate is what all processes that talk to one tracker know of its wish to be
// left alone, by class of requests (classes.go). It is asked before every
// request and told of every new pause.
type Gate interface {
	// Until says until when requests of the class wait, and why; zero or past
	// when they need not. It must be cheap.
	Until(ctx context.Context, class string) (time.Time, string, error)
	// Pause makes requests of the class wait, in all processes. It never
	// shortens a pause.
	Pause(ctx context.Context, class string, until time.Time, reason string) error
}

// gate holds requests back while the tracker has asked to wait, whether this
// process was told or another one. Its zero value is open and shared with
// nobody.
type gate struct {
	shared  Gate          // nil: nobody else talks to the tracker
	longest time.Duration // nobody is kept waiting for longer; 0: for any time
	log     *slog.Logger  // nil: nothing is logged

	mu     sync.Mutex
	pauses map[string]pause // by class
}

// pause is until when a class waits. Whoever has waited leaves a little later,
// so that processes which were stopped together do not come back together.
type pause struct {
	until, leave time.Time
	why          string
}

func (p pause) over() bool { return !p.leave.After(time.Now()) }

// maxJitter bounds what is added to a pause.
const maxJitter = 5 * time.Second

// close shuts the gate for a class until a time, here and everywhere; an
// earlier end never shortens a pause.
func (g *gate) close(ctx context.Context, class string, until time.Time, why string) {
	if !g.learn(class, until, why) || g.shared == nil {
		return
	}
	// The pause holds whatever becomes of the request that brought it.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), noteTime)
	defer cancel()
	if err := g.shared.Pause(ctx, class, until, why); err != nil && g.log != nil {
		g.log.Error("other processes may not know that the tracker asks to wait", "until", until, "error", err)
	}
}

const noteTime = 10 * time.Second

// learn keeps a pause and says whether it is news.
func (g *gate) learn(class string, until time.Time, why string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	left := time.Until(until)
	if left <= 0 || !until.After(g.pauses[class].until) {
		return false
	}
	if g.pauses == nil {
		g.pauses = map[string]pause{}
	}
	for class, p := range g.pauses { // nobody asks about most of them again
		if p.over() {
			delete(g.pauses, class)
		}
	}
	g.pauses[class] = pause{until, until.Add(rand.N(min(left/10, maxJitter) + 1)), why}
	return true
}

// local is the longest pause of the classes that this process knows of.
func (g *gate) local(classes ...string) (longest pause, shut bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, class := range classes {
		if p := g.pauses[class]; !p.over() && p.leave.After(longest.leave) {
			longest, shut = p, true
		}
	}
	return longest, shut
}

// any is the longest of all pauses that this process knows of.
func (g *gate) any() (longest pause, shut bool) {
	g.mu.Lock()
	classes := slices.Collect(maps.Keys(g.pauses))
	g.mu.Unlock()
	return g.local(classes...)
}

// state is the longest pause of the classes that anybody knows of. When it
// cannot be found out nothing may leave.
func (g *gate) state(ctx context.Context, classes ...string) (pause, bool, error) {
	if p, shut := g.local(classes...); shut || g.shared == nil {
		return p, shut, nil
	}
	for _, class := range classes {
		until, why, err := g.shared.Until(ctx, class)
		if err != nil {
			return pause{}, false, fmt.Errorf("%w: ask whether the tracker wants to be left alone: %w", backlog.ErrUnavailable, err)
		}
		if g.learn(class, until, why) && g.log != nil {
			g.log.Warn("another process was asked to wait", "class", class, "until", until, "why", why)
		}
	}
	p, shut := g.local(classes...)
	return p, shut, nil
}

// wait returns when the gate is open for all the classes, or with an error: at
// once when the context would end before, or when the pause is longer than
// anybody should be kept waiting. Somebody may have shut it again while we
// slept, so it looks once more.
func (g *gate) wait(ctx context.Context, classes ...string) error {
	for {
		p, shut, err := g.state(ctx, classes...)
		if err != nil {
			return err
		}
		if !shut {
			return ctx.Err()
		}
		end, limited := ctx.Deadline()
		if limited && end.Before(p.leave) || g.longest > 0 && time.Until(p.until) > g.longest {
			return &Paused{Until: p.until, Why: p.why}
		}
		if err := sleep(ctx, time.Until(p.leave)); err != nil {
			return err
		}
	}
}

// Paused is the error of a request that was not sent, because the tracker asks
// to wait for longer than the caller can. It wraps backlog.ErrUnavailable.
type Paused struct {
	Until time.Time
	Why   string
}

// Error says until when and why.
func (p *Paused) Error() string {
	return fmt.Sprintf("%v: paused until %s: %s", backlog.ErrUnavailable, p.Until.UTC().Format("2006-01-02 15:04:05 MST"), p.Why)
}

// Unwrap makes it one of backlog.ErrUnavailable.
func (p *Paused) Unwrap() error { return backlog.ErrUnavailable }

// sleep waits, or returns with the context's error.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
