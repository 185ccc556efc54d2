package reconcile_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/trackwarden/trackwarden/backlog"
)

// filledTown has six stories in PAY whose acceptance criteria are filled, and
// SHOP-3 without.
func filledTown(t *testing.T) *town {
	var more []backlog.Item
	h := newHouse(t)
	for n := range 6 {
		more = append(more, h.story(fmt.Sprint(20+n), pay(), func(i *backlog.Item) {
			i.Text.Criteria = []string{"fine"}
			i.Filled = i.Filled.With(backlog.FieldAcceptanceCriteria)
		}))
	}
	w := newTown(t, more...)
	w.people.Change("2", func(i *backlog.Item) { i.Filled = i.Filled.With(backlog.FieldAcceptanceCriteria) })
	return w
}

// without takes the acceptance criteria off stories of a project, as its
// administrator does.
func without(project, renamed string) func(*backlog.Site) {
	return func(s *backlog.Site) {
		for i, t := range s.Types {
			t.Names = map[string]string{"acceptance_criteria": "Acceptance criteria"}
			if t.Project == project && t.Name == "Story" {
				t.Used = 0
				if renamed != "" {
					t.Names = map[string]string{"acceptance_criteria": renamed}
				} else {
					t.Layout &^= backlog.FieldSet(0).With(backlog.FieldAcceptanceCriteria)
				}
			}
			s.Types[i] = t
		}
	}
}

func TestR17AFieldThatVanishedOrWasRenamedSuspendsItsPolicies(t *testing.T) {
	for _, renamed := range []string{"", "Definition of done"} {
		w := filledTown(t)
		w.veil.built = without("", "")
		w.later(0)
		w.labels("3", flagged...)
		w.veil.built = without("1", renamed)
		for range 3 {
			w.later(hour)
		}
		w.cure("3") // or so it looks
		w.cure("11")
		o := w.later(hour)
		w.labels("3", flagged...)
		w.labels("11", "mobile")
		if c := w.covered(o, "SHOP"); !strings.Contains(c.Reason, "policies that need it are suspended") {
			t.Errorf("%q: coverage %+v", renamed, c)
		}
		if n := w.warned("field cannot be trusted"); n != 1 {
			t.Errorf("%q: %d alerts", renamed, n)
		}
		w.veil.built = without("", "")
		w.later(hour)
		w.labels("3", "mobile")
		if c := w.covered(w.later(hour), "SHOP"); c.Reason != "" {
			t.Errorf("%q: coverage %+v", renamed, c)
		}
	}
}

func TestR17WhatAPersonDeclaresIsBelieved(t *testing.T) {
	w := filledTown(t)
	w.veil.built = without("", "")
	w.later(0)
	w.veil.built = without("1", "Definition of done")
	w.later(hour)
	w.cure("3")
	w.later(hour)
	w.labels("3", flagged...)
	if _, err := w.db.Accept(t.Context(), "shop", ""); err != nil {
		t.Fatal(err)
	}
	w.later(hour)
	w.labels("3", "mobile")
}

func TestR18ValuesThatVanishFromOneProjectSuspendItThere(t *testing.T) {
	w := filledTown(t)
	w.later(0)
	empty := func(n int) {
		w.people.Change(fmt.Sprint(20+n), func(i *backlog.Item) { i.Text.Criteria, i.Filled = nil, 0 })
	}
	for n := range 6 {
		empty(n)
	}
	o := w.later(hour)
	if keys := w.findings(criteria); slices.Contains(keys, "PAY-20") {
		t.Errorf("accused for a field that vanished: %v", keys)
	}
	w.wantFindings(criteria, "PAY-11", "PAY-12", "SHOP-3")
	if c := w.covered(o, "PAY"); !strings.Contains(c.Reason, "became empty on many items") {
		t.Errorf("coverage %+v", c)
	}
	w.cure("11")
	w.later(2 * day)
	w.labels("11", flagged...)
	if n := w.warned("field cannot be trusted"); n != 1 {
		t.Errorf("%d alerts", n)
	}
	for n := range 6 {
		w.people.Change(fmt.Sprint(20+n), func(i *backlog.Item) {
			i.Text.Criteria, i.Filled = []string{"fine"}, i.Filled.With(backlog.FieldAcceptanceCriteria)
		})
	}
	w.later(hour)
	w.labels("11", "mobile")
}

func TestR18AFewEmptiedItemsAreWhatPeopleDo(t *testing.T) {
	w := filledTown(t)
	w.later(0)
	w.people.Change("20", func(i *backlog.Item) { i.Text.Criteria, i.Filled = nil, 0 })
	w.later(hour)
	w.wantFindings(criteria, "PAY-11", "PAY-12", "PAY-20", "SHOP-3")
}
