package survey

import (
	"cmp"
	"slices"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies/engine"
)

// plan fills in what a team, train or increment plans by.
func (s *Survey) plan(set *engine.Set, g *group, of Subject, look Look) {
	around := s.around(of.Train)
	set.Increments = engine.SetIncrements{
		Previous: s.increment(g, of, around[0], look), Current: s.increment(g, of, around[1], look), Next: s.increment(g, of, around[2], look),
		Judged: s.increment(g, of, of.Increment, look),
	}
	for _, c := range s.capacityOf(of) {
		set.Capacity = append(set.Capacity, engine.SetCapacity{Team: c.Team, Iteration: c.Iteration, Points: c.Points})
	}
	for _, r := range s.Planning.Risks {
		if same(r.Train, of.Train.Name) && (of.Kind != backlog.IncrementSubject || same(r.Increment, of.Increment.Name)) {
			risk := engine.SetRisk{Title: r.Title, Increment: r.Increment, ROAM: r.ROAM, Owner: r.Owner, Raised: r.Raised}
			if ahead := s.calendar.until(r.Raised); ahead != nil {
				age := max(0, -*ahead)
				risk.AgeDays = &age
			}
			set.Risks = append(set.Risks, risk)
		}
	}
	for _, i := range s.Planning.Investment {
		if same(i.Train, of.Train.Name) {
			set.Investment = append(set.Investment, engine.Investment{Kind: i.Kind, Theme: i.Theme, Share: i.Share})
		}
	}
	if of.Kind == backlog.TeamSubject {
		return
	}
	for _, t := range s.teamsOf(of.Train.Name) {
		team := s.teams[t.Name]
		set.Teams = append(set.Teams, engine.SetTeam{
			Name: t.Name, Owned: t.Owner != "", Stories: team.items.Stories, Ready: team.items.Ready,
			Active: activeStories(team), Velocity: s.velocity(team),
		})
	}
}

func activeStories(g *group) int { return g.items.Stories - g.items.Waiting }

func (s *Survey) teamsOf(train string) []backlog.Team {
	var all []backlog.Team
	for _, t := range s.Organisation.Teams {
		if train != "" && t.Train == train {
			all = append(all, t)
		}
	}
	return all
}

func same(a, b string) bool { return strings.EqualFold(a, b) }

// covers reports whether a team's part of a plan belongs to the subject; the
// empty team is the train itself.
func (s *Survey) covers(of Subject, train, team string) bool {
	if of.Kind == backlog.TeamSubject {
		return same(team, of.ID)
	}
	if team == "" {
		return same(train, of.Train.Name)
	}
	return slices.ContainsFunc(s.teamsOf(of.Train.Name), func(t backlog.Team) bool { return same(t.Name, team) })
}

func (s *Survey) capacityOf(of Subject) []backlog.Capacity {
	var all []backlog.Capacity
	for _, c := range s.Planning.Capacity {
		if s.covers(of, "", c.Team) && c.Team != "" {
			all = append(all, c)
		}
	}
	return all
}

const maxFeatures = 100

// increment tells what the subject has planned for one.
func (s *Survey) increment(g *group, of Subject, inc backlog.Increment, look Look) engine.SetIncrement {
	told := engine.SetIncrement{Name: inc.Name, Start: inc.Start, End: inc.End}
	if inc.Name == "" {
		return told
	}
	told.Train, told.StartsIn, told.EndsIn = of.Train.Name, s.calendar.until(inc.Start), s.calendar.until(inc.End)
	switch {
	case inc.End < s.calendar.today:
		told.State = past
	case inc.Start > s.calendar.today:
		told.State = future
	default:
		told.State = active
	}
	s.tellFeatures(&told, g, look)
	if part := g.parts[inc.Name]; part != nil {
		told.Stories, told.StoriesDone = part.stories.told(), part.done.told()
	}
	told.Capacity = sumOf(s.capacityIn(of, inc))
	s.tellObjectives(&told, of)
	s.tellBaseline(&told, g, of, look)
	return told
}

