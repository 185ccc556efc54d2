package pull_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/memory"
	"github.com/trackwarden/trackwarden/store"
)

// asking notes what a historian is asked, and may choke on an item.
type asking struct {
	*memory.Tracker
	asked  [][]string
	chokes string
	down   bool
}

func (a *asking) History(ctx context.Context, ids ...backlog.ItemID) ([]backlog.Past, error) {
	var names []string
	for _, id := range ids {
		names = append(names, id.ID)
	}
	a.asked = append(a.asked, names)
	if a.down {
		return nil, backlog.ErrUnavailable
	}
	for _, name := range names {
		if name == a.chokes {
			return nil, errors.New("no JSON")
		}
	}
	return a.Tracker.History(ctx, ids...)
}

func (w *world) history(h backlog.Historian, most int) {
	w.t.Helper()
	if err := w.puller.History(w.t.Context(), "left", site("left").ID, h, most); err != nil {
		w.t.Fatal(err)
	}
}

// judged empties the list of what has to be judged again and returns it.
func (w *world) judged() (ids []string) {
	w.t.Helper()
	dirty, err := w.db.Dirty(w.t.Context(), []string{"left"}, 1000)
	if err != nil {
		w.t.Fatal(err)
	}
	var done []backlog.Judged
	for _, d := range dirty {
		ids = append(ids, d.Item.ID)
		done = append(done, backlog.Judged{Judgement: backlog.Judgement{Subject: d.Subject, Today: "2026-11-24"}, DirtySeq: d.Seq, At: w.now})
	}
	if err := w.db.SaveJudgements(w.t.Context(), done); err != nil {
		w.t.Fatal(err)
	}
	return ids
}

