package evaluate

import (
	"fmt"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/store"
)

// graph is a small tracker of items that block each other, with the store that
// follows it.
type graph struct {
	t     *testing.T
	e     *Evaluator
	db    *store.DB
	now   time.Time
	items map[string]backlog.Item
	gone  map[string]bool
}

const graphSite backlog.SiteID = "memory:graph"

func newGraph(t *testing.T) *graph {
	t.Helper()
	g := &graph{t: t, now: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC), items: map[string]backlog.Item{}, gone: map[string]bool{}}
	clock := func() time.Time { return g.now }
	db, err := store.Open(t.Context(), store.Settings{Path: filepath.Join(t.TempDir(), "graph.db")}, clock, slog.New(slog.DiscardHandler))
	g.must(err)
	t.Cleanup(func() { _ = db.Close() })
	g.db, g.e = db, &Evaluator{Store: db, Clock: clock}
	g.must(db.PinSite(t.Context(), "graph", backlog.Site{ID: graphSite}))
	return g
}

func (g *graph) must(err error) {
	g.t.Helper()
	if err != nil {
		g.t.Fatal(err)
	}
}

// step lets one or two items get other dependencies, another key, vanish or
// come back.
func (g *graph) step(r *rand.Rand, pool int) {
	g.t.Helper()
	g.now = g.now.Add(time.Minute)
	var page backlog.Page
	for range 1 + r.IntN(2) {
		id := strconv.Itoa(1 + r.IntN(pool))
		if r.IntN(6) == 0 && g.items[id].Key != "" {
			g.gone[id] = true
			page.Gone = append(page.Gone, backlog.ItemID{Site: graphSite, ID: id})
			continue
		}
		item := backlog.Item{ID: backlog.ItemID{Site: graphSite, ID: id}, Key: "G-" + id, Level: backlog.Story, Type: "Story", Created: g.now, Changed: g.now}
		if r.IntN(6) == 0 {
			item.Key = fmt.Sprintf("H-%s-%d", id, r.IntN(100))
		}
		for range r.IntN(3) {
			item.Links = append(item.Links, backlog.Link{
				Type: backlog.Blocks, Direction: []backlog.Direction{backlog.Inward, backlog.Outward}[r.IntN(2)],
				To: backlog.Ref{ID: backlog.ItemID{Site: graphSite, ID: strconv.Itoa(1 + r.IntN(pool))}},
			})
		}
		if slices.ContainsFunc(page.Gone, func(gone backlog.ItemID) bool { return gone == item.ID }) {
			continue
		}
		g.items[id], g.gone[id] = item, false
		page.Items = slices.DeleteFunc(page.Items, func(i backlog.Item) bool { return i.ID == item.ID })
		page.Items = append(page.Items, item)
	}
	g.must(g.db.BeginRound(g.t.Context(), graphSite, []backlog.Sweep{{Name: "all", Position: "0"}}))
	_, err := g.db.CommitPage(g.t.Context(), "graph", graphSite, "all", page)
	g.must(err)
}

// there reports whether an item is known and not gone.
func (g *graph) there(id string) bool { return g.items[id].Key != "" && !g.gone[id] }

// want are the cycles of the whole graph, looked for at once.
func (g *graph) want() map[string][]string {
	var edges []backlog.Edge
	for id, item := range g.items {
		for _, l := range item.Links {
			if !g.there(id) || !g.there(l.To.ID.ID) {
				continue
			}
			edge := backlog.Edge{From: item.ID, To: l.To.ID}
			if l.Direction == backlog.Inward {
				edge.From, edge.To = edge.To, edge.From
			}
			edges = append(edges, edge)
		}
	}
	all := map[string][]string{}
	for _, circle := range strongComponents(edges) {
		var keys []string
		for _, id := range circle {
			keys = append(keys, g.items[id.ID].Key)
		}
		slices.Sort(keys)
		for _, id := range circle {
			all[id.ID] = keys
		}
	}
	return all
}

// got are the cycles that the store knows.
func (g *graph) got() map[string][]string {
	g.t.Helper()
	var ids []backlog.ItemID
	for id := range g.items {
		if g.there(id) {
			ids = append(ids, backlog.ItemID{Site: graphSite, ID: id})
		}
	}
	families, err := g.db.Families(g.t.Context(), ids)
	g.must(err)
	all := map[string][]string{}
	for _, f := range families {
		if f.Cycle != nil {
			all[f.ID.ID] = f.Cycle
		}
	}
	return all
}

func TestCyclesAroundWhatChangedAreThoseOfTheWholeGraph(t *testing.T) {
	most := 0
	for seed := range uint64(6) {
		g, r := newGraph(t), rand.New(rand.NewPCG(seed, 2))
		for step := range 120 {
			g.step(r, 14)
			g.must(g.e.cycles(t.Context(), false))
			want := g.want()
			most = max(most, len(want))
			if diff := cmp.Diff(want, g.got()); diff != "" {
				t.Fatalf("seed %d, step %d: cycles (-whole +around):\n%s", seed, step, diff)
			}
		}
		g.must(g.e.cycles(t.Context(), true))
		if diff := cmp.Diff(g.want(), g.got()); diff != "" {
			t.Fatalf("seed %d: cycles (-whole +everywhere):\n%s", seed, diff)
		}
	}
	if most < 4 {
		t.Errorf("the worlds never had more than %d items in cycles", most)
	}
}
