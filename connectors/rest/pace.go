package rest

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/trackwarden/trackwarden/backlog"
)

// slowest is the lowest pace in requests a second that headers can bring us to:
// below it the tracker has to stop us.
const slowest = 0.5

// pace spaces out the requests of one connection. It goes down as soon as an
// answer says that little is left, so that we are slow instead of stopped, and
// up again, by half at most once a second, while answers say nothing of that
// kind.
type pace struct {
	limiter *rate.Limiter
	full    rate.Limit // as the settings have it

	mu      sync.Mutex
	changed time.Time
}

func newPace(perSecond float64, burst int) *pace {
	return &pace{limiter: rate.NewLimiter(rate.Limit(perSecond), burst), full: rate.Limit(perSecond)}
}

// heed follows the rate headers of an answer. It says whether we are slower
// from now on.
func (p *pace) heed(h http.Header) (slower bool) {
	now := time.Now()
	near := rate.Limit(nearLimit(h, now))
	p.mu.Lock()
	defer p.mu.Unlock()
	current := p.limiter.Limit()
	switch {
	case near > 0 && near < current:
		p.limiter.SetLimit(near)
		p.changed = now
		return current == p.full
	case near == 0 && current < p.full && now.Sub(p.changed) > time.Second:
		p.limiter.SetLimit(min(p.full, current*3/2))
		p.changed = now
	}
	return false
}

// wait lets requests leave one after the other.
func (p *pace) wait(ctx context.Context) error { return waitFor(ctx, p.limiter) }

func waitFor(ctx context.Context, l *rate.Limiter) error {
	err := l.Wait(ctx)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return fmt.Errorf("%w: wait for the pace: %w", backlog.ErrUnavailable, err)
	}
	return nil
}
