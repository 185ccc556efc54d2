package survey

import (
	"cmp"
	"maps"
	"slices"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies/engine"
)

// Look finds an item by its number, as policies see it.
type Look func(number int64) engine.Summary

// Set tells what there is of a subject. It may be asked twice: first to learn
// which items its lists name, then with these at hand.
func (s *Survey) Set(of Subject, look Look) *engine.Set {
	g := s.groupOf(of)
	if g == nil {
		g = newGroup()
	}
	set := &engine.Set{
		Items: g.items, Points: g.points, Weeks: s.weeks(g), Flow: g.flow, Personas: g.named(),
		Active:  engine.Active{Stories: since(g.active[backlog.Story], look), Features: since(g.active[backlog.Feature], look)},
		Blocked: s.blocked(g, look), States: states(g, look), Cycles: g.circles(),
		Mix: engine.Mix{Closed: g.mix[0].part(), Planned: g.mix[1].part()},
	}
	set.Flow.LeadDays = median(g.leads)
	s.rank(set, g, look)
	s.dependencies(set, of, look)
	switch of.Kind {
	case backlog.TeamSubject:
		s.team(set, g, of, look)
	case backlog.ConnectionSubject:
		g.connection(&set.Connection, look)
		return set
	}
	s.plan(set, g, of, look)
	return set
}

func (s *Survey) weeks(g *group) []engine.Week {
	var all []engine.Week
	for ago := weeks - 1; ago >= 0; ago-- {
		all = append(all, engine.Week{Start: date(s.calendar.week - int64(7*ago)), Created: g.created[ago], Closed: g.closed[ago]})
	}
	return all
}

func since(list *top[waiting], look Look) []engine.Since {
	if list == nil {
		return nil
	}
	all := make([]engine.Since, len(list.items))
	for i, w := range list.items {
		all[i] = engine.Since{Item: look(w.number), Since: w.since}
	}
	return all
}

func states(g *group, look Look) []engine.SetState {
	var all []engine.SetState
	for key, sum := range g.states {
		state := engine.SetState{
			Name: key.name, Category: key.category, Level: key.level, Items: sum.items, Since: sum.top.items[0].since,
			Sample: since(sum.top, look),
		}
		all = append(all, state)
	}
	slices.SortFunc(all, func(a, b engine.SetState) int {
		return cmp.Or(cmp.Compare(a.Level, b.Level), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Category, b.Category))
	})
	return all
}

func (s *Survey) blocked(g *group, look Look) []engine.Blocked {
	all := make([]engine.Blocked, len(g.blocked.items))
	for i, w := range g.blocked.items {
		all[i] = engine.Blocked{Item: look(w.number), Why: g.why[w.number], Since: w.since}
		for _, from := range s.blockers(w.number) {
			all[i].By = append(all[i].By, look(from))
		}
	}
	return all
}

const maxBlockers = 5

// blockers are open items that an item waits for.
func (s *Survey) blockers(of int64) []int64 {
	var all []int64
	for _, tie := range s.Ties {
		if tie.To != of || len(all) == maxBlockers {
			continue
		}
		if from := s.ends[tie.From]; from != nil && from.open && !slices.Contains(all, tie.From) {
			all = append(all, tie.From)
		}
	}
	return all
}

func (g *group) named() []engine.NamedCount {
	var all []engine.NamedCount
	for name, n := range g.personas {
		all = append(all, engine.NamedCount{Name: name, Items: n})
	}
	slices.SortFunc(all, func(a, b engine.NamedCount) int {
		return cmp.Or(cmp.Compare(b.Items, a.Items), cmp.Compare(a.Name, b.Name))
	})
	return all[:min(len(all), maxPersonas)]
}

const maxCycles = 20

func (g *group) circles() []engine.Cycle {
	var all []engine.Cycle
	for _, key := range slices.Sorted(maps.Keys(g.cycles)) {
		all = append(all, engine.Cycle{Keys: g.cycles[key]})
	}
	return all[:min(len(all), maxCycles)]
}

func (m *mixSum) part() engine.MixPart {
	p := engine.MixPart{All: engine.Amount(m.all.told())}
	p.Kinds = engine.Kinds{
		Business: m.kinds[""].told(), Enabler: m.kinds[backlog.Enabler].told(), Bug: m.kinds[backlog.Bug].told(),
		Spike: m.kinds[backlog.Spike].told(), Chore: m.kinds[backlog.Chore].told(),
	}
	for _, theme := range slices.Sorted(maps.Keys(m.themes)) {
		p.Themes = append(p.Themes, engine.NamedPart{Name: theme, Amount: m.themes[theme].told()})
	}
	return p
}

