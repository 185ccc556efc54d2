package plan

import (
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// The first look for a comment that may come late is after this, then always
// when twice the time has passed; the last one ends the waiting.
const firstLook = time.Minute

// mustLook reports whether the comments of an item have to be read although no
// comment is to be written: somebody changed an item that bears our comment,
// and may have deleted or edited that; or a comment of ours may have come late.
func mustLook(v backlog.View, w World) bool {
	if v.Fresh {
		return false
	}
	if _, booked := bookedComment(v.Owned); booked || !v.Look.Late.IsZero() {
		if v.Look.Revision != v.Revision {
			return true
		}
	}
	return !v.Look.Late.IsZero() && !w.Now.Before(nextLook(v.Look))
}

func nextLook(l backlog.Looked) time.Time {
	return l.At.Add(max(firstLook, l.At.Sub(l.Late)))
}
