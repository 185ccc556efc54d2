package pull

import (
	"sync"

	"github.com/trackwarden/trackwarden/backlog"
)

// Progress is how far reading a connection is, all sweeps of its round together.
type Progress struct {
	Connection string
	Items      int  // read so far
	Before     int  // of these, how many by an earlier process
	Total      int  // expected in all; 0 while no sweep has said
	About      bool // Total is reckoned from the sweeps that have said theirs
}

// meter adds up how far the sweeps of a round are.
type meter struct {
	mu     sync.Mutex
	report func(Progress)
	sum    Progress

	sweeps, known int // how many there are, and how many said how much they expect
	expected      int // by those that said
	of            map[string]*tally
}

// tally is how far one sweep is.
type tally struct {
	items, total int
	known        bool
}

// newMeter begins with what the ended sweeps of the round brought. report may
// be nil.
func newMeter(connection string, report func(Progress), ended, items int) *meter {
	return &meter{
		report: report, sum: Progress{Connection: connection, Items: items, Before: items},
		sweeps: ended, known: ended, expected: items, of: map[string]*tally{},
	}
}

// begin takes in the sweeps that are still to be read.
func (m *meter) begin(sweeps []backlog.Sweep) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, s := range sweeps {
		t := &tally{}
		m.of[s.Name] = t
		m.sweeps++
		m.count(t, s.Items, s.Total)
		m.sum.Before += s.Items
	}
	m.tell()
}

// page takes in a page that was committed.
func (m *meter) page(sweep string, page backlog.Page) {
	m.mu.Lock()
	defer m.mu.Unlock()
	t := m.of[sweep]
	m.count(t, page.Count(), page.Total)
	if page.Last { // whatever was expected, this is what there was
		m.settle(t, t.items)
	}
	m.tell()
}

func (m *meter) count(t *tally, items, total int) {
	t.items += items
	m.sum.Items += items
	if total > 0 {
		m.settle(t, total)
	}
}

// settle says how much a sweep has in all.
func (m *meter) settle(t *tally, total int) {
	if !t.known {
		t.known = true
		m.known++
	}
	m.expected += total - t.total
	t.total = total
}

// tell reports; sweeps that have not said how much they expect count as the
// others do.
func (m *meter) tell() {
	if m.report == nil {
		return
	}
	p := m.sum
	if m.known > 0 {
		p.Total = m.expected * m.sweeps / m.known
		p.About = m.known < m.sweeps
	}
	p.Total = max(p.Total, m.expected)
	m.report(p)
}
