package store_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// label lets us write a label on an item, up to the recorded outcome, now.
func (w *world) label(item backlog.Item, label string) {
	w.t.Helper()
	intent := w.begin(item.ID, label)
	w.must(w.MarkSent(w.ctx(), intent, 0))
	w.must(w.Record(w.ctx(), backlog.StepResult{
		Intent: intent, Receipt: backlog.Receipt{Outcome: backlog.Applied, Revision: "2"},
		Own:   []backlog.Owned{{Item: item.ID, Kind: backlog.OwnedLabel, Value: label, Intent: intent}},
		Close: backlog.IntentApplied,
	}))
}

// begin commits an intent of one step that adds a label.
func (w *world) begin(item backlog.ItemID, label string) string {
	w.t.Helper()
	id := w.NewIntentID()
	change := backlog.Change{Intent: id, Item: item, Key: "SHOP-" + item.ID, Base: "1", AddLabels: []string{label}, Policies: []string{"story/stale"}}
	change.Known = w.begun[item]
	w.must(w.BeginIntent(w.ctx(), change, []backlog.Step{{Intent: id, Item: item, Summary: "set labels", Payload: json.RawMessage(`{}`)}}, "plan"))
	w.begun[item]++
	return id
}

func TestActivityIsWhatOthersDid(t *testing.T) {
	for name, tc := range map[string]struct {
		edit func(*backlog.Item)
		kept bool
	}{
		"our label":                        {func(i *backlog.Item) { i.Labels = []string{"Hygiene"} }, true},
		"only the time, as by our comment": {func(*backlog.Item) {}, true},
		"a person's label with ours":       {func(i *backlog.Item) { i.Labels = []string{"hygiene", "urgent"} }, false},
		"a person's label":                 {func(i *backlog.Item) { i.Labels = []string{"urgent"} }, false},
		"a person's title with ours":       {func(i *backlog.Item) { i.Labels, i.Title = []string{"hygiene"}, "x" }, false},
	} {
		for _, way := range []string{"page", "fetch", "echo", "page much later", "page without a write"} {
			t.Run(name+", "+way, func(t *testing.T) {
				w := newWorld(t)
				item := story(jira, "1", 0)
				w.page(item)
				w.settle()
				if way != "page without a write" {
					w.label(item, "hygiene")
				}
				item.Changed, item.Revision = w.now.Add(time.Minute), "2"
				if way == "page much later" {
					item.Changed = w.now.Add(time.Hour)
				}
				tc.edit(&item)
				kept := tc.kept && way != "page much later" && way != "page without a write"
				w.arrive(way, item)
				got := w.family(item.ID).Activity
				if kept != got.Equal(morning) || !kept && !got.Equal(item.Changed) {
					t.Errorf("activity %v, kept must be %v", got, kept)
				}
				quiet := way == "echo" && kept
				if dirty := len(w.dirty()) > 0; dirty == quiet {
					t.Errorf("dirty %v", dirty)
				}
			})
		}
	}
}

func (w *world) arrive(way string, item backlog.Item) {
	w.t.Helper()
	switch way {
	case "echo":
		w.must(w.CommitEcho(w.ctx(), "shop", item))
	case "fetch":
		_, err := w.CommitSightings(w.ctx(), "shop", jira, []backlog.Sighting{{ID: item.ID, Presence: backlog.Found, Item: item}}, false)
		w.must(err)
	default:
		w.page(item)
	}
}

func TestAPageAfterTheEchoIsNoChange(t *testing.T) {
	w := newWorld(t)
	parent, item := story(jira, "1", 0), story(jira, "2", 0)
	item.Parent = &backlog.Ref{ID: parent.ID}
	w.page(parent, item)
	w.settle()
	w.label(item, "hygiene")
	item.Labels, item.Changed, item.Revision = []string{"hygiene"}, w.now, "2"
	w.must(w.CommitEcho(w.ctx(), "shop", item))
	equal(t, "dirty after our own write", w.dirty(), nil)
	if got := w.page(item); got.Same != 1 {
		t.Errorf("our own write came back as %+v", got)
	}
	equal(t, "dirty after the page", w.dirty(), nil)
	if got := w.family(item.ID); got.Revision != "2" || len(got.Labels) != 1 {
		t.Errorf("stored %q %v", got.Revision, got.Labels)
	}
}
