package jirasim

import (
	"slices"
	"sort"
	"strings"
	"time"
)

// scan walks the grown issues that fit a query, in its order, without making
// them: what is asked of project, id, key and the two dates needs no more than
// numbers.
type scan struct {
	*call
	fits    test
	thin    bool // the query asks for nothing else
	spell   bool // but for ids and keys
	walk    string
	desc    bool
	order   sorter
	allowed []bool // by project
	issue   issue  // the one looked at
	state   state
	lower   int64 // milliseconds of the walk's own date
	upper   int64
}

// scan prepares a walk; nil when nothing has grown.
func (c *call) scan(q query, fits test, order sorter) *scan {
	if c.growth == nil || c.anonymous {
		return nil
	}
	s := &scan{call: c, fits: fits, thin: thin(q.where), walk: "created", order: order, upper: 1 << 62}
	if len(q.order) > 0 {
		s.walk, s.desc = walkOf(q.order[0].field), q.order[0].desc
	} else {
		s.desc = true // the newest come first
	}
	for _, p := range c.growth.projects {
		s.allowed = append(s.allowed, c.may(p, "BROWSE_PROJECTS"))
	}
	s.spell = spelt(q.where)
	s.bound(q.where)
	return s
}

// walkOf is the walk that sorts by a field; empty when there is none.
func walkOf(field string) string {
	switch strings.ToLower(field) {
	case "created", "createddate", "id":
		return "created"
	case "updated", "updateddate":
		return "updated"
	case "key", "issuekey", "issue":
		return "key"
	}
	return ""
}

// thin says whether a condition asks for nothing but what numbers tell.
func thin(c *condition) bool {
	if c == nil {
		return true
	}
	for _, part := range c.parts {
		if !thin(part) {
			return false
		}
	}
	field := strings.ToLower(c.clause.field)
	return c.op != "" || field == "project" || walkOf(field) != ""
}

// spelt says whether a condition asks for ids or keys.
func spelt(c *condition) bool {
	if c == nil {
		return false
	}
	field := strings.ToLower(c.clause.field)
	return field == "id" || walkOf(field) == "key" || slices.ContainsFunc(c.parts, spelt)
}

// bound narrows the walk by what the query says of its own date.
func (s *scan) bound(c *condition) {
	if c == nil || s.walk != "created" && s.walk != "updated" {
		return
	}
	if c.op == "and" {
		for _, part := range c.parts {
			s.bound(part)
		}
	}
	field := strings.TrimSuffix(strings.ToLower(c.clause.field), "date")
	if c.op != "" || field != s.walk || len(c.clause.values) != 1 {
		return
	}
	k := &compiler{call: s.call}
	at, ok := k.moment(c.clause.values[0])
	switch {
	case !ok:
	case strings.HasPrefix(c.clause.op, ">"):
		s.lower = max(s.lower, at.UnixMilli())
	case strings.HasPrefix(c.clause.op, "<"):
		s.upper = min(s.upper, at.UnixMilli())
	}
}

// at is the issue at a place of the walk, whichever way it goes.
func (s *scan) at(place int) int {
	g := s.growth
	switch s.walk {
	case "updated":
		return int(g.byUpdate[place])
	case "key":
		for p := range g.projects {
			if n := g.count(p); place < n {
				return place*len(g.projects) + p
			} else {
				place -= n
			}
		}
	}
	return place
}

func (s *scan) date(place int) int64 {
	if s.walk == "updated" {
		return s.growth.updated[s.at(place)]
	}
	return s.growth.created(s.at(place)).UnixMilli()
}

// span are the places that the bounds leave.
func (s *scan) span() (from, to int) {
	n := s.growth.n
	if s.walk != "created" && s.walk != "updated" {
		return 0, n
	}
	from = sort.Search(n, func(p int) bool { return s.date(p) >= s.lower })
	to = sort.Search(n, func(p int) bool { return s.date(p) > s.upper })
	return from, max(from, to)
}

// look says whether an issue fits; it is then in s.issue and s.state.
func (s *scan) look(k int) bool {
	g := s.growth
	if !s.allowed[k%len(g.projects)] || len(g.kept) > 0 && g.kept[k] {
		return false
	}
	if !s.thin {
		i := s.grownIssue(k)
		s.issue, s.state = *i, *i.now()
		fits := s.fits(i, i.now())
		g.tidy()
		return fits
	}
	s.issue = issue{num: g.first + int64(k), grown: k + 1}
	s.state = state{project: g.projects[k%len(g.projects)].Key, created: g.created(k), updated: time.UnixMilli(g.updated[k])}
	if s.spell {
		s.issue.id, s.state.key = g.id(k), g.key(k)
	}
	return s.fits(&s.issue, &s.state)
}

// row is the issue just looked at, as a row of the result.
func (s *scan) row(k int) row {
	i := &issue{id: s.growth.id(k), num: s.growth.first + int64(k), grown: k + 1}
	st := &state{key: s.growth.key(k), project: s.state.project, created: s.state.created, updated: s.state.updated}
	if s.walk == "" { // sorted by something that only a whole issue has
		i = s.grownIssue(k)
		st = i.now()
	}
	return s.order.row(i, st)
}

// count is how many fit.
func (s *scan) count() int {
	if s == nil {
		return 0
	}
	from, to := s.span()
	n := 0
	for place := from; place < to; place++ {
		if s.look(s.at(place)) {
			n++
		}
	}
	return n
}

// rows are the first that fit, at most so many, behind the cursor if there is one.
func (s *scan) rows(limit int, behind *cursor) []row {
	if s == nil {
		return nil
	}
	from, to := s.span()
	if s.walk == "" {
		return s.sorted(behind)
	}
	place := func(nth int) int { // nth in the query's direction
		if s.desc {
			return to - 1 - nth
		}
		return from + nth
	}
	nth := 0
	if behind != nil {
		nth = sort.Search(to-from, func(nth int) bool {
			k := s.at(place(nth))
			s.state = state{project: s.growth.projects[k%len(s.growth.projects)].Key, created: s.growth.created(k), updated: time.UnixMilli(s.growth.updated[k])}
			return s.order.compare(s.row(k), behind.Keys, behind.Num) > 0
		})
	}
	var found []row
	for ; nth < to-from && len(found) < limit; nth++ {
		if k := s.at(place(nth)); s.look(k) {
			found = append(found, s.row(k))
		}
	}
	return found
}

// sorted makes all that fit and sorts them: an order that the walk cannot go.
func (s *scan) sorted(behind *cursor) []row {
	var all []row
	for k := range s.growth.n {
		if s.look(k) {
			all = append(all, s.row(k))
		}
	}
	s.order.sort(all)
	if behind != nil {
		all = all[s.order.after(all, *behind):]
	}
	return slices.Clip(all)
}
