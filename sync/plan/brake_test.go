package plan_test

import (
	"fmt"
	"testing"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/sync/plan"
)

// many plans n changes of a project, so many of which take a label off.
func many(project string, n, removals int) (all []backlog.Planned) {
	for i := range n {
		c := backlog.Planned{Change: backlog.Change{
			Item: backlog.ItemID{Site: "jira:1", ID: fmt.Sprint(project, i)}, Project: backlog.ProjectID{Site: "jira:1", ID: project},
			AddLabels: []string{"hygiene"},
		}}
		if i < removals {
			c.AddLabels, c.RemoveLabels = nil, []string{"hygiene"}
		}
		all = append(all, c)
	}
	return all
}

func TestB02AndP14P15TheBrakeParksWhatChangesTooMuchOfAProject(t *testing.T) {
	brake := plan.Brake{Changes: 5, AtLeast: 50, Removals: 2, RemovalsAtLeast: 20}
	for name, c := range map[string]struct {
		changes, removals, items int
		isNew, parked            bool
	}{
		"few of a small project":                 {50, 0, 60, false, false},
		"one more than that":                     {51, 0, 60, false, true},
		"many, and few of a large project":       {100, 0, 2000, false, false},
		"more than its share of a large project": {101, 0, 2000, false, true},
		"few removals of a small project":        {20, 20, 60, false, false},
		"one removal more (P15)":                 {21, 21, 60, false, true},
		"few removals of a large project":        {40, 40, 2000, false, false},
		"too many removals of a large project":   {41, 41, 2000, false, true},
		"writing is new there":                   {300, 0, 400, true, false},
		"writing is new there, but removals":     {300, 21, 400, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			all := append(many("SHOP", c.changes, c.removals), many("FIND", 3, 1)...)
			sizes := map[backlog.ProjectID]int{all[0].Project: c.items, all[len(all)-1].Project: 100}
			isNew := func(backlog.ProjectID) bool { return c.isNew }
			free, parked := brake.Hold(all, sizes, isNew, func(backlog.Planned) bool { return false })
			if got := len(parked) == 1; got != c.parked {
				t.Fatalf("parked %v, want %v", got, c.parked)
			}
			if want := map[bool]int{true: 3, false: len(all)}[c.parked]; len(free) != want {
				t.Errorf("%d changes are free, want %d", len(free), want)
			}
			if !c.parked {
				return
			}
			if p := parked[0]; p.Changes != c.changes || p.Removals != c.removals || p.Items != c.items || p.Hash != p.Plan.Hash() {
				t.Errorf("parked %+v", p)
			}
			content := map[string]bool{}
			for _, change := range parked[0].Plan.Changes {
				content[change.ContentHash()] = true
			}
			free, parked = brake.Hold(all, sizes, isNew, func(p backlog.Planned) bool { return content[p.ContentHash()] })
			if len(free) != len(all) || len(parked) != 0 {
				t.Errorf("after the approval %d are free and %d plans parked", len(free), len(parked))
			}
		})
	}
	if _, parked := (plan.Brake{}).Hold(many("SHOP", 1000, 1000), nil, nil, nil); parked != nil {
		t.Error("no brake parks")
	}
}
