package survey

import (
	"maps"
	"slices"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies/engine"
)

// Due lists the increments whose planning has ended and of which there is no
// baseline yet. One that is over does not get one any more.
func (s *Survey) Due() []Subject {
	var all []Subject
	for _, of := range s.Subjects(nil) {
		inc := of.Increment
		ends := inc.PlanningEnds
		if ends == "" {
			ends = inc.Start
		}
		if of.Kind == backlog.IncrementSubject && ends <= s.calendar.today && inc.End >= s.calendar.today && s.frozen(of.Train.Name, inc.Name) == nil {
			all = append(all, of)
		}
	}
	return all
}

func (s *Survey) frozen(train, increment string) *backlog.Baseline {
	for i := range s.Baselines {
		if b := &s.Baselines[i]; b.Train == train && b.Increment == increment {
			return b
		}
	}
	return nil
}

// Baseline is what is planned for an increment now.
func (s *Survey) Baseline(of Subject) backlog.Baseline {
	inc := of.Increment
	b := backlog.Baseline{
		Train: of.Train.Name, Increment: inc.Name, Frozen: s.calendar.today,
		Objectives: s.objectivesOf(of, inc.Name), Capacity: s.capacityIn(of, inc),
	}
	train := s.trains[of.Train.Name]
	for _, n := range train.planned[inc.Name] {
		f := s.features[n]
		planned := backlog.PlannedFeature{ID: f.own, Key: f.key, Title: f.title, URL: f.url, Team: f.team}
		if k := s.kids[n]; k != nil {
			planned.Points = k.points
		}
		b.Features = append(b.Features, planned)
	}
	if part := train.parts[inc.Name]; part != nil {
		b.Stories, b.Points = part.stories.items, part.stories.points
	}
	for _, t := range s.teamsOf(of.Train.Name) {
		for _, sum := range inTime(slices.Collect(maps.Values(s.teams[t.Name].iterations))) {
			if start := s.calendar.day(sum.it.Start); inc.Start <= start && start <= inc.End {
				b.Iterations = append(b.Iterations, backlog.PlannedPart{
					Team: t.Name, Name: sum.it.Name, Start: start, End: s.calendar.day(sum.it.End), Items: sum.items, Points: sum.points,
				})
			}
		}
	}
	return b
}

// tellBaseline compares what is planned with what was when planning ended.
func (s *Survey) tellBaseline(told *engine.SetIncrement, g *group, of Subject, look Look) {
	was := s.frozen(told.Train, told.Name)
	if was == nil {
		return
	}
	told.Baseline = engine.Baseline{Frozen: was.Frozen, Points: was.Points}
	if of.Kind == backlog.TeamSubject {
		told.Baseline.Points = 0
	}
	before := map[string]backlog.PlannedFeature{}
	for _, f := range was.Features {
		if of.Kind != backlog.TeamSubject || f.Team == of.ID {
			before[f.ID] = f
			told.Baseline.Features++
			if of.Kind == backlog.TeamSubject {
				told.Baseline.Points += f.Points
			}
		}
	}
	s.compareFeatures(told, g, was, before, look)
	s.compareObjectives(told, of, was)
	s.compareCapacity(told, of, was)
}

// compareFeatures tells which came and went. One that was done is still
// planned.
func (s *Survey) compareFeatures(told *engine.SetIncrement, g *group, was *backlog.Baseline, before map[string]backlog.PlannedFeature, look Look) {
	c := &told.Changes
	now := map[string]bool{}
	for _, n := range g.planned[told.Name] {
		f := s.features[n]
		now[f.own] = true
		if _, planned := before[f.own]; planned {
			continue
		}
		c.AddedAll++
		if len(c.Added) < maxNamed {
			c.Added = append(c.Added, look(n))
		}
	}
	for _, f := range was.Features {
		if _, mine := before[f.ID]; !mine || now[f.ID] {
			continue
		}
		c.RemovedAll++
		if len(c.Removed) < maxNamed {
			c.Removed = append(c.Removed, engine.Removed{Key: f.Key, Title: f.Title, URL: f.URL})
		}
	}
}

func (s *Survey) compareObjectives(told *engine.SetIncrement, of Subject, was *backlog.Baseline) {
	type named struct{ team, title string }
	before := map[named]backlog.Objective{}
	for _, o := range was.Objectives {
		if s.covers(of, o.Train, o.Team) {
			before[named{o.Team, o.Title}] = o
			told.Baseline.Objectives++
		}
	}
	c := &told.Changes
	now := map[named]bool{}
	for _, o := range s.objectivesOf(of, told.Name) {
		key := named{o.Team, o.Title}
		now[key] = true
		switch old, known := before[key]; {
		case !known:
			c.ObjectivesAdded = append(c.ObjectivesAdded, o.Title)
		case value(old.Planned) != value(o.Planned) || old.Committed != o.Committed:
			c.ObjectivesChanged = append(c.ObjectivesChanged, o.Title)
		}
	}
	for _, o := range was.Objectives {
		key := named{o.Team, o.Title}
		if _, mine := before[key]; mine && !now[key] {
			c.ObjectivesRemoved = append(c.ObjectivesRemoved, o.Title)
		}
	}
}

func (s *Survey) compareCapacity(told *engine.SetIncrement, of Subject, was *backlog.Baseline) {
	type part struct{ team, iteration string }
	before, now := map[part]float64{}, map[part]float64{}
	var order []part
	note := func(into map[part]float64, all []backlog.Capacity) {
		for _, c := range all {
			p := part{c.Team, c.Iteration}
			into[p] = c.Points
			if !slices.Contains(order, p) {
				order = append(order, p)
			}
		}
	}
	for _, c := range was.Capacity {
		if s.covers(of, told.Train, c.Team) {
			told.Baseline.Capacity += c.Points
			note(before, []backlog.Capacity{c})
		}
	}
	note(now, s.capacityIn(of, backlog.Increment{Name: told.Name, Start: told.Start, End: told.End}))
	for _, p := range order {
		if before[p] != now[p] {
			told.Changes.Capacity = append(told.Changes.Capacity, engine.CapacityChange{Team: p.team, Iteration: p.iteration, Before: before[p], Now: now[p]})
		}
	}
}
