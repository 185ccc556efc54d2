package jirasim

import (
	"testing"
	"time"
)

func TestMetadata(t *testing.T) {
	v := visit(t)
	points := v.world.AddField(Field{Name: "Story Points", Type: "number", Custom: NumberField})
	v.world.Layout("SHOP", "Story", "labels", points, "parent")
	v.world.AddType(IssueType{Name: "Epic", Level: 1}, "SHOP", "PAY")
	v.world.AddBoard(Board{ID: 7, Name: "Shop board", Project: "SHOP"})
	v.world.AddSprint(Sprint{ID: 48, Name: "Sprint 48", State: "active", Board: 7, Start: tuesday, End: tuesday.AddDate(0, 0, 14)})
	v.add(object{"project": "SHOP", "issuetype": "Story", points: 5, SprintField: []int{48}})

	info := v.do(200, "GET", "/rest/api/2/serverInfo", nil)
	if info.body["deploymentType"] != "Cloud" || info.body["serverTime"] != "2026-11-24T09:00:00.000+0000" || info.header.Get("Date") != "Tue, 24 Nov 2026 09:00:00 GMT" {
		t.Errorf("server %s, date %s", info.raw, info.header.Get("Date"))
	}
	if me := v.do(200, "GET", "/rest/api/2/myself", nil); me.body["accountId"] != "557058:bot" {
		t.Errorf("myself %s", me.raw)
	}
	page := v.do(200, "GET", "/rest/api/3/project/search?maxResults=1", nil)
	if page.body["isLast"] != false || page.body["nextPage"] == nil || page.body["total"] != 2.0 {
		t.Errorf("projects %s", page.raw)
	}
	types := v.do(200, "GET", "/rest/api/3/issue/createmeta/SHOP/issuetypes", nil).body["issueTypes"].([]any)
	if len(types) != 2 || types[1].(object)["hierarchyLevel"] != 1.0 {
		t.Errorf("types %v", types)
	}
	path := "/rest/api/3/issue/createmeta/SHOP/issuetypes/" + text(types[0].(object)["id"])
	fields := v.do(200, "GET", path+"?startAt=4", nil).body["fields"].([]any)
	if len(fields) != 2 || fields[0].(object)["fieldId"] != points || fields[0].(object)["schema"].(object)["custom"] != NumberField {
		t.Errorf("layout %v", fields)
	}
	v.do(400, "GET", path+"?maxResults=201", nil)
	issue := v.do(200, "GET", "/rest/api/2/issue/SHOP-1", nil).body["fields"].(object)
	if issue[points] != 5.0 || issue[SprintField].([]any)[0].(object)["state"] != "active" {
		t.Errorf("issue %v", issue)
	}
	if _, empty := issue["parent"]; !empty {
		t.Error("an empty field of the layout is missing, not null")
	}
	sprints := v.do(200, "GET", "/rest/agile/1.0/board/7/sprint?state=active", nil).body["values"].([]any)
	if len(sprints) != 1 || sprints[0].(object)["originBoardId"] != 7.0 {
		t.Errorf("sprints %v", sprints)
	}
	v.do(200, "GET", "/rest/agile/1.0/sprint/48", nil)
	v.do(404, "GET", "/rest/agile/1.0/board/8", nil)
}

func TestDroppedFieldVanishes(t *testing.T) {
	v := visit(t)
	points := v.world.AddField(Field{Name: "Story Points", Type: "number", Custom: NumberField})
	v.add(object{"project": "SHOP", points: 5})
	v.clock.pass(time.Hour)
	v.world.DropField(points)
	fields := v.do(200, "GET", "/rest/api/2/issue/SHOP-1", nil).body["fields"].(object)
	if _, has := fields[points]; has || fields["updated"] != "2026-11-24T09:00:00.000+0000" {
		t.Errorf("field %v, updated %v", fields[points], fields["updated"])
	}
	v.do(400, "POST", "/rest/api/2/search/jql", object{"jql": `"Story Points" > 1`})
}

func TestRemoteLinks(t *testing.T) {
	v := visit(t)
	v.add(object{"project": "SHOP"})
	link := object{"globalId": "g", "object": object{"url": "https://dev.example/7", "title": "Item 7"}}
	v.do(201, "POST", "/rest/api/2/issue/SHOP-1/remotelink", link)
	v.do(200, "POST", "/rest/api/2/issue/SHOP-1/remotelink", link)
	if a := v.do(200, "GET", "/rest/api/2/issue/SHOP-1/remotelink", nil); len(a.list) != 1 {
		t.Errorf("links %s", a.raw)
	}
	v.do(200, "GET", "/rest/api/2/issue/SHOP-1/remotelink?globalId=g", nil)
	v.do(400, "POST", "/rest/api/2/issue/SHOP-1/remotelink", object{"object": object{"url": "https://dev.example"}})
}
