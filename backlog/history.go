package backlog

import (
	"context"
	"time"
)

// Historian is optional: it reads what became of items before now. It may cost
// a request for each, so only items that changed are asked for.
type Historian interface {
	// History reads the past of items by identity, one Past each, in the order
	// asked. One that the tracker does not give is returned with Known false;
	// an error means that nothing can be said of any of them.
	History(ctx context.Context, ids ...ItemID) ([]Past, error)
}

// Past is what became of one item, oldest first.
type Past struct {
	ID     ItemID
	Known  bool
	Cut    bool // the tracker gave only the newest part
	Events []Event
}

// Event is one change of an item.
type Event struct {
	At time.Time
	// Ours is set for what our account did to labels, comments and our own
	// property, and to nothing else. It is no activity of a person.
	Ours  bool
	Field EventField // empty for a change that only counts as activity
	// From and To are as the tracker names them: states by their native name,
	// iterations by their id, due dates as YYYY-MM-DD. Empty means none.
	From, To string
	// FromCategory and ToCategory are those of a state.
	FromCategory, ToCategory Category
	// Begun is set when the iteration that was left had begun by then.
	Begun bool
}

// EventField is what an event changed, as far as policies ask for it.
type EventField string

// The fields whose past is kept.
const (
	StateEvent     EventField = "state"
	IterationEvent EventField = "iteration"
	DueEvent       EventField = "due"
)

// History is what judging knows of an item's past.
type History struct {
	StateSince  time.Time `json:"stateSince,omitzero"` // when it entered its present state
	Activity    time.Time `json:"activity,omitzero"`   // the last change that was not ours
	Reopened    int       `json:"reopened,omitempty"`  // how often it came back from done
	CarriedOver int       `json:"carriedOver,omitempty"`
	DueMoved    int       `json:"dueMoved,omitempty"` // changes of a due date while work was in progress
	Cut         bool      `json:"cut,omitempty"`      // the counts are at least these
}

// History counts what the events tell of an item that was created then. An item
// is carried over when it leaves an iteration that had begun for another one,
// not being done. Seen are times at which the item was seen to have changed: a
// change that no event explains, such as work logged or a file attached, was
// somebody's.
func (p Past) History(created time.Time, seen ...time.Time) History {
	h := History{StateSince: created, Activity: created, Cut: p.Cut}
	var category Category
	for _, e := range p.Events {
		if !e.Ours && e.At.After(h.Activity) {
			h.Activity = e.At
		}
		switch e.Field {
		case StateEvent:
			category, h.StateSince = e.ToCategory, e.At
			if e.FromCategory == Done && e.ToCategory.NotDone() {
				h.Reopened++
			}
		case IterationEvent:
			if e.Begun && e.To != "" && category != Done {
				h.CarriedOver++
			}
		case DueEvent:
			if e.From != "" && category == InProgress {
				h.DueMoved++
			}
		}
	}
	for _, t := range seen {
		if t.After(h.Activity) && !p.explains(t) {
			h.Activity = t
		}
	}
	return h
}

// explains reports whether an event happened at about that time.
func (p Past) explains(t time.Time) bool {
	for _, e := range p.Events {
		if e.At.Sub(t).Abs() <= explained {
			return true
		}
	}
	return false
}

// explained is how far an event and the change that it explains may be apart:
// trackers note the two one after the other.
const explained = time.Minute

// PastDue is an item whose past has to be read, in the revision that is stored.
type PastDue struct {
	ID       ItemID
	Revision string
	Created  time.Time
	Changed  time.Time
	Activity time.Time // as it is known without the past
}

// Remembered is what was read of an item's past; History is nil when the
// tracker does not give it.
type Remembered struct {
	PastDue
	History *History
}
