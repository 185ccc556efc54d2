package reconcile_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/memory"
	"github.com/trackwarden/trackwarden/store"
	"github.com/trackwarden/trackwarden/sync/reconcile"
)

// awkward is the reference tracker with a will of its own about single items.
type awkward struct {
	*memory.Tracker
	comments, resolve map[string]error           // by id
	deny              map[string]backlog.Refusal // by id
	fetched           func(id string)
	sent              map[string]int
}

func (a *awkward) Comments(ctx context.Context, id backlog.ItemID) ([]backlog.Comment, error) {
	if err := a.comments[id.ID]; err != nil {
		return nil, err
	}
	return a.Tracker.Comments(ctx, id)
}

func (a *awkward) Resolve(ctx context.Context, s backlog.Step) (backlog.Receipt, error) {
	if err := a.resolve[s.Item.ID]; err != nil {
		return backlog.Receipt{}, err
	}
	return a.Tracker.Resolve(ctx, s)
}

func (a *awkward) Send(ctx context.Context, s backlog.Step) (backlog.Receipt, error) {
	if a.sent == nil {
		a.sent = map[string]int{}
	}
	a.sent[s.Item.ID]++
	if why, denied := a.deny[s.Item.ID]; denied {
		return backlog.Receipt{Outcome: backlog.Refused, Refusal: why, Reason: "not here"}, nil
	}
	return a.Tracker.Send(ctx, s)
}

func (a *awkward) Fetch(ctx context.Context, ids ...backlog.ItemID) ([]backlog.Sighting, error) {
	if a.fetched != nil {
		a.fetched(ids[0].ID)
	}
	return a.Tracker.Fetch(ctx, ids...)
}

// use puts an awkward tracker in place, with two stories that lack something.
func (h *house) use(a *awkward) *house {
	a.Tracker = h.tracker
	h.people.Change("2", func(item *backlog.Item) { item.Text.Criteria = nil })
	h.r.Connections[0].Reader, h.r.Connections[0].Writer = a, a
	return h
}

// try does one pass that may go wrong.
func (h *house) try() reconcile.Outcome {
	h.t.Helper()
	result, err := h.r.Pass(h.t.Context(), reconcile.Apply, false)
	if err != nil {
		h.t.Fatal(err)
	}
	return result.Connections[0]
}

var flagged = []string{"mobile", "hygiene", "hygiene:no-acceptance-criteria"}

func TestOneItemThatCannotBeReadDoesNotStopTheOthers(t *testing.T) {
	h := newHouse(t).use(&awkward{comments: map[string]error{"2": errors.New("no sense in it")}})
	o := h.try()
	h.labels("3", flagged...)
	if o.Writes.Failed == 0 || len(o.Writes.Held) == 0 {
		t.Errorf("nobody was told: %+v", o.Writes)
	}
}

func TestOneOutcomeThatCannotBeFoundDoesNotStopTheOthers(t *testing.T) {
	a := &awkward{resolve: map[string]error{"2": errors.New("no sense in it")}}
	h := newHouse(t).use(a)
	h.people.LoseNextAnswer(false)
	h.people.Change("3", func(item *backlog.Item) { item.Text.Criteria = []string{"fine for now"} })
	h.try()
	h.people.Change("3", func(item *backlog.Item) { item.Text.Criteria = nil })
	h.now = h.now.Add(time.Hour)
	h.try()
	h.labels("3", flagged...)
	a.resolve = nil
	h.try()
	h.labels("2", flagged...)
}

