package jirasim

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"time"
)

// growth is a great many issues that nobody has touched. They are made of the
// seed alone, one at a time and whenever somebody looks, so a million of them
// needs little more than two numbers each. Who edits one makes an ordinary
// issue of it.
type growth struct {
	n        int
	seed     uint64
	first    int64 // id of issue 0
	start    time.Time
	step     time.Duration // between two issues
	projects []*project    // by key; issue k is in project k modulo their number
	updated  []int64       // milliseconds, each only once
	byUpdate []int32       // issues by updated
	kept     map[int]bool  // those that are ordinary issues now
	seen     map[int]*issue
	made     grown // what the site has for them
}

// grown are the ids of what the growth uses.
type grown struct {
	epic, story, bug       object
	states                 [4]object // To Do, In Progress, In Review, Done
	priorities             [3]object
	criteria, points, link string
}

func (g *growth) size() int {
	if g == nil {
		return 0
	}
	return g.n
}

// span is how far back a growth begins.
const span = 3 * 365 * 24 * time.Hour

// recently is how many issues the site keeps made.
const recently = 2000

// Grow adds n issues to ten projects G0 to G9 (one project below a thousand
// issues): epics with stories and bugs below them, links between stories,
// sprints, comments and changelogs, created over three years and each last
// touched some weeks later. They are the seed's and the clock's alone. It can
// be called once, before anything else is added.
func (w *World) Grow(n int, seed uint64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	projects := 10
	if n < 1000 {
		projects = 1
	}
	g := &growth{
		n: n, seed: seed, first: w.last.issue + 1, start: w.now().Add(-span), step: max(span/time.Duration(max(n, 1)), 2*time.Millisecond),
		kept: map[int]bool{}, seen: map[int]*issue{},
	}
	for p := range projects {
		g.projects = append(g.projects, w.project(fmt.Sprintf("G%d", p), ""))
	}
	w.furnish(g)
	g.index()
	w.last.issue += int64(n)
	for p, project := range g.projects {
		w.last.key[project.Key] = int64(g.count(p))
	}
	w.growth = g
	w.version++
}

// furnish adds what the issues refer to.
func (w *World) furnish(g *growth) {
	kind := func(t IssueType) object { return object{"id": w.addType(t).ID} }
	g.made.epic, g.made.story, g.made.bug = kind(IssueType{Name: "Epic", Level: 1}), kind(IssueType{Name: "Story"}), kind(IssueType{Name: "Bug"})
	for i, name := range []string{"To Do", "In Progress", "In Review", "Done"} {
		g.made.states[i] = w.takeStatus(object{"name": name})
	}
	for i, name := range []string{"High", "Medium", "Low"} {
		g.made.priorities[i] = object{"id": w.addNamed(&w.site.priorities, named{Name: name}).ID}
	}
	g.made.link = w.addLinkType(readings("Blocks")).ID
	g.made.criteria, g.made.points = "customfield_11001", w.FieldID(PointsField)
	w.site.fields = append(w.site.fields, Field{ID: g.made.criteria, Name: "Acceptance Criteria", Type: "string", Custom: TextAreaField})
	for p, project := range g.projects {
		for _, t := range []object{g.made.epic, g.made.story, g.made.bug} {
			project.has(text(t["id"]))
			project.seen[text(t["id"])] = []string{g.made.criteria, g.made.points}
		}
		w.addBoard(Board{ID: 1 + p, Name: project.Key + " board", Project: project.Key})
	}
	for p := range g.projects {
		for s := range sprints {
			from := g.start.Add(time.Duration(s) * fortnight)
			state := "closed"
			if to := from.Add(fortnight); to.After(w.now()) {
				state = "active"
				if from.After(w.now()) {
					state = "future"
				}
			}
			w.site.sprints = append(w.site.sprints, Sprint{ID: g.sprint(p, s), Name: fmt.Sprintf("G%d Sprint %d", p, s+1), State: state, Board: 1 + p, Start: from, End: from.Add(fortnight)})
		}
	}
	for at := range people {
		id := person(at)
		w.site.users[id] = User{ID: id, Name: fmt.Sprintf("Person %02d", at)}
	}
}

const (
	fortnight = 14 * 24 * time.Hour
	sprints   = 82 // three years and two sprints more
	people    = 40
)

func (g *growth) sprint(project, s int) int { return 1000*(project+1) + s + 1 }

func person(at int) string { return fmt.Sprintf("557058:person-%02d", at) }

// index dates the last touch of every issue and sorts by it.
func (g *growth) index() {
	g.updated, g.byUpdate = make([]int64, g.n), make([]int32, g.n)
	last := g.start.Add(span).UnixMilli()
	for k := range g.n {
		created := g.created(k).UnixMilli()
		g.updated[k] = created + int64(g.dice(k, 1)%uint64(max(1, min(last-created, (60*24*time.Hour).Milliseconds()))))
		g.byUpdate[k] = int32(k)
	}
	slices.SortFunc(g.byUpdate, func(a, b int32) int { return cmp.Or(cmp.Compare(g.updated[a], g.updated[b]), cmp.Compare(a, b)) })
	for at := 1; at < g.n; at++ { // each time only once
		before, k := g.updated[g.byUpdate[at-1]], g.byUpdate[at]
		g.updated[k] = max(g.updated[k], before+1)
	}
}

// dice is a number that hangs on the seed, the issue and what it is for.
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

func (g *growth) id(k int) string { return strconv.FormatInt(g.first+int64(k), 10) }

func (g *growth) key(k int) string {
	p := len(g.projects)
	return g.projects[k%p].Key + "-" + strconv.Itoa(k/p+1)
}

// KeyOf is the key of the k-th grown issue, from 0.
func (w *World) KeyOf(k int) string { return w.growth.key(k) }

// count is how many issues a project has got.
func (g *growth) count(project int) int {
	p := len(g.projects)
	return (g.n - project + p - 1) / p
}

// place finds an issue by id or key; false when there is none, or an ordinary one.
func (g *growth) place(idOrKey string) (k int, found bool) {
	if g == nil {
		return 0, false
	}
	if id, err := strconv.ParseInt(idOrKey, 10, 64); err == nil {
		k = int(id - g.first)
		return k, k >= 0 && k < g.n && !g.kept[k]
	}
	prefix, number := splitKey(idOrKey)
	p := slices.IndexFunc(g.projects, func(known *project) bool { return known.Key == prefix })
	k = (int(number)-1)*len(g.projects) + p
	return k, p >= 0 && number > 0 && k < g.n && !g.kept[k]
}
