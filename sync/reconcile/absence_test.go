package reconcile_test

import (
	"strings"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/memory"
	"github.com/trackwarden/trackwarden/sync/pull"
)

const (
	hour = time.Hour
	day  = 24 * time.Hour
)

func TestR10AProjectThatBecameInvisibleFreezesAlone(t *testing.T) {
	w := newTown(t)
	w.later(0)
	w.labels("11", flagged...)
	w.veil.blind["2"] = true
	w.cure("3")
	for range 3 {
		o := w.later(hour)
		if c := w.covered(o, "PAY"); c.State != backlog.Failed || c.Seen != 2 || o.Complete() {
			t.Errorf("coverage %+v, complete %v", c, o.Complete())
		}
	}
	if o := w.planned(); !strings.Contains(w.held(o, "PAY-11"), "in doubt") || w.held(o, "SHOP-3") != "" {
		t.Errorf("nobody is told why nothing is written: %+v", o.Plan.Held)
	}
	w.labels("3", "mobile")
	w.labels("11", flagged...)
	w.wantFindings(criteria, "PAY-11", "PAY-12")
	if n := w.warned("project is in doubt"); n != 1 {
		t.Errorf("%d alerts", n)
	}
	w.veil.blind["2"] = false
	w.cure("11")
	if o := w.later(hour); !o.Complete() {
		t.Errorf("coverage %+v", o.Pull.Coverage)
	}
	w.labels("11", "mobile")
	w.labels("12", flagged...)
}

func TestR10WithoutNamedProjectsAnInvisibleOneIsNotTakenForOneThatLeft(t *testing.T) {
	w := newTown(t)
	w.settings(pull.Settings{})
	w.later(0)
	w.veil.built = func(s *backlog.Site) { s.Projects, s.Missing = s.Projects[:1], nil }
	if c := w.covered(w.later(hour), "PAY"); c.State != backlog.Failed {
		t.Errorf("coverage %+v", c)
	}
	w.wantFindings(criteria, "PAY-11", "PAY-12", "SHOP-3")
}

func TestR11OneHiddenItemFreezes(t *testing.T) {
	w := newTown(t)
	w.later(0)
	w.veil.hidden["3"] = true
	o := w.later(2 * day)
	if c := w.covered(o, "SHOP"); c.Missing != 1 || c.State != backlog.Complete || !strings.Contains(c.Reason, "1 items are not shown") {
		t.Errorf("coverage %+v", c)
	}
	w.people.Change("3", func(i *backlog.Item) { i.Title = "edited out of sight" })
	before := w.people.Writes()
	w.later(hour)
	if o := w.planned(); !strings.Contains(w.held(o, "SHOP-3"), "does not show") || w.people.Writes() != before {
		t.Errorf("%d writes, held %+v", w.people.Writes()-before, o.Plan.Held)
	}
	w.wantFindings(criteria, "PAY-11", "PAY-12", "SHOP-3")
	w.veil.hidden["3"] = false
	w.cure("3")
	if c := w.covered(w.later(2*day), "SHOP"); c.Missing != 0 {
		t.Errorf("back, and still %+v", c)
	}
	w.labels("3", "mobile")
	w.comments("3", 1)
}

func TestR12ARealDeletionIsKnownByItsEvidence(t *testing.T) {
	w := newTown(t)
	w.later(0)
	w.people.Delete("3")
	c := w.covered(w.later(hour), "SHOP")
	if c.Departed != 1 || c.Missing != 0 || c.Seen != 2 {
		t.Errorf("coverage %+v", c)
	}
	w.wantFindings(criteria, "PAY-11", "PAY-12")
	if n := w.cures(); n != 0 {
		t.Errorf("%d cures are claimed of a deleted item", n)
	}
	if c := w.covered(w.later(8*day), "SHOP"); c.Departed != 0 {
		t.Errorf("told for more than a week: %+v", c)
	}
}

