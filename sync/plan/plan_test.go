package plan_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/sync/plan"
)

var now = time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC) // a Tuesday

func settings() plan.Settings {
	return plan.Settings{
		Connection: "shop", Owner: "trackwarden", All: true, Comment: plan.CommentRule{Always: true},
		Umbrella: "hygiene", Prefix: "hygiene:", HelpURL: "https://help.example", Zone: time.UTC, Words: plan.BuiltInWords(),
		Rights: map[string]backlog.Rights{"1": {Project: "1", Edit: true, Comment: true}},
		Policies: map[string]plan.Policy{
			"story/a": {ID: "story/a", Title: "No acceptance criteria", Remedy: "Two checks.", Label: "no-acceptance-criteria", Writes: true},
			"story/b": {ID: "story/b", Title: "No owner", Remedy: "Assign someone.", Label: "no-owner", Writes: true},
			"story/c": {ID: "story/c", Title: "Dependency cycle", Remedy: "Cut one link.", Label: "dependency-cycle", Writes: true},
			"story/r": {ID: "story/r", Title: "Stale", Label: "stale"},
		},
	}
}

func finding(policy string, severity backlog.Severity) backlog.Finding {
	return backlog.Finding{Policy: policy, Fingerprint: policy, Severity: severity, Message: "The field is empty.", Opened: now.AddDate(0, 0, -7)}
}

func view(findings ...backlog.Finding) backlog.View {
	v := backlog.View{}
	v.Item = backlog.Item{
		ID: backlog.ItemID{Site: "jira:1", ID: "10001"}, Key: "SHOP-1", Revision: "7", Level: backlog.Story, Project: backlog.Project{ID: "1"},
		Labels: []string{"mobile"}, Created: now.AddDate(0, -1, 0), Activity: now.AddDate(0, 0, -8),
	}
	v.Presence, v.Open = backlog.Found, findings
	return v
}

func own(kind backlog.OwnedKind, value string) backlog.Owned {
	return backlog.Owned{Kind: kind, Value: value}
}

func world() plan.World { return plan.World{Now: now} }

func TestFirstWriteSetsUmbrellaAndTwoLabelsTheWeightiestFirst(t *testing.T) {
	v := view(finding("story/a", backlog.Warning), finding("story/b", backlog.Warning), finding("story/c", backlog.Error), finding("story/r", backlog.Warning))
	change, held := plan.One(v, settings(), world())
	want := []string{"hygiene", "hygiene:dependency-cycle", "hygiene:no-acceptance-criteria"}
	if diff := cmp.Diff(want, change.AddLabels); diff != "" || held != "" {
		t.Errorf("labels (-want +got):\n%s held %q", diff, held)
	}
	if change.Comment == nil || !strings.Contains(change.Comment.Markdown, "**Backlog check: 3 gaps**") {
		t.Errorf("comment %+v", change.Comment)
	}
	if strings.Contains(change.Comment.Markdown, "Stale") {
		t.Error("a policy that reports only must not speak on the item")
	}
}

// after carries out a change as a tracker would.
func after(v backlog.View, change backlog.Planned) backlog.View {
	labels := append([]string{}, v.Labels...)
	for _, l := range change.AddLabels {
		labels = append(labels, l)
		v.Owned = append(v.Owned, own(backlog.OwnedLabel, l))
	}
	for _, gone := range change.RemoveLabels {
		labels = drop(labels, gone)
		v.Owned = dropOwned(v.Owned, gone)
	}
	v.Labels = labels
	if change.Comment != nil {
		v.Owned = dropOwned(v.Owned, "c1")
		o := own(backlog.OwnedComment, "c1")
		o.Hash, o.Shows = change.Comment.Marker.Hash, change.Comment.Shows
		v.Owned = append(v.Owned, o)
		v.Comments = []backlog.Comment{{ID: "c1", Marker: change.Comment.Marker}}
	}
	v.Fresh = true
	return v
}

func drop(all []string, gone string) []string {
	var rest []string
	for _, a := range all {
		if a != gone {
			rest = append(rest, a)
		}
	}
	return rest
}

func dropOwned(all []backlog.Owned, gone string) []backlog.Owned {
	var rest []backlog.Owned
	for _, a := range all {
		if a.Value != gone {
			rest = append(rest, a)
		}
	}
	return rest
}

