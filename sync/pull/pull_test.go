package pull_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/memory"
	"github.com/trackwarden/trackwarden/store"
	"github.com/trackwarden/trackwarden/sync/pull"
)

var start = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

type world struct {
	t      *testing.T
	now    time.Time
	db     *store.DB
	puller *pull.Puller
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, now: start}
	clock := func() time.Time { return w.now }
	log := slog.New(slog.DiscardHandler)
	db, err := store.Open(t.Context(), store.Settings{Path: filepath.Join(t.TempDir(), "test.db")}, clock, log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	w.db, w.puller = db, &pull.Puller{Store: db, Clock: clock, Log: log}
	return w
}

func site(name string) backlog.Site {
	base := "https://" + name + ".example/browse/"
	return backlog.Site{
		ID: backlog.SiteID("memory:" + name), Name: name, Projects: []backlog.Project{{ID: "1", Key: strings.ToUpper(name)}},
		Locators: []string{`^` + base + `(?P<key>[A-Z]+-\d+)`}, Page: base + "{key}",
	}
}

func item(name string, n int, change func(*backlog.Item)) backlog.Item {
	key := fmt.Sprintf("%s-%d", strings.ToUpper(name), n)
	it := backlog.Item{
		ID: backlog.ItemID{ID: fmt.Sprint(n)}, Key: key, URL: "https://" + name + ".example/browse/" + key, Title: key, Type: "Story",
		Level: backlog.Story, Project: site(name).Projects[0], State: backlog.State{Category: backlog.ToDo}, Created: start, Changed: start,
	}
	if change != nil {
		change(&it)
	}
	return it
}

