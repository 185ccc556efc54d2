package azuresim

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// Answers follow Microsoft's OpenAPI documents: of the service for REST 7.1, of
// a Server 2022 for 7.0.
func TestAnswersFollowTheContract(t *testing.T) {
	t.Run("Services", func(t *testing.T) { answersFollow(t, "contracts/ado-7.1.openapi.json", serve(t)) })
	t.Run("Server2022", func(t *testing.T) { answersFollow(t, "contracts/ado-7.0.openapi.json", server(t)) })
}

func answersFollow(t *testing.T, document string, s *site) {
	d := contract(t, document)
	must(t, s.AddTag(3, "debt"))
	_, err := s.AddComment(3, "hello")
	must(t, err)
	must(t, s.Hyperlink(3, "https://example.com", "see"))
	must(t, s.Delete(4))
	patch := []object{op("test", "/rev", 4), op("add", "/fields/System.History", "x")}
	for _, c := range []struct {
		method, path string
		body         any
	}{
		{"GET", "/_apis/connectiondata", nil},
		{"GET", "/_apis/projects", nil},
		{"GET", "/_apis/projects/Shop?includeCapabilities=true", nil},
		{"GET", "/_apis/projects/Shop/properties", nil},
		{"GET", "/_apis/projects/Shop/teams", nil},
		{"GET", "/_apis/projects/Shop/teams/Shop%20Team", nil},
		{"GET", "/_apis/teams", nil},
		{"GET", "/_apis/wit/fields", nil},
		{"GET", "/_apis/wit/fields/System.Title", nil},
		{"GET", "/_apis/wit/recyclebin", nil},
		{"GET", "/_apis/wit/recyclebin/4", nil},
		{"GET", "/_apis/wit/reporting/workitemlinks", nil},
		{"GET", "/_apis/wit/reporting/workitemrevisions", nil},
		{"POST", "/_apis/wit/reporting/workitemrevisions", object{"includeDeleted": true}},
		{"POST", "/_apis/wit/wiql", object{"query": "SELECT [System.Id] FROM WorkItems ORDER BY [System.Id]"}},
		{"POST", "/_apis/wit/wiql", object{"query": "nonsense"}},
		{"GET", "/_apis/wit/workitemrelationtypes", nil},
		{"GET", "/_apis/wit/workitems?ids=1,2", nil},
		{"GET", "/_apis/wit/workitems/3?$expand=all", nil},
		{"GET", "/_apis/wit/workitems/99", nil},
		{"PATCH", "/_apis/wit/workitems/3", patch},
		{"PATCH", "/_apis/wit/workitems/3", patch}, // stale by now
		{"GET", "/_apis/wit/workitems/3/revisions", nil},
		{"GET", "/_apis/wit/workitems/3/updates", nil},
		{"POST", "/_apis/wit/workitemsbatch", object{"ids": []int{3, 4}, "errorPolicy": "omit", "$expand": "all"}},
		{"GET", "/Shop/_apis/wit/classificationnodes?$depth=2", nil},
		{"GET", "/Shop/_apis/wit/classificationnodes?ids=1,99&errorPolicy=omit", nil},
		{"GET", "/Shop/_apis/wit/classificationnodes/iterations?$depth=3", nil},
		{"GET", "/Shop/_apis/wit/tags", nil},
		{"GET", "/Shop/_apis/wit/tags/debt", nil},
		{"GET", "/Shop/_apis/wit/workitems/3/comments?$top=1", nil},
		{"POST", "/Shop/_apis/wit/workitems/3/comments", object{"text": "x"}},
		{"GET", "/Shop/_apis/wit/workitems/3/comments/1", nil},
		{"PATCH", "/Shop/_apis/wit/workitems/3/comments/3", object{"text": "y"}},
		{"DELETE", "/Shop/_apis/wit/workitems/3/comments/3", nil},
		{"GET", "/Shop/_apis/wit/workitemtypecategories", nil},
		{"GET", "/Shop/_apis/wit/workitemtypecategories/" + requirements, nil},
		{"GET", "/Shop/_apis/wit/workitemtypes", nil},
		{"GET", "/Shop/_apis/wit/workitemtypes/Bug", nil},
		{"GET", "/Shop/_apis/wit/workitemtypes/Bug/fields?$expand=all", nil},
		{"GET", "/Shop/_apis/wit/workitemtypes/Bug/states", nil},
		{"GET", "/Shop/_apis/work/backlogconfiguration", nil},
		{"GET", "/Shop/Shop%20Team/_apis/work/backlogconfiguration", nil},
		{"GET", "/Shop/_apis/work/teamsettings", nil},
		{"GET", "/Shop/_apis/work/teamsettings/iterations", nil},
		{"GET", "/Shop/_apis/work/teamsettings/teamfieldvalues", nil},
		{"DELETE", "/_apis/wit/workitems/1", nil},
	} {
		header := []string{"Content-Type", "application/json"}
		if c.method == http.MethodPatch && strings.Contains(c.path, "workitems/3") && !strings.Contains(c.path, "comments") {
			header[1] = "application/json-patch+json"
		}
		separator := "?"
		if strings.Contains(c.path, "?") {
			separator = "&"
		}
		path := c.path + separator + "api-version=" + s.released(c.path)
		a := s.do(c.method, path, c.body, header...)
		r := httptest.NewRequest(c.method, "/Fabrikam"+path, nil)
		r.Header.Set("Content-Type", header[1])
		sent := []byte(nil)
		if c.body != nil {
			raw, err := json.Marshal(c.body)
			must(t, err)
			sent = raw
		}
		follows(t, d, r, sent, a)
	}
}

// released is the version to ask a path in: some are preview for ever.
func (s *site) released(path string) string {
	for _, preview := range []string{"comments", "connectiondata", "/properties", "/_apis/teams"} {
		if strings.Contains(path, preview) {
			return strings.TrimSuffix(s.version, ".3")
		}
	}
	return strings.TrimSuffix(s.version, "-preview.3")
}
