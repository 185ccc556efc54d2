package azuredevops

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/azuredevops/azuresim"
	"github.com/trackwarden/trackwarden/connectors/simulator"
)

func describe(t *testing.T, tracker *Tracker) backlog.Site {
	t.Helper()
	site, err := tracker.Describe(t.Context())
	must(t, err)
	return site
}

func TestDescribe(t *testing.T) {
	w, url := start(t, azuresim.Settings{Quiet: true})
	must(t, w.AddProject(azuresim.Project{
		Name: "Large", Process: "Scrum", Bugs: "asTasks",
		Fields: []azuresim.Field{{Ref: "Custom.Why", Name: "Benefit Hypothesis", Type: "html", Types: []string{"Feature"}}},
		Levels: []azuresim.Level{{Category: "Custom.Capabilities", Name: "Capabilities", Above: "Microsoft.FeatureCategory"}},
		Types:  []azuresim.Type{{Name: "Capability", Category: "Custom.Capabilities", States: []azuresim.State{{Name: "New", Category: "Proposed"}}}},
	}))
	site := describe(t, connect(t, url, Settings{Projects: []string{"large", "Platform"}}))
	if site.ID != testSite || site.Kind != "azuredevops" || site.Name != "fabrikam" || site.URL != url || site.Account.Name != "Backlog Bot" ||
		!strings.HasPrefix(site.Account.ID, "aad.") || site.Now.Year() != 2026 {
		t.Errorf("site: %+v", site)
	}
	if len(site.Projects) != 2 || site.Projects[0].Name != "Large" || site.Projects[1].Key != "Platform" || len(site.Missing)+len(site.Problems) > 0 {
		t.Errorf("projects %+v, missing %v, problems %v", site.Projects, site.Missing, site.Problems)
	}
	levels := map[string]backlog.Level{}
	for _, it := range site.Types {
		if it.Project == site.Projects[0].ID {
			levels[it.Name] = it.Level
		}
	}
	if diff := cmp.Diff(map[string]backlog.Level{
		"Epic": backlog.Portfolio, "Capability": backlog.Capability, "Feature": backlog.Feature, "Product Backlog Item": backlog.Story,
		"Bug": backlog.Task, "Task": backlog.Task, "Impediment": "", "Test Case": "",
	}, levels); diff != "" {
		t.Errorf("levels (-want +got)\n%s", diff)
	}
	of := func(project backlog.Project, name string) backlog.ItemType {
		i := slices.IndexFunc(site.Types, func(it backlog.ItemType) bool { return it.Project == project.ID && it.Name == name })
		return site.Types[i]
	}
	if feature := of(site.Projects[0], "Feature"); !feature.Layout.Has(backlog.FieldBenefitHypothesis) || feature.Names["benefit_hypothesis"] != "Benefit Hypothesis" {
		t.Errorf("feature: %+v", feature)
	}
	story := of(site.Projects[1], "User Story")
	if story.Layout.Has(backlog.FieldBenefitHypothesis) || !story.Layout.Has(backlog.FieldPoints) || story.Names["points"] != "Story Points" || story.Used != 0 {
		t.Errorf("story: %+v", story)
	}
	if bug := of(site.Projects[1], "Bug"); bug.Kind != backlog.Bug || bug.Level != backlog.Task {
		t.Errorf("bug: %+v", bug)
	}
	for _, r := range site.Rights {
		if !r.Edit || !r.Comment || !r.Quiet {
			t.Errorf("rights: %+v", r)
		}
	}
}

// What the settings name and the organisation lacks is said in sentences.
func TestDescribeProblems(t *testing.T) {
	_, url := start(t, azuresim.Settings{})
	site := describe(t, connect(t, url, Settings{
		Projects: []string{"Platform", "Nowhere"}, Query: "[System.Nothing] = 1",
		Fields: map[string][]string{"theme": {"Strategy"}, "acceptance_criteria": {"Acceptance Criteria"}},
		Levels: map[backlog.Level][]string{backlog.Feature: {"Epic", "Initiative"}},
	}))
	if diff := cmp.Diff([]string{"Nowhere"}, site.Missing); diff != "" {
		t.Errorf("missing (-want +got)\n%s", diff)
	}
	for _, word := range []string{`"Strategy"`, `"Initiative"`, "The query of platform is refused"} {
		if !slices.ContainsFunc(site.Problems, func(p string) bool { return strings.Contains(p, word) && strings.HasSuffix(p, ".") }) {
			t.Errorf("no problem speaks of %s: %q", word, site.Problems)
		}
	}
	if len(site.Problems) != 3 {
		t.Errorf("problems: %q", site.Problems)
	}
	for _, it := range site.Types {
		if it.Name == "Epic" && it.Level != backlog.Feature || it.Name == "User Story" && !it.Used.Has(backlog.FieldAcceptanceCriteria) {
			t.Errorf("the settings' word is not final: %+v", it)
		}
	}
}

func TestRights(t *testing.T) {
	w, url := start(t, azuresim.Settings{})
	tracker := connect(t, url, Settings{})
	if r := describe(t, tracker).Rights[0]; !r.Edit || !r.Comment || r.Quiet {
		t.Errorf("rights: %+v", r)
	}
	w.Deny(azuresim.WriteItems)
	if r := describe(t, tracker).Rights[0]; r.Edit || r.Comment || r.Quiet {
		t.Errorf("without the right to edit: %+v", r)
	}
	// A token without the scope for the question: assumed until refused.
	for _, status := range []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound} {
		w.Faults().Clear()
		w.Faults().Add(simulator.Rule{Path: "(?i)permissionevaluationbatch", Status: status})
		if r := describe(t, tracker).Rights[0]; !r.Edit || !r.Comment || r.Quiet {
			t.Errorf("permissions answered %d: %+v", status, r)
		}
	}
	// A project that cannot be read is missing, and the other carries on.
	w.Faults().Clear()
	w.Faults().Add(answer("(?i)/_apis/(work/|wit/workitemtypes|wit/classification)", http.StatusForbidden, `{"message":"VS402430: no access"}`))
	if site := describe(t, tracker); len(site.Projects) != 0 || !slices.Equal(site.Missing, []string{"Platform"}) {
		t.Errorf("projects %v, missing %v", site.Projects, site.Missing)
	}
}
