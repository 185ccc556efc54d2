package plan

import (
	"slices"

	"github.com/trackwarden/trackwarden/backlog"
)

// Brake parks what changes so much of a project at once that it may be a
// mistake: of a policy, of the settings, of a tracker. Both a number and a
// share of the project's items have to be exceeded; what takes something back
// has thresholds of its own. The zero Brake never parks.
type Brake struct {
	AtLeast, RemovalsAtLeast int
	Changes, Removals        float64 // hundredths of the project's items
}

// Hold parts a plan into what may be written and what a person has to approve
// first, by project. Sizes are how many items a project has. What was approved
// is free and does not count. A project on which writing is new changes much
// on purpose, and slowly: only what is taken back counts there.
func (b Brake) Hold(changes []backlog.Planned, sizes map[backlog.ProjectID]int, isNew func(backlog.ProjectID) bool, approved func(backlog.Planned) bool) (free []backlog.Planned, parked []backlog.Parked) {
	if b == (Brake{}) {
		return changes, nil
	}
	byProject := map[backlog.ProjectID][]backlog.Planned{}
	var order []backlog.ProjectID
	for _, c := range changes {
		if approved(c) {
			continue
		}
		if byProject[c.Project] == nil {
			order = append(order, c.Project)
		}
		byProject[c.Project] = append(byProject[c.Project], c)
	}
	held := map[backlog.ProjectID]bool{}
	for _, project := range order {
		p := backlog.Parked{Project: project, Items: sizes[project], Plan: backlog.Plan{Changes: byProject[project]}}
		p.Changes = len(p.Plan.Changes)
		for _, c := range p.Plan.Changes {
			if len(c.RemoveLabels) > 0 {
				p.Removals++
			}
		}
		tooMany := exceeds(p.Changes, p.Items, b.AtLeast, b.Changes) && !isNew(project)
		if tooMany || exceeds(p.Removals, p.Items, b.RemovalsAtLeast, b.Removals) {
			p.Hash, held[project] = p.Plan.Hash(), true
			parked = append(parked, p)
		}
	}
	free = slices.DeleteFunc(slices.Clone(changes), func(c backlog.Planned) bool { return held[c.Project] && !approved(c) })
	return free, parked
}

func exceeds(n, of, atLeast int, percent float64) bool {
	return n > atLeast && float64(n)*100 > percent*float64(of)
}