// tellFeatures lists the features, those first of which least is ready.
func (s *Survey) tellFeatures(told *engine.SetIncrement, g *group, look Look) {
	type counted struct {
		*feature
		kids
	}
	var all []counted
	for _, n := range g.planned[told.Name] {
		c := counted{feature: s.features[n]}
		if k := s.kids[n]; k != nil {
			c.kids = *k
		}
		all = append(all, c)
		add(&told.FeaturesDone, c.feature.done)
		add(&told.FeaturesReady, c.stories > 0 && c.ready == c.stories)
	}
	told.FeaturesAll = len(all)
	share := func(c counted) float64 { return float64(c.ready) / float64(max(1, c.stories)) }
	slices.SortFunc(all, func(a, b counted) int {
		if a.feature.done != b.feature.done {
			return map[bool]int{true: 1, false: -1}[a.feature.done]
		}
		return cmp.Or(cmp.Compare(share(a), share(b)), cmp.Compare(a.number, b.number))
	})
	for _, c := range all[:min(len(all), maxFeatures)] {
		told.Features = append(told.Features, engine.SetFeature{
			Feature: look(c.number), Stories: c.stories, Ready: c.ready, Done: c.kids.done, Unestimated: c.unestimated, Points: c.points,
		})
	}
}

// tellObjectives lists the objectives and what became of them.
func (s *Survey) tellObjectives(told *engine.SetIncrement, of Subject) {
	p := &told.Predictability
	valued, committed := true, 0
	for _, o := range s.objectivesOf(of, told.Name) {
		told.Objectives = append(told.Objectives, engine.Objective{
			Title: o.Title, Team: o.Team, Committed: o.Committed, Planned: o.Planned, Actual: o.Actual, Measure: o.Measure,
		})
		if o.Committed {
			committed++
			valued = valued && o.Actual != nil
			p.Planned += value(o.Planned)
		}
		p.Actual += value(o.Actual)
	}
	p.Evaluated = valued && committed > 0
	if p.Evaluated && p.Planned > 0 {
		percent := 100 * p.Actual / p.Planned
		p.Percent = &percent
	}
	for _, t := range s.teamsOf(of.Train.Name) {
		if slices.ContainsFunc(s.Planning.Objectives, func(o backlog.Objective) bool {
			return same(o.Team, t.Name) && same(o.Increment, told.Name)
		}) {
			told.WithObjectives = append(told.WithObjectives, t.Name)
		} else {
			told.NoObjectives = append(told.NoObjectives, t.Name)
		}
	}
}

func (s *Survey) objectivesOf(of Subject, increment string) []backlog.Objective {
	var all []backlog.Objective
	for _, o := range s.Planning.Objectives {
		if same(o.Increment, increment) && s.covers(of, o.Train, o.Team) {
			all = append(all, o)
		}
	}
	return all
}

func value(f *float64) float64 {
	if f == nil {
		return 0
	}
	return *f
}

// capacityIn is the capacity of the iterations of an increment: by its name, or
// by the iteration's dates, where they are known.
func (s *Survey) capacityIn(of Subject, inc backlog.Increment) []backlog.Capacity {
	var all []backlog.Capacity
	for _, c := range s.capacityOf(of) {
		if same(c.Increment, inc.Name) || c.Increment == "" && s.lies(c, inc) {
			all = append(all, c)
		}
	}
	return all
}

// lies reports whether an iteration begins within an increment.
func (s *Survey) lies(c backlog.Capacity, inc backlog.Increment) bool {
	team := s.teams[c.Team]
	if team == nil {
		return false
	}
	for _, sum := range team.iterations {
		if start := s.calendar.day(sum.it.Start); sum.it.Name == c.Iteration && inc.Start <= start && start <= inc.End {
			return true
		}
	}
	return false
}

func sumOf(all []backlog.Capacity) *float64 {
	if len(all) == 0 {
		return nil
	}
	var sum float64
	for _, c := range all {
		sum += c.Points
	}
	return &sum
}
