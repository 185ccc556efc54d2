package azuredevops

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/microsoft/azure-devops-go-api/azuredevops/v7/work"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/simulator/evidence"
)

// Microsoft's own example of a backlog configuration: an Agile project with a
// type of its own, a renamed top level, and bugs planned as tasks.
func TestLevelsOfMicrosoftsExample(t *testing.T) {
	raw, err := os.ReadFile(evidence.File(t, "contracts/ado-7.1.examples.json"))
	if err != nil {
		t.Fatal(err)
	}
	var examples []struct {
		Path      string                     `json:"path"`
		Responses map[string]json.RawMessage `json:"responses"`
	}
	if err := json.Unmarshal(raw, &examples); err != nil {
		t.Fatal(err)
	}
	for _, e := range examples {
		if !strings.HasSuffix(e.Path, "/backlogconfiguration") {
			continue
		}
		var c work.BacklogConfiguration
		if err := json.Unmarshal(e.Responses["200"], &c); err != nil {
			t.Fatal(err)
		}
		want := map[string]backlog.Level{
			"epic": backlog.Portfolio, "feature": backlog.Feature, "user story": backlog.Story, "ticket": backlog.Story, "task": backlog.Task,
		}
		if diff := cmp.Diff(want, levelsOf(&c)); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		if got := bugLevel(&c); got != backlog.Task {
			t.Errorf("bugs are on level %q, want task", got)
		}
		return
	}
	t.Error("the examples hold no backlog configuration")
}

func TestLevelsByRank(t *testing.T) {
	level := func(rank int, types ...string) string {
		names := ""
		for _, name := range types {
			names += `,{"name":"` + name + `"}`
		}
		encoded, _ := json.Marshal(rank)
		return `{"rank":` + string(encoded) + `,"workItemTypes":[` + strings.TrimPrefix(names, ",") + `]}`
	}
	for name, c := range map[string]struct {
		portfolio, bugs string
		want            map[string]backlog.Level
		bug             backlog.Level
	}{
		"basic": {level(3, "Epic"), "off", map[string]backlog.Level{"epic": backlog.Feature}, ""},
		"scrum": {level(4, "Epic") + "," + level(3, "Feature"), "asRequirements",
			map[string]backlog.Level{"epic": backlog.Portfolio, "feature": backlog.Feature}, backlog.Story},
		"large solution": {level(5, "Capability", "Enabler") + "," + level(4, "Feature") + "," + level(6, "Epic"), "asTasks",
			map[string]backlog.Level{"epic": backlog.Portfolio, "capability": backlog.Capability, "enabler": backlog.Capability, "feature": backlog.Feature},
			backlog.Task},
		"none": {"", "asRequirements", map[string]backlog.Level{}, backlog.Story},
	} {
		var configuration work.BacklogConfiguration
		raw := `{"portfolioBacklogs":[` + c.portfolio + `],"requirementBacklog":` + level(2, "Issue") + `,"bugsBehavior":"` + c.bugs + `"}`
		if err := json.Unmarshal([]byte(raw), &configuration); err != nil {
			t.Fatal(err)
		}
		c.want["issue"] = backlog.Story
		if diff := cmp.Diff(c.want, levelsOf(&configuration)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", name, diff)
		}
		if got := bugLevel(&configuration); got != c.bug {
			t.Errorf("%s: bugs are on level %q, want %q", name, got, c.bug)
		}
	}
}

func TestResolveFields(t *testing.T) {
	c := catalogue{byName: map[string]string{
		"microsoft.vsts.common.acceptancecriteria": "Microsoft.VSTS.Common.AcceptanceCriteria", "checks": "Custom.Checks",
		"microsoft.vsts.scheduling.storypoints": "Microsoft.VSTS.Scheduling.StoryPoints", "benefit hypothesis": "Custom.BenefitHypothesis",
	}}
	m, problems := c.resolve(Settings{Connection: "platform", Fields: map[string][]string{
		"acceptance_criteria": {"Checks", "Nowhere"}, "squad": {"Checks"},
	}})
	if diff := cmp.Diff([]string{"Custom.Checks"}, m.known[backlog.FieldAcceptanceCriteria]); diff != "" {
		t.Errorf("what the settings name replaces what is usual (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff([]string{"Custom.BenefitHypothesis"}, m.known[backlog.FieldBenefitHypothesis]); diff != "" {
		t.Errorf("a custom field is found by its usual name (-want +got)\n%s", diff)
	}
	if len(problems) != 1 || !strings.Contains(problems[0], `"Nowhere"`) || !strings.Contains(problems[0], "platform") {
		t.Errorf("problems: %q", problems)
	}
	if diff := cmp.Diff([]string{"Custom.Checks"}, m.custom["squad"]); diff != "" {
		t.Errorf("a word of the settings' own (-want +got)\n%s", diff)
	}
	m.prefer(backlog.FieldPoints, "Custom.Effort")
	layout, used, names := m.layout(map[string]string{"custom.checks": "Checks", "custom.effort": "Effort"})
	for f, want := range map[backlog.Field]bool{
		backlog.FieldAcceptanceCriteria: true, backlog.FieldPoints: true, backlog.FieldLinks: true, backlog.FieldBenefitHypothesis: false,
	} {
		if layout.Has(f) != want {
			t.Errorf("layout has %s: %v, want %v", f, layout.Has(f), want)
		}
	}
	if !used.Has(backlog.FieldAcceptanceCriteria) || used.Has(backlog.FieldPoints) {
		t.Error("used is what the settings name, and nothing else")
	}
	if diff := cmp.Diff(map[string]string{"acceptance_criteria": "Checks", "points": "Effort"}, names); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
