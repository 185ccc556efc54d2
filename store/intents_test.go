package store_test

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/store"
)

func (w *world) audited() int64 {
	w.t.Helper()
	n, _, err := w.VerifyAudit(w.ctx(), jira)
	w.must(err)
	return n
}

func TestM02OneOpenIntentPerItem(t *testing.T) {
	w := newWorld(t)
	item, other := story(jira, "1", 0), story(jira, "2", 0)
	w.page(item, other)
	first := w.begin(item.ID, "hygiene")
	second := backlog.Change{Intent: w.NewIntentID(), Item: item.ID}
	steps := []backlog.Step{{Intent: second.Intent, Item: item.ID, Payload: json.RawMessage(`{}`)}}
	if err := w.BeginIntent(w.ctx(), second, steps, "plan"); !errors.Is(err, backlog.ErrBusy) {
		t.Fatalf("a second intent: %v", err)
	}
	w.now = w.now.Add(time.Second)
	w.begin(other.ID, "hygiene")
	w.reopen()
	open, err := w.OpenIntents(w.ctx(), jira)
	w.must(err)
	if len(open) != 2 || open[0].ID != first || open[0].State != backlog.IntentPlanned || open[0].PlanHash != "plan" ||
		len(open[0].Steps) != 1 || open[0].Steps[0].Summary != "set labels" || !open[0].Steps[0].SentAt.IsZero() || open[0].Change.AddLabels[0] != "hygiene" {
		t.Fatalf("open intents: %+v", open)
	}
	w.must(w.CloseIntent(w.ctx(), first, backlog.IntentReplaced, "no longer wanted"))
	if err := w.BeginIntent(w.ctx(), second, steps, "plan"); !errors.Is(err, backlog.ErrOvertaken) {
		t.Errorf("planned before the first was begun: %v", err)
	}
	second.Known = 1
	if err := w.BeginIntent(w.ctx(), second, steps, "plan"); err != nil {
		t.Errorf("planned after the first was closed: %v", err)
	}
	if err := w.MarkSent(w.ctx(), first, 0); err == nil {
		t.Error("a step of a closed intent may be sent")
	}
}

func TestAStepIsSentOnceAndRecordedOnce(t *testing.T) {
	w := newWorld(t)
	item := story(jira, "1", 0)
	w.page(item)
	intent := w.begin(item.ID, "hygiene")
	own := []backlog.Owned{{Item: item.ID, Kind: backlog.OwnedLabel, Value: "hygiene", Intent: intent, Since: w.now, Told: w.now}}
	applied := backlog.StepResult{Intent: intent, Receipt: backlog.Receipt{Outcome: backlog.Applied, Revision: "2"}, Own: own, Close: backlog.IntentApplied}
	if err := w.Record(w.ctx(), applied); err == nil {
		t.Fatal("an outcome of a step that never left was recorded")
	}
	w.must(w.MarkSent(w.ctx(), intent, 0))
	if err := w.MarkSent(w.ctx(), intent, 0); err == nil {
		t.Fatal("a step may be sent twice")
	}
	w.must(w.Record(w.ctx(), backlog.StepResult{Intent: intent, Receipt: backlog.Receipt{Outcome: backlog.Unknown}, Close: backlog.IntentUnknown}))
	if n := w.audited(); n != 0 {
		t.Errorf("an unknown outcome has %d audit rows", n)
	}
	open, err := w.OpenIntents(w.ctx(), jira)
	w.must(err)
	if len(open) != 1 || open[0].State != backlog.IntentUnknown || open[0].Steps[0].State != backlog.IntentUnknown || !open[0].Steps[0].SentAt.Equal(w.now) {
		t.Fatalf("open intents: %+v", open)
	}
	if err := w.MarkSent(w.ctx(), intent, 0); err == nil {
		t.Fatal("a step whose outcome is unknown may be sent again")
	}
	applied.Receipt.Recovered = true
	w.must(w.Record(w.ctx(), applied))
	if err := w.Record(w.ctx(), applied); err == nil {
		t.Error("an outcome was recorded twice")
	}
	if n := w.audited(); n != 1 {
		t.Errorf("%d audit rows, want exactly 1", n)
	}
	owned, err := w.Owned(w.ctx(), item.ID)
	w.must(err)
	if diff := cmp.Diff(own, owned); diff != "" {
		t.Errorf("owned (-want +got):\n%s", diff)
	}
	facts, err := store.RawValue[string](w.ctx(), w.DB, `SELECT facts FROM audit`)
	w.must(err)
	var told struct{ Receipt backlog.Receipt }
	w.must(json.Unmarshal([]byte(facts), &told))
	if !told.Receipt.Recovered {
		t.Errorf("the audit row does not say that it was recovered: %s", facts)
	}
}

