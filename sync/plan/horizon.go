package plan

import (
	"strings"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// planned reports whether an item lies within the horizon: a feature or larger
// in this or the next increment of its train, anything smaller in this or the
// next iteration. Work in progress is always planned.
func planned(v View, s Settings, w World) bool {
	if v.State.Category == backlog.InProgress {
		return true
	}
	switch v.Level {
	case backlog.Portfolio, backlog.Capability, backlog.Feature:
		return inIncrement(v, s, w)
	}
	for _, it := range v.Iterations {
		if soon(it, w) {
			return true
		}
	}
	return false
}

func inIncrement(v View, s Settings, w World) bool {
	teams := s.Organisation.TeamsOf(s.Connection, v.Item)
	if len(teams) == 0 {
		return false
	}
	train, ok := s.Organisation.TrainOf(teams[0])
	if !ok {
		return false
	}
	increment, ok := train.IncrementOf(s.Connection, v.Item)
	if !ok {
		return false
	}
	current, next := train.Current(backlog.Day(w.Now, s.Zone))
	return increment.Name == current.Name || increment.Name == next.Name
}

// soon reports whether an iteration runs now or is the next of its sequence.
func soon(it backlog.Iteration, w World) bool {
	if running(it, w.Now) {
		return true
	}
	if !ahead(it, w.Now) {
		return false
	}
	for _, other := range w.Iterations {
		if sequence(other) == sequence(it) && ahead(other, w.Now) && before(other, it) {
			return false
		}
	}
	return true
}

func running(it backlog.Iteration, now time.Time) bool {
	if it.State != "" {
		return it.State == "active"
	}
	return !it.Start.IsZero() && !it.Start.After(now) && now.Before(it.End.AddDate(0, 0, 1))
}

func ahead(it backlog.Iteration, now time.Time) bool {
	if it.State != "" {
		return it.State == "future"
	}
	return it.Start.After(now)
}

// before orders iterations of one sequence. Unscheduled Jira sprints come in
// the order in which they were made, after the scheduled ones.
func before(a, b backlog.Iteration) bool {
	switch {
	case a.Start.IsZero() && b.Start.IsZero():
		return len(a.ID) < len(b.ID) || len(a.ID) == len(b.ID) && a.ID < b.ID
	case a.Start.IsZero() || b.Start.IsZero():
		return !a.Start.IsZero()
	}
	return a.Start.Before(b.Start)
}

// sequence names the row of iterations that follow each other: a Jira board's
// sprints, or the iterations under one Azure path.
func sequence(it backlog.Iteration) string {
	if i := strings.LastIndex(it.Path, `\`); i >= 0 {
		return it.Path[:i]
	}
	return it.Board
}
