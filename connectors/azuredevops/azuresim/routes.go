package azuresim

import "net/http"

// routes lists the operations. Where the OpenAPI document has both scopes, both
// are here.
func routes() []route {
	const get, post, patch, del = http.MethodGet, http.MethodPost, http.MethodPatch, http.MethodDelete
	const both, any3, team = organisation | inProject, organisation | inProject | inTeam, inProject | inTeam
	return []route{
		{http.MethodOptions, organisation, "", false, listLocations},
		{get, organisation, "connectiondata", true, connectionData},
		{get, organisation, "projects", false, listProjects},
		{get, organisation, "projects/{project}", false, getProject},
		{get, organisation, "projects/{project}/properties", true, projectProperties},
		{get, organisation, "projects/{project}/teams", false, listTeams},
		{get, organisation, "projects/{project}/teams/{team}", false, getTeam},
		{get, organisation, "teams", true, listAllTeams},
		{post, organisation, "security/permissionevaluationbatch", false, evaluatePermissions},

		{get, both, "wit/fields", false, listFields},
		{get, both, "wit/fields/{field}", false, getField},
		{get, inProject, "wit/workitemtypes", false, listTypes},
		{get, inProject, "wit/workitemtypes/{type}", false, getType},
		{get, inProject, "wit/workitemtypes/{type}/fields", false, listTypeFields},
		{get, inProject, "wit/workitemtypes/{type}/states", false, listTypeStates},
		{get, inProject, "wit/workitemtypecategories", false, listCategories},
		{get, inProject, "wit/workitemtypecategories/{category}", false, getCategory},
		{get, organisation, "wit/workitemrelationtypes", false, listRelationTypes},
		{get, inProject, "wit/classificationnodes", false, listNodes},
		{get, inProject, "wit/classificationnodes/{group}", false, getNode},
		{get, inProject, "wit/classificationnodes/{group}/{*path}", false, getNode},
		{get, inProject, "wit/tags", false, listTags},
		{get, inProject, "wit/tags/{tag}", false, getTag},

		{post, any3, "wit/wiql", false, runQuery},
		{post, both, "wit/workitemsbatch", false, batchItems},
		{get, both, "wit/workitems", false, listItems},
		{get, both, "wit/workitems/{id}", false, getItem},
		{patch, both, "wit/workitems/{id}", false, patchItem},
		{del, both, "wit/workitems/{id}", false, deleteItem},
		{get, both, "wit/workitems/{id}/revisions", false, listRevisions},
		{get, both, "wit/workitems/{id}/revisions/{n}", false, getRevision},
		{get, both, "wit/workitems/{id}/updates", false, listUpdates},
		{get, inProject, "wit/workitems/{id}/comments", true, listComments},
		{post, inProject, "wit/workitems/{id}/comments", true, postComment},
		{get, inProject, "wit/workitems/{id}/comments/{comment}", true, getComment},
		{patch, inProject, "wit/workitems/{id}/comments/{comment}", true, patchComment},
		{del, inProject, "wit/workitems/{id}/comments/{comment}", true, deleteComment},
		{get, both, "wit/recyclebin", false, listBin},
		{get, both, "wit/recyclebin/{id}", false, getBinned},
		{get, both, "wit/reporting/workitemrevisions", false, revisionsFeed},
		{post, both, "wit/reporting/workitemrevisions", false, postRevisionsFeed},
		{get, both, "wit/reporting/workitemlinks", false, linksFeed},

		{get, team, "work/backlogconfiguration", false, backlogConfiguration},
		{get, team, "work/teamsettings", false, teamSettings},
		{get, team, "work/teamsettings/iterations", false, listIterations},
		{get, team, "work/teamsettings/teamfieldvalues", false, teamFieldValues},
	}
}
