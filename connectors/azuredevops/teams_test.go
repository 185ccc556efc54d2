package azuredevops

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/azuredevops/azuresim"
)

// A bug is on the level on which the team of its area plans bugs; the settings'
// word on it is final. Teams are asked anew now and then, and a change of mind
// has the project read again.
func TestBugsByTeam(t *testing.T) {
	now := today
	w, url := start(t, azuresim.Settings{Clock: func() time.Time { return now }})
	must(t, w.AddProject(azuresim.Project{
		Name: "Trains", Process: "Agile", Bugs: "asRequirements", Areas: []string{`Red`, `Red\Deep`, `Blue`},
		Teams: []azuresim.Team{{Name: "Red", Areas: []string{`Red`}}, {Name: "Blue", Areas: []string{`Blue`}}},
	}))
	bug := func(area string) string {
		id := w.AddWorkItem(map[string]any{"fields": map[string]any{
			"System.TeamProject": "Trains", "System.WorkItemType": "Bug", "System.Title": "It breaks", "System.AreaPath": area}})
		return strconv.Itoa(id)
	}
	root, red, deep, blue := bug(`Trains`), bug(`Trains\Red`), bug(`Trains\Red\Deep`), bug(`Trains\Blue`)
	tracker := connect(t, url, Settings{Projects: []string{"Trains"}})
	describe(t, tracker)
	teams, err := tracker.listTeams(t.Context(), tracker.model.scope[0])
	must(t, err)
	if len(teams) != 3 {
		t.Fatalf("teams %v", teams)
	}
	behave := func(team, behavior string) {
		w.Faults().Add(answer("(?i)/"+team+"/_apis/work/teamsettings$", http.StatusOK, `{"bugsBehavior":"`+behavior+`"}`))
	}
	behave(teams[1], "asTasks")
	behave(teams[2], "off")
	now = now.Add(teamsEvery)
	check := func(tracker *Tracker, since backlog.Mark, want map[string]backlog.Level) backlog.Mark {
		t.Helper()
		describe(t, tracker)
		page, err := round(t, tracker, since)
		must(t, err)
		for key, level := range want {
			if got := last(page.Items, key); got.Level != level || got.Kind != backlog.Bug {
				t.Errorf("bug %s of %s is on level %q, want %q", key, got.Area, got.Level, level)
			}
		}
		return page.Mark
	}
	mark := check(tracker, nil, map[string]backlog.Level{root: backlog.Story, red: backlog.Task, deep: backlog.Task, blue: ""})
	check(connect(t, url, Settings{Projects: []string{"Trains"}, Levels: map[backlog.Level][]string{backlog.Story: {"Bug"}}}), nil,
		map[string]backlog.Level{red: backlog.Story, blue: backlog.Story})

	w.Truth().Reset()
	describe(t, tracker)
	for _, e := range w.Truth().Entries() {
		if strings.Contains(e.Path, "teamsettings") {
			t.Errorf("asked again: %s", e.Path)
		}
	}
	w.Faults().Clear()
	behave(teams[1], "off")
	now = now.Add(teamsEvery)
	check(tracker, mark, map[string]backlog.Level{root: backlog.Story, red: "", blue: backlog.Story})

	w.Faults().Add(answer("(?i)/teams|/teamsettings", http.StatusForbidden, `{}`))
	now = now.Add(teamsEvery)
	check(tracker, nil, map[string]backlog.Level{red: "", blue: backlog.Story}) // as they said last
	check(connect(t, url, Settings{Projects: []string{"Trains"}}), nil, map[string]backlog.Level{red: backlog.Story, blue: backlog.Story})
}

// What learning costs: four requests, three more a project, and what its teams
// say of themselves once in a while.
func TestDescribeCosts(t *testing.T) {
	w, url := start(t, azuresim.Settings{})
	tracker := connect(t, url, Settings{})
	describe(t, tracker)
	w.Truth().Reset()
	describe(t, tracker)
	if n := len(w.Truth().Entries()); n != 4+3 {
		for _, e := range w.Truth().Entries() {
			t.Log(e.Method, e.Path)
		}
		t.Errorf("%d requests", n)
	}
}
