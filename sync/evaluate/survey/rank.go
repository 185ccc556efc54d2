package survey

import (
	"cmp"
	"slices"

	"github.com/trackwarden/trackwarden/backlog"
)

// ranked are the features of one tracker that wait to be begun: only within one
// does a rank compare.
type ranked struct {
	features []rankedFeature
}

type rankedFeature struct {
	number int64
	rank   string
	wsjf   float64
	scored bool
}

func (g *group) addRanked(e *entry) {
	if e.active {
		return
	}
	list, ok := g.scored[e.Connection]
	if !ok {
		list = &ranked{}
		g.scored[e.Connection] = list
	}
	f := rankedFeature{number: e.Number, rank: e.Rank}
	f.wsjf, f.scored = wsjf(e.WSJF)
	list.features = append(list.features, f)
}

// wsjf is the cost of delay over the job's size; false when an input lacks.
func wsjf(w backlog.WSJF) (float64, bool) {
	if w.Value == nil || w.Criticality == nil || w.Risk == nil || w.Size == nil || *w.Size <= 0 {
		return 0, false
	}
	return (*w.Value + *w.Criticality + *w.Risk) / *w.Size, true
}

// inversion is a feature that stands below one with a lower WSJF.
type inversion struct {
	above, below rankedFeature
	places       int
}

// inversions finds, for each feature, the one above it with the lowest WSJF:
// one pass, however long the list.
func (r *ranked) inversions() []inversion {
	var scored []rankedFeature
	for _, f := range r.features {
		if f.scored && f.rank != "" {
			scored = append(scored, f)
		}
	}
	slices.SortFunc(scored, func(a, b rankedFeature) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.number, b.number))
	})
	wanted := slices.Clone(scored)
	slices.SortStableFunc(wanted, func(a, b rankedFeature) int { return cmp.Compare(b.wsjf, a.wsjf) })
	belongs := make(map[int64]int, len(wanted))
	for i, f := range wanted {
		belongs[f.number] = i
	}
	var found []inversion
	for i, lowest := 1, 0; i < len(scored); i++ {
		f := scored[i]
		if places := i - belongs[f.number]; places > 0 && scored[lowest].wsjf < f.wsjf {
			found = append(found, inversion{scored[lowest], f, places})
		}
		if f.wsjf < scored[lowest].wsjf {
			lowest = i
		}
	}
	return found
}

const (
	maxInversions = 20
	firstStories  = 30
)

// inversions are the furthest of all trackers.
func (g *group) inversions() []inversion {
	var all []inversion
	for _, r := range g.scored {
		all = append(all, r.inversions()...)
	}
	slices.SortFunc(all, func(a, b inversion) int {
		return cmp.Or(cmp.Compare(b.places, a.places), cmp.Compare(b.below.wsjf, a.below.wsjf), cmp.Compare(a.below.number, b.below.number))
	})
	return all[:min(len(all), maxInversions)]
}

// unscored are features without an input of WSJF, as they are ranked.
func (g *group) unscored() (all, without int, first []int64) {
	var found []rankedFeature
	for _, r := range g.scored {
		all += len(r.features)
		for _, f := range r.features {
			if !f.scored {
				found = append(found, f)
			}
		}
	}
	slices.SortFunc(found, func(a, b rankedFeature) int {
		if (a.rank == "") != (b.rank == "") {
			return cmp.Compare(b.rank, a.rank) // those without a rank come last
		}
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.number, b.number))
	})
	for _, f := range found[:min(len(found), maxSample)] {
		first = append(first, f.number)
	}
	return all, len(found), first
}

type rankedStory struct {
	number, above int64
	rank          string
}

func (g *group) addNext(e *entry) {
	list, ok := g.next[e.Connection]
	if !ok {
		list = newTop(firstStories, func(a, b rankedStory) bool { return a.rank < b.rank || a.rank == b.rank && a.number < b.number })
		g.next[e.Connection] = list
	}
	list.add(rankedStory{e.Number, e.Above, e.Rank})
}

// against are stories that stand above another though their feature stands
// below the other's.
func (s *Survey) against(g *group) (pairs [][2]rankedStory) {
	for connection, list := range g.next {
		var lowest rankedStory
		var rank string
		for _, story := range list.items {
			f := s.features[story.above]
			if f == nil || f.rank == "" || !f.open || f.connection != connection {
				continue
			}
			if rank != "" && f.rank < rank {
				pairs = append(pairs, [2]rankedStory{lowest, story})
			}
			if f.rank > rank {
				rank, lowest = f.rank, story
			}
		}
	}
	slices.SortFunc(pairs, func(a, b [2]rankedStory) int {
		return cmp.Or(cmp.Compare(a[1].rank, b[1].rank), cmp.Compare(a[1].number, b[1].number))
	})
	return pairs[:min(len(pairs), maxInversions)]
}
