package survey

import (
	"slices"
	"strings"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies/engine"
)

// How far back and how much is looked at.
const (
	weeks       = 8
	recentDays  = 12 * 7
	staleAfter  = 180 * 24 * time.Hour
	maxActive   = 30
	maxBlocked  = 20
	maxSample   = 10
	maxNamed    = 20
	maxPersonas = 50
)

// group is what is counted for one team, train or connection.
type group struct {
	items    engine.SetItems
	points   engine.SetPoints
	created  [weeks]int
	closed   [weeks]int
	flow     engine.Flow
	leads    []float64
	states   map[stateKey]*stateSum
	active   map[backlog.Level]*top[waiting]
	blocked  *top[waiting]
	why      map[int64]string // of those in blocked
	personas map[string]int
	scored   map[string]*ranked  // by connection: features that wait to be begun
	planned  map[string][]int64  // features, by increment
	mix      [2]mixSum           // closed, planned; set by Finish
	parts    map[string]*planSum // by increment; set by Finish
	sources  map[backlog.Source]bool
	types    map[TypeKey]bool
	cycles   map[string][]string
	lacking  *top[waiting] // open items of no team, of a connection
	teamed   int
	trained  int
	several  int

	iterations map[iterationKey]*iterationSum // of a team
	forms      map[string]*formSum            // of a team
	next       map[string]*top[rankedStory]   // of a team: the first stories, by connection
}

// TypeKey is a type of a project, as fields are used by.
type TypeKey struct {
	Site    backlog.SiteID
	Project string // id
	Type    string
}

type stateKey struct {
	name     string
	level    backlog.Level
	category backlog.Category
}

type stateSum struct {
	items int
	top   *top[waiting]
}

type formSum struct {
	items  int
	sample []int64
}

func newGroup() *group {
	return &group{
		states: map[stateKey]*stateSum{}, active: map[backlog.Level]*top[waiting]{}, blocked: newTop(maxBlocked, longest),
		why: map[int64]string{}, personas: map[string]int{}, scored: map[string]*ranked{}, planned: map[string][]int64{},
		parts: map[string]*planSum{}, sources: map[backlog.Source]bool{}, types: map[TypeKey]bool{}, cycles: map[string][]string{},
		iterations: map[iterationKey]*iterationSum{}, forms: map[string]*formSum{}, next: map[string]*top[rankedStory]{},
	}
}

// add counts an item.
func (g *group) add(s *Survey, e *entry) {
	g.sources[backlog.Source{Connection: e.Connection, Project: e.Project.Key}] = true
	g.types[TypeKey{e.ID.Site, e.Project.ID, e.Type}] = true
	if ago := s.calendar.weeksAgo(s.calendar.number(e.Created)); ago >= 0 && ago < weeks {
		g.created[ago]++
	}
	if !e.open {
		g.addClosed(s, e)
		return
	}
	g.count(s, e)
	g.place(e)
	if why := saysBlocked(e); why != "" {
		g.items.Blocked++
		g.block(e.Number, e.since, why)
	}
	if e.Persona != "" {
		g.personas[e.Persona]++
	}
	if len(e.Cycle) > 0 {
		g.cycles[strings.Join(e.Cycle, " ")] = e.Cycle
	}
	if e.Level == backlog.Feature {
		g.addRanked(e)
	}
}

// addClosed counts what was done lately.
func (g *group) addClosed(s *Survey, e *entry) {
	if e.entered != 0 {
		if ago := s.calendar.weeksAgo(e.entered); ago >= 0 && ago < weeks {
			g.closed[ago]++
		}
	}
	if !e.story || e.closed < 0 || e.closed >= recentDays {
		return
	}
	g.flow.Closed++
	g.leads = append(g.leads, float64(max(0, e.entered-s.calendar.number(e.Created))))
	if e.History != nil && e.History.Reopened > 0 {
		g.flow.Reopened++
	}
	if e.History != nil && e.History.CarriedOver > 0 {
		g.flow.Carried++
	}
}

// count adds an open item to the numbers.
func (g *group) count(s *Survey, e *entry) {
	n := &g.items
	n.TotalOpen++
	add(&n.Active, e.active)
	add(&n.Stale, !e.Activity.IsZero() && s.Now.Sub(e.Activity) >= staleAfter)
	add(&n.WithoutTeam, e.at.Team == "")
	add(&n.Bugs, e.Kind == backlog.Bug)
	if e.Level == backlog.Feature {
		n.Features++
		add(&n.WithoutIncrement, e.at.Increment.Name == "")
	}
	if !e.story {
		return
	}
	n.Stories++
	add(&n.Enablers, e.Kind == backlog.Enabler)
	add(&n.Unestimated, e.Points == nil)
	if e.Item.Parent == nil {
		switch e.Kind {
		case backlog.Bug:
			n.BugsWithoutParent++
		case backlog.Enabler, backlog.Spike:
			n.EnablersWithoutParent++
		case "":
			n.WithoutParent++
		}
	}
	g.points.Open += e.points
	if e.active {
		g.points.Active += e.points
		return
	}
	n.Waiting++
	g.points.Waiting += e.points
	if e.ready {
		n.Ready++
		g.points.Ready += e.points
	}
}

// place notes an open item under its state, and work in progress.
func (g *group) place(e *entry) {
	key := stateKey{e.State.Native, e.Level, e.State.Category}
	state, ok := g.states[key]
	if !ok {
		state = &stateSum{top: newTop(maxSample, longest)}
		g.states[key] = state
	}
	state.items++
	state.top.add(waiting{e.Number, e.since})
	if !e.active {
		return
	}
	list, ok := g.active[e.Level]
	if !ok {
		list = newTop(maxActive, longest)
		g.active[e.Level] = list
	}
	list.add(waiting{e.Number, e.since})
}

func (g *group) block(number int64, since, why string) {
	g.blocked.add(waiting{number, since})
	g.why[number] = why
	if len(g.why) > 4*maxBlocked { // forget those that had no room
		for n := range g.why {
			if !slices.ContainsFunc(g.blocked.items, func(w waiting) bool { return w.number == n }) {
				delete(g.why, n)
			}
		}
	}
}

// saysBlocked reports how an item says that it is blocked; empty when it does
// not.
func saysBlocked(e *entry) string {
	switch {
	case sayBlocked(e.State.Native):
		return "state"
	case slices.ContainsFunc(e.Labels, sayBlocked):
		return "label"
	}
	return ""
}

// blockedWords are what people call it, in English and German.
var blockedWords = []string{"blocked", "on hold", "impediment", "impeded", "blockiert"}

func sayBlocked(word string) bool {
	return slices.ContainsFunc(blockedWords, func(b string) bool { return strings.EqualFold(b, word) })
}

func add(n *int, yes bool) {
	if yes {
		*n++
	}
}

// attribute counts for a connection who has its open items.
func (g *group) attribute(e *entry) {
	if !e.open {
		return
	}
	add(&g.teamed, e.at.Team != "")
	add(&g.trained, e.at.Train != "")
	add(&g.several, e.at.Several)
	if e.at.Team == "" {
		if g.lacking == nil {
			g.lacking = newTop(maxNamed, func(a, b waiting) bool { return a.number > b.number })
		}
		g.lacking.add(waiting{number: e.Number})
	}
}
