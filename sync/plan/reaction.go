package plan

import (
	"slices"
	"strings"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// Bulk is how many items of a connection may lose annotations of ours within
// an hour before that is a clean-up, and no word on the items.
const Bulk = 10

// What was taken off so often within a day is contested: somebody, or another
// program, fights us.
const (
	reversals = 2
	fightFor  = 24 * time.Hour
)

// reaction is what others did to our annotations, as far as it is understood.
type reaction struct {
	backlog.Reaction
	view backlog.View // as it is when the books say so too
	s    Settings
	w    World
}

// react makes of what others did to our annotations what has to go into the
// books, and gives the view as it is then. A label that was taken off, or a
// comment that was deleted, dismisses the findings that it spoke of until their
// evidence changes. Done to many items at once it does not: what was taken off
// is just no longer ours, and may be asked for again. What is contested is
// dismissed all the same.
func react(v backlog.View, s Settings, w World) (backlog.View, backlog.Reaction) {
	r := &reaction{view: v, s: s, w: w}
	r.view.Open, r.view.Owned = slices.Clone(v.Open), slices.Clone(v.Owned)
	for _, o := range v.Owned {
		if o.Kind == backlog.RefusedLabel {
			r.forget(o)
			r.dismiss(o, len(r.removals(backlog.OwnedLabel, o.Value)) >= reversals)
		}
	}
	if v.Fresh {
		r.comments()
	}
	return r.view, r.Reaction
}

// comments holds our comments on the item, as they were just read, against the
// one in the books.
func (r *reaction) comments() {
	booked, known := bookedComment(r.view.Owned)
	kept, _ := ourComments(r.view, r.s)
	switch {
	case kept == nil && known:
		r.forget(booked)
		r.Gone = append(r.Gone, booked)
		r.dismiss(booked, len(r.removals(backlog.OwnedComment, ""))+1 >= reversals)
	case kept != nil && kept.ID != booked.Value:
		if known {
			r.forget(booked)
		}
		r.adopt(kept)
	case kept != nil && !kept.Edited && kept.Marker.Hash != "" && kept.Marker.Hash != booked.Hash:
		// It says something newer than the books: they were set back, or an edit
		// came late.
		r.view.Owned = slices.DeleteFunc(r.view.Owned, func(x backlog.Owned) bool { return x.Kind == booked.Kind })
		r.adopt(kept)
	}
}

// adopt takes a comment of ours into the books as it is.
func (r *reaction) adopt(kept *backlog.Comment) {
	adopted := backlog.Owned{
		Item: r.view.ID, Kind: backlog.OwnedComment, Value: kept.ID, Hash: kept.Marker.Hash, Intent: kept.Marker.Intent,
		Since: kept.Changed, Told: kept.Changed, Shows: policiesOf(r.speaking()),
	}
	r.Adopt = append(r.Adopt, adopted)
	r.view.Owned = append(r.view.Owned, adopted)
}

// speaking are the open findings that may be written about.
func (r *reaction) speaking() []backlog.Finding {
	return slices.DeleteFunc(slices.Clone(r.view.Open), func(f backlog.Finding) bool { return !r.s.Policies[f.Policy].Writes })
}

func (r *reaction) forget(o backlog.Owned) {
	r.Forget = append(r.Forget, o)
	r.view.Owned = slices.DeleteFunc(r.view.Owned, func(x backlog.Owned) bool { return x.Kind == o.Kind && x.Value == o.Value })
}

// dismiss notes the findings that an annotation spoke of.
func (r *reaction) dismiss(o backlog.Owned, fought bool) {
	if r.w.Bulk && !fought {
		return
	}
	for i, f := range r.view.Open {
		if f.Dismissed.IsZero() && r.spoke(o, f) {
			r.Dismiss = append(r.Dismiss, f.ID)
			r.view.Open[i].Dismissed = r.w.Now
		}
	}
}

// spoke reports whether an annotation spoke of a finding. What was found after
// it was taken off, or after our comment was written last, nobody has seen.
func (r *reaction) spoke(o backlog.Owned, f backlog.Finding) bool {
	p := r.s.Policies[f.Policy]
	switch {
	case !p.Writes:
		return false
	case o.Kind == backlog.OwnedComment:
		return slices.Contains(o.Shows, f.Policy) && !f.Opened.After(o.Told)
	case f.Opened.After(o.Since):
		return false
	}
	return strings.EqualFold(o.Value, r.s.Umbrella) || strings.EqualFold(o.Value, r.s.Prefix+p.Label)
}

func (r *reaction) removals(kind backlog.OwnedKind, value string) []backlog.Removal {
	return removals(r.view, r.w, kind, value)
}

// removals are those of an annotation within a day. Every comment of ours has
// another id, so any of them counts.
func removals(v backlog.View, w World, kind backlog.OwnedKind, value string) []backlog.Removal {
	var all []backlog.Removal
	for _, x := range v.Removals {
		if x.Kind == kind && (kind == backlog.OwnedComment || strings.EqualFold(x.Value, value)) && w.Now.Sub(x.At) < fightFor {
			all = append(all, x)
		}
	}
	return all
}

// fights says of which annotations somebody else thinks otherwise, again and
// again; empty when of none. They are not put on for a day.
func fights(v backlog.View, w World) string {
	for _, x := range v.Removals {
		if n := len(removals(v, w, x.Kind, x.Value)); n >= reversals && x.Kind == backlog.OwnedComment {
			return "contested: our comment was deleted twice within a day, so we stop"
		} else if n >= reversals {
			return "contested: the label " + x.Value + " was taken off twice within a day, so we stop"
		}
	}
	return ""
}

func contested(v backlog.View, w World, kind backlog.OwnedKind, value string) bool {
	return len(removals(v, w, kind, value)) >= reversals
}
