package azuresim

import (
	"cmp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"
)

// grownQuery walks the grown items that meet a query: by id, or by date of
// change where the query bounds that more narrowly.
type grownQuery struct {
	*evaluator
	g          *growth
	thin       bool
	fits       func(k int) bool // when thin
	from, to   int              // of numbers
	first, end int              // of places in the order of changes
	scratch    item
	fields     map[string]any
}

// grown finds at most limit items, lowest ids first unless the query sorts
// otherwise and wants them all.
func (e *evaluator) grown(q query, limit int) []*item {
	g := e.w.growth
	if g == nil {
		return nil
	}
	s := &grownQuery{evaluator: e, g: g, thin: thin(q.where), to: g.n, end: g.n, fields: map[string]any{}}
	s.scratch.revisions = []*revision{{item: &s.scratch, fields: s.fields}}
	if s.bound(q.where); s.thin && q.where != nil {
		s.fits = s.compiled(q.where)
	}
	var found []*item
	if s.end-s.first < s.to-s.from {
		for place := s.first; place < s.end && len(found) < limit; place++ {
			if k := int(g.byChange[place]); k >= s.from && k < s.to && s.meets(q, k) {
				found = append(found, s.reference(k))
			}
		}
		return found
	}
	for k := s.from; k < s.to && len(found) < limit; k++ {
		if s.meets(q, k) {
			found = append(found, s.reference(k))
		}
	}
	return found
}

// reference is as much of an item as a result needs: what is sorted by nothing
// but ids needs no more than that.
func (s *grownQuery) reference(k int) *item {
	if s.thin {
		return &item{id: s.g.first + k, grown: k + 1}
	}
	return s.w.grownItem(k)
}

// bound reads what the query says of ids and dates at its top.
func (s *grownQuery) bound(c *condition) {
	if c == nil {
		return
	}
	if c.op == "and" {
		for _, t := range c.terms {
			s.bound(t)
		}
	}
	if c.field == "" || len(c.values) != 1 || c.values[0].kind == "field" {
		return
	}
	switch f := s.evaluator.fields[c.field]; f.Ref {
	case "System.Id":
		if n, err := strconv.Atoi(c.values[0].text); err == nil {
			s.boundID(c.op, n-s.g.first)
		}
	case "System.ChangedDate":
		if at, ok := parseTime(c.values[0].text); ok && strings.HasPrefix(c.op, ">") {
			s.first = max(s.first, sort.Search(s.g.n, func(p int) bool { return s.g.changed[s.g.byChange[p]] >= at.UnixMilli() }))
		}
	}
}

func (s *grownQuery) boundID(op string, k int) {
	switch op {
	case ">", ">=":
		s.from = max(s.from, k)
	case "<", "<=":
		s.to = min(s.to, k+1)
	case "=":
		s.from, s.to = max(s.from, k), min(s.to, k+1)
	}
	s.to = max(s.to, s.from)
}

func (s *grownQuery) meets(q query, k int) bool {
	if len(s.g.kept) > 0 && s.g.kept[k] || s.g.project(k).hidden {
		return false
	}
	if q.where == nil {
		return true
	}
	if !s.thin {
		s.g.tidy()
		return s.holds(q.where, s.w.grownItem(k))
	}
	return s.fits(k)
}

// compiled turns a condition into a test of a number: ids and projects compare
// as numbers, all else by a scratch item.
func (s *grownQuery) compiled(c *condition) func(k int) bool {
	var terms []func(int) bool
	for _, t := range c.terms {
		terms = append(terms, s.compiled(t))
	}
	all := func(k int, want bool) bool {
		return !slices.ContainsFunc(terms, func(fits func(int) bool) bool { return fits(k) != want })
	}
	switch c.op {
	case "and":
		return func(k int) bool { return all(k, true) }
	case "or":
		return func(k int) bool { return !all(k, false) }
	case "not":
		return func(k int) bool { return !terms[0](k) }
	}
	switch f := s.evaluator.fields[c.field]; {
	case f.Ref == "System.TeamProject":
		return s.ofProject(c)
	case f.Ref == "System.Id" && len(c.values) == 1 && strings.ContainsAny(c.op, "=<>"):
		if n, err := strconv.Atoi(c.values[0].text); err == nil {
			return func(k int) bool { return compares(c.op, cmp.Compare(s.g.first+k, n)) }
		}
	}
	return func(k int) bool {
		s.scratch.id, s.scratch.project = s.g.first+k, s.g.project(k)
		s.fields["System.WorkItemType"] = s.g.kind(k)
		s.fields["System.ChangedDate"] = wireTime(time.UnixMilli(s.g.changed[k]))
		return s.compares(c, &s.scratch)
	}
}

// ofProject asks the condition once for each project.
func (s *grownQuery) ofProject(c *condition) func(k int) bool {
	fits := make([]bool, len(s.g.projects))
	for p, project := range s.g.projects {
		s.fields["System.TeamProject"] = project.Name
		fits[p] = s.compares(c, &s.scratch)
	}
	return func(k int) bool { return fits[k%len(fits)] }
}

// compares applies an operator to how two values compare.
func compares(op string, way int) bool {
	switch op {
	case "=":
		return way == 0
	case "<>":
		return way != 0
	case ">":
		return way > 0
	case ">=":
		return way >= 0
	case "<":
		return way < 0
	}
	return way <= 0
}

// thin says whether a condition asks for nothing but what numbers tell.
func thin(c *condition) bool {
	if c == nil {
		return true
	}
	for _, t := range c.terms {
		if !thin(t) {
			return false
		}
	}
	for _, v := range c.values {
		if v.kind == "field" {
			return false
		}
	}
	switch key(c.field) {
	case "", "system.id", "id", "system.teamproject", "system.workitemtype", "system.changeddate":
		return true
	}
	return false
}
