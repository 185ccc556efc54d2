package azuresim

import (
	"net/http"
	"testing"
	"time"
)

func TestAProjectVanishes(t *testing.T) {
	s := serve(t)
	must(t, s.AddProject(Project{Name: "Pay", Process: "Agile"}))
	must(t, s.HideProject("Shop"))
	s.do("GET", "/_apis/projects/Shop", nil).says(t, http.StatusNotFound, "ProjectDoesNotExistWithNameException")
	s.do("GET", "/_apis/wit/workitems/3", nil).says(t, http.StatusNotFound, "WorkItemUnauthorizedAccessException")
	if listed := s.get("/_apis/projects"); listed["count"] != 1.0 {
		t.Errorf("projects %v", listed)
	}
	feed := s.get("/_apis/wit/reporting/workitemrevisions")
	found := s.ok(http.MethodPost, "/_apis/wit/wiql", object{"query": "SELECT [System.Id] FROM WorkItems"})
	if len(feed["values"].([]any))+len(found["workItems"].([]any)) != 0 {
		t.Errorf("still there: %v, %v", feed, found)
	}
	must(t, s.ShowProject("Shop"))
	s.get("/_apis/wit/workitems/3")
}

func TestFieldsAndDatesChange(t *testing.T) {
	s := serve(t)
	must(t, s.SetField(2, "Custom.RiskReduction", 5))
	before := s.get("/_apis/wit/workitems/2")
	must(t, s.ChangeField("Custom.RiskReduction", "Risk", "string"))
	if f := s.get("/_apis/wit/fields/Custom.RiskReduction"); f["name"] != "Risk" || f["type"] != "string" {
		t.Errorf("field %v", f)
	}
	must(t, s.DropField("Custom.RiskReduction"))
	if a := s.do("GET", "/_apis/wit/fields/Custom.RiskReduction", nil); a.status != http.StatusNotFound {
		t.Errorf("field: %d", a.status)
	}
	must(t, s.Redate(2, s.at.Add(-time.Hour)))
	after := s.get("/_apis/wit/workitems/2")
	fields := after["fields"].(object)
	if fields["Custom.RiskReduction"] != nil || after["rev"] != before["rev"] || fields["System.ChangedDate"] != wireTime(s.at.Add(-time.Hour)) {
		t.Errorf("item %v", after)
	}
}
