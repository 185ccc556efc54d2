package plan

import (
	"github.com/trackwarden/trackwarden/backlog"
)

// planned reports whether an item lies within the horizon: a feature or larger
// in this or the next increment of its train, anything smaller in this or the
// next iteration. Work in progress is always planned.
func planned(v backlog.View, s Settings, w World) bool {
	if v.State.Category == backlog.InProgress {
		return true
	}
	switch v.Level {
	case backlog.Portfolio, backlog.Capability, backlog.Feature:
		return inIncrement(v, s, w)
	}
	for _, it := range v.Iterations {
		if it.Running(w.Now) || it.Next(w.Iterations, w.Now) {
			return true
		}
	}
	return false
}

func inIncrement(v backlog.View, s Settings, w World) bool {
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