func (a amount) told() engine.Amount { return engine.Amount{Items: a.items, Points: a.points} }

func (s *Survey) rank(set *engine.Set, g *group, look Look) {
	r := &set.Rank
	var first []int64
	r.Features, r.WithoutWSJF, first = g.unscored()
	r.Unscored = looked(first, look)
	for _, i := range g.inversions() {
		r.Inversions = append(r.Inversions, engine.Inversion{
			Above: look(i.above.number), Below: look(i.below.number), AboveWSJF: i.above.wsjf, BelowWSJF: i.below.wsjf, Places: i.places,
		})
	}
	for _, pair := range s.against(g) {
		r.Children = append(r.Children, engine.ChildInversion{
			Above: look(pair[0].number), Below: look(pair[1].number), AboveParent: look(pair[0].above), BelowParent: look(pair[1].above),
		})
	}
}

func looked(numbers []int64, look Look) []engine.Summary {
	all := make([]engine.Summary, len(numbers))
	for i, n := range numbers {
		all[i] = look(n)
	}
	return all
}

const maxDependencies = 50

// dependencies are those with an end in the subject.
func (s *Survey) dependencies(set *engine.Set, of Subject, look Look) {
	for _, c := range s.crossed {
		if !of.has(c.from) && !of.has(c.to) {
			continue
		}
		n := &set.Counted
		n.All++
		add(&n.Before, c.order == orderBefore)
		add(&n.Same, c.order == orderSame)
		add(&n.After, c.order == orderAfter)
		add(&n.Unplanned, c.order == orderUnplanned)
		if len(set.Dependencies) < maxDependencies {
			set.Dependencies = append(set.Dependencies, engine.Dependency{
				From: look(c.from.number), To: look(c.to.number), Cross: c.cross, Order: c.order, By: c.by,
				Ready: c.ready, Needed: c.needed, Unplanned: c.unplanned,
			})
		}
	}
}

func (of *Subject) has(n *end) bool {
	switch of.Kind {
	case backlog.TeamSubject:
		return n.team == of.ID
	case backlog.ConnectionSubject:
		return n.connection == of.ID
	}
	return n.train == of.Train.Name
}

// team fills in what only a team has.
func (s *Survey) team(set *engine.Set, g *group, of Subject, look Look) {
	capacity := s.capacityOf(of)
	set.Velocity = s.velocity(g)
	for _, sum := range s.chosen(g) {
		it := engine.SetIteration{
			Name: sum.it.Name, Start: s.calendar.day(sum.it.Start), End: s.calendar.day(sum.it.End), State: s.calendar.when(&sum.it),
			Items: sum.items, Points: sum.points, DoneItems: sum.done, DonePoints: sum.donePoints,
			Carried: sum.carried, Unestimated: sum.unestimated, UnreadyAll: sum.unready, Unready: looked(sum.sample, look),
		}
		for _, c := range capacity {
			if c.Iteration == it.Name {
				it.Capacity = &c.Points
			}
		}
		set.Iterations = append(set.Iterations, it)
	}
	if twins := s.twins[of.ID]; twins != nil {
		set.DuplicatesFound = twins.found
		for _, t := range twins.pairs.items {
			set.Duplicates = append(set.Duplicates, engine.Duplicate{
				Items: []engine.Summary{look(t.first), look(t.second)}, Same: t.same, What: t.what,
			})
		}
	}
	set.StoryForms = g.storyForms(look)
}

func (g *group) storyForms(look Look) engine.StoryForms {
	var told engine.StoryForms
	for form, sum := range g.forms {
		told.Stories += sum.items
		told.Forms = append(told.Forms, engine.StoryForm{Form: form, Items: sum.items})
	}
	slices.SortFunc(told.Forms, func(a, b engine.StoryForm) int {
		return cmp.Or(cmp.Compare(b.Items, a.Items), cmp.Compare(a.Form, b.Form))
	})
	for i := range told.Forms {
		if i == 0 {
			told.Common = told.Forms[0].Form
			told.Share = float64(told.Forms[0].Items) / float64(told.Stories)
			continue
		}
		told.Forms[i].Sample = looked(g.forms[told.Forms[i].Form].sample, look)
	}
	return told
}

func (g *group) connection(c *engine.SetConnection, look Look) {
	c.TeamShare, c.TrainShare = 1, 1
	if all := g.items.TotalOpen; all > 0 {
		c.TeamShare, c.TrainShare = float64(g.teamed)/float64(all), float64(g.trained)/float64(all)
	}
	c.SeveralTeams = g.several
	if g.lacking != nil {
		for _, w := range g.lacking.items {
			c.WithoutTeam = append(c.WithoutTeam, look(w.number))
		}
	}
}
