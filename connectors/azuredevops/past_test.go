package azuredevops

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/azuredevops/azuresim"
	"github.com/trackwarden/trackwarden/connectors/simulator"
)

// lived is an organisation whose clock the test moves, and a story made on
// 1 October, with everything that happens to stories.
func lived(t *testing.T) (*azuresim.World, *Tracker, int) {
	t.Helper()
	now := time.Date(2026, 10, 1, 9, 0, 0, 0, time.UTC)
	w, url := start(t, azuresim.Settings{Clock: func() time.Time { return now }})
	must(t, w.AddProject(azuresim.Project{Name: "Trains", Process: "Agile", Iterations: []azuresim.Iteration{
		{Path: `Sprint 1`, Start: time.Date(2026, 10, 5, 0, 0, 0, 0, time.UTC), Finish: time.Date(2026, 10, 16, 0, 0, 0, 0, time.UTC)},
		{Path: `Sprint 2`, Start: time.Date(2026, 10, 19, 0, 0, 0, 0, time.UTC), Finish: time.Date(2026, 10, 30, 0, 0, 0, 0, time.UTC)},
		{Path: `Some day`},
	}}))
	id := w.Create(map[string]any{"fields": map[string]any{"System.TeamProject": "Trains", "System.WorkItemType": "User Story", "System.Title": "Ride", "System.IterationPath": `Trains\Some day`}})
	bot := w.As(azuresim.Identity{Name: "Backlog Bot", Mail: "bot@fabrikam.example"})
	set := func(ref string, value any) func() error { return func() error { return w.SetField(id, ref, value) } }
	steps := []struct {
		day int
		do  func() error
	}{
		{2, set("System.IterationPath", `Trains\Sprint 1`)}, {6, set("System.State", "Active")},
		{7, set("Microsoft.VSTS.Scheduling.TargetDate", "2026-10-16T00:00:00Z")}, {12, set("Microsoft.VSTS.Scheduling.TargetDate", "2026-10-30T00:00:00Z")},
		{17, set("System.IterationPath", `Trains\Sprint 2`)}, {20, set("System.State", "Closed")}, {21, set("System.State", "Active")},
		{22, func() error { return w.Link(id, hierarchyUp, 6) }},
		{23, func() error { return bot.AddTag(id, "hygiene") }},
		{24, func() error { _, err := bot.AddComment(id, "**gaps**"); return err }},
	}
	for _, s := range steps {
		now = time.Date(2026, 10, s.day, 9, 0, 0, 0, time.UTC)
		must(t, s.do())
	}
	return w, connect(t, url, Settings{Projects: []string{"Trains"}}), id
}

func on(day int) time.Time { return time.Date(2026, 10, day, 9, 0, 0, 0, time.UTC) }