func TestAnItemThatAnotherProcessWritesOnDoesNotStopTheOthers(t *testing.T) {
	h := newHouse(t)
	a := &awkward{}
	a.fetched = func(id string) {
		if id != "2" {
			return
		}
		a.fetched = nil
		change := backlog.Change{Intent: "theirs", Item: backlog.ItemID{Site: "memory:1", ID: "2"}}
		if err := h.db.BeginIntent(t.Context(), change, []backlog.Step{{Intent: "theirs", Item: change.Item, Payload: json.RawMessage(`{}`)}}, ""); err != nil {
			t.Error(err)
		}
	}
	h.use(a)
	if o := h.try(); o.Err != nil {
		t.Errorf("got %v", o.Err)
	}
	h.labels("2", "mobile")
	h.labels("3", flagged...)
}

func TestOneItemThatMayNotBeWrittenOnDoesNotStarveTheOthers(t *testing.T) {
	a := &awkward{deny: map[string]backlog.Refusal{"2": backlog.Denied}}
	h := newHouse(t).use(a)
	for range 5 {
		h.try()
		h.now = h.now.Add(time.Minute)
	}
	h.labels("3", flagged...)
	if a.sent["2"] != 1 {
		t.Errorf("a refused write was repeated %d times within minutes", a.sent["2"]-1)
	}
	a.deny = nil
	h.now = h.now.Add(25 * time.Hour)
	h.try()
	h.labels("2", flagged...)
}

func TestALostAnswerIsLookedForAfterTheClockWasSetBack(t *testing.T) {
	h := newHouse(t)
	right := h.now
	h.now = right.AddDate(1, 0, 0)
	h.people.LoseNextAnswer(true)
	h.pass()
	h.now = right
	for range 3 {
		h.now = h.now.Add(5 * time.Minute)
		h.pass()
	}
	open, err := h.db.OpenIntents(t.Context(), "memory:1")
	if err != nil || len(open) != 0 {
		t.Errorf("%d intents are open still, error %v", len(open), err)
	}
}

func TestAnItemOfAnotherLevelLosesWhatOnlyTheOldLevelWants(t *testing.T) {
	h := newHouse(t)
	h.pass()
	h.labels("3", flagged...)
	h.people.Change("3", func(item *backlog.Item) { item.Type, item.Level = "Epic", backlog.Feature })
	h.now = h.now.Add(time.Hour)
	h.pass()
	if slices.Contains(h.people.Labels("3"), "hygiene:no-acceptance-criteria") {
		t.Errorf("a feature bears a story's label: %v", h.people.Labels("3"))
	}
}

func TestAnItemThatLeftTheScopeIsNotWrittenOn(t *testing.T) {
	h := newHouse(t)
	if _, err := h.r.Pass(t.Context(), reconcile.Check, false); err != nil {
		t.Fatal(err)
	}
	h.people.Move("3")
	for range 3 {
		h.now = h.now.Add(time.Hour)
		h.pass()
	}
	h.labels("3", "mobile")
	h.comments("3", 0)
}

func TestNothingIsSentWhereWeMayNotEdit(t *testing.T) {
	h := newHouse(t)
	s := site()
	s.Rights[0].Edit = false
	h.tracker = memory.New(s, h.clock, 2, h.items()...)
	h.r.Connections[0].Reader, h.r.Connections[0].Writer = h.tracker, h.tracker
	o := h.pass()
	if o.Writes.Requests != 0 || len(o.Plan.Held) == 0 {
		t.Errorf("%d requests, held %+v", o.Writes.Requests, o.Plan.Held)
	}
}

func TestAnItemWithABrokenTextIsWrittenOnAllTheSame(t *testing.T) {
	h := newHouse(t)
	h.people.HumanEdit("3", "search\x00 \xff\xfeall")
	h.now = h.now.Add(time.Hour)
	for range 2 {
		h.pass()
	}
	h.labels("3", flagged...)
	if o := h.pass(); o.Writes.Requests != 0 {
		t.Errorf("%d writes at rest", o.Writes.Requests)
	}
}

