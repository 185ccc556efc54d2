package azuresim

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// growth is a great many work items that nobody has touched. They are made of
// the seed alone, one at a time and whenever somebody looks, so a million of
// them needs little more than two numbers each. Who edits one makes an ordinary
// item of it.
type growth struct {
	n, first  int // how many; the id of item 0
	seed      uint64
	start     time.Time
	step      time.Duration // between two items
	projects  []*project    // item k is in project k modulo their number
	changed   []int64       // milliseconds
	byChange  []int32       // items by changed: the order of the revisions feed
	placed    []int32       // its inverse: where an item stands in that order
	kept      map[int]bool  // those that are ordinary items now, or destroyed
	cut       map[int]bool  // grown links that are gone, by watermark
	seen      map[int]*item
	seenLinks map[int]*link // by watermark
	people    []map[string]any
}

// span is how far back a growth begins; recently is how many items the world
// keeps made.
const (
	span     = 3 * 365 * 24 * time.Hour
	recently = 2000
)

// Grow adds n work items to four projects Grown0 to Grown3 of the Agile process:
// epics with features, stories, bugs and tasks below them, dependencies between
// stories, iterations and areas, created over three years and each last changed
// some weeks later. They are the seed's and the clock's alone. It can be called
// once, before anything else is added.
func (w *World) Grow(n int, seed uint64) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	g := &growth{
		n: n, first: w.last.item + 1, seed: seed, start: w.now().Add(-span).Truncate(24 * time.Hour),
		step: max(span/time.Duration(max(n, 1)), 2*time.Millisecond),
		kept: map[int]bool{}, cut: map[int]bool{}, seen: map[int]*item{}, seenLinks: map[int]*link{},
	}
	for p := range 4 {
		built, err := w.build(g.spec(p))
		if err != nil {
			return fmt.Errorf("grow work items: %w", err)
		}
		g.projects = append(g.projects, built)
	}
	for at := range 40 {
		g.people = append(g.people, w.person(Identity{Name: fmt.Sprintf("Person %02d", at), Mail: fmt.Sprintf("person%02d@grown.example", at)}))
	}
	g.index()
	w.last.item += n
	w.last.watermark += 3 * n
	w.growth = g
	return nil
}

func (g *growth) spec(p int) Project {
	spec := Project{Name: fmt.Sprintf("Grown%d", p), Process: "Agile", Areas: []string{"Checkout", "Search", "Platform"}}
	for s := range iterations {
		at := g.start.AddDate(0, 0, 14*s)
		spec.Iterations = append(spec.Iterations, Iteration{Path: iteration(s), Start: at, Finish: at.AddDate(0, 0, 13)})
	}
	return spec
}

// iterations cover three years and half of another.
const iterations = 90

func iteration(s int) string { return fmt.Sprintf(`PI %d\Iteration %d`, s/5+1, s%5+1) }

// index dates the last change of every item and sorts by it.
func (g *growth) index() {
	g.changed, g.byChange, g.placed = make([]int64, g.n), make([]int32, g.n), make([]int32, g.n)
	last := g.start.Add(span).UnixMilli()
	for k := range g.n {
		created := g.created(k).UnixMilli()
		g.changed[k] = created + int64(g.dice(k, 1)%uint64(max(1, min(last-created, (60*24*time.Hour).Milliseconds()))))
		g.byChange[k] = int32(k)
	}
	slices.SortFunc(g.byChange, func(a, b int32) int { return cmp.Or(cmp.Compare(g.changed[a], g.changed[b]), cmp.Compare(a, b)) })
	for place, k := range g.byChange {
		g.placed[k] = int32(place)
	}
}

// dice is a number that hangs on the seed, the item and what it is for.
func (g *growth) dice(k, purpose int) uint64 {
	x := g.seed ^ uint64(k)*0x9e3779b97f4a7c15 ^ uint64(purpose)*0xbf58476d1ce4e5b9
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}

func (g *growth) created(k int) time.Time {
	return g.start.Add(time.Duration(k) * g.step).Truncate(time.Millisecond)
}

// The watermarks: of an item's one revision in the order of changes, and of the
// links that it brought in the order of items.
func (g *growth) revisionMark(k int) int  { return 3*int(g.placed[k]) + 1 }
func (g *growth) linkMark(k, nth int) int { return 3*k + 2 + nth }

// place finds an item that is none of the ordinary.
func (g *growth) place(id int) (k int, found bool) {
	if g == nil {
		return 0, false
	}
	k = id - g.first
	return k, k >= 0 && k < g.n && !g.kept[k]
}

func (g *growth) size() int {
	if g == nil {
		return 0
	}
	return g.n
}

func (g *growth) project(k int) *project { return g.projects[k%len(g.projects)] }

// kind is the type of an item, by its number within the project.
func (g *growth) kind(k int) string {
	switch m := k / len(g.projects); {
	case m%200 == 0:
		return "Epic"
	case m%20 == 0:
		return "Feature"
	case m%4 == 3:
		return "Task"
	case m%4 != 2 && g.dice(k, 12)%5 == 0:
		return "Bug"
	}
	return "User Story"
}

// above is the parent that an item brought; false when it has none.
func (g *growth) above(k int) (parent int, has bool) {
	m, p := k/len(g.projects), k%len(g.projects)
	if m%200 == 0 || g.dice(k, 13)%10 == 0 {
		return 0, false
	}
	up := m - m%20
	switch {
	case m%20 == 0:
		up = m - m%200
	case m%4 == 3:
		up = m - 1
	case up%200 == 0:
		return 0, false // an epic has no stories
	}
	return up*len(g.projects) + p, true
}

// children are the items below one, by who brings them as a parent.
func (g *growth) children(k int) []int {
	m, p := k/len(g.projects), k%len(g.projects)
	from, to, by := m, m, 1
	switch {
	case m%200 == 0:
		from, to, by = m+20, m+200, 20
	case m%20 == 0:
		from, to = m+1, m+20
	case m%4 == 2:
		from, to = m+1, m+2
	}
	var all []int
	for c := from; c < to; c += by {
		child := c*len(g.projects) + p
		if up, has := g.above(child); child < g.n && has && up == k {
			all = append(all, child)
		}
	}
	return all
}

// next is the story that depends on one; false when none does.
func (g *growth) next(k int) (int, bool) {
	to := k + 4*len(g.projects)
	return to, to < g.n && g.dice(k, 18)%20 == 0
}

func (g *growth) one(roll uint64, of string) string {
	words := strings.Split(of, "|")
	return words[roll%uint64(len(words))]
}