func TestAPlanCarriedOutPlansToNothingTodayAndTomorrow(t *testing.T) {
	v := view(finding("story/a", backlog.Warning), finding("story/b", backlog.Warning), finding("story/c", backlog.Error))
	change, _ := plan.One(v, settings(), world())
	v = after(v, change)
	for _, days := range []int{0, 1, 40} {
		again, held := plan.One(v, settings(), plan.World{Now: now.AddDate(0, 0, days)})
		if !again.Empty() || held != "" {
			t.Errorf("after %d days: %+v, held %q", days, again.Change, held)
		}
	}
}

func TestCureLiftsOurLabelsAndSaysThanksOnce(t *testing.T) {
	v := view(finding("story/a", backlog.Warning))
	change, _ := plan.One(v, settings(), world())
	v = after(v, change)
	fixed := v.Open[0]
	fixed.Closed = now
	v.Open, v.Fixed = nil, []backlog.Finding{fixed}
	cure, _ := plan.One(v, settings(), world())
	if diff := cmp.Diff([]string{"hygiene", "hygiene:no-acceptance-criteria"}, cure.RemoveLabels); diff != "" {
		t.Errorf("labels (-want +got):\n%s", diff)
	}
	if cure.Comment == nil || cure.Comment.ID != "c1" || !strings.Contains(cure.Comment.Markdown, "all clear since 24 Nov 2026.** Thank you.") {
		t.Errorf("comment %+v", cure.Comment)
	}
	v = after(v, cure)
	if diff := cmp.Diff([]string{"mobile"}, v.Labels); diff != "" {
		t.Errorf("the person's label must stay:\n%s", diff)
	}
	if again, _ := plan.One(v, settings(), world()); !again.Empty() {
		t.Errorf("silence after thanks, got %+v", again.Change)
	}
}

func TestU05WhatIsNotOursIsNeverTouched(t *testing.T) {
	v := view(finding("story/a", backlog.Warning))
	v.Labels = []string{"Hygiene"} // a person was first
	change, _ := plan.One(v, settings(), world())
	if diff := cmp.Diff([]string{"hygiene:no-acceptance-criteria"}, change.AddLabels); diff != "" {
		t.Errorf("labels (-want +got):\n%s", diff)
	}
	v = after(v, change)
	v.Open = nil
	cure, _ := plan.One(v, settings(), world())
	if diff := cmp.Diff([]string{"hygiene:no-acceptance-criteria"}, cure.RemoveLabels); diff != "" {
		t.Errorf("labels (-want +got):\n%s", diff)
	}
}

func TestALabelTakenOffByAPersonIsNotPutBack(t *testing.T) {
	v := view(finding("story/a", backlog.Warning))
	change, _ := plan.One(v, settings(), world())
	v = after(v, change)
	v.Labels = []string{"mobile", "hygiene"}
	again, held := plan.One(v, settings(), world())
	if !again.Empty() || !strings.Contains(held, "took off the label hygiene:no-acceptance-criteria") {
		t.Errorf("got %+v, held %q", again.Change, held)
	}
}

func TestFirstWordsWaitForHorizonAndSettling(t *testing.T) {
	s := settings()
	s.All, s.AfterCreation, s.AfterEdit = false, 8*time.Hour, 30*time.Minute
	sprint := backlog.Iteration{ID: "48", State: "active"}
	for name, tc := range map[string]struct {
		change func(*backlog.View)
		held   string
	}{
		"planned and settled": {func(v *backlog.View) { v.Iterations = []backlog.Iteration{sprint} }, ""},
		"not planned":         {func(*backlog.View) {}, "report only"},
		"too new":             {func(v *backlog.View) { v.Iterations, v.Created = []backlog.Iteration{sprint}, now.Add(-7*time.Hour) }, "created less than 8 hours ago"},
		"just edited":         {func(v *backlog.View) { v.Iterations, v.Activity = []backlog.Iteration{sprint}, now.Add(-time.Minute) }, "edited less than 30 minutes ago"},
		"in progress":         {func(v *backlog.View) { v.State.Category = backlog.InProgress }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			v := view(finding("story/a", backlog.Warning))
			tc.change(&v)
			change, held := plan.One(v, s, world())
			if change.Empty() != (tc.held != "") || !strings.Contains(held, tc.held) {
				t.Errorf("change %+v, held %q", change.Change, held)
			}
		})
	}
}

func TestWhatWasSaidStaysSaidWhenTheItemIsEditedOrReplanned(t *testing.T) {
	v := view(finding("story/a", backlog.Warning), finding("story/b", backlog.Warning), finding("story/c", backlog.Error))
	change, _ := plan.One(v, settings(), world())
	v = after(v, change)
	s := settings()
	s.All, s.AfterEdit = false, 30*time.Minute
	v.Activity = now
	if again, held := plan.One(v, s, world()); !again.Empty() || held != "" {
		t.Errorf("got %+v, held %q", again.Change, held)
	}
}

