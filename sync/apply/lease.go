package apply

import (
	"context"
	"fmt"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// A lease only saves work: what makes writing safe is that an item has one
// open intent and that lost answers are read and not sent again. So it is short,
// and whoever finds it taken leaves the writing to the other.

// margin is how long before the end of its lease a request gives up, so that
// clocks need not agree to the second.
const margin = 5 * time.Second

// hold takes the connection's lease, or prolongs it when half of it is over. It
// wraps backlog.ErrFenced when somebody else has it.
func (a *Applier) hold(ctx context.Context) error {
	if a.Term <= 0 || a.lease.Until.Sub(a.Clock()) > a.Term/2 {
		return nil
	}
	lease, ours, err := a.Store.Acquire(ctx, a.Connection, a.Holder, a.Term)
	if err != nil {
		return fmt.Errorf("take the lease: %w", err)
	}
	if !ours {
		return fmt.Errorf("%w: it has the lease until %s", backlog.ErrFenced, lease.Until.UTC().Format(time.TimeOnly+" UTC"))
	}
	a.lease = lease
	return nil
}

// Close gives the lease back, so that nobody has to wait for its end.
func (a *Applier) Close(ctx context.Context) error {
	if a.lease.Term == 0 {
		return nil
	}
	if err := a.Store.Release(context.WithoutCancel(ctx), a.lease); err != nil {
		return fmt.Errorf("give the lease back: %w", err)
	}
	return nil
}

// patience is how long a request may take: well within the quarantine, so that
// who looks for its outcome after that does not find it still waiting to leave,
// and within the lease. Zero is no bound.
func (a *Applier) patience() time.Duration {
	patience := a.Quarantine / 2
	if a.lease.Term == 0 {
		return patience
	}
	left := max(time.Second, a.lease.Until.Sub(a.Clock())-margin)
	if patience == 0 || left < patience {
		return left
	}
	return patience
}