// What became of a story: states with what they mean, iterations that had begun
// when it left them, due dates, activity; our own tag and comment are none.
func TestHistory(t *testing.T) {
	_, tracker, id := lived(t)
	pasts, err := tracker.History(t.Context(), backlog.ItemID{Site: testSite, ID: fmt.Sprint(id)})
	must(t, err)
	trains := tracker.model.scope[0]
	sprint := func(name string) string { return trains.iterations[`trains\`+name].ID }
	want := []backlog.Event{
		{At: on(1), Field: backlog.StateEvent, To: "New", ToCategory: backlog.ToDo},
		{At: on(1), Field: backlog.IterationEvent, To: sprint("some day")},
		{At: on(2), Field: backlog.IterationEvent, From: sprint("some day"), To: sprint("sprint 1")},
		{At: on(6), Field: backlog.StateEvent, From: "New", To: "Active", FromCategory: backlog.ToDo, ToCategory: backlog.InProgress},
		{At: on(7), Field: backlog.DueEvent, To: "2026-10-16"},
		{At: on(12), Field: backlog.DueEvent, From: "2026-10-16", To: "2026-10-30"},
		{At: on(17), Field: backlog.IterationEvent, From: sprint("sprint 1"), To: sprint("sprint 2"), Begun: true},
		{At: on(20), Field: backlog.StateEvent, From: "Active", To: "Closed", FromCategory: backlog.InProgress, ToCategory: backlog.Done},
		{At: on(21), Field: backlog.StateEvent, From: "Closed", To: "Active", FromCategory: backlog.Done, ToCategory: backlog.InProgress},
		{At: on(22)}, {At: on(23), Ours: true}, {At: on(24), Ours: true},
	}
	if diff := cmp.Diff(want, pasts[0].Events); diff != "" || !pasts[0].Known || pasts[0].Cut {
		t.Errorf("known %t, cut %t (-want +got)\n%s", pasts[0].Known, pasts[0].Cut, diff)
	}
	told := backlog.History{StateSince: on(21), Activity: on(22), Reopened: 1, CarriedOver: 1, DueMoved: 1}
	if diff := cmp.Diff(told, pasts[0].History(on(1))); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// Of a long history every page is read; of one whose beginning is not given,
// that is said; what cannot be seen is not known, and what fails is an error.
func TestHistoryInPages(t *testing.T) {
	w, url := start(t, azuresim.Settings{})
	tracker := connect(t, url, Settings{})
	made := w.Create(map[string]any{"fields": map[string]any{"System.TeamProject": "Platform", "System.WorkItemType": "User Story", "System.Title": "Ride"}})
	for n := range 450 {
		must(t, w.SetField(made, "System.Title", fmt.Sprint("Title ", n)))
	}
	must(t, w.Hide(2))
	w.Truth().Reset()
	ids := []backlog.ItemID{{Site: testSite, ID: fmt.Sprint(made)}, {Site: testSite, ID: "2"}, {Site: testSite, ID: "99999999999"}}
	pasts, err := tracker.History(t.Context(), ids...)
	must(t, err)
	if len(pasts[0].Events) != 451 || pasts[0].Cut || pasts[1].Known || pasts[2].Known {
		t.Errorf("%d events, cut %t; known %t, %t", len(pasts[0].Events), pasts[0].Cut, pasts[1].Known, pasts[2].Known)
	}
	late := `{"value":[{"id":4,"rev":4,"fields":{"System.State":{"oldValue":"New","newValue":"Active"},"System.ChangedDate":{"newValue":"2026-11-20T08:00:00Z"}}}]}`
	w.Faults().Add(answer("(?i)/updates", http.StatusOK, late))
	pasts, err = tracker.History(t.Context(), ids[0])
	if must(t, err); !pasts[0].Cut || len(pasts[0].Events) != 1 {
		t.Errorf("a history without its beginning: %+v", pasts[0])
	}
	w.Faults().Clear()
	w.Faults().Add(simulator.Rule{Path: "(?i)/updates", Status: http.StatusServiceUnavailable})
	if _, err = tracker.History(t.Context(), ids[0]); err == nil {
		t.Error("a failure was taken for a history")
	}
}

// A person in our place, or we beyond our tags and comments, is activity.
func TestWhoseUpdates(t *testing.T) {
	me := identity{Descriptor: "aad.me", UniqueName: "bot@x"}
	l := teller{m: &model{me: me}}
	for name, c := range map[string]struct {
		u    update
		want bool
	}{
		"tags":            {update{By: me, Fields: map[string]edit{"System.Tags": {}, "System.Rev": {}, "System.Watermark": {}}}, true},
		"comment":         {update{By: me, Fields: map[string]edit{"System.History": {}, "System.CommentCount": {}}}, true},
		"somebody's tags": {update{By: identity{Descriptor: "aad.you"}, Fields: map[string]edit{"System.Tags": {}}}, false},
		"our title":       {update{By: me, Fields: map[string]edit{"System.Tags": {}, "System.Title": {}}}, false},
		"our link":        {update{By: me, Relations: new(json.RawMessage("{}")), Fields: map[string]edit{"System.Tags": {}}}, false},
		"nothing at all":  {update{By: me}, false},
	} {
		if got := l.ours(c.u); got != c.want {
			t.Errorf("%s: ours %t", name, got)
		}
	}
}
