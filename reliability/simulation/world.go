package simulation

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// manner is how a tracker takes writes: Jira in two requests and without
// looking at the revision, Azure DevOps in one that is tested against it.
type manner string

const (
	jira  manner = "jira"
	azure manner = "azure"
)

// origin is who put something on an item.
type origin string

const (
	ours   origin = "ours"
	person origin = "person"
	// shared is a label that we and a person put on so that nobody can tell any
	// more whose it is: docs/reliability.md, U06.
	shared origin = "shared"
	// orphan is a label of ours that the books forgot when they were set back.
	orphan origin = "orphan"
)

const siteID backlog.SiteID = "sim:1"

// world is the tracker, its people and its time, as they really are.
type world struct {
	dice
	manner  manner
	now     time.Time
	start   time.Time
	seq     int // of events; orders what happens in one second
	change  int
	records map[string]*record
	order   []string // ids, as they were made
	late    []delivery
	calm    bool // no more faults, and nobody edits

	replicas []*replica
	nested   bool
	paused   int    // the event since which writing is stopped; 0 is not
	leader   string // who got the lease last
	copied   *copied
	rewound  int             // how often the books were set back
	setBack  time.Time       // when they were last
	fresh    int             // for evidence that was never there before
	already  map[string]bool // steps that asked for what was so already

	report *Report
	writes []write
}

// record is an item as the tracker keeps it.
type record struct {
	item      backlog.Item // labels, revision and times are kept beside it
	labels    []tag
	comments  []remark
	property  backlog.Record
	change    int // number of the last change
	rev       int
	touched   int // event of the last change of anybody
	visible   time.Time
	hidden    time.Time // until then
	broken    time.Time // until then
	revisions []revision
	gone      map[string]bool // labels of ours that people took off, and the product does not know
	undone    map[string]bool // labels that we took off, and that older books hold to be there
	meddled   bool            // people touched what is ours, so that what they want of us is not plain
}

type tag struct {
	name   string
	by     origin
	since  time.Time
	intent string // of ours that put it on
}

type remark struct {
	id        string
	marker    backlog.Marker // zero: not of our kind
	text      string
	mine      bool // written by us and not a copy
	edited    bool // by a person after us
	touched   int  // event of that
	changed   time.Time
	forgotten bool // it came after the copy to which the books were set back
}

// revision is one state of an Azure work item. The text of a comment that came
// with it stays in its history, with the marker.
type revision struct {
	us      bool
	tags    []string
	comment string
	marker  backlog.Marker
	intent  string // of ours that made it, which the tracker does not know
}

// delivery is a request that arrives late.
type delivery struct {
	at time.Time
	do func()
}

// write is one request that the tracker applied.
type write struct {
	step   string // INTENT/N
	intent string
	item   string
	at     time.Time
	pass   time.Time // when the pass that sent it began
	posted string    // assignee of the item on which a comment was posted
	late   bool
	void   bool // it was written before the books were set back
}

func (w *world) tell(format string, args ...any) {
	w.seq++
	w.report.trace(w.now.Format("02T15:04:05 ") + fmt.Sprintf(format, args...))
}

// wrong notes a broken promise.
func (w *world) wrong(format string, args ...any) {
	problem := fmt.Sprintf(format, args...)
	w.tell("WRONG %s", problem)
	w.report.Problems = append(w.report.Problems, problem)
}

// count notes a fault.
func (w *world) count(name string) { w.report.Faults[name]++ }

// strikes draws a mishap, and counts it.
func (w *world) strikes(name string) bool {
	if w.calm || !w.chance(w.rates[name]) {
		return false
	}
	w.count(name)
	return true
}

// advance lets time pass; what is on its way arrives.
func (w *world) advance(d time.Duration) {
	until := w.now.Add(d)
	for len(w.late) > 0 && !w.late[0].at.After(until) {
		next := w.late[0]
		w.late = w.late[1:]
		if next.at.After(w.now) {
			w.now = next.at
		}
		next.do()
	}
	if until.After(w.now) {
		w.now = until
	}
}

func (w *world) deliver(after time.Duration, do func()) {
	w.late = append(w.late, delivery{w.now.Add(after), do})
	slices.SortStableFunc(w.late, func(a, b delivery) int { return a.at.Compare(b.at) })
}

// touch notes that something about an item has changed.
func (w *world) touch(r *record, us bool, comment string) {
	w.change++
	w.seq++
	r.change, r.touched = w.change, w.seq
	r.rev++
	r.item.Changed, r.visible = w.now, w.now
	r.revisions = append(r.revisions, revision{us: us, tags: names(r.labels), comment: comment})
	if w.strikes("lag") {
		r.visible = w.now.Add(time.Duration(w.between(1, 240)) * time.Second)
	}
}

// native is the item as a reader gets it.
func (r *record) native() backlog.Item {
	item := r.item
	item.Labels, item.Revision = names(r.labels), strconv.Itoa(r.rev)
	return item
}

func names(tags []tag) []string {
	var all []string
	for _, t := range tags {
		all = append(all, t.name)
	}
	return all
}

func (r *record) tag(name string) int {
	return slices.IndexFunc(r.labels, func(t tag) bool { return t.name == name })
}

func (r *record) remark(id string) int {
	return slices.IndexFunc(r.comments, func(c remark) bool { return c.id == id })
}

// standing are the comments that carry our marker for this item.
func (r *record) standing() (edited, untouched int) {
	for _, c := range r.comments {
		switch {
		case c.marker.Owner != owner || c.marker.Item != r.item.ID.ID:
		case c.edited:
			edited++
		default:
			untouched++
		}
	}
	return edited, untouched
}

// byChange lists the records by the number of their last change.
func (w *world) byChange() []*record {
	return slices.SortedFunc(maps.Values(w.records), func(a, b *record) int { return cmp.Compare(a.change, b.change) })
}

// each visits the records as they were made.
func (w *world) each(visit func(r *record)) {
	for _, id := range w.order {
		visit(w.records[id])
	}
}

func (w *world) add(role, means, ends string) *record {
	id := strconv.Itoa(len(w.order) + 1)
	at := w.now.AddDate(0, 0, -30)
	r := &record{gone: map[string]bool{}, undone: map[string]bool{}, item: backlog.Item{
		ID: backlog.ItemID{Site: siteID, ID: id}, Project: project(), Key: "SIM-" + id, URL: "https://sim.example/SIM-" + id,
		Title: "Story " + id, Type: "Story", Level: backlog.Story, State: backlog.State{Category: backlog.ToDo, Native: "To Do"},
		Text: backlog.Text{Role: role, Means: means, Ends: ends}, Created: at,
		Assignee: &backlog.Person{ID: "p" + strconv.Itoa(len(w.order)%3)},
	}}
	w.records[id] = r
	w.order = append(w.order, id)
	w.touch(r, false, "")
	r.visible = w.now
	return r
}

func project() backlog.Project { return backlog.Project{ID: "1", Key: "SIM", Name: "Simulated"} }