func TestALabelThatAPersonPutBackIsTheirs(t *testing.T) {
	h := newHouse(t)
	h.pass()
	for _, add := range []bool{false, true} {
		h.people.HumanLabel("3", "hygiene", add)
		h.now = h.now.Add(time.Hour)
		h.pass()
	}
	h.people.Change("3", func(item *backlog.Item) { item.Text.Criteria = []string{"cured"} })
	h.now = h.now.Add(time.Hour)
	h.pass()
	h.labels("3", "mobile", "hygiene")
}

func TestAPassThatWasStoppedWhileJudgingIsInTheBooks(t *testing.T) {
	h := newHouse(t)
	ctx, stop := context.WithCancel(t.Context())
	a := &awkward{Tracker: h.tracker}
	h.r.Connections[0].Reader = a
	h.r.Evaluator.Clock = func() time.Time { stop(); return h.now }
	if _, err := h.r.Pass(ctx, reconcile.Check, false); err == nil {
		t.Fatal("it was not stopped")
	}
	passes, err := h.db.LastPasses(t.Context())
	if err != nil || passes["shop"].Ended.IsZero() || !strings.Contains(passes["shop"].Problem, "cancel") {
		t.Errorf("pass %+v, error %v", passes["shop"], err)
	}
}

func TestAProjectThatIsNamedTwiceDoesNotBreakThePass(t *testing.T) {
	h := newHouse(t)
	s := site()
	s.Missing = []string{"SHOP", "GHOST", "GHOST"}
	h.tracker = memory.New(s, h.clock, 2, h.items()...)
	h.r.Connections[0].Reader, h.r.Connections[0].Writer = h.tracker, h.tracker
	if o := h.try(); o.Complete() {
		t.Error("what is missing was forgotten")
	}
	passes, err := h.db.LastPasses(t.Context())
	if err != nil || len(passes["shop"].Coverage) != 2 {
		t.Fatalf("pass %+v, error %v", passes["shop"], err)
	}
	for _, c := range passes["shop"].Coverage {
		if c.State != backlog.Failed {
			t.Errorf("%s is %s", c.Project, c.State)
		}
	}
}

// hasty lets another process end an intent before its step is marked as sent.
type hasty struct {
	*store.DB
	done bool
}

func (h *hasty) MarkSent(ctx context.Context, intent string, n int) error {
	if !h.done {
		h.done = true
		if err := h.CloseIntent(ctx, intent, backlog.IntentReplaced, "another process took it for left over"); err != nil {
			return err
		}
	}
	return h.DB.MarkSent(ctx, intent, n)
}

func TestAnIntentThatAnotherProcessEndedIsPlannedAnew(t *testing.T) {
	h := newHouse(t).use(&awkward{})
	h.r.Store = &hasty{DB: h.db}
	h.pass()
	h.labels("2", flagged...)
	h.labels("3", flagged...)
	h.comments("2", 1)
}

// terse does not say which comment it edited.
type terse struct{ *memory.Tracker }

func (t terse) Send(ctx context.Context, s backlog.Step) (backlog.Receipt, error) {
	r, err := t.Tracker.Send(ctx, s)
	var c backlog.Change
	if json.Unmarshal(s.Payload, &c) == nil && c.Comment != nil && c.Comment.ID != "" {
		r.Comment = ""
	}
	return r, err
}

func TestAnEditedCommentStaysOursThoughTheTrackerDoesNotNameIt(t *testing.T) {
	h := newHouse(t)
	h.pass()
	h.r.Connections[0].Writer = terse{h.tracker}
	for _, criteria := range [][]string{{"cured"}, nil, {"cured"}} {
		h.people.Change("3", func(item *backlog.Item) { item.Text.Criteria = criteria })
		h.now = h.now.Add(24 * time.Hour)
		h.pass()
	}
	h.comments("3", 1)
	owned, err := h.db.Owned(t.Context(), backlog.ItemID{Site: "memory:1", ID: "3"})
	if err != nil || len(owned) != 1 || owned[0].Value == "" {
		t.Errorf("owned %+v, error %v", owned, err)
	}
}
