package reliability

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies"
	"github.com/trackwarden/trackwarden/policies/engine"
	"github.com/trackwarden/trackwarden/store"
	"github.com/trackwarden/trackwarden/sync/evaluate"
	"github.com/trackwarden/trackwarden/sync/plan"
	"github.com/trackwarden/trackwarden/sync/pull"
	"github.com/trackwarden/trackwarden/sync/reconcile"
)

const connection = "here"

var begun = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

// clock stands until it is moved; a tracker and the house share one.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

var library = sync.OnceValues(func() (*engine.Library, error) { return engine.Load(context.Background(), policies.FS()) })

// house is all that passes over one connection need, with a real database and
// the real policies.
type house struct {
	t      *testing.T
	path   string // of the database
	clock  *clock
	db     *store.DB
	passes *reconcile.Reconciler
	reader backlog.Reader
}

func newHouse(t *testing.T, clock *clock, reader backlog.Reader, parallel int) *house {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	path := filepath.Join(t.TempDir(), "test.db")
	db, err := store.Open(t.Context(), store.Settings{Path: path}, clock.Now, log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	rules, err := library()
	if err != nil {
		t.Fatal(err)
	}
	settings := evaluate.Settings{Zone: time.UTC, Rule: func(p engine.Policy, _, _, _ string) evaluate.Rule {
		return evaluate.Rule{Enabled: true, Severity: p.Severity, Params: map[string]any{}}
	}}
	h := &house{t: t, path: path, clock: clock, db: db, reader: reader}
	c := reconcile.Connection{Name: connection, Reader: reader, Plan: plan.Settings{Connection: connection, Zone: time.UTC}}
	c.Historian, _ = reader.(backlog.Historian)
	h.passes = &reconcile.Reconciler{
		Store: db, Clock: clock.Now, Log: log, NewID: func() string { return "none" }, Connections: []reconcile.Connection{c},
		Puller:    &pull.Puller{Store: db, Clock: clock.Now, Log: log, Parallel: parallel},
		Evaluator: &evaluate.Evaluator{Store: db, Library: rules, Settings: settings, Clock: clock.Now, Log: log},
	}
	return h
}

// pass does one pass. What may fail of it is what the world did in between.
func (h *house) pass() reconcile.Outcome {
	h.t.Helper()
	result, err := h.passes.Pass(h.t.Context(), reconcile.Check, false)
	if err != nil {
		h.t.Fatal(err)
	}
	return result.Connections[0]
}

// truth asks the tracker for items by identity, never by the listings that
// sweeps use. What it does not show in scope is left out.
func (h *house) truth(site backlog.Site, ids []backlog.ItemID) map[backlog.ItemID]backlog.Item {
	h.t.Helper()
	reader := pull.Located(h.reader, map[string]backlog.Site{connection: site})
	sightings, err := reader.Fetch(h.t.Context(), ids...)
	if err != nil {
		h.t.Fatal(err)
	}
	items := map[backlog.ItemID]backlog.Item{}
	for _, s := range sightings {
		inScope := false
		for _, p := range site.Projects {
			inScope = inScope || p.ID == s.Item.Project.ID
		}
		if inScope && (s.Presence == backlog.Found || s.Presence == backlog.Moved) {
			items[s.ID] = s.Item
		}
	}
	return items
}

// equals holds the store against the truth, of all items that ever were.
func (h *house) equals(site backlog.Site, ids []backlog.ItemID) {
	h.t.Helper()
	truth := h.truth(site, ids)
	families, err := h.db.Families(h.t.Context(), ids)
	if err != nil {
		h.t.Fatal(err)
	}
	stored := map[backlog.ItemID]backlog.Family{}
	for _, f := range families {
		if f.Presence == backlog.Found || f.Presence == backlog.Moved {
			stored[f.ID] = f
		}
	}
	for id, item := range truth {
		f, ok := stored[id]
		switch {
		case !ok:
			h.t.Errorf("%s is not stored", item.Key)
		case itself(f.Item, truth).ContentHash() != itself(item, truth).ContentHash():
			h.t.Errorf("%s is stored otherwise (-want +got):\n%s", item.Key, cmp.Diff(itself(item, truth), itself(f.Item, truth)))
		case item.Parent != nil && (f.Parent == nil || f.Parent.ID != item.Parent.ID):
			if _, there := truth[item.Parent.ID]; there {
				h.t.Errorf("%s has lost its parent %v", item.Key, item.Parent)
			}
		}
	}
	for id, f := range stored {
		if _, there := truth[id]; !there {
			h.t.Errorf("%s is stored and in scope no more", f.Key)
		}
	}
	counts, err := h.db.Counts(h.t.Context(), connection)
	if err != nil {
		h.t.Fatal(err)
	}
	all := 0
	for _, n := range counts {
		all += n
	}
	if all != len(truth) {
		h.t.Errorf("%d items are counted, %d are there", all, len(truth))
	}
}

// itself is an item without what it says of others beyond their identity: a
// tracker does not call it edited when another gets a new key or is deleted. The
// store knows the others' keys from themselves.
func itself(item backlog.Item, truth map[backlog.ItemID]backlog.Item) backlog.Item {
	item.Revision, item.Activity = "", time.Time{}
	if item.Parent != nil {
		item.Parent = &backlog.Ref{ID: item.Parent.ID}
	}
	links := item.Links
	item.Links, item.Filled = nil, item.Filled&^(1<<backlog.FieldLinks)
	for _, l := range links {
		if _, there := truth[l.To.ID]; there {
			l.To = backlog.Ref{ID: l.To.ID}
			item.Links = append(item.Links, l)
		}
	}
	slices.SortFunc(item.Links, func(a, b backlog.Link) int {
		return strings.Compare(fmt.Sprint(a.To.ID, a.Type, a.Direction), fmt.Sprint(b.To.ID, b.Type, b.Direction))
	})
	return item
}

// unique names an identity of the site by the tracker's number.
func unique(site backlog.SiteID, number any) backlog.ItemID {
	return backlog.ItemID{Site: site, ID: fmt.Sprint(number)}
}

func pick[T any](n int, of []T) T { return of[n%len(of)] }