func TestWeekendsDoNotCount(t *testing.T) {
	s := settings()
	s.AfterCreation = 8 * time.Hour
	friday, monday := time.Date(2026, 11, 20, 20, 0, 0, 0, time.UTC), time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC)
	v := view(finding("story/a", backlog.Warning))
	v.Created = friday
	if change, _ := plan.One(v, s, plan.World{Now: monday}); !change.Empty() {
		t.Error("seven working hours are less than eight")
	}
	if change, _ := plan.One(v, s, plan.World{Now: monday.Add(time.Hour)}); change.Empty() {
		t.Error("eight working hours are enough")
	}
}

func TestNothingIsPlannedOnWhatIsBusyOrNotFound(t *testing.T) {
	busy := view(finding("story/a", backlog.Warning))
	busy.Busy = true
	hidden := view(finding("story/a", backlog.Warning))
	hidden.Presence = backlog.Hidden
	for _, v := range []backlog.View{busy, hidden} {
		if change, held := plan.One(v, settings(), world()); !change.Empty() || held == "" {
			t.Errorf("got %+v, held %q", change.Change, held)
		}
	}
}

func TestARefusedChangeIsNotSentAgain(t *testing.T) {
	v := view(finding("story/a", backlog.Warning))
	change, _ := plan.One(v, settings(), world())
	v.Parked, v.ParkedWhy = change.ContentHash(), "text too long"
	again, held := plan.One(v, settings(), world())
	if !again.Empty() || !strings.Contains(held, "text too long") {
		t.Errorf("got %+v, held %q", again.Change, held)
	}
}

func TestNextIterationIsTheFirstAheadOfItsSequence(t *testing.T) {
	s := settings()
	s.All = false
	next := backlog.Iteration{ID: "49", Board: "1", State: "future", Start: now.AddDate(0, 0, 7)}
	later := backlog.Iteration{ID: "50", Board: "1", State: "future", Start: now.AddDate(0, 0, 21)}
	elsewhere := backlog.Iteration{ID: "9", Board: "2", State: "future"}
	w := plan.World{Now: now, Iterations: []backlog.Iteration{later, next, elsewhere}}
	for it, want := range map[*backlog.Iteration]bool{&next: true, &later: false, &elsewhere: true} {
		v := view(finding("story/a", backlog.Warning))
		v.Iterations = []backlog.Iteration{*it}
		if change, _ := plan.One(v, s, w); change.Empty() == want {
			t.Errorf("iteration %s: planned %v, want %v", it.ID, !change.Empty(), want)
		}
	}
}

func TestALabelInAnotherSpellingThatIsNotOursStays(t *testing.T) {
	v := view()
	v.Labels = []string{"hygiene", "Hygiene"} // Jira tells them apart
	v.Owned = []backlog.Owned{own(backlog.OwnedLabel, "hygiene")}
	change, _ := plan.One(v, settings(), world())
	if diff := cmp.Diff([]string{"hygiene"}, change.RemoveLabels); diff != "" {
		t.Errorf("removed (-want +got):\n%s", diff)
	}
	v.Labels = []string{"HYGIENE"} // Azure DevOps spells a tag as it was first made
	change, _ = plan.One(v, settings(), world())
	if diff := cmp.Diff([]string{"HYGIENE"}, change.RemoveLabels); diff != "" {
		t.Errorf("removed (-want +got):\n%s", diff)
	}
}

func closed(policy string, days int) backlog.Finding {
	f := finding(policy, backlog.Warning)
	f.Closed = now.AddDate(0, 0, -days)
	return f
}

func TestRightsDecideWhatIsPlanned(t *testing.T) {
	s, v := settings(), view(finding("story/a", backlog.Warning))
	s.Rights["1"] = backlog.Rights{Project: "1", Edit: true}
	change, held := plan.One(v, s, world())
	if len(change.AddLabels) == 0 || change.Comment != nil || held == "" {
		t.Errorf("without the right to comment: %+v, held %q", change.Change, held)
	}
	s.Rights["1"] = backlog.Rights{Project: "1", Comment: true}
	if change, held = plan.One(v, s, world()); !change.Empty() || held == "" {
		t.Errorf("without the right to edit: %+v, held %q", change.Change, held)
	}
	v.Project.ID = "elsewhere"
	if change, held = plan.One(v, s, world()); !change.Empty() || held == "" {
		t.Errorf("outside the scope: %+v, held %q", change.Change, held)
	}
}