func TestRecordIsAllOrNothing(t *testing.T) {
	w := newWorld(t)
	item := story(jira, "1", 0)
	w.page(item)
	intent := w.begin(item.ID, "hygiene")
	w.must(w.MarkSent(w.ctx(), intent, 0))
	result := backlog.StepResult{
		Intent: intent, Receipt: backlog.Receipt{Outcome: backlog.Applied},
		Own: []backlog.Owned{
			{Item: item.ID, Kind: backlog.OwnedLabel, Value: "hygiene", Intent: intent},
			{Item: backlog.ItemID{Site: jira, ID: "unknown"}, Kind: backlog.OwnedLabel, Value: "x"},
		},
	}
	if err := w.Record(w.ctx(), result); err == nil {
		t.Fatal("an annotation on an unknown item was kept")
	}
	owned, err := w.Owned(w.ctx(), item.ID)
	w.must(err)
	open, err := w.OpenIntents(w.ctx(), jira)
	w.must(err)
	if len(owned) != 0 || w.audited() != 0 || open[0].Steps[0].State != backlog.IntentSent {
		t.Errorf("half an outcome was kept: %v, %+v", owned, open)
	}
	result.Own, result.Receipt.Outcome, result.Close = nil, backlog.Unknown, backlog.IntentApplied
	if err := w.Record(w.ctx(), result); err == nil {
		t.Error("an intent ended on an unknown outcome")
	}
}

func TestX13TheAuditLogShowsTampering(t *testing.T) {
	w := newWorld(t)
	var items []backlog.Item
	for _, id := range []string{"1", "2", "3", "4"} {
		items = append(items, story(jira, id, 0))
	}
	w.page(items...)
	for _, item := range items {
		w.label(item, "hygiene")
	}
	if n := w.audited(); n != 4 {
		t.Fatalf("%d rows", n)
	}
	for _, damage := range []string{
		`UPDATE audit SET after = 'x' WHERE seq = 2`,
		`UPDATE audit SET at = at + 1 WHERE seq = 1`,
		`UPDATE audit SET facts = replace(facts, 'applied', 'refused') WHERE seq = 4`,
		`UPDATE audit SET step = 'x' WHERE seq = 3`,
		`UPDATE audit SET prev = hash WHERE seq = 3`,
		`DELETE FROM audit WHERE seq = 1`,
		`DELETE FROM audit WHERE seq = 2`,
		`UPDATE audit SET seq = 9 WHERE seq = 4`,
	} {
		w.must(w.Raw(w.ctx(), `SAVEPOINT damage`))
		w.must(w.Raw(w.ctx(), damage))
		w.must(w.Raw(w.ctx(), `RELEASE damage`))
		if _, _, err := w.VerifyAudit(w.ctx(), jira); !errors.Is(err, store.ErrTampered) {
			t.Errorf("%s: %v", damage, err)
		}
		w = again(t, items)
	}
}

// again is a fresh world with the same items labelled.
func again(t *testing.T, items []backlog.Item) *world {
	w := newWorld(t)
	w.page(items...)
	for _, item := range items {
		w.label(item, "hygiene")
	}
	return w
}

