package store_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// commitTo commits to a change of an item, with what it costs.
func (w *world) commitTo(item backlog.Item, intent string, change backlog.Change) error {
	w.t.Helper()
	change.Intent, change.Item = intent, item.ID
	return w.BeginIntent(w.ctx(), change, []backlog.Step{{Intent: intent, Item: item.ID, Payload: json.RawMessage(`{}`)}}, "plan")
}

func TestABudgetIsReservedWithTheIntentAndGivenBackWithIt(t *testing.T) {
	w := newWorld(t)
	items := []backlog.Item{story(jira, "1", 0), story(jira, "2", 0), story(jira, "3", 0)}
	w.page(items...)
	charges := []backlog.Charge{
		{Scope: "hour shop", Period: "2026-11-24T10", Cost: 1, Limit: 100, What: "100 changes per hour"},
		{Scope: "project SHOP", Period: "2026-11-24", Cost: 1, Limit: 2, What: "2 changes per project and day"},
	}
	used := func(want int) {
		t.Helper()
		for _, c := range charges {
			got, err := w.Used(w.ctx(), c.Scope, c.Period)
			w.must(err)
			same(t, "used of "+c.Scope, got, want)
		}
	}
	used(0)
	w.must(w.commitTo(items[0], "a", backlog.Change{Charges: charges}))
	w.must(w.commitTo(items[1], "b", backlog.Change{Charges: charges}))
	used(2)
	var over *backlog.OverBudget
	if err := w.commitTo(items[2], "c", backlog.Change{Charges: charges}); !errors.As(err, &over) || over.Charge.Scope != "project SHOP" {
		t.Fatalf("the third change of two: %v", err)
	}
	used(2) // what was refused costs nothing of the other budget either
	w.must(w.CloseIntent(w.ctx(), "a", backlog.IntentReplaced, "nothing was sent"))
	used(1)
	w.must(w.MarkSent(w.ctx(), "b", 0))
	w.must(w.Record(w.ctx(), backlog.StepResult{Intent: "b", Receipt: backlog.Receipt{Outcome: backlog.Refused}, Close: backlog.IntentRefused}))
	used(1) // a request was made
	w.must(w.commitTo(items[2], "c", backlog.Change{Charges: charges}))
	used(2)
	for i := range charges {
		charges[i].Period = "tomorrow"
	}
	w.must(w.commitTo(items[0], "d", backlog.Change{Charges: charges, Known: 1}))
	used(1)
}

func TestM03OnlyWhoHoldsTheLeaseWrites(t *testing.T) {
	w := newWorld(t)
	items := []backlog.Item{story(jira, "1", 0), story(jira, "2", 0)}
	w.page(items...)
	acquire := func(holder string, want bool) backlog.Lease {
		t.Helper()
		lease, ours, err := w.Acquire(w.ctx(), "shop", holder, time.Minute)
		w.must(err)
		same(t, holder+" has it", ours, want)
		return lease
	}
	first := acquire("one", true)
	if other := acquire("two", false); other.Holder != "one" {
		t.Errorf("the lease is said to be held by %q", other.Holder)
	}
	w.now = w.now.Add(30 * time.Second)
	same(t, "the term after prolonging", acquire("one", true).Term, first.Term)
	w.must(w.commitTo(items[0], "a", backlog.Change{Term: first.Term}))
	w.must(w.MarkSent(w.ctx(), "a", 0))
	w.must(w.commitTo(items[1], "b", backlog.Change{Term: first.Term}))

	w.now = w.now.Add(61 * time.Second) // the first one was stopped for a while
	if err := w.MarkSent(w.ctx(), "b", 0); !errors.Is(err, backlog.ErrFenced) {
		t.Errorf("sending after the lease ran out: %v", err)
	}
	second := acquire("two", true)
	same(t, "the second term", second.Term, first.Term+1)
	outcome := backlog.StepResult{Intent: "a", Term: first.Term, Receipt: backlog.Receipt{Outcome: backlog.Applied}, Close: backlog.IntentApplied}
	if err := w.Record(w.ctx(), outcome); !errors.Is(err, backlog.ErrFenced) {
		t.Errorf("recording for an earlier term: %v", err)
	}
	outcome.Term = second.Term // who holds it now has found it by reading
	w.must(w.Record(w.ctx(), outcome))
	if err := w.commitTo(items[0], "c", backlog.Change{Term: first.Term, Known: 1}); !errors.Is(err, backlog.ErrFenced) {
		t.Errorf("beginning for an earlier term: %v", err)
	}
	w.must(w.Release(w.ctx(), first)) // not theirs any more: changes nothing
	acquire("one", false)
	w.must(w.Release(w.ctx(), second))
	same(t, "the third term", acquire("one", true).Term, second.Term+1)
}

func TestASwitchStopsTheNextRequest(t *testing.T) {
	w := newWorld(t)
	item := story(jira, "1", 0)
	w.page(item)
	w.must(w.commitTo(item, "a", backlog.Change{}))
	for _, scope := range []string{"", "shop"} {
		w.must(w.SwitchOff(w.ctx(), scope, "freeze"))
		w.must(w.SwitchOff(w.ctx(), scope, "release freeze"))
		if err := w.MarkSent(w.ctx(), "a", 0); !errors.Is(err, backlog.ErrPaused) || err.Error() != "writing is paused: release freeze" {
			t.Errorf("while %q is off: %v", scope, err)
		}
		stops, err := w.Switches(w.ctx())
		w.must(err)
		if len(stops) != 1 || stops[0].Scope != scope || stops[0].Since != w.now {
			t.Errorf("stops %+v", stops)
		}
		stopped, err := w.SwitchOn(w.ctx(), scope)
		w.must(err)
		same(t, "it was off", stopped, true)
	}
	w.must(w.SwitchOff(w.ctx(), "platform", ""))
	w.must(w.MarkSent(w.ctx(), "a", 0))
}

func same[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}
