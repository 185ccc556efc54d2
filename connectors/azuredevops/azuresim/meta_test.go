package azuresim

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func names(list any) []string {
	all := []string{}
	for _, row := range list.([]any) {
		all = append(all, row.(object)["name"].(string))
	}
	return all
}

func TestConnectionData(t *testing.T) {
	s := serve(t, func(set *Settings) { set.InstanceID = "2ad38d1e-3eaf-4769-931c-3a2da67bbb01" })
	data := s.get("/_apis/ConnectionData")
	if user := data["authenticatedUser"].(object); data["instanceId"] != "2ad38d1e-3eaf-4769-931c-3a2da67bbb01" || user["providerDisplayName"] != "Backlog Bot" {
		t.Errorf("connection data: %v", data)
	}
}

func TestProjectsComeInPages(t *testing.T) {
	s := serve(t)
	for _, p := range []Project{{Name: "Arch", Process: "Scrum"}, {Name: "Zoo", Process: "CMMI"}} {
		must(t, s.AddProject(p))
	}
	if err := s.AddProject(Project{Name: "shop", Process: "Agile"}); err == nil {
		t.Error("a name is taken twice")
	}
	if err := s.AddProject(Project{Name: "New", Process: "SAFe"}); err == nil {
		t.Error("an unknown process is taken")
	}
	first := s.do("GET", "/_apis/projects?$top=2", nil)
	token := first.header.Get("X-MS-ContinuationToken")
	rest := s.do("GET", "/_apis/projects?$top=2&continuationToken="+token, nil)
	if !slices.Equal(names(first.body["value"]), []string{"Arch", "Shop"}) || !slices.Equal(names(rest.body["value"]), []string{"Zoo"}) ||
		rest.header.Get("X-MS-ContinuationToken") != "" {
		t.Errorf("pages are %s and %s", first.raw, rest.raw)
	}
}

func TestBacklogs(t *testing.T) {
	s := serve(t)
	must(t, s.AddProject(Project{Name: "Plain", Process: "Basic"}))
	must(t, s.AddProject(Project{Name: "Large", Process: "Scrum", Types: []Type{{Name: "Solution", Category: "Custom.Solution", States: workflow("New:Proposed")}},
		Levels: []Level{{Category: "Custom.Solution", Name: "Solutions", Above: features}}, Hidden: []string{epics}}))
	for project, want := range map[string]struct {
		portfolio []string
		stories   []string
		effort    string
	}{
		"Shop":  {[]string{"Epics", "Capabilities"}, []string{"User Story"}, "Microsoft.VSTS.Scheduling.StoryPoints"},
		"Plain": {[]string{"Epics"}, []string{"Issue"}, "Microsoft.VSTS.Scheduling.Effort"},
		"Large": {[]string{"Epics", "Solutions", "Features"}, []string{"Product Backlog Item", "Bug"}, "Microsoft.VSTS.Scheduling.Effort"},
	} {
		got := s.get("/" + project + "/_apis/work/backlogconfiguration")
		stories := got["requirementBacklog"].(object)["workItemTypes"]
		effort := got["backlogFields"].(object)["typeFields"].(object)["Effort"]
		if !slices.Equal(names(got["portfolioBacklogs"]), want.portfolio) || !slices.Equal(names(stories), want.stories) || effort != want.effort {
			t.Errorf("%s: %v %v %v", project, names(got["portfolioBacklogs"]), names(stories), effort)
		}
	}
	states := s.get("/Shop/_apis/wit/workitemtypes/User%20Story/states")["value"].([]any)
	if got := states[2].(object); got["name"] != "Resolved" || got["category"] != "Resolved" {
		t.Errorf("the third state is %v", got)
	}
	mapped := s.get("/Shop/_apis/work/backlogconfiguration")["workItemTypeMappedStates"].([]any)
	want := object{"workItemTypeName": "Epic", "states": object{"New": "Proposed", "Active": "InProgress", "Resolved": "InProgress", "Closed": "Completed"}}
	if diff := cmp.Diff(want, mapped[0]); diff != "" {
		t.Error(diff)
	}
}

