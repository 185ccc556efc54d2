package survey

import (
	"strings"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// iterationKey identifies an iteration of a site.
type iterationKey struct {
	site backlog.SiteID
	id   string
}

// iterationSum is an iteration with the team's stories in it.
type iterationSum struct {
	site                 backlog.SiteID
	it                   backlog.Iteration
	told                 time.Time // when the item changed that told of it last
	items, done          int
	carried, unestimated int
	unready              int
	points, donePoints   float64
	sample               []int64
}

const maxUnready = 20

// addToTeam counts what only a team has: iterations, the way stories are worded,
// what comes next, and duplicates.
func (s *Survey) addToTeam(g *group, e *entry) {
	if e.story {
		g.addIterations(s, e)
	}
	if !e.open {
		return
	}
	if e.story && e.Kind != backlog.Bug {
		g.addForm(e)
	}
	if e.story && !e.active && e.Above != 0 && e.Rank != "" {
		g.addNext(e)
	}
	twins, ok := s.twins[e.at.Team]
	if !ok {
		twins = newDuplicates()
		s.twins[e.at.Team] = twins
	}
	twins.add(e)
}

// addIterations counts a story in every iteration that it names. Jira names all
// that it was ever in; Azure DevOps only the last.
func (g *group) addIterations(s *Survey, e *entry) {
	last := lastOf(e.Iterations)
	for i := range e.Iterations {
		it := &e.Iterations[i]
		sum := g.iteration(e, it)
		sum.items++
		sum.points += e.points
		add(&sum.unestimated, e.Points == nil)
		over := s.calendar.when(it) == past
		switch {
		case i == last && !e.open:
			sum.done++
			sum.donePoints += e.points
		case over:
			sum.carried++
		case i == last && e.open && !e.active && !e.ready:
			sum.unready++
			if len(sum.sample) < maxUnready {
				sum.sample = append(sum.sample, e.Number)
			}
		}
	}
}

// iteration finds an iteration. Trackers do not touch the items when a sprint
// begins, so the item that changed last is believed.
func (g *group) iteration(e *entry, it *backlog.Iteration) *iterationSum {
	key := iterationKey{e.ID.Site, it.ID}
	if it.ID == "" {
		key.id = it.Path + "/" + it.Name
	}
	sum, ok := g.iterations[key]
	if !ok {
		sum = &iterationSum{site: e.ID.Site}
		g.iterations[key] = sum
	}
	if !ok || e.Changed.After(sum.told) {
		sum.it, sum.told = *it, e.Changed
	}
	return sum
}

// lastOf is the index of the iteration that is last in time; one without dates
// is later than all with.
func lastOf(all []backlog.Iteration) int {
	last := -1
	for i := range all {
		if last < 0 || later(&all[i], &all[last]) {
			last = i
		}
	}
	return last
}

func later(a, b *backlog.Iteration) bool {
	switch {
	case a.Start.IsZero() != b.Start.IsZero():
		return a.Start.IsZero()
	case a.Start.Equal(b.Start):
		return len(a.ID) > len(b.ID) || len(a.ID) == len(b.ID) && a.ID > b.ID
	}
	return a.Start.After(b.Start)
}

// addForm notes how a story is worded.
func (g *group) addForm(e *entry) {
	var parts []string
	for _, part := range []struct{ name, text string }{{"role", e.Text.Role}, {"means", e.Text.Means}, {"ends", e.Text.Ends}} {
		if part.text != "" {
			parts = append(parts, part.name)
		}
	}
	form := strings.Join(parts, ", ")
	if form == "" {
		form = "none"
	}
	sum, ok := g.forms[form]
	if !ok {
		sum = &formSum{}
		g.forms[form] = sum
	}
	sum.items++
	if len(sum.sample) < maxSample {
		sum.sample = append(sum.sample, e.Number)
	}
}
