package plan

import (
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// The first look for a comment that may come late is after this, then always
// when twice the time has passed; the last one ends the waiting.
const firstLook = time.Minute

// mustLook reports whether an item and its comments have to be read although
// nothing is to be written: somebody changed an item that bears our comment,
// and may have deleted or edited that; a comment of ours may have come late; a
// label of ours is not there, and the books do not say why.
func mustLook(v backlog.View, w World) bool {
	if v.Fresh {
		return false
	}
	if _, booked := bookedComment(v.Owned); booked || !v.Look.Late.IsZero() {
		if v.Look.Revision != v.Revision {
			return true
		}
	}
	if !v.Look.Late.IsZero() && !w.Now.Before(nextLook(v.Look)) {
		return true
	}
	return len(missing(ownedLabels(v.Owned, backlog.OwnedLabel), v.Labels)) > 0
}

func nextLook(l backlog.Looked) time.Time {
	return l.At.Add(max(firstLook, l.At.Sub(l.Late)))
}