func TestR13NotFoundAloneTakesSeveralCensusesAndDays(t *testing.T) {
	w := newTown(t)
	w.later(0)
	w.veil.hidden["3"] = true
	w.later(25 * hour)
	for range 5 {
		if c := w.covered(w.later(25*hour), "SHOP"); c.Missing != 1 || c.Departed != 0 {
			t.Fatalf("given up early: %+v", c)
		}
	}
	w.wantFindings(criteria, "PAY-11", "PAY-12", "SHOP-3")
	w.later(25 * hour)
	c := w.covered(w.later(25*hour), "SHOP")
	if c.Missing != 0 || c.Departed != 1 {
		t.Errorf("coverage %+v", c)
	}
	w.wantFindings(criteria, "PAY-11", "PAY-12")
	if n := w.cures(); n != 0 {
		t.Errorf("%d cures are claimed", n)
	}
	w.labels("3", flagged...) // nothing is taken off it
}

func TestR13TimeAloneIsNotEnough(t *testing.T) {
	w := newTown(t)
	w.later(0)
	w.veil.hidden["3"] = true
	w.later(2 * day)
	if c := w.covered(w.later(30*day), "SHOP"); c.Missing != 1 {
		t.Errorf("two censuses gave it up: %+v", c)
	}
	if c := w.covered(w.later(day), "SHOP"); c.Departed != 1 {
		t.Errorf("three censuses over a month did not: %+v", c)
	}
}

// crowd is many stories in PAY.
func crowd(t *testing.T, n int) []backlog.Item {
	h := newHouse(t)
	var items []backlog.Item
	for i := range n {
		items = append(items, h.story(string(rune('a'+i/26))+string(rune('a'+i%26)), pay(), func(i *backlog.Item) { i.Text.Criteria = []string{"fine"} }))
	}
	return items
}

func TestR09ACensusThatLostManyIsInDoubt(t *testing.T) {
	for _, cut := range []int{40, 62} {
		w := newTown(t, crowd(t, 60)...)
		w.later(0)
		w.veil.cut["2"] = cut
		w.cure("3")
		w.cure("11")
		c := w.covered(w.later(2*day), "PAY")
		if c.State != backlog.Suspect || c.Seen != 62 || c.Missing != 0 {
			t.Errorf("%d cut: coverage %+v", cut, c)
		}
		w.labels("11", flagged...)
		w.labels("3", "mobile")
		w.veil.cut["2"] = 0
		w.later(hour)
		w.labels("11", "mobile")
	}
}

func TestR09ADropThatAPersonAcceptsIsBelieved(t *testing.T) {
	w := newTown(t, crowd(t, 60)...)
	w.later(0)
	for _, item := range crowd(t, 60) {
		w.veil.hidden[item.ID.ID] = true
	}
	if c := w.covered(w.later(2*day), "PAY"); c.State != backlog.Suspect || c.Missing != 0 {
		t.Errorf("coverage %+v", c)
	}
	if n, err := w.db.Accept(t.Context(), "shop", "pay"); n != 1 || err != nil {
		t.Fatalf("%d projects, %v", n, err)
	}
	if c := w.covered(w.later(hour), "PAY"); c.State != backlog.Complete || c.Missing != 60 {
		t.Errorf("coverage %+v", c)
	}
}

func TestR09AMassMoveExplainsADrop(t *testing.T) {
	w := newTown(t, crowd(t, 60)...)
	w.later(0)
	for _, item := range crowd(t, 60) {
		w.people.Move(item.ID.ID)
	}
	c := w.covered(w.later(2*day), "PAY")
	if c.State != backlog.Complete || c.Departed != 60 || c.Seen != 2 {
		t.Errorf("coverage %+v", c)
	}
}

func TestR14R15AnItemThatMovedKeepsItsIdentity(t *testing.T) {
	w := newTown(t)
	w.later(0)
	w.people.Change("3", func(i *backlog.Item) { i.Project, i.Key = pay(), "PAY-99" })
	o := w.later(2 * day)
	w.comments("3", 1)
	w.wantFindings(criteria, "PAY-11", "PAY-12", "PAY-99")
	if c := w.covered(o, "PAY"); c.Seen != 3 || c.Missing+w.covered(o, "SHOP").Missing != 0 {
		t.Errorf("coverage %+v", o.Pull.Coverage)
	}
}

