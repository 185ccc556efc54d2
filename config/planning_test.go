package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/config"
)

const planned = `connections:
  - name: shop
    kind: jira
    url: https://shop.example
    auth: {token: {env: SHOP_TOKEN}}
    scope: {projects: [SHOP]}
trains:
  - {name: Retail, increments: [{name: PI 1, start: 2026-10-05, end: 2026-12-13, planning_ends: 2026-10-07, match: {label: pi-1}}]}
teams: [{name: Checkout, train: Retail, match: {project: SHOP}}, {name: Search, train: Retail, match: {label: search}}]
people: [{name: olga}]
planning: {folders: [plan]}
`

// plan loads a configuration with one planning file beside it.
func loadPlan(t *testing.T, settings, file string) (*config.Config, error) {
	t.Helper()
	folder := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("plan/pi-1.yaml", file)
	write("plan/README.md", "not read: {")
	return config.Load(write("trackwarden.yaml", settings), func(name string) (string, bool) { return "secret", name == "SHOP_TOKEN" })
}

func TestPlanningFilesAreRead(t *testing.T) {
	c, err := loadPlan(t, planned+"  # inline\n", `objectives:
  - {team: Checkout, increment: PI 1, title: Guests can pay, planned: 8, actual: 7, committed: true, measure: orders by guests}
  - {increment: PI 1, title: One catalogue}
capacity: [{team: Search, iteration: Sprint 48, points: 21}]
risks: [{title: The supplier is late, roam: owned, owner: olga, raised: 2026-10-06}]
investment: [{kind: enabler, share: 20}]
`)
	if err != nil {
		t.Fatal(err)
	}
	eight, seven := 8.0, 7.0
	want := backlog.Planning{
		Objectives: []backlog.Objective{
			{Train: "Retail", Team: "Checkout", Increment: "PI 1", Title: "Guests can pay", Planned: &eight, Actual: &seven, Committed: true, Measure: "orders by guests"},
			{Train: "Retail", Increment: "PI 1", Title: "One catalogue"},
		},
		Capacity:   []backlog.Capacity{{Team: "Search", Iteration: "Sprint 48", Points: 21}},
		Risks:      []backlog.PlanRisk{{Train: "Retail", Title: "The supplier is late", ROAM: "owned", Owner: "olga", Raised: "2026-10-06"}},
		Investment: []backlog.Investment{{Train: "Retail", Kind: "enabler", Share: 20}},
	}
	if diff := cmp.Diff(want, c.Plan()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if ends := c.Organisation().Trains[0].Increments[0].PlanningEnds; ends != "2026-10-07" {
		t.Errorf("planning ends %q", ends)
	}
}

func TestWhatIsWrongInAPlanningFileIsSaidWithFileAndLine(t *testing.T) {
	for name, tc := range map[string]struct{ file, want string }{
		"unknown key":    {"objectives:\n  - {increment: PI 1, titel: x}\n", `pi-1.yaml:2: unknown key "titel": did you mean "title"?`},
		"missing":        {"objectives:\n  - {increment: PI 1}\n", "pi-1.yaml:2: objectives[0].title is missing: fill it in"},
		"no such team":   {"\ncapacity: [{team: Serch, iteration: S, points: 1}]\n", `pi-1.yaml:2: capacity[0].team: there is no team "Serch": did you mean "Search"?`},
		"no increment":   {"objectives: [{increment: PI 9, title: x}]\n", `pi-1.yaml:1: objectives[0].increment: there is no increment "PI 9"`},
		"value":          {"objectives: [{increment: PI 1, title: x, planned: 11}]\n", "must be a business value from 1 to 10"},
		"twice":          {"objectives: [{increment: PI 1, title: x}, {increment: PI 1, title: x}]\n", "objectives[1] was said before"},
		"roam":           {"risks: [{title: x, roam: ignored}]\n", "must be resolved or owned or accepted or mitigated"},
		"owner":          {"risks: [{title: x, owner: nobody}]\n", `there is no person "nobody"`},
		"kind and theme": {"investment: [{kind: bug, theme: x, share: 3}]\n", "must name a kind or a theme, and not both"},
		"share":          {"investment: [{kind: bug, share: 101}]\n", "must be a percentage from 0 to 100"},
		"a list":         {"- a\n", "pi-1.yaml:1: write keys and values: objectives, capacity"},
		"no YAML":        {"objectives: [\n", "a bracket or brace is opened here"},
		"a number":       {"capacity: [{team: Search, iteration: S, points: many}]\n", "write a number here, not a text"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := loadPlan(t, planned, tc.file)
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Fatalf("got %v\nwant %s", err, tc.want)
			}
			if lines := strings.Count(err.Error(), "\n"); lines > 0 {
				t.Errorf("one mistake is told in %d lines: %v", lines+1, err)
			}
		})
	}
}

func TestPlanningListsMayStandInTheConfiguration(t *testing.T) {
	inline := strings.Replace(planned, "{folders: [plan]}", "{capacity: [{team: Search, iteration: S, points: 5}]}", 1)
	c, err := loadPlan(t, inline, "")
	if err != nil || len(c.Plan().Capacity) != 1 {
		t.Fatalf("%v, %+v", err, c)
	}
	_, err = loadPlan(t, strings.Replace(inline, "points: 5", "points: -5", 1), "")
	if err == nil || !strings.Contains(err.Error(), "trackwarden.yaml:11: planning.capacity[0].points must be 0 or more") {
		t.Errorf("got %v", err)
	}
	_, err = loadPlan(t, strings.Replace(planned, "[plan]", "[plans]", 1), "")
	if err == nil || !strings.Contains(err.Error(), "trackwarden.yaml:11: planning.folders[0]: plans is not a folder that can be read") {
		t.Errorf("got %v", err)
	}
}

func TestAnEmptyPlanningFileSaysNothing(t *testing.T) {
	if c, err := loadPlan(t, planned, "# later\n"); err != nil || len(c.Plan().Objectives) != 0 {
		t.Errorf("%v", err)
	}
}
