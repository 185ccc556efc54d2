package reconcile

import "context"

// A pass reads the past of so many items before it judges: those that changed
// just now, or all of a small backlog. What a large backfill left is worked off
// after all else is done.
const (
	pastsFirst = 5000
	pastsAfter = 400
)

// remember reads the past of items, of all connections at the same time. What
// goes wrong with a tracker there never fails a pass.
func (r *Reconciler) remember(ctx context.Context, result Result, most int) error {
	return r.each(ctx, result, func(ctx context.Context, c Connection, o *Outcome) error {
		if c.Historian == nil || !o.pulled {
			return nil
		}
		return r.Puller.History(ctx, c.Name, o.Site.ID, c.Historian, most)
	})
}
