package survey

import (
	"cmp"
	"slices"

	"github.com/trackwarden/trackwarden/backlog"
)

// end is what stays of an item that a dependency begins or ends at.
type end struct {
	number           int64
	open, active     bool
	says, waits      bool // it says that it is blocked; it was found to wait
	connection, team string
	train, since     string
	itStart, itEnd   string
	start, stop      string // of its increment
}

func (s *Survey) end(e *entry) *end {
	n := &end{
		number: e.Number, open: e.open, active: e.active, says: e.open && saysBlocked(e) != "", connection: e.Connection, team: e.at.Team, train: e.at.Train, since: e.since,
		start: e.at.Increment.Start, stop: e.at.Increment.End,
	}
	if last := lastOf(e.Iterations); last >= 0 {
		it := &e.Iterations[last]
		n.itStart, n.itEnd = s.calendar.day(it.Start), s.calendar.day(it.End)
	}
	return n
}

func (n *end) planned() bool { return n.itStart != "" || n.start != "" }

// How what has to be done first is planned against what waits for it.
const (
	orderBefore    = "before"
	orderSame      = "same"
	orderAfter     = "after"
	orderUnplanned = "unplanned"
)

// crossing is an open dependency across teams or trackers.
type crossing struct {
	from, to      *end
	cross         string
	order, by     string
	ready, needed string
	unplanned     string
}

// crossings compares the ends of all dependencies, and counts who waits though
// it was begun.
func (s *Survey) crossings() {
	seen := map[backlog.Tie]bool{}
	for _, tie := range s.Ties {
		from, to := s.ends[tie.From], s.ends[tie.To]
		if from == nil || to == nil || from == to || !from.open || !to.open || seen[tie] {
			continue
		}
		seen[tie] = true
		s.waits(to)
		if cross := crosses(from, to); cross != "" {
			s.crossed = append(s.crossed, compare(from, to, cross))
		}
	}
	slices.SortFunc(s.crossed, func(a, b crossing) int {
		return cmp.Or(cmp.Compare(worse(a.order), worse(b.order)), cmp.Compare(a.needed, b.needed),
			cmp.Compare(a.from.number, b.from.number), cmp.Compare(a.to.number, b.to.number))
	})
}

// waits notes work that is in progress though it waits for something.
func (s *Survey) waits(to *end) {
	if !to.active || to.says || to.waits {
		return
	}
	to.waits = true
	for _, g := range []*group{s.teams[to.team], s.trains[to.train], s.sites[to.connection]} {
		if g != nil {
			g.items.Blocked++
			g.block(to.number, to.since, "link")
		}
	}
}

func crosses(from, to *end) string {
	teams := from.team != "" && to.team != "" && from.team != to.team
	trackers := from.connection != to.connection
	switch {
	case teams && trackers:
		return "both"
	case teams:
		return "team"
	case trackers:
		return "tracker"
	}
	return ""
}

// compare says whether what comes first is planned early enough: by the
// iterations where both have dates, else by the increments.
func compare(from, to *end, cross string) crossing {
	c := crossing{from: from, to: to, cross: cross}
	switch {
	case !from.planned() && !to.planned():
		c.unplanned = "both"
	case !from.planned():
		c.unplanned = "from"
	case !to.planned():
		c.unplanned = "to"
	}
	var fromStart, toEnd string
	switch {
	case c.unplanned != "":
	case from.itStart != "" && to.itStart != "":
		c.by, c.ready, c.needed, fromStart, toEnd = "iteration", from.itEnd, to.itStart, from.itStart, to.itEnd
	case from.start != "" && to.start != "":
		c.by, c.ready, c.needed, fromStart, toEnd = "increment", from.stop, to.start, from.start, to.stop
	default: // an iteration on one side, an increment on the other: whole intervals
		c.by = "increment"
		fromStart, c.ready = either(from)
		c.needed, toEnd = either(to)
	}
	switch {
	case c.unplanned != "":
		c.order = orderUnplanned
	case c.ready != "" && c.ready < c.needed:
		c.order = orderBefore
	case toEnd != "" && fromStart > toEnd, fromStart > c.needed:
		c.order = orderAfter
	default:
		c.order = orderSame
	}
	return c
}

func either(n *end) (start, stop string) {
	if n.itStart != "" {
		return n.itStart, n.itEnd
	}
	return n.start, n.stop
}

func worse(order string) int {
	return slices.Index([]string{orderAfter, orderSame, orderUnplanned, orderBefore}, order)
}
