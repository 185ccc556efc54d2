package reconcile

import (
	"log/slog"
	"time"
)

// stopwatch says, at debug level, when a part of a pass ended and how long it
// took. `make bench` follows these lines to tell what each part cost.
type stopwatch struct {
	clock func() time.Time
	log   *slog.Logger
	since time.Time // when the last part ended
}

func (r *Reconciler) stopwatch() *stopwatch {
	return &stopwatch{r.Clock, r.Log, r.Clock()}
}

func (s *stopwatch) ended(part string, attrs ...any) {
	now := s.clock()
	s.log.Debug("part of a pass ended", append([]any{"part", part, "took", now.Sub(s.since)}, attrs...)...)
	s.since = now
}
