package store_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
)

func TestPageIsIdempotentAndNeverRegresses(t *testing.T) {
	w := newWorld(t)
	one := story(jira, "1", 10)
	if got := w.page(one, story(jira, "2", 10)); got.New != 2 {
		t.Fatalf("first page: %+v", got)
	}
	w.settle()
	if got := w.page(one, one, story(jira, "2", 10)); got.Same != 3 || got.New+got.Changed != 0 {
		t.Errorf("the same page again, one item twice: %+v", got)
	}
	if dirty := w.dirty(); len(dirty) != 0 {
		t.Errorf("nothing changed, yet dirty: %v", dirty)
	}
	newer, older := one, one
	newer.Title, newer.Changed = "New title", one.Changed.Add(time.Minute)
	older.Title, older.Changed = "Old title", one.Changed.Add(-time.Minute)
	if got := w.page(older, newer, older); got.Changed != 1 {
		t.Errorf("a newer and two older versions: %+v", got)
	}
	if got := w.page(older); got.Same != 1 {
		t.Errorf("an older version: %+v", got)
	}
	if title := w.family(one.ID).Title; title != "New title" {
		t.Errorf("the item regressed to %q", title)
	}
	counts, err := w.Counts(w.ctx(), "shop")
	w.must(err)
	if counts["SHOP"] != 2 {
		t.Errorf("counts: %v", counts)
	}
}

func TestTimesThatProveNothingAreAccepted(t *testing.T) {
	w := newWorld(t)
	item := story(jira, "1", 10)
	item.Changed = w.now.AddDate(1, 0, 0) // in the future
	w.page(item)
	item.Changed, item.Title = morning, "Sane again"
	if got := w.page(item); got.Changed != 1 {
		t.Errorf("a stored time in the future must not block: %+v", got)
	}
	item.Changed, item.Title = time.Time{}, "No time"
	if got := w.page(item); got.Changed != 1 {
		t.Errorf("an item without a time must be accepted: %+v", got)
	}
	if got := w.family(item.ID).Item; !got.Changed.IsZero() || got.Title != "No time" {
		t.Errorf("got %q changed %v", got.Title, got.Changed)
	}
}

func TestStoredItemIsTheOneThatCame(t *testing.T) {
	w := newWorld(t)
	points := 3.5
	item := story(jira, "1", 10)
	item.Body, item.Labels, item.Components = "Ünïcode 🛒", []string{"a", "b"}, []string{"Checkout"}
	item.Parent = &backlog.Ref{ID: backlog.ItemID{Site: jira, ID: "9"}, Key: "SHOP-9"}
	item.Links = []backlog.Link{{Type: backlog.Blocks, Direction: backlog.Outward, Native: "blocks", To: to(jira, "2")}}
	item.Points, item.Assignee = &points, &backlog.Person{ID: "u1", Name: "Olga"}
	item.Iterations = []backlog.Iteration{{ID: "48", Name: "Sprint 48", Start: morning}}
	item.Custom = map[string]any{"risk": "high", "n": 3.0, "list": []any{"x"}}
	w.page(item)
	got := w.family(item.ID).Stored
	item.Activity = item.Changed
	want := backlog.Stored{Item: item, Connection: "shop", Presence: backlog.Found}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("stored item (-want +got):\n%s", diff)
	}
	if got.SubstanceHash() != item.SubstanceHash() {
		t.Error("a stored item must have the substance of the one that came")
	}
}

func TestBrokenTextIsMendedBeforeItIsCompared(t *testing.T) {
	w := newWorld(t)
	item := story(jira, "1", 10)
	item.Title, item.Body = "nul\x00 and \xff\xfe", "bidi \u202e, emoji 🛒, lone \xed\xa0\x80"
	item.Labels = []string{"l\x00"}
	item.Custom = map[string]any{"k\x00": []any{"v\xc3", map[string]any{"deep": "\x00"}}}
	w.page(item)
	got := w.family(item.ID)
	if got.Title != "nul and \ufffd" || got.Labels[0] != "l" || !strings.Contains(got.Body, "\u202e") {
		t.Errorf("got %q, %q, %q", got.Title, got.Labels, got.Body)
	}
	if list, ok := got.Custom["k"].([]any); !ok || list[0] != "v\ufffd" {
		t.Errorf("custom: %#v", got.Custom)
	}
	if item.Title != "nul\x00 and \xff\xfe" || item.Labels[0] != "l\x00" {
		t.Error("the caller's item must not be touched")
	}
	w.settle()
	if again := w.page(item); again.Same != 1 || len(w.dirty()) != 0 {
		t.Errorf("the same broken text again is no change: %+v", again)
	}
}

func FuzzStoredTextIsValid(f *testing.F) {
	for _, seed := range []string{"", "\x00", "\xff", `\u0000`, `\\ufffd`, "\xed\xa0\x80", "🛒\u0301\u0301", "\u2028", "a\x00b\xf0\x9f"} {
		f.Add(seed)
	}
	w := newWorld(f)
	f.Fuzz(func(t *testing.T, s string) {
		w.t = t
		item := story(jira, "1", 10)
		item.Changed = time.Time{} // always accepted
		item.Title, item.Body = s, s
		w.page(item)
		got := w.family(item.ID)
		if !utf8.ValidString(got.Title) || strings.Contains(got.Title, "\x00") {
			t.Errorf("%q was stored as %q", s, got.Title)
		}
		if utf8.ValidString(s) && !strings.Contains(s, "\x00") && got.Body != s {
			t.Errorf("a sound text changed: %q to %q", s, got.Body)
		}
		if again := w.page(item); again.Same != 1 {
			t.Errorf("%q looks changed each time", s)
		}
	})
}