func TestR16AKeyThatIsUsedAgainIsAnotherItem(t *testing.T) {
	w := newTown(t)
	w.later(0)
	w.veil.hidden["3"] = true
	w.people.Change("11", func(i *backlog.Item) { // takes over key and address
		i.Key, i.URL, i.Project = "SHOP-3", "https://tracker.example/SHOP-3", site().Projects[0]
		i.Text.Criteria = []string{"fine"}
	})
	w.later(2 * day)
	w.labels("11", "mobile")
	w.labels("3", flagged...)
	w.comments("3", 1)
	w.veil.hidden["3"] = false
	w.cure("3")
	w.later(2 * day)
	w.labels("3", "mobile")
	w.comments("3", 1)
}

func TestB10WhatWasWrittenInAProjectThatLeftTheScopeIsListedAndLeft(t *testing.T) {
	w := newTown(t)
	w.later(0)
	before := w.people.Writes()
	w.settings(pull.Settings{Projects: []string{"SHOP"}})
	w.veil.built = func(s *backlog.Site) { s.Projects = s.Projects[:1] }
	for range 2 {
		o := w.later(hour)
		if why := w.held(o, "PAY-11"); !strings.Contains(why, "left the scope") || !strings.Contains(why, "label hygiene") || !strings.Contains(why, "comment") {
			t.Errorf("held: %+v", o.Plan.Held)
		}
		if len(o.Pull.Coverage) != 1 || !o.Complete() {
			t.Errorf("coverage %+v", o.Pull.Coverage)
		}
	}
	w.labels("11", flagged...)
	w.wantFindings(criteria, "SHOP-3")
	if w.cures() != 0 || w.people.Writes() != before {
		t.Errorf("%d cures, %d writes", w.cures(), w.people.Writes()-before)
	}
	w.settings(pull.Settings{Projects: []string{"SHOP", "PAY"}})
	w.veil.built = nil
	w.later(hour)
	w.wantFindings(criteria, "PAY-11", "PAY-12", "SHOP-3")
	w.comments("11", 1)
}

func TestB10AnItemThatLeftTheScopeIsNoLongerJudged(t *testing.T) {
	w := newTown(t)
	w.later(0)
	w.people.Move("3")
	o := w.later(2 * day)
	w.wantFindings(criteria, "PAY-11", "PAY-12")
	if c := w.covered(o, "SHOP"); c.Departed != 1 || w.cures() != 0 || !strings.Contains(w.held(o, "ELSE-3"), "left the scope") {
		t.Errorf("coverage %+v, cures %d, held %+v", c, w.cures(), o.Plan.Held)
	}
	w.labels("3", flagged...)
}

func TestNothingIsConcludedWithoutItsCanary(t *testing.T) {
	w := newTown(t)
	w.settings(pull.Settings{Projects: []string{"SHOP", "PAY"}, Canaries: []string{"SHOP-1", "PAY-12"}})
	w.later(0)
	w.veil.hidden["12"], w.veil.hidden["11"], w.veil.hidden["3"] = true, true, true
	o := w.later(2 * day)
	if c := w.covered(o, "PAY"); c.State != backlog.Failed || c.Missing != 0 || !strings.Contains(c.Reason, "canary PAY-12") {
		t.Errorf("coverage %+v", c)
	}
	if c := w.covered(o, "SHOP"); c.State != backlog.Complete || c.Missing != 1 {
		t.Errorf("coverage %+v", c)
	}
	w.wantFindings(criteria, "PAY-11", "PAY-12", "SHOP-3")
}

func TestP17TheCensusOfOneProjectDoesNotHoldUpTheOthers(t *testing.T) {
	w := newTown(t)
	w.veil.fails["2"] = errDown
	o := w.later(0)
	if w.covered(o, "PAY").State != backlog.Failed || w.covered(o, "SHOP").State != backlog.Complete {
		t.Errorf("coverage %+v", o.Pull.Coverage)
	}
	w.labels("3", flagged...)
	w.labels("11", "mobile")
	w.veil.fails["2"] = nil
	w.later(hour)
	w.labels("11", flagged...)
}

