package reconcile

import "context"

// A pass reads the links that trackers keep apart from their items, a request
// each, of so many items before it judges: those that changed just now, or all
// of a small backlog. What a large backfill left is worked off after all else
// is done, and nothing is written on an item before.
const (
	linksFirst = 1000
	linksAfter = 400
)

// links reads such links, of all connections at the same time. What goes wrong
// with a tracker there never fails a pass; it is asked again in the next one.
func (r *Reconciler) links(ctx context.Context, result Result, most int) error {
	return r.each(ctx, result, func(ctx context.Context, c Connection, o *Outcome) error {
		if !o.pulled || o.linkless {
			return nil
		}
		answers, err := r.Puller.Links(ctx, c.Name, o.Site.ID, o.linker, most)
		o.linkless = !answers
		return err
	})
}