// pull describes and pulls a connection as a pass does.
func (w *world) pull(name string, reader backlog.Reader) (pull.Result, error) {
	w.t.Helper()
	described, err := w.puller.Describe(w.t.Context(), name, reader)
	if err != nil {
		return pull.Result{}, err
	}
	sites, err := w.db.Sites(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	pass, err := w.db.BeginPass(w.t.Context(), name, described.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	result, pulled := w.puller.Pull(w.t.Context(), name, described, pull.Located(reader, sites))
	if err := w.db.EndPass(w.t.Context(), backlog.PassRecord{ID: pass, Connection: name, Site: described.ID, Ended: w.now, Coverage: result.Coverage}); err != nil {
		w.t.Fatal(err)
	}
	return result, pulled
}

func (w *world) family(name string, n int) backlog.Family {
	w.t.Helper()
	families, err := w.db.Families(w.t.Context(), []backlog.ItemID{{Site: site(name).ID, ID: fmt.Sprint(n)}})
	if err != nil || len(families) != 1 {
		w.t.Fatalf("family of %s %d: %v, %v", name, n, families, err)
	}
	return families[0]
}

func TestLinksAcrossSitesFindTheirItems(t *testing.T) {
	w := newWorld(t)
	left := memory.New(site("left"), func() time.Time { return w.now }, 10, item("left", 1, func(i *backlog.Item) {
		i.Parent = &backlog.Ref{URL: "https://right.example/browse/RIGHT-7?from=mail"}
		i.Links = []backlog.Link{{Type: backlog.Blocks, Direction: backlog.Inward, To: backlog.Ref{URL: "https://right.example/browse/RIGHT-8"}}}
	}))
	right := memory.New(site("right"), func() time.Time { return w.now }, 10, item("right", 7, nil), item("right", 8, nil))
	if _, err := w.puller.Describe(t.Context(), "right", right); err != nil {
		t.Fatal(err)
	}
	for name, reader := range map[string]backlog.Reader{"left": left, "right": right} {
		if _, err := w.pull(name, reader); err != nil {
			t.Fatal(err)
		}
	}
	f := w.family("left", 1)
	if f.Parent == nil || f.Parent.Key != "RIGHT-7" || len(f.Linked) != 1 || f.Linked[0].Item == nil || f.Linked[0].Item.Key != "RIGHT-8" {
		t.Errorf("parent %+v, links %+v", f.Parent, f.Linked)
	}
	if children := w.family("right", 7).Children; len(children) != 1 || children[0].Key != "LEFT-1" {
		t.Errorf("children %+v", children)
	}
	edges, err := w.db.Blocked(t.Context(), []backlog.ItemID{{Site: "memory:right", ID: "8"}, {Site: "memory:left", ID: "1"}})
	if err != nil {
		t.Fatal(err)
	}
	want := []backlog.Edge{{From: backlog.ItemID{Site: "memory:right", ID: "8"}, To: backlog.ItemID{Site: "memory:left", ID: "1"}}}
	if diff := cmp.Diff(want, edges); diff != "" {
		t.Errorf("edges (-want +got):\n%s", diff)
	}
}

func TestParentsOutsideTheScopeAreFetchedAsContext(t *testing.T) {
	w := newWorld(t)
	outside := item("left", 9, func(i *backlog.Item) { i.Project = backlog.Project{ID: "2", Key: "OTHER"} })
	tracker := memory.New(site("left"), func() time.Time { return w.now }, 10, outside, item("left", 1, func(i *backlog.Item) {
		i.Parent = &backlog.Ref{ID: backlog.ItemID{Site: "memory:left", ID: "9"}}
	}))
	result, err := w.pull("left", tracker)
	if err != nil {
		t.Fatal(err)
	}
	if f := w.family("left", 1); f.Parent != nil {
		t.Errorf("not known yet: %+v", f.Parent)
	}
	if err := w.puller.Context(t.Context(), []pull.Connected{{Name: "left", Site: result.Site, Reader: tracker}}); err != nil {
		t.Fatal(err)
	}
	f := w.family("left", 1)
	if f.Parent == nil || f.Parent.Presence != backlog.Context {
		t.Errorf("parent %+v", f.Parent)
	}
	dirty, err := w.db.Dirty(t.Context(), []string{"left"}, 10)
	if err != nil || len(dirty) != 1 || dirty[0].Item.ID != "1" {
		t.Errorf("context is never judged: %+v, %v", dirty, err)
	}
}

// hiding leaves an item out of its listing, as a page that was cut short does.
type hiding struct {
	*memory.Tracker
	id string
	as backlog.Presence // when asked for by identity; empty is found
}

func (h hiding) Read(ctx context.Context, s backlog.Sweep) iter.Seq2[backlog.Page, error] {
	return func(yield func(backlog.Page, error) bool) {
		for page, err := range h.Tracker.Read(ctx, s) {
			kept := page.Items[:0:0]
			for _, it := range page.Items {
				if it.ID.ID != h.id {
					kept = append(kept, it)
				}
			}
			page.Items = kept
			if !yield(page, err) {
				return
			}
		}
	}
}

func (h hiding) Fetch(ctx context.Context, ids ...backlog.ItemID) ([]backlog.Sighting, error) {
	sightings, err := h.Tracker.Fetch(ctx, ids...)
	for i := range sightings {
		if h.as != "" && sightings[i].ID.ID == h.id {
			sightings[i] = backlog.Sighting{ID: sightings[i].ID, Presence: h.as, Err: errors.New("no JSON")}
		}
	}
	return sightings, err
}

func TestACensusFindsWhatTheListingLeftOut(t *testing.T) {
	for as, want := range map[backlog.Presence]backlog.CoverageState{"": backlog.Complete, backlog.Hidden: backlog.Suspect, backlog.Damaged: backlog.Complete} {
		w := newWorld(t)
		tracker := memory.New(site("left"), func() time.Time { return w.now }, 10, item("left", 1, nil), item("left", 2, nil))
		result, err := w.pull("left", hiding{tracker, "2", as})
		if err != nil {
			t.Fatal(err)
		}
		c := result.Coverage[0]
		if c.State != want || c.Expected != 2 || (c.Seen == 2) != (as == "") || (c.Reason == "") != (as == "") {
			t.Errorf("%q: coverage %+v", as, c)
		}
		if len(result.Broken) != map[bool]int{true: 1}[as == backlog.Damaged] {
			t.Errorf("%q: broken %+v", as, result.Broken)
		}
		// The census holds for a day, and so does what it could not understand.
		again, err := w.pull("left", hiding{tracker, "2", as})
		if err != nil || again.Coverage[0].Seen != c.Seen || again.Coverage[0].Expected != 2 || again.Coverage[0].State != want {
			t.Errorf("%q, again: coverage %+v, %v", as, again.Coverage, err)
		}
	}
}

func TestTheCensusIsTakenOnceADay(t *testing.T) {
	w := newWorld(t)
	tracker := memory.New(site("left"), func() time.Time { return w.now }, 10, item("left", 1, nil))
	first, err := w.pull("left", tracker)
	if err != nil {
		t.Fatal(err)
	}
	w.now = w.now.Add(time.Hour)
	second, err := w.pull("left", tracker)
	if err != nil || !second.Coverage[0].Census.Equal(first.Coverage[0].Census) {
		t.Errorf("an hour later: %+v, %v", second.Coverage, err)
	}
	w.now = w.now.Add(24 * time.Hour)
	third, err := w.pull("left", tracker)
	if err != nil || !third.Coverage[0].Census.Equal(w.now) {
		t.Errorf("a day later: %+v, %v", third.Coverage, err)
	}
}

func TestAProjectThatIsNotVisibleIsNotSilent(t *testing.T) {
	w := newWorld(t)
	s := site("left")
	s.Missing = []string{"GHOST"}
	result, err := w.pull("left", memory.New(s, func() time.Time { return w.now }, 10, item("left", 1, nil)))
	if err != nil || len(result.Coverage) != 2 || result.Coverage[1].State != backlog.Failed || !strings.Contains(result.Coverage[1].Reason, "GHOST") {
		t.Errorf("coverage %+v, %v", result.Coverage, err)
	}
}

func TestAnotherSiteBehindTheSameConnectionIsRefused(t *testing.T) {
	w := newWorld(t)
	clock := func() time.Time { return w.now }
	if _, err := w.pull("shop", memory.New(site("left"), clock, 10)); err != nil {
		t.Fatal(err)
	}
	if _, err := w.pull("shop", memory.New(site("right"), clock, 10)); err == nil || !strings.Contains(err.Error(), "memory:left") {
		t.Errorf("got %v", err)
	}
}

// stranded no longer accepts the position of one sweep, as when its project
// left the scope or the program that wrote it was an older one.
type stranded struct{ *memory.Tracker }

func (s stranded) Read(ctx context.Context, sweep backlog.Sweep) iter.Seq2[backlog.Page, error] {
	if sweep.Name != "backfill PAY" {
		return s.Tracker.Read(ctx, sweep)
	}
	return func(yield func(backlog.Page, error) bool) {
		yield(backlog.Page{}, fmt.Errorf("%w: project 7 is no longer in scope", backlog.ErrIncomplete))
	}
}

func TestARoundThatCannotBeGoneOnWithBeginsAgain(t *testing.T) {
	w := newWorld(t)
	tracker := memory.New(site("left"), func() time.Time { return w.now }, 10, item("left", 1, nil))
	if _, err := w.puller.Describe(t.Context(), "left", tracker); err != nil {
		t.Fatal(err)
	}
	if err := w.db.BeginRound(t.Context(), site("left").ID, []backlog.Sweep{{Name: "backfill PAY", Position: "7"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.pull("left", stranded{tracker}); err != nil {
		t.Errorf("stranded for ever: %v", err)
	}
	w.family("left", 1)
}

func TestManyAddressesThatLeadNowhereDoNotHideAParent(t *testing.T) {
	w := newWorld(t)
	outside := item("left", 9, func(i *backlog.Item) { i.Project = backlog.Project{ID: "2", Key: "OTHER"} })
	tracker := memory.New(site("left"), func() time.Time { return w.now }, 10, outside, item("left", 1, func(i *backlog.Item) {
		i.Parent = &backlog.Ref{URL: "https://left.example/browse/LEFT-9"}
		for n := range 600 {
			i.Links = append(i.Links, backlog.Link{Type: backlog.Relates, To: backlog.Ref{URL: fmt.Sprintf("https://a-wiki.example/%d", n)}})
		}
	}))
	result, err := w.pull("left", tracker)
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if err := w.puller.Context(t.Context(), []pull.Connected{{Name: "left", Site: result.Site, Reader: tracker}}); err != nil {
			t.Fatal(err)
		}
		w.now = w.now.Add(time.Minute)
	}
	if f := w.family("left", 1); f.Parent == nil {
		t.Error("the parent was never asked for")
	}
}

func TestACensusOfTheFutureIsNotBelieved(t *testing.T) {
	w := newWorld(t)
	tracker := memory.New(site("left"), func() time.Time { return w.now }, 10, item("left", 1, nil))
	w.now = start.AddDate(1, 0, 0)
	if _, err := w.pull("left", tracker); err != nil {
		t.Fatal(err)
	}
	w.now = start
	result, err := w.pull("left", tracker)
	if err != nil || !result.Coverage[0].Census.Equal(w.now) {
		t.Errorf("coverage %+v, %v", result.Coverage, err)
	}
}

// flaky answers a few fetches and then no more, until it is asked anew.
type flaky struct {
	hiding
	left *int
}

func (f flaky) Read(context.Context, backlog.Sweep) iter.Seq2[backlog.Page, error] {
	return func(yield func(backlog.Page, error) bool) {
		yield(backlog.Page{Last: true, Mark: backlog.Mark{"changes": "2000"}}, nil)
	}
}

func (f flaky) Fetch(ctx context.Context, ids ...backlog.ItemID) ([]backlog.Sighting, error) {
	if *f.left -= len(ids); *f.left < 0 {
		return nil, backlog.ErrUnavailable
	}
	return f.Tracker.Fetch(ctx, ids...)
}

func TestALargeGapIsFilledPieceByPiece(t *testing.T) {
	w := newWorld(t)
	var items []backlog.Item
	for n := range 1200 {
		items = append(items, item("left", n+1, nil))
	}
	tracker := memory.New(site("left"), func() time.Time { return w.now }, 10, items...)
	for range 4 {
		left := 700
		_, _ = w.pull("left", flaky{hiding{Tracker: tracker}, &left}) // may fail, and goes on
	}
	counts, err := w.db.Counts(t.Context(), "left")
	if err != nil || counts["LEFT"] != 1200 {
		t.Errorf("%d of 1200 items are here, error %v", counts["LEFT"], err)
	}
}
