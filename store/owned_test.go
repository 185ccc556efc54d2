package store_test

import (
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// Azure DevOps spells a tag as it was first made there, so what we take off
// may be spelt otherwise than what we put on.
func TestALabelTakenOffInAnotherSpellingIsNoLongerOurs(t *testing.T) {
	w := newWorld(t)
	item := story(jira, "1", 0)
	w.page(item)
	for _, r := range []backlog.StepResult{
		{Own: []backlog.Owned{{Item: item.ID, Kind: backlog.OwnedLabel, Value: "hygiene"}, {Item: item.ID, Kind: backlog.OwnedLabel, Value: "hygiene:stale"}}},
		{Disown: []backlog.Owned{{Item: item.ID, Kind: backlog.OwnedLabel, Value: "Hygiene"}}},
	} {
		r.Intent, r.Receipt, r.Close = w.begin(item.ID, "hygiene"), backlog.Receipt{Outcome: backlog.Applied}, backlog.IntentApplied
		w.must(w.MarkSent(w.ctx(), r.Intent, 0))
		w.must(w.Record(w.ctx(), r))
	}
	owned, err := w.Owned(w.ctx(), item.ID)
	w.must(err)
	if len(owned) != 1 || owned[0].Value != "hygiene:stale" {
		t.Errorf("owned: %+v", owned)
	}
}

// How our write left the item may not have been stored. That a person took the
// label off a while later shows all the same, and one that is put back then is
// theirs. What changed about when we wrote may be older than our write.
func TestU04ALabelTakenOffAnItemThatWasNeverStoredWithIt(t *testing.T) {
	for after, refused := range map[time.Duration]bool{time.Minute: false, 6 * time.Minute: true, 24 * time.Hour: false} {
		w := newWorld(t)
		item := story(jira, "1", 0)
		w.page(item)
		w.label(item, "hygiene")
		item.Changed, item.Title = w.now.Add(after), "edited"
		w.now = w.now.Add(10 * time.Minute)
		w.page(item)
		owned, err := w.Owned(w.ctx(), item.ID)
		w.must(err)
		if len(owned) != 1 || (owned[0].Kind == backlog.RefusedLabel) != refused {
			t.Errorf("%s after: owned: %+v", after, owned)
		}
	}
}
