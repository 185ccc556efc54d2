package web

import (
	"sync"
	"time"
)

// Health remembers how the last passes went, for the two questions that a
// supervisor asks.
type Health struct {
	Clock func() time.Time
	// Patience is how long after the last good pass the daemon still counts as
	// ready.
	Patience time.Duration

	mu      sync.Mutex
	good    time.Time
	problem string
}

// Passed is told of every pass; err is why it could not be done whole.
func (h *Health) Passed(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if err != nil {
		h.problem = err.Error()
		return
	}
	h.good, h.problem = h.Clock(), ""
}

// ready reports whether a whole pass ended not long ago, and what stands in
// the way.
func (h *Health) ready() (ok bool, state map[string]any) {
	h.mu.Lock()
	defer h.mu.Unlock()
	ok = !h.good.IsZero() && h.Clock().Sub(h.good) < h.Patience
	state = map[string]any{"ready": ok, "problem": h.problem}
	if !h.good.IsZero() {
		state["lastWholePass"] = h.good.UTC()
	}
	return ok, state
}