func TestHistoryIsReadForWhatChangedAndForNothingElse(t *testing.T) {
	w := newWorld(t)
	tracker := &asking{Tracker: memory.New(site("left"), func() time.Time { return w.now }, 10,
		item("left", 1, nil),
		item("left", 2, func(i *backlog.Item) { i.State = backlog.State{Category: backlog.InProgress, Native: "Doing"} }),
		item("left", 3, func(i *backlog.Item) { i.Changed = start.Add(time.Hour) }),
		item("left", 4, func(i *backlog.Item) { i.Level = "" }))}
	pull := func() {
		t.Helper()
		if _, err := w.pull("left", tracker); err != nil {
			t.Fatal(err)
		}
	}
	pull()
	w.judged()
	w.history(tracker, 2)
	w.history(tracker, 500)
	if diff := cmp.Diff([][]string{{"2", "3"}, {"1"}}, tracker.asked); diff != "" {
		t.Errorf("those at work first, then what changed last, and only what is judged (-want +got):\n%s", diff)
	}
	if f := w.family("left", 1); f.History == nil || !f.History.StateSince.Equal(start) || f.History.Reopened != 0 {
		t.Errorf("history %+v", f.History)
	}
	if n := len(w.judged()); n != 3 {
		t.Errorf("what is known now concerns %d items, want 3", n)
	}
	tracker.asked = nil
	pull()
	w.history(tracker, 500)
	if tracker.asked != nil || len(w.judged()) != 0 {
		t.Errorf("nothing changed, and %v was asked", tracker.asked)
	}

	w.now = start.Add(2 * time.Hour)
	done := func(i *backlog.Item) { i.State = backlog.State{Category: backlog.Done, Native: "Done"} }
	again := func(i *backlog.Item) { i.State = backlog.State{Category: backlog.ToDo, Native: "Open"} }
	tracker.Human().Change("1", done)
	tracker.Human().Change("1", again)
	pull()
	w.judged()
	w.history(tracker, 500)
	want := &backlog.History{StateSince: w.now, Activity: w.now, Reopened: 1}
	if diff := cmp.Diff(want, w.family("left", 1).History); diff != "" {
		t.Errorf("history (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"1"}, w.judged()); diff != "" {
		t.Errorf("to be judged again (-want +got):\n%s", diff)
	}

	// Until the past is read again, what was counted holds, and no time does.
	tracker.Human().HumanEdit("1", "Another title")
	pull()
	if diff := cmp.Diff(&backlog.History{Reopened: 1}, w.family("left", 1).History); diff != "" {
		t.Errorf("history in between (-want +got):\n%s", diff)
	}
}

func TestOurOwnWritingIsNoActivityAndAsksForNoHistory(t *testing.T) {
	w := newWorld(t)
	tracker := &asking{Tracker: memory.New(site("left"), func() time.Time { return w.now }, 10, item("left", 1, nil))}
	if _, err := w.pull("left", tracker); err != nil {
		t.Fatal(err)
	}
	w.history(tracker, 500)
	tracker.asked = nil
	id := backlog.ItemID{Site: site("left").ID, ID: "1"}
	w.now = start.Add(24 * time.Hour)
	change := backlog.Change{Intent: "i1", Item: id, Base: "1", AddLabels: []string{"hygiene"}}
	step := tracker.Steps(change)[0]
	if err := w.db.BeginIntent(t.Context(), change, []backlog.Step{step}, "plan"); err != nil {
		t.Fatal(err)
	}
	if err := w.db.MarkSent(t.Context(), "i1", 0); err != nil {
		t.Fatal(err)
	}
	receipt, err := tracker.Send(t.Context(), step)
	if err != nil || receipt.Outcome != backlog.Applied {
		t.Fatal(receipt, err)
	}
	if err := w.db.Record(t.Context(), backlog.StepResult{Intent: "i1", Receipt: receipt, Close: backlog.IntentApplied,
		Own: []backlog.Owned{{Item: id, Kind: backlog.OwnedLabel, Value: "hygiene", Intent: "i1", Since: w.now}}}); err != nil {
		t.Fatal(err)
	}
	seen, err := tracker.Fetch(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.db.CommitEcho(t.Context(), "left", seen[0].Item); err != nil {
		t.Fatal(err)
	}
	if _, err := w.pull("left", tracker); err != nil {
		t.Fatal(err)
	}
	w.history(tracker, 500)
	if tracker.asked != nil {
		t.Errorf("asked %v after our own writing", tracker.asked)
	}
	if f := w.family("left", 1); !f.Activity.Equal(start) || f.History == nil || !f.History.Activity.Equal(start) {
		t.Errorf("active %v, history %+v: our writing is no activity", f.Activity, f.History)
	}
	w.now = start.Add(48 * time.Hour)
	tracker.Human().HumanEdit("1", "A person was here")
	if _, err := w.pull("left", tracker); err != nil {
		t.Fatal(err)
	}
	w.history(tracker, 500)
	if f := w.family("left", 1); !f.Activity.Equal(w.now) || !f.History.Activity.Equal(w.now) {
		t.Errorf("active %v, history %+v: a person's edit is", f.Activity, f.History)
	}
}

func TestATrackerThatGivesNoHistoryStopsNothing(t *testing.T) {
	w := newWorld(t)
	var items []backlog.Item
	for n := range 10 {
		items = append(items, item("left", n+1, func(i *backlog.Item) { i.Changed = start.Add(time.Duration(n) * time.Minute) }))
	}
	tracker := &asking{Tracker: memory.New(site("left"), func() time.Time { return w.now }, 10, items...), down: true, chokes: "7"}
	if _, err := w.pull("left", tracker); err != nil {
		t.Fatal(err)
	}
	w.history(tracker, 500)
	if len(tracker.asked) != 1 {
		t.Errorf("a tracker that is down was asked %d times in one pass", len(tracker.asked))
	}
	tracker.down = false
	w.history(tracker, 500)
	for n := range 10 {
		if known := w.family("left", n+1).History != nil; known == (n == 6) {
			t.Errorf("history of %d is known: %v", n+1, known)
		}
	}
	tracker.asked = nil
	w.history(tracker, 500)
	if tracker.asked != nil {
		t.Errorf("asked again for what the tracker cannot give: %v", tracker.asked)
	}
}

func TestAHistoryOfAnEarlierRevisionIsNotKept(t *testing.T) {
	w := newWorld(t)
	tracker := memory.New(site("left"), func() time.Time { return w.now }, 10, item("left", 1, nil))
	if _, err := w.pull("left", tracker); err != nil {
		t.Fatal(err)
	}
	due, err := w.db.HistoryDue(t.Context(), site("left").ID, 10)
	if err != nil || len(due) != 1 || !due[0].Created.Equal(start) {
		t.Fatalf("due %+v, %v", due, err)
	}
	tracker.Human().HumanEdit("1", "Meanwhile")
	if _, err := w.pull("left", tracker); err != nil {
		t.Fatal(err)
	}
	changed, err := w.db.CommitHistory(t.Context(), site("left").ID, []backlog.Remembered{{PastDue: due[0], History: &backlog.History{Reopened: 9}}})
	if err != nil || changed != 0 || w.family("left", 1).History != nil {
		t.Errorf("%d changed, %v", changed, err)
	}
	if due, err = w.db.HistoryDue(t.Context(), site("left").ID, 10); err != nil || len(due) != 1 {
		t.Errorf("due %+v, %v", due, err)
	}
}

// What is worked off is found without looking at what is not due.
func BenchmarkHistoryDueWithNothingDue(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			db, err := store.Open(b.Context(), store.Settings{Path: b.TempDir() + "/x.db"}, time.Now, slog.New(slog.DiscardHandler))
			if err != nil {
				b.Fatal(err)
			}
			defer db.Close()
			if err := db.PinSite(b.Context(), "left", site("left")); err != nil {
				b.Fatal(err)
			}
			var seen []backlog.Sighting
			var read []backlog.Remembered
			for i := range n {
				it := item("left", i, nil)
				it.ID.Site, it.Revision = site("left").ID, "1"
				seen = append(seen, backlog.Sighting{ID: it.ID, Presence: backlog.Found, Item: it})
				read = append(read, backlog.Remembered{PastDue: backlog.PastDue{ID: it.ID, Revision: "1"}, History: &backlog.History{}})
			}
			if _, err := db.CommitSightings(b.Context(), "left", site("left").ID, seen, false); err != nil {
				b.Fatal(err)
			}
			if _, err := db.CommitHistory(b.Context(), site("left").ID, read); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if due, err := db.HistoryDue(b.Context(), site("left").ID, 500); err != nil || len(due) != 0 {
					b.Fatal(len(due), err)
				}
			}
		})
	}
}
