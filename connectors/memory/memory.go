// Package memory is the reference tracker: a backlog in a map, without any
// network, and the shortest thing that passes the contract of
// connectors/trackertest. Read it before you write a connector.
//
// One number carries it: every change of anything gets the next one. An item's
// revision is the number of its last change, a mark is the number up to which
// everything has been read, and a sweep reads the items in the order of their
// numbers. What is edited while a sweep runs moves behind its position, so it
// may come twice but is never missed.
package memory

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// Tracker is a whole tracker; it implements backlog.Reader,
// backlog.Writer and backlog.Historian.
type Tracker struct {
	site     backlog.Site
	now      func() time.Time
	pageSize int

	mu      sync.Mutex
	records map[string]*record // by ItemID.ID
	changes int                // the number of the last change
	writes  int                // how many changes came through Send
	fault   fault
}

// record is an item as the tracker keeps it.
type record struct {
	item     backlog.Item
	change   int
	deleted  bool
	comments []backlog.Comment
	events   []backlog.Event // its past, oldest first
}

// New opens a tracker with some items. The site needs an ID, the account and
// the projects; its clock is now. A page holds pageSize items.
func New(site backlog.Site, now func() time.Time, pageSize int, items ...backlog.Item) *Tracker {
	t := &Tracker{site: site, now: now, pageSize: max(pageSize, 1), records: map[string]*record{}}
	for _, item := range items {
		t.changes++
		item.ID.Site, item.Revision = site.ID, strconv.Itoa(t.changes)
		t.records[item.ID.ID] = &record{item: item, change: t.changes}
	}
	return t
}

// touch notes that something about an item has changed.
func (t *Tracker) touch(r *record) {
	t.changes++
	r.change, r.item.Revision, r.item.Changed = t.changes, strconv.Itoa(t.changes), t.now()
}

// find looks an item up by its id, else by its key; nil when there is none.
func (t *Tracker) find(id backlog.ItemID) *record {
	if r := t.records[id.ID]; r != nil {
		return r
	}
	for _, r := range t.records {
		if id.ID != "" && strings.EqualFold(r.item.Key, id.ID) {
			return r
		}
	}
	return nil
}

// inOrder lists the records by the number of their last change.
func (t *Tracker) inOrder() []*record {
	return slices.SortedFunc(maps.Values(t.records), func(a, b *record) int { return cmp.Compare(a.change, b.change) })
}

// inScope reports whether an item is in one of the site's projects.
func (t *Tracker) inScope(item backlog.Item) bool {
	return slices.ContainsFunc(t.site.Projects, func(p backlog.Project) bool { return p.ID == item.Project.ID })
}
