package reconcile

import (
	"context"
	"fmt"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/sync/plan"
)

// Given is a plan that a person has looked at and given to be carried out: only
// what is still planned exactly so is written. Connections and items map to the
// content of the change.
type Given map[string]map[backlog.ItemID]string

// drift is the share of a given plan, in hundredths, that may be planned
// otherwise by now before none of it is carried out.
const drift = 20

// brake parts a connection's plan into what may be written now and what waits
// for a person's approval, which it notes.
func (r *Reconciler) brake(ctx context.Context, c Connection, o *Outcome, s plan.Settings) (free []backlog.Planned, err error) {
	switch {
	case c.Writer == nil: // nothing will be written that could be approved
		return nil, nil
	case r.Given != nil:
		return r.given(c, o), nil
	}
	approved, err := r.Store.Approved(ctx, c.Name)
	if err != nil {
		return nil, err
	}
	sizes, keys, err := r.sizes(ctx, c, o)
	if err != nil {
		return nil, err
	}
	free, o.Parked = c.Brake.Hold(o.Plan.Changes, sizes,
		func(p backlog.ProjectID) bool { return s.Budget.Ramp[p.ID] > 0 },
		func(p backlog.Planned) bool { return approved[p.Item.String()] == p.ContentHash() })
	for i, p := range o.Parked {
		o.Parked[i].Connection, o.Parked[i].Key = c.Name, keys[p.Project]
	}
	if err := r.Store.SavePlans(ctx, c.Name, o.Parked); err != nil {
		return nil, err
	}
	return free, nil
}

// sizes are how many items the projects have, and what they are called.
func (r *Reconciler) sizes(ctx context.Context, c Connection, o *Outcome) (map[backlog.ProjectID]int, map[backlog.ProjectID]string, error) {
	counts, err := r.Store.Counts(ctx, c.Name)
	if err != nil {
		return nil, nil, fmt.Errorf("count items: %w", err)
	}
	sizes, keys := map[backlog.ProjectID]int{}, map[backlog.ProjectID]string{}
	for _, p := range o.Site.Projects {
		id := backlog.ProjectID{Site: o.Site.ID, ID: p.ID}
		sizes[id], keys[id] = counts[p.Key], p.Key
	}
	return sizes, keys, nil
}

// given picks what is planned exactly as the given plan has it. If much of that
// is planned otherwise by now, none of it is written.
func (r *Reconciler) given(c Connection, o *Outcome) (free []backlog.Planned) {
	want := r.Given[c.Name]
	for _, p := range o.Plan.Changes {
		if want[p.Item] == p.ContentHash() {
			free = append(free, p)
		} else {
			o.Plan.Held = append(o.Plan.Held, backlog.Held{Connection: c.Name, Item: p.Item, Key: p.Key, Reason: "not so in the plan that was given"})
		}
	}
	if lost := len(want) - len(free); lost*100 > drift*len(want) {
		o.Stopped = fmt.Sprintf("%d of %d changes of the given plan are planned otherwise by now: make a new plan", lost, len(want))
		return nil
	}
	return free
}

// ParkedReason says for people what waits and how to let it go.
func ParkedReason(p backlog.Parked) string {
	what := fmt.Sprintf("%d of %d items would change at once", p.Changes, p.Items)
	if p.Removals > 0 {
		what += fmt.Sprintf(", something would be taken back from %d", p.Removals)
	}
	return what + ": look at trackwarden plan, then trackwarden approve " + p.Hash
}
