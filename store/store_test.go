package store_test

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/store"
)

const (
	jira  backlog.SiteID = "jira:11111111-2222-3333-4444-555555555555"
	azure backlog.SiteID = "azuredevops:aaaa"
)

// world is a database on a real file with a clock that the test sets.
type world struct {
	*store.DB
	t     testing.TB
	path  string
	now   time.Time
	begun map[backlog.ItemID]int // how many changes of each item were begun
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{t: t, begun: map[backlog.ItemID]int{}, path: filepath.Join(t.TempDir(), "trackwarden.db"), now: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)}
	w.open()
	w.must(w.PinSite(w.ctx(), "shop", backlog.Site{ID: jira, Kind: "jira", Name: "Shop"}))
	w.must(w.PinSite(w.ctx(), "platform", backlog.Site{ID: azure, Kind: "azuredevops", Name: "Platform"}))
	return w
}

func (w *world) open() {
	w.t.Helper()
	db, err := store.Open(w.ctx(), store.Settings{Path: w.path}, func() time.Time { return w.now }, slog.New(slog.DiscardHandler))
	w.must(err)
	w.DB = db
	w.t.Cleanup(func() { _ = db.Close() }) // closed before by tests that reopen
}

func (w *world) reopen() {
	w.t.Helper()
	w.must(w.Close())
	w.open()
}

func (w *world) ctx() context.Context { return context.Background() }

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// page commits items to a sweep of their own.
func (w *world) page(items ...backlog.Item) backlog.Changes {
	w.t.Helper()
	site := items[0].ID.Site
	w.must(w.BeginRound(w.ctx(), site, []backlog.Sweep{{Name: "all", Position: "0"}}))
	changes, err := w.CommitPage(w.ctx(), connectionOf(site), site, "all", backlog.Page{Items: items, Position: "1"})
	w.must(err)
	return changes
}

func connectionOf(site backlog.SiteID) string {
	if site == jira {
		return "shop"
	}
	return "platform"
}

// settle judges everything that has to be judged, so that nothing has to be.
func (w *world) settle() {
	w.t.Helper()
	for _, walk := range w.walks() {
		for {
			batch, err := w.Ahead(w.ctx(), walk, 1000, nil)
			w.must(err)
			if len(batch.Families) == 0 {
				break
			}
			var judged []backlog.Judged
			for _, f := range batch.Families {
				judged = append(judged, backlog.Judged{Judgement: backlog.Judgement{Subject: subject(f.Item)}, Number: f.Number, At: w.now})
			}
			walk = batch.Walk
			w.must(w.SaveWalked(w.ctx(), walk, judged))
		}
	}
	dirty, err := w.Dirty(w.ctx(), []string{"shop", "platform"}, 10000)
	w.must(err)
	var judged []backlog.Judged
	for _, d := range dirty {
		judged = append(judged, backlog.Judged{Judgement: backlog.Judgement{Subject: d.Subject}, DirtySeq: d.Seq, At: w.now})
	}
	w.must(w.SaveJudgements(w.ctx(), judged))
}

// walks are those of one and the same day, as far as they have come.
func (w *world) walks() []backlog.Walk {
	w.t.Helper()
	var all []backlog.Walk
	for _, connection := range []string{"shop", "platform"} {
		walk, err := w.BeginWalk(w.ctx(), connection, "settled", "2026-11-24", false)
		w.must(err)
		all = append(all, walk)
	}
	return all
}

// dirty lists the ids of the items that have to be judged, sorted: those that
// are marked, and new ones, which lie ahead of the walk.
func (w *world) dirty() []string {
	w.t.Helper()
	list, err := w.Dirty(w.ctx(), []string{"shop", "platform"}, 10000)
	w.must(err)
	var ids []string
	for _, d := range list {
		ids = append(ids, d.Item.ID)
	}
	for _, walk := range w.walks() {
		batch, err := w.Ahead(w.ctx(), walk, 10000, nil)
		w.must(err)
		for _, f := range batch.Families {
			ids = append(ids, f.ID.ID)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func (w *world) family(id backlog.ItemID) backlog.Family {
	w.t.Helper()
	families, err := w.Families(w.ctx(), []backlog.ItemID{id})
	w.must(err)
	if len(families) != 1 {
		w.t.Fatalf("%d families of %s", len(families), id)
	}
	return families[0]
}

var morning = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)

// story makes an item of a site, changed n minutes after the morning.
func story(site backlog.SiteID, id string, n int) backlog.Item {
	key := "SHOP-" + id
	url := "https://shop.example/browse/" + key
	if site == azure {
		key, url = id, "https://dev.example/org/_workitems/edit/"+id
	}
	return backlog.Item{
		ID: backlog.ItemID{Site: site, ID: id}, Project: backlog.Project{ID: "10", Key: "SHOP", Name: "Shop"},
		Key: key, URL: url, Title: "Story " + id, Type: "Story", Level: backlog.Story,
		State: backlog.State{Category: backlog.InProgress, Native: "Doing"}, Revision: fmt.Sprint(n),
		Created: morning, Changed: morning.Add(time.Duration(n) * time.Minute),
		Filled: backlog.FieldSet(0).With(backlog.FieldDescription),
	}
}

func to(site backlog.SiteID, id string) backlog.Ref {
	return backlog.Ref{ID: backlog.ItemID{Site: site, ID: id}}
}

func equal[T comparable](t testing.TB, what string, got, want []T) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func TestTheFileIsMadeOfLargePages(t *testing.T) {
	w := newWorld(t)
	size, err := store.RawValue[int](w.ctx(), w.DB, `PRAGMA page_size`)
	w.must(err)
	mode, err := store.RawValue[string](w.ctx(), w.DB, `PRAGMA journal_mode`)
	w.must(err)
	if size != 8192 || mode != "wal" {
		t.Errorf("pages of %d bytes, journal %s", size, mode)
	}
}
