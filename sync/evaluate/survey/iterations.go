package survey

import (
	"cmp"
	"slices"

	"github.com/trackwarden/trackwarden/policies/engine"
)

// How many iterations are told.
const (
	pastIterations   = 6
	futureIterations = 3
)

// chosen are the iterations that are told: the last that are over, those that
// run, the next, in order of time.
func (s *Survey) chosen(g *group) []*iterationSum {
	byTime := map[string][]*iterationSum{}
	for _, sum := range g.iterations {
		when := s.calendar.when(&sum.it)
		byTime[when] = append(byTime[when], sum)
	}
	over, ahead := inTime(byTime[past]), inTime(byTime[future])
	all := slices.Clone(over[max(0, len(over)-pastIterations):])
	all = append(all, inTime(byTime[active])...)
	return append(all, ahead[:min(len(ahead), futureIterations)]...)
}

// inTime orders iterations. A team with two trackers may have two of the same
// name and number.
func inTime(all []*iterationSum) []*iterationSum {
	slices.SortFunc(all, func(a, b *iterationSum) int {
		switch {
		case later(&a.it, &b.it):
			return 1
		case later(&b.it, &a.it):
			return -1
		}
		return cmp.Or(cmp.Compare(a.it.Name, b.it.Name), cmp.Compare(a.it.ID, b.it.ID), cmp.Compare(a.site, b.site))
	})
	return all
}

// velocity is what was finished in the iterations that are over.
func (s *Survey) velocity(g *group) engine.Velocity {
	var points, items []float64
	estimated := false
	for _, sum := range s.chosen(g) {
		if s.calendar.when(&sum.it) == past {
			points, items = append(points, sum.donePoints), append(items, float64(sum.done))
			estimated = estimated || sum.donePoints > 0
		}
	}
	v := engine.Velocity{Items: median(items), Iterations: len(items)}
	if estimated {
		v.Points = median(points)
	}
	return v
}
