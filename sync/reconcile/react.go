package reconcile

import (
	"context"
	"fmt"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/sync/plan"
)

// So many items are looked at in one pass because our comment on them may not
// be what it was. The others are looked at in the next ones.
const looksPerPass = 200

// sweep finds out whether many items lost our annotations within an hour. Then
// somebody is cleaning up: what was taken for their opinion about the findings
// is taken back, and nothing more is.
func (r *Reconciler) sweep(ctx context.Context, o *Outcome, w *plan.World, writing bool) error {
	since := w.Now.Add(-time.Hour)
	n, err := r.Store.RemovedFrom(ctx, o.Site.ID, since)
	if err != nil {
		return fmt.Errorf("count what was taken off: %w", err)
	}
	if w.Bulk = n > plan.Bulk; !w.Bulk {
		return nil
	}
	o.Swept = n
	if !writing {
		return nil
	}
	if err := r.Store.TakeBackDismissals(ctx, o.Site.ID, since); err != nil {
		return fmt.Errorf("take dismissals back: %w", err)
	}
	return nil
}

// react puts into the books what planning made of what others did to our
// annotations. The items are planned again in the next pass.
func (r *Reconciler) react(ctx context.Context, o *Outcome, reactions []backlog.Planned) error {
	for _, p := range reactions {
		dismissed, err := r.Store.React(ctx, p.Item, p.React)
		if err != nil {
			return fmt.Errorf("keep what others did: %w", err)
		}
		o.Dismissed += dismissed
	}
	return nil
}