func TestANeighbourInDoubtDoesNotClear(t *testing.T) {
	w := newTown(t)
	w.orphan("2", "3", "11", "12")
	w.later(20 * day)
	const policy = "feature/no-stories"
	w.wantFindings(policy, "SHOP-1")
	w.veil.fails["2"] = errDown
	w.people.Change("11", func(i *backlog.Item) { i.Parent = &backlog.Ref{ID: backlog.ItemID{Site: "memory:1", ID: "1"}} })
	w.later(2 * day)
	w.wantFindings(policy, "SHOP-1")
	w.veil.fails["2"] = nil
	w.later(hour)
	w.wantFindings(policy)
}

func TestNobodyIsAccusedBeforeEverythingWasSeenOnce(t *testing.T) {
	w := newTown(t)
	w.orphan("2", "3", "11", "12")
	w.veil.fails["2"] = errDown
	w.later(20 * day)
	w.wantFindings("feature/no-stories")
	w.veil.fails["2"] = nil
	w.later(hour)
	w.wantFindings("feature/no-stories", "SHOP-1")
}

func TestContextIsReadAgainAndUnknownWhenItCannotBe(t *testing.T) {
	w := newTown(t)
	elsewhere := backlog.Project{ID: "9", Key: "ELSE"}
	epic := w.story("9", elsewhere, func(i *backlog.Item) { i.Level, i.Type, i.Parent = backlog.Feature, "Epic", nil })
	items := append(w.items(), epic)
	items[1].Parent = &backlog.Ref{ID: backlog.ItemID{Site: "memory:1", ID: "9"}}
	w.tracker = memory.New(twoProjects(), w.clock, 50, items...)
	w.people, w.veil.Tracker = w.tracker.Human(), w.tracker
	w.later(0)
	parent := func() *backlog.Stored {
		families, err := w.db.Families(t.Context(), []backlog.ItemID{{Site: "memory:1", ID: "2"}})
		if err != nil || len(families) != 1 {
			t.Fatal(families, err)
		}
		return families[0].Parent
	}
	if p := parent(); p == nil || p.Presence != backlog.Context {
		t.Fatalf("parent %+v", p)
	}
	w.people.HumanEdit("9", "Renamed")
	w.later(2 * day)
	if p := parent(); p == nil || p.Title != "Renamed" {
		t.Errorf("parent %+v", p)
	}
	w.veil.hidden["9"] = true
	w.later(2 * day)
	if p := parent(); p != nil {
		t.Errorf("unreadable is unknown, got %+v", p)
	}
	w.wantFindings("story/orphan") // and a parent all the same
	w.veil.hidden["9"] = false
	w.later(2 * day)
	if p := parent(); p == nil {
		t.Error("it is there again")
	}
	w.labels("9", "mobile")
}

func TestAnItemThatTheQueryNoLongerFitsLeavesTheScope(t *testing.T) {
	w := newTown(t)
	w.settings(pull.Settings{Projects: []string{"SHOP", "PAY"}, Narrow: true})
	w.later(0)
	w.veil.unfit = map[string]bool{"3": true}
	if c := w.covered(w.later(2*day), "SHOP"); c.Departed != 0 || c.Missing != 0 {
		t.Errorf("once may be an index that lags: %+v", c)
	}
	w.wantFindings(criteria, "PAY-11", "PAY-12", "SHOP-3")
	if c := w.covered(w.later(2*day), "SHOP"); c.Departed != 1 || c.State != backlog.Complete {
		t.Errorf("coverage %+v", c)
	}
	w.wantFindings(criteria, "PAY-11", "PAY-12")
	w.veil.unfit = nil
	w.later(2 * day)
	w.wantFindings(criteria, "PAY-11", "PAY-12", "SHOP-3")
}