func TestFieldsOfTypes(t *testing.T) {
	s := serve(t)
	has := func(typeName string) bool {
		rows := s.get("/Shop/_apis/wit/workitemtypes/" + typeName + "/fields")["value"].([]any)
		return slices.ContainsFunc(rows, func(r any) bool { return r.(object)["referenceName"] == "Custom.RiskReduction" })
	}
	if !has("Feature") || has("Epic") {
		t.Error("the custom field is not on the feature alone")
	}
	if f := s.get("/_apis/wit/fields/custom.riskreduction"); f["name"] != "Risk Reduction" || f["type"] != "integer" {
		t.Errorf("the field is %v", f)
	}
	s.do("GET", "/_apis/wit/fields/Nope", nil).says(t, 404, "WorkItemTrackingFieldDefinitionNotFoundException")
	s.do("GET", "/Shop/_apis/wit/workitemtypes/Nope", nil).says(t, 404, "WorkItemTypeNotFoundException")
}

func TestTreesAndIterations(t *testing.T) {
	s := serve(t)
	root := s.get("/Shop/_apis/wit/classificationNodes/Iterations?$depth=2")
	sprint := root["children"].([]any)[0].(object)["children"].([]any)[0].(object)
	if sprint["path"] != `\Shop\Iteration\PI 1\Sprint 1` || sprint["attributes"].(object)["startDate"] != "2026-11-17T00:00:00Z" {
		t.Errorf("the sprint is %v", sprint)
	}
	area := s.get(`/Shop/_apis/wit/classificationnodes/areas/%5CCheckout%5CPayments`)
	if area["name"] != "Payments" || area["hasChildren"] != false || !strings.HasSuffix(area["url"].(string), "/Areas/Checkout/Payments") {
		t.Errorf("the area is %v", area)
	}
	s.do("GET", "/Shop/_apis/wit/classificationnodes/areas/Nope", nil).says(t, 404, "WorkItemTrackingTreeNodeNotFoundException")
	current := s.get("/Shop/_apis/work/teamsettings/iterations?$timeframe=Current")["value"].([]any)
	if len(current) != 1 || current[0].(object)["path"] != `Shop\PI 1\Sprint 1` {
		t.Errorf("the current iteration is %v", current)
	}
	s.at = s.at.AddDate(0, 1, 0)
	if got := s.get("/Shop/_apis/work/teamsettings/iterations?$timeframe=current")["value"].([]any); len(got) != 0 {
		t.Errorf("a month later it is %v", got)
	}
	if got := s.get("/Shop/Shop%20Team/_apis/work/teamsettings/teamfieldvalues"); got["defaultValue"] != "Shop" {
		t.Errorf("the team's areas are %v", got)
	}
	s.do("GET", "/Shop/Nobody/_apis/work/teamsettings", nil).says(t, 404, "TeamNotFoundException")
}

func TestPermissions(t *testing.T) {
	s := serve(t)
	ask := func() []bool {
		body := object{"evaluations": []object{
			{"securityNamespaceId": "83e28ad4-2d72-4ceb-97b0-c7726d5502c3", "token": "x", "permissions": 32},
			{"securityNamespaceId": "52D39943-CB85-4d7f-8FA8-C6BAAC873819", "token": "x", "permissions": 2097152},
		}}
		var all []bool
		for _, e := range s.ok("POST", "/_apis/security/permissionevaluationbatch", body)["evaluations"].([]any) {
			all = append(all, e.(object)["value"].(bool))
		}
		return all
	}
	if got := ask(); !slices.Equal(got, []bool{true, false}) {
		t.Errorf("at first: %v", got)
	}
	s.Deny(WriteItems)
	s.Allow(SuppressNotifications)
	if got := ask(); !slices.Equal(got, []bool{false, true}) {
		t.Errorf("afterwards: %v", got)
	}
}
