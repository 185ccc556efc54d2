package store_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/store"
)

// unresolved is what Unresolved has to say, taken from all links.
const unresolved = `SELECT COALESCE(group_concat(ref, ' '), '') FROM (
	SELECT DISTINCT l.to_ref AS ref FROM link l JOIN item i ON i.id = l.from_item LEFT JOIN asked a ON a.ref = l.to_ref
	WHERE l.to_item IS NULL AND i.level <> '' AND i.presence IN ('found', 'moved') AND i.state NOT IN ('done', 'removed')
	AND COALESCE(a.at, 0) < $1 ORDER BY l.to_ref)`

// What is listed as lacking is what looking at all links finds, after random
// edits of items, links and time.
func TestWhatIsLackingIsKeptAsItWouldBeFound(t *testing.T) {
	listed := 0
	for seed := range uint64(6) {
		w := newWorld(t)
		r := rand.New(rand.NewPCG(seed, 7))
		for step := range 120 {
			w.now = w.now.Add(time.Duration(r.IntN(120)) * time.Minute)
			w.disturb(r, step)
			if r.IntN(3) > 0 {
				continue // several edits at once
			}
			want, err := store.RawValue[string](w.ctx(), w.DB, unresolved, w.now.Add(-24*time.Hour).UnixMicro())
			w.must(err)
			refs, err := w.Unresolved(w.ctx(), 1000)
			w.must(err)
			got := ""
			for i, ref := range refs {
				if i > 0 {
					got += " "
				}
				got += ref.Address()
			}
			if got != want {
				t.Fatalf("seed %d, step %d: got %q, want %q", seed, step, got, want)
			}
			listed += len(refs)
			if len(refs) > 0 && r.IntN(2) == 0 {
				w.must(w.Asked(w.ctx(), refs[:1+r.IntN(len(refs))]))
			}
		}
	}
	if listed < 100 {
		t.Errorf("only %d references were compared", listed)
	}
}

// disturb stores an item anew that may be open, done, gone or outside the scope
// and that may point to others by id, key or address.
func (w *world) disturb(r *rand.Rand, step int) {
	item := story(jira, itoa(r.IntN(12)), step)
	item.Changed = w.now
	item.State.Category = []backlog.Category{backlog.ToDo, backlog.InProgress, backlog.Done}[r.IntN(3)]
	if r.IntN(6) == 0 {
		item.Level = ""
	}
	if r.IntN(2) == 0 {
		ref := to(jira, itoa(r.IntN(20)))
		item.Parent = &ref
	}
	if r.IntN(4) > 0 { // mostly the same as before
		item.Links = []backlog.Link{{Type: backlog.Relates, Direction: backlog.Outward, To: backlog.Ref{URL: "https://wiki.example/of/" + item.ID.ID}}}
	}
	for range r.IntN(3) {
		n := itoa(r.IntN(20))
		ref := []backlog.Ref{to(jira, n), {Key: "SHOP-" + n}, {URL: "https://shop.example/browse/SHOP-" + n}, {URL: "https://wiki.example/" + n}}[r.IntN(4)]
		item.Links = append(item.Links, backlog.Link{Type: backlog.Relates, Direction: backlog.Outward, To: ref})
	}
	if r.IntN(4) == 0 {
		item.Key = "MOVED-" + item.ID.ID
	}
	presence := []backlog.Presence{backlog.Found, backlog.Found, backlog.Moved, backlog.Gone, backlog.Hidden}[r.IntN(5)]
	if r.IntN(2) == 0 {
		w.page(item)
		return
	}
	_, err := w.CommitSightings(w.ctx(), "shop", jira, []backlog.Sighting{{ID: item.ID, Presence: presence, Item: item}}, r.IntN(3) == 0)
	w.must(err)
}

func TestAnIdlePassLooksAtNoLinksThatLeadNowhere(t *testing.T) {
	w := newWorld(t)
	for n := range 50 {
		item := story(jira, itoa(n), 0)
		item.Links = []backlog.Link{{Type: backlog.Relates, Direction: backlog.Outward, To: backlog.Ref{URL: "https://wiki.example/" + itoa(n)}}}
		w.page(item)
	}
	refs, err := w.Unresolved(w.ctx(), 1000)
	w.must(err)
	w.must(w.Asked(w.ctx(), refs))
	waiting, err := store.RawValue[int](w.ctx(), w.DB, `SELECT COUNT(*) FROM lacking WHERE at = 0`)
	w.must(err)
	if len(refs) != 50 || waiting != 0 {
		t.Errorf("%d listed, %d still wait", len(refs), waiting)
	}
}