func TestCandidatesHaveWhatPlanningNeeds(t *testing.T) {
	w := newWorld(t)
	ten, two, clean, done := story(jira, "10", 0), story(jira, "2", 0), story(jira, "3", 0), story(jira, "4", 0)
	w.page(ten, two, clean, done)
	w.judge(ten, finding(ten, "story/stale", "", w.now))
	w.judge(two, finding(two, "story/big", "", w.now), finding(two, "story/stale", "", w.now))

	intent := w.begin(two.ID, "hygiene")
	w.must(w.MarkSent(w.ctx(), intent, 0))
	comment := backlog.Owned{Item: two.ID, Kind: backlog.OwnedComment, Value: "77", Hash: "h", Shows: []string{"story/big"}, Intent: intent, Since: w.now, Told: w.now}
	w.must(w.Record(w.ctx(), backlog.StepResult{Intent: intent, Receipt: backlog.Receipt{Outcome: backlog.Applied}, Own: []backlog.Owned{comment}, Close: backlog.IntentApplied}))
	w.now = w.now.Add(time.Hour)
	big := w.openFindings(two)[0]
	w.save(backlog.Judged{Judgement: backlog.Judgement{Subject: subject(two)}, Closed: []int64{big.ID}, At: w.now})

	bad := w.begin(ten.ID, "bad label")
	w.must(w.MarkSent(w.ctx(), bad, 0))
	w.must(w.Record(w.ctx(), backlog.StepResult{Intent: bad, Receipt: backlog.Receipt{Outcome: backlog.Refused, Refusal: backlog.Invalid, Reason: "no spaces"}, Close: backlog.IntentRefused}))
	w.begin(ten.ID, "hygiene")

	var got []backlog.Candidate
	err := w.EachCandidate(w.ctx(), jira, false, func(c backlog.Candidate) time.Time {
		got = append(got, c)
		return time.Time{}
	})
	w.must(err)
	slices.Reverse(got)
	if len(got) != 2 || got[0].Key != "SHOP-2" || got[1].Key != "SHOP-10" {
		t.Fatalf("candidates %+v", got)
	}
	c := got[0]
	if len(c.Open) != 1 || len(c.Fixed) != 1 || c.Fixed[0].ID != big.ID || c.Busy || c.Parked != "" || c.Connection != "shop" {
		t.Errorf("first: %+v", c)
	}
	if diff := cmp.Diff([]backlog.Owned{comment}, c.Owned); diff != "" {
		t.Errorf("owned (-want +got):\n%s", diff)
	}
	c = got[1]
	parked := backlog.Change{Item: ten.ID, AddLabels: []string{"bad label"}}.ContentHash()
	if len(c.Open) != 1 || !c.Busy || c.Parked != parked || c.ParkedWhy != "no spaces" {
		t.Errorf("second: %+v", c)
	}
	one, ok, err := w.Candidate(w.ctx(), two.ID)
	w.must(err)
	if diff := cmp.Diff(got[0], one); !ok || diff != "" {
		t.Errorf("one candidate (-list +one):\n%s", diff)
	}
	if _, ok, err := w.Candidate(w.ctx(), clean.ID); ok || err != nil {
		t.Errorf("a clean item is a candidate: %v, %v", ok, err)
	}

	edit := w.NewIntentID()
	w.must(w.BeginIntent(w.ctx(), backlog.Change{Intent: edit, Item: two.ID, Known: one.Known}, []backlog.Step{{Intent: edit, Item: two.ID, Payload: json.RawMessage(`{}`)}}, ""))
	w.must(w.MarkSent(w.ctx(), edit, 0))
	comment.Hash, comment.Intent, comment.Since = "h2", edit, w.now
	w.must(w.Record(w.ctx(), backlog.StepResult{Intent: edit, Receipt: backlog.Receipt{Outcome: backlog.Applied}, Own: []backlog.Owned{comment}, Close: backlog.IntentApplied}))
	one, _, err = w.Candidate(w.ctx(), two.ID)
	w.must(err)
	if o := one.Owned[0]; o.Hash != "h2" || !o.Since.Equal(w.now.Add(-time.Hour)) || len(one.Fixed) != 1 {
		t.Errorf("an edited comment keeps its date: %+v, fixed %v", o, one.Fixed)
	}
}
