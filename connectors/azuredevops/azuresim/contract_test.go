package azuresim

import (
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
		method, template, path string
		body                   any
	}{
		{"GET", "/_apis/connectiondata", "", nil},
		{"GET", "/_apis/projects", "", nil},
		{"GET", "/_apis/projects/{projectId}", "/_apis/projects/Shop?includeCapabilities=true", nil},
		{"GET", "/_apis/projects/{projectId}/properties", "/_apis/projects/Shop/properties", nil},
		{"GET", "/_apis/projects/{projectId}/teams", "/_apis/projects/Shop/teams", nil},
		{"GET", "/_apis/projects/{projectId}/teams/{teamId}", "/_apis/projects/Shop/teams/Shop%20Team", nil},
		{"GET", "/_apis/teams", "", nil},
		{"GET", "/_apis/wit/fields", "", nil},
		{"GET", "/_apis/wit/fields/{fieldNameOrRefName}", "/_apis/wit/fields/System.Title", nil},
		{"GET", "/_apis/wit/recyclebin", "", nil},
		{"GET", "/_apis/wit/recyclebin/{id}", "/_apis/wit/recyclebin/4", nil},
		{"GET", "/_apis/wit/reporting/workitemlinks", "", nil},
		{"GET", "/_apis/wit/reporting/workitemrevisions", "", nil},
		{"POST", "/_apis/wit/reporting/workitemrevisions", "", object{"includeDeleted": true}},
		{"POST", "/_apis/wit/wiql", "", object{"query": "SELECT [System.Id] FROM WorkItems ORDER BY [System.Id]"}},
		{"POST", "/_apis/wit/wiql", "", object{"query": "nonsense"}},
		{"GET", "/_apis/wit/workitemrelationtypes", "", nil},
		{"GET", "/_apis/wit/workitems", "/_apis/wit/workitems?ids=1,2", nil},
		{"GET", "/_apis/wit/workitems/{id}", "/_apis/wit/workitems/3?$expand=all", nil},
		{"GET", "/_apis/wit/workitems/{id}", "/_apis/wit/workitems/99", nil},
		{"PATCH", "/_apis/wit/workitems/{id}", "/_apis/wit/workitems/3", patch},
		{"PATCH", "/_apis/wit/workitems/{id}", "/_apis/wit/workitems/3", patch}, // stale by now
		{"GET", "/_apis/wit/workitems/{id}/revisions", "/_apis/wit/workitems/3/revisions", nil},
		{"GET", "/_apis/wit/workitems/{id}/updates", "/_apis/wit/workitems/3/updates", nil},
		{"POST", "/_apis/wit/workitemsbatch", "", object{"ids": []int{3, 4}, "errorPolicy": "omit", "$expand": "all"}},
		{"GET", "/{project}/_apis/wit/classificationnodes", "/Shop/_apis/wit/classificationnodes?$depth=2", nil},
		{"GET", "/{project}/_apis/wit/classificationnodes", "/Shop/_apis/wit/classificationnodes?ids=1,99&errorPolicy=omit", nil},
		{"GET", "/{project}/_apis/wit/classificationnodes/{structureGroup}", "/Shop/_apis/wit/classificationnodes/iterations?$depth=3", nil},
		{"GET", "/{project}/_apis/wit/tags", "/Shop/_apis/wit/tags", nil},
		{"GET", "/{project}/_apis/wit/tags/{tagIdOrName}", "/Shop/_apis/wit/tags/debt", nil},
		{"GET", "/{project}/_apis/wit/workitems/{workItemId}/comments", "/Shop/_apis/wit/workitems/3/comments?$top=1", nil},
		{"POST", "/{project}/_apis/wit/workitems/{workItemId}/comments", "/Shop/_apis/wit/workitems/3/comments", object{"text": "x"}},
		{"GET", "/{project}/_apis/wit/workitems/{workItemId}/comments/{commentId}", "/Shop/_apis/wit/workitems/3/comments/1", nil},
		{"PATCH", "/{project}/_apis/wit/workitems/{workItemId}/comments/{commentId}", "/Shop/_apis/wit/workitems/3/comments/3", object{"text": "y"}},
		{"DELETE", "/{project}/_apis/wit/workitems/{workItemId}/comments/{commentId}", "/Shop/_apis/wit/workitems/3/comments/3", nil},
		{"GET", "/{project}/_apis/wit/workitemtypecategories", "/Shop/_apis/wit/workitemtypecategories", nil},
		{"GET", "/{project}/_apis/wit/workitemtypecategories/{category}", "/Shop/_apis/wit/workitemtypecategories/" + requirements, nil},
		{"GET", "/{project}/_apis/wit/workitemtypes", "/Shop/_apis/wit/workitemtypes", nil},
		{"GET", "/{project}/_apis/wit/workitemtypes/{type}", "/Shop/_apis/wit/workitemtypes/Bug", nil},
		{"GET", "/{project}/_apis/wit/workitemtypes/{type}/fields", "/Shop/_apis/wit/workitemtypes/Bug/fields?$expand=all", nil},
		{"GET", "/{project}/_apis/wit/workitemtypes/{type}/states", "/Shop/_apis/wit/workitemtypes/Bug/states", nil},
		{"GET", "/{project}/_apis/work/backlogconfiguration", "/Shop/_apis/work/backlogconfiguration", nil},
		{"GET", "/{project}/{team}/_apis/work/backlogconfiguration", "/Shop/Shop%20Team/_apis/work/backlogconfiguration", nil},
		{"GET", "/{project}/_apis/work/teamsettings", "/Shop/_apis/work/teamsettings", nil},
		{"GET", "/{project}/_apis/work/teamsettings/iterations", "/Shop/_apis/work/teamsettings/iterations", nil},
		{"GET", "/{project}/_apis/work/teamsettings/teamfieldvalues", "/Shop/_apis/work/teamsettings/teamfieldvalues", nil},
		{"DELETE", "/_apis/wit/workitems/{id}", "/_apis/wit/workitems/1", nil},
	} {
		path := c.path
		if path == "" {
			path = c.template
		}
		var header []string
		if strings.HasSuffix(c.template, "/{commentId}") && c.method == "PATCH" {
			header = []string{"Content-Type", "application/json"}
		}
		follows(t, d, c.method, "/{organization}"+c.template, s.do(c.method, path, c.body, header...))
	}
}
