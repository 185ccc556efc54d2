package azuresim

import (
	"slices"
	"testing"
	"time"
)

// Renaming and rescheduling are no edits of the work items below.
func TestNodesChangeWithoutARevision(t *testing.T) {
	s := serve(t)
	must(t, s.SetField(3, "System.AreaPath", `Shop\Checkout\Payments`))
	must(t, s.SetField(3, "System.IterationPath", `Shop\PI 1\Sprint 1`))
	_, token := s.follow("workitemrevisions", "includeLatestOnly=true", "")
	rev := s.get("/_apis/wit/workitems/3")["rev"]

	must(t, s.RenameArea("shop", `Checkout`, "Till"))
	must(t, s.RenameIteration("Shop", `PI 1`, "PI 26.4"))
	start := time.Date(2027, 1, 4, 0, 0, 0, 0, time.UTC)
	must(t, s.AddIteration("Shop", Iteration{Path: `PI 26.4\Sprint 1`, Start: start, Finish: start.AddDate(0, 0, 13)}))

	item := s.get("/_apis/wit/workitems/3?$expand=all")
	fields := item["fields"].(object)
	if item["rev"] != rev || fields["System.AreaPath"] != `Shop\Till\Payments` || fields["System.AreaLevel2"] != "Till" ||
		fields["System.IterationPath"] != `Shop\PI 26.4\Sprint 1` {
		t.Errorf("after renaming: rev %v, %v", item["rev"], fields)
	}
	if rows, _ := s.follow("workitemrevisions", "includeLatestOnly=true", token); len(rows) > 0 {
		t.Errorf("the feed tells of %v", rows)
	}
	node := s.get(`/Shop/_apis/wit/classificationnodes/Iterations/PI%2026.4/Sprint%201`)
	if got := node["attributes"].(object)["startDate"]; got != "2027-01-04T00:00:00Z" {
		t.Errorf("the sprint starts %v", got)
	}
	if got := s.wiql(`SELECT [System.Id] FROM WorkItems WHERE [System.AreaPath] UNDER 'Shop\Till'`); !slices.Equal(got, []int{3}) {
		t.Errorf("under the new name: %v", got)
	}
	if err := s.RenameArea("Shop", "", "Other"); err == nil {
		t.Error("the root was renamed: it bears the project's name")
	}
	if err := s.AddArea("Nowhere", "A"); err == nil {
		t.Error("an area was added to no project")
	}
}

func TestAddFieldShowsItOnItsTypes(t *testing.T) {
	s := serve(t)
	must(t, s.AddField("Shop", Field{Ref: "Custom.Persona", Name: "Persona", Type: "string", Types: []string{"User Story"}}))
	shows := func(typeName string) bool {
		rows := s.get("/Shop/_apis/wit/workitemtypes/" + typeName + "/fields")["value"].([]any)
		return slices.ContainsFunc(rows, func(row any) bool { return row.(object)["referenceName"] == "Custom.Persona" })
	}
	if !shows("User%20Story") || shows("Epic") {
		t.Error("the field is not on stories alone")
	}
	if a := s.patch("3", op("add", "/fields/Custom.Persona", "shopper")); a.status != 200 {
		t.Errorf("setting it: %d %s", a.status, a.raw)
	}
}
