package jirasim

import "testing"

// Every answer below is held against Atlassian's OpenAPI documents for Jira
// Cloud: an unknown property, a wrong type or a missing one fails.
func TestAnswersFollowTheContract(t *testing.T) {
	platform := contract(t, "contracts/jira-cloud-platform.openapi.json")
	agile := contract(t, "contracts/jira-cloud-agile.openapi.json")
	v := visit(t)
	v.world.AddSprint(Sprint{ID: 48, Name: "Sprint 48", State: "active", Board: 7, Start: tuesday})
	v.world.AddBoard(Board{ID: 7, Name: "Shop board", Project: "SHOP"})
	v.world.Generate(30, 1)
	v.add(object{"project": "SHOP", "issuetype": "Epic", SprintField: []int{48}, "fixVersions": []string{"26.4"}, "components": []string{"Checkout"}, "assignee": "557058:ada"})
	v.add(object{"project": "SHOP", "parent": "SHOP-1", "description": "words"})
	must(t, v.world.Human("").Link("SHOP-2", "Blocks", "SHOP-1"), v.world.Human("").SetField("SHOP-2", "status", "Done"))
	typeID := text(v.world.Issue("SHOP-2")["fields"].(object)["issuetype"].(object)["id"])

	words := object{"type": "doc", "version": 1, "content": []object{{"type": "paragraph", "content": []object{{"type": "text", "text": "Check"}}}}}
	jql := object{"jql": "project in (SHOP, GEN) ORDER BY key", "fields": []string{"*all"}, "properties": []string{"p"}, "maxResults": 10}
	for _, tc := range []struct {
		method, path string
		body         any
	}{
		{"GET", "/serverInfo", nil},
		{"GET", "/myself", nil},
		{"GET", "/user?accountId=557058:bot", nil},
		{"GET", "/field", nil},
		{"GET", "/project/search?maxResults=2", nil},
		{"GET", "/project/SHOP", nil},
		{"GET", "/project/SHOP/statuses", nil},
		{"GET", "/issue/createmeta/SHOP/issuetypes", nil},
		{"GET", "/issue/createmeta/SHOP/issuetypes/" + typeID, nil},
		{"GET", "/issuetype", nil},
		{"GET", "/issueLinkType", nil},
		{"GET", "/status", nil},
		{"GET", "/statuscategory", nil},
		{"GET", "/priority", nil},
		{"GET", "/mypermissions?permissions=EDIT_ISSUES,ADMINISTER", nil},
		{"POST", "/permissions/check", object{"projectPermissions": []object{{"permissions": []string{"EDIT_ISSUES"}, "issues": []int{10001}}}}},
		{"PUT", "/issue/SHOP-2", object{"update": labels("+hygiene"), "properties": []object{{"key": "p", "value": 1}}}},
		{"PUT", "/issue/SHOP-2/properties/q", object{"a": 1}},
		{"GET", "/issue/SHOP-2/properties/q", nil},
		{"GET", "/issue/SHOP-2/properties", nil},
		{"POST", "/issue/SHOP-2/comment", object{"body": words, "properties": []object{{"key": "p", "value": 1}}}},
		{"PUT", "/issue/SHOP-2/comment/10001", object{"body": words}},
		{"GET", "/issue/SHOP-2/comment/10001", nil},
		{"GET", "/issue/SHOP-2/comment", nil},
		{"POST", "/comment/list?expand=properties", object{"ids": []int{10001}}},
		{"GET", "/comment/10001/properties", nil},
		{"GET", "/comment/10001/properties/p", nil},
		{"POST", "/issue/SHOP-2/remotelink", object{"globalId": "g", "object": object{"url": "https://dev.example/7", "title": "7"}}},
		{"GET", "/issue/SHOP-2/remotelink", nil},
		{"GET", "/issue/SHOP-2/changelog?maxResults=1", nil},
		{"GET", "/issue/SHOP-2?expand=changelog&properties=p", nil},
		{"POST", "/changelog/bulkfetch", object{"issueIdsOrKeys": []string{"SHOP-1", "SHOP-2", "NO-1"}, "maxResults": 2}},
		{"POST", "/changelog/bulkfetch", object{"issueIdsOrKeys": []string{"SHOP-2"}, "fieldIds": []string{"status"}}},
		{"POST", "/changelog/bulkfetch", object{"issueIdsOrKeys": []string{"SHOP-2"}, "nextPageToken": "nonsense"}},
		{"POST", "/issue/bulkfetch", object{"issueIdsOrKeys": []string{"SHOP-1", "SHOP-2", "NO-1"}, "fields": []string{"*all"}}},
		{"POST", "/search/jql", jql},
		{"POST", "/search/jql", object{"jql": "project = GEN"}},
		{"POST", "/search/jql", object{"jql": "project = NOPE"}},
		{"GET", "/search/jql?jql=project%3DGEN&fields=key", nil},
		{"POST", "/search/approximate-count", object{"jql": "project = GEN"}},
		{"GET", "/issue/NO-1", nil},
		{"DELETE", "/issue/SHOP-2/comment/10001", nil},
	} {
		a, err := v.try(tc.method, "/rest/api/3"+tc.path, tc.body)
		must(t, err)
		follows(t, platform, tc.method, "/rest/api/3"+tc.path, tc.body, a)
	}
	for _, path := range []string{"/board", "/board/7", "/board/7/sprint", "/sprint/48"} {
		a, err := v.try("GET", "/rest/agile/1.0"+path, nil)
		must(t, err)
		follows(t, agile, "GET", "/rest/agile/1.0"+path, nil, a)
	}
}
