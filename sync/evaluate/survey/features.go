package survey

import "github.com/trackwarden/trackwarden/backlog"

// feature is what stays of a feature: others refer to it.
type feature struct {
	number               int64
	connection           string
	team, train          string
	increment, theme     string
	rank                 string
	open, active, done   bool
	key, title, url, own string // own is its identity
}

// kids is what is below a feature, in whichever team.
type kids struct {
	stories, ready, done, unestimated int
	points                            float64
}

func (s *Survey) addFeature(e *entry) {
	s.features[e.Number] = &feature{
		number: e.Number, connection: e.Connection, team: e.at.Team, train: e.at.Train, increment: e.at.Increment.Name,
		theme: e.at.Theme, rank: e.Rank, open: e.open, active: e.active, done: !e.open,
		key: e.Key, title: e.Title, url: e.URL, own: e.ID.String(),
	}
	if e.at.Increment.Name == "" {
		return
	}
	for _, g := range []*group{s.teams[e.at.Team], s.trains[e.at.Train]} {
		if g != nil {
			g.planned[e.at.Increment.Name] = append(g.planned[e.at.Increment.Name], e.Number)
		}
	}
}

// cell is what decides where a story counts, once its feature is known: without
// an increment or theme of its own it has its feature's.
type cell struct {
	above            int64
	team             string
	kind             backlog.Kind
	theme, increment string
	recent           bool // done in the last twelve weeks
	done             bool
}

type amount struct {
	items  int
	points float64
}

func (a *amount) add(b amount) {
	a.items += b.items
	a.points += b.points
}

func (s *Survey) addStory(e *entry) {
	c := cell{
		above: e.Above, team: e.at.Team, kind: e.Kind, theme: e.at.Theme, increment: e.at.Increment.Name,
		recent: e.closed >= 0 && e.closed < recentDays, done: !e.open,
	}
	sum := s.cells[c]
	sum.add(amount{1, e.points})
	s.cells[c] = sum
	if e.Above == 0 {
		return
	}
	k, ok := s.kids[e.Above]
	if !ok {
		k = &kids{}
		s.kids[e.Above] = k
	}
	k.stories++
	k.points += e.points
	add(&k.done, !e.open)
	add(&k.ready, !e.open || e.active || e.ready)
	add(&k.unestimated, e.Points == nil)
}

// mixSum divides stories by kind and theme.
type mixSum struct {
	all    amount
	kinds  map[backlog.Kind]amount
	themes map[string]amount
}

func (m *mixSum) add(kind backlog.Kind, theme string, a amount) {
	if m.kinds == nil {
		m.kinds, m.themes = map[backlog.Kind]amount{}, map[string]amount{}
	}
	m.all.add(a)
	sum := m.kinds[kind]
	sum.add(a)
	m.kinds[kind] = sum
	sum = m.themes[theme]
	sum.add(a)
	m.themes[theme] = sum
}

// planSum is the stories that are planned for an increment.
type planSum struct{ stories, done amount }

// settleCells gives every story its increment and theme.
func (s *Survey) settleCells() {
	for c, a := range s.cells {
		team := s.teams[c.team]
		if team == nil {
			continue
		}
		train := s.trainOf(c.team)
		if f := s.features[c.above]; f != nil {
			if c.theme == "" {
				c.theme = f.theme
			}
			if c.increment == "" && f.train == train {
				c.increment = f.increment
			}
		}
		for _, g := range []*group{team, s.trains[train]} {
			if g != nil {
				g.settle(c, a, s.current[train])
			}
		}
	}
	s.cells = nil
}

func (g *group) settle(c cell, a amount, current string) {
	if c.recent {
		g.mix[0].add(c.kind, c.theme, a)
	}
	if c.increment == "" {
		return
	}
	if c.increment == current {
		g.mix[1].add(c.kind, c.theme, a)
	}
	part, ok := g.parts[c.increment]
	if !ok {
		part = &planSum{}
		g.parts[c.increment] = part
	}
	part.stories.add(a)
	if c.done {
		part.done.add(a)
	}
}

func (s *Survey) trainOf(team string) string {
	for _, t := range s.Organisation.Teams {
		if t.Name == team {
			return t.Train
		}
	}
	return ""
}
