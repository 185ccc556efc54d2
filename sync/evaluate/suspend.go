package evaluate

import (
	"context"
	"slices"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies/engine"
)

// suspended says why a policy cannot be asked of an item, because a field that
// it needs is not what it was there; empty when it can.
func (t trust) suspended(p *engine.Policy, item *backlog.Stored) string {
	for _, s := range t.Suspended {
		if s.Type == item.Type && s.Project.ID == item.Project.ID && s.Connection == item.Connection && reads(p, s.Field) {
			return s.Reason
		}
	}
	return ""
}

// stale says why a policy's pass proves nothing: it looked at a neighbour that
// is not known as it is now. What was last known of that one may accuse, but it
// must not clear.
func (t trust) stale(p *engine.Policy, f *backlog.Family) string {
	why := ""
	look := func(asked bool, n *backlog.Stored) {
		switch {
		case !asked || n == nil || why != "":
		case n.Presence == backlog.Missing:
			why = n.Key + " is not shown any more"
		case t.doubt(sourceOf(n)) != "":
			why = n.Key + " is in doubt: " + t.doubt(sourceOf(n))
		}
	}
	look(p.Reads.Parent, f.Parent)
	for _, l := range f.Linked {
		look(p.Reads.Links, l.Item)
	}
	for i := range f.Children {
		look(p.Reads.Children, &f.Children[i])
	}
	return why
}

// distrustFields makes dirty the projects in which other fields are suspended
// now than before.
func (e *Evaluator) distrustFields(ctx context.Context, before, now trust) error {
	differs := func(a, b trust) []backlog.Source {
		var sources []backlog.Source
		for _, s := range a.Suspended {
			same := func(other backlog.Suspension) bool {
				return other.Source() == s.Source() && other.Type == s.Type && other.Field == s.Field
			}
			if !slices.ContainsFunc(b.Suspended, same) {
				sources = append(sources, s.Source())
			}
		}
		return sources
	}
	changed := slices.Concat(differs(before, now), differs(now, before))
	slices.SortFunc(changed, backlog.Source.Compare)
	for _, source := range slices.Compact(changed) {
		if err := e.Store.MarkDirty(ctx, "trust", backlog.Some{Connection: source.Connection, Project: source.Project}); err != nil {
			return err
		}
	}
	return nil
}
