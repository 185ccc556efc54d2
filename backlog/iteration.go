package backlog

import (
	"strings"
	"time"
)

// Running reports whether the iteration is under way. What the tracker says of
// its state wins over its dates; both dates are inside it.
func (it Iteration) Running(now time.Time) bool {
	if it.State != "" {
		return it.State == "active"
	}
	return !it.Start.IsZero() && !it.Start.After(now) && now.Before(it.End.AddDate(0, 0, 1))
}

// Ahead reports whether the iteration has not begun.
func (it Iteration) Ahead(now time.Time) bool {
	if it.State != "" {
		return it.State == "future"
	}
	return it.Start.After(now)
}

// Next reports whether the iteration is the first ahead in its sequence, of
// those in all.
func (it Iteration) Next(all []Iteration, now time.Time) bool {
	if !it.Ahead(now) {
		return false
	}
	for _, other := range all {
		if other.sequence() == it.sequence() && other.Ahead(now) && other.before(it) {
			return false
		}
	}
	return true
}

// before orders iterations of one sequence. Unscheduled Jira sprints come in
// the order in which they were made, after the scheduled ones.
func (it Iteration) before(other Iteration) bool {
	switch {
	case it.Start.IsZero() && other.Start.IsZero():
		return len(it.ID) < len(other.ID) || len(it.ID) == len(other.ID) && it.ID < other.ID
	case it.Start.IsZero() || other.Start.IsZero():
		return !it.Start.IsZero()
	}
	return it.Start.Before(other.Start)
}

// sequence names the row of iterations that follow each other: a Jira board's
// sprints, or the iterations under one Azure path.
func (it Iteration) sequence() string {
	if i := strings.LastIndex(it.Path, `\`); i >= 0 {
		return it.Path[:i]
	}
	return it.Board
}
