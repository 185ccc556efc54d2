package rest

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"
)

// breaker leaves a tracker alone that fails again and again. Closed, it lets
// everybody pass. After so many failures in a row it opens: nobody passes for a
// period, then one request as a probe, while the others wait for what becomes
// of it. Success closes it, failure opens it again for twice as long. While
// periods are short, callers wait them out; later they are told at once.
//
// It is each process's own: what it saves is work, and a promise hangs on the
// gate only.
type breaker struct {
	first time.Duration // the first period; no period is longer than 64 of it
	log   *slog.Logger

	mu         sync.Mutex
	failures   int           // in a row
	period     time.Duration // 0: closed
	open       time.Time     // until when nobody passes
	probing    chan struct{} // closed when the probe is back; nil without one
	generation int           // counts openings
	why        string
}

const (
	tooManyFailures = 10
	patientPeriods  = 16 // a period of so many times the first is waited for, a longer one not
	longestPeriods  = 64
)

// ticket is the leave to send one request. It has to be given back.
type ticket struct {
	generation int
	probe      bool
}

// result is what a request tells of the tracker's health.
type result int

const (
	neutral result = iota // nothing: it was not sent, or the caller gave up
	alive
	failing
)

// admit returns when a request may be sent.
func (b *breaker) admit(ctx context.Context) (ticket, error) {
	for {
		b.mu.Lock()
		wait := time.Until(b.open)
		switch {
		case b.period == 0:
			defer b.mu.Unlock()
			return ticket{generation: b.generation}, nil
		case wait > 0 && b.period > patientPeriods*b.first:
			defer b.mu.Unlock()
			return ticket{}, &Paused{Until: b.open, Why: b.why}
		case wait <= 0 && b.probing == nil:
			defer b.mu.Unlock()
			b.probing = make(chan struct{})
			return ticket{b.generation, true}, nil
		}
		probing := b.probing
		b.mu.Unlock()
		if err := b.pass(ctx, wait, probing); err != nil {
			return ticket{}, err
		}
	}
}

// pass waits for the end of the period, or of the probe.
func (b *breaker) pass(ctx context.Context, wait time.Duration, probing chan struct{}) error {
	if probing == nil {
		return sleep(ctx, wait)
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-probing:
		return nil
	}
}

// done gives a ticket back.
func (b *breaker) done(t ticket, r result, why string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case r == alive:
		if b.period > 0 {
			b.log.Info("tracker works again")
		}
		b.failures, b.period, b.open = 0, 0, time.Time{}
	case r == failing && t.generation == b.generation: // what was sent before it opened says nothing new
		b.failures++
		if t.probe || b.failures >= tooManyFailures {
			b.shut(why)
		}
	}
	if t.probe && b.probing != nil {
		close(b.probing)
		b.probing = nil
	}
}

// shut begins a period, shaken so that processes do not probe together.
func (b *breaker) shut(why string) {
	b.period = min(max(2*b.period, b.first), longestPeriods*b.first)
	b.open = time.Now().Add(b.period/2 + rand.N(b.period/2+1))
	b.generation++
	b.why = fmt.Sprintf("%d requests in a row failed: %s", b.failures, why)
	b.log.Warn("tracker is left alone for a while", "until", b.open, "why", b.why)
}

// state is until when nobody passes, and why.
func (b *breaker) state() (time.Time, string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.open.After(time.Now()) {
		return time.Time{}, ""
	}
	return b.open, b.why
}
