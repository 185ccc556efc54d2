package jirasim

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// datacenter starts a Data Center below /jira, visited with a personal access
// token.
func datacenter(t *testing.T, change ...func(*Settings)) *visitor {
	t.Helper()
	v := visit(t, append([]func(*Settings){func(s *Settings) { s.Edition, s.Context = DataCenter, "/jira" }}, change...)...)
	v.bearer = true
	return v
}

func TestDataCenterIsNoCloud(t *testing.T) {
	v := datacenter(t)
	key := v.add(object{"project": "SHOP"})
	info := v.do(200, "GET", "/rest/api/2/serverInfo", nil)
	if info.body["deploymentType"] != "Server" || info.body["baseUrl"] != v.url || !strings.HasSuffix(v.url, "/jira") {
		t.Errorf("server info %s", info.raw)
	}
	for _, missing := range []string{
		"GET /rest/api/3/myself", "GET /rest/api/3/serverInfo", "GET /rest/api/2/search/jql?jql=project%3DSHOP", "POST /rest/api/2/search/jql",
		"POST /rest/api/2/search/approximate-count", "POST /rest/api/2/permissions/check", "POST /rest/api/2/comment/list",
		"GET /rest/api/2/project/search", "GET /_edge/tenant_info", "GET /rest/api/2/issue/" + key + "/changelog",
	} {
		method, path, _ := strings.Cut(missing, " ")
		a, err := v.try(method, path, nil)
		must(t, err)
		if a.status != http.StatusNotFound && a.status != http.StatusMethodNotAllowed {
			t.Errorf("%s: %d", missing, a.status)
		}
	}
	if a, err := v.try("POST", "/rest/api/2/issue/bulkfetch", object{}); err != nil || a.status != http.StatusMethodNotAllowed {
		t.Errorf("bulkfetch: %d, %v", a.status, err)
	}
	v.url = strings.TrimSuffix(v.url, "/jira")
	v.do(404, "GET", "/rest/api/2/serverInfo", nil)
}

func TestDataCenterSignsInInSilence(t *testing.T) {
	v := datacenter(t)
	v.add(object{"project": "SHOP"})
	if a := v.do(200, "GET", "/rest/api/2/myself", nil); a.header.Get("X-AUSERNAME") != "bot" || a.body["name"] != "bot" {
		t.Errorf("as %q: %s", a.header.Get("X-AUSERNAME"), a.raw)
	}
	v.token = "old"
	a := v.do(200, "GET", "/rest/api/2/project", nil)
	if a.header.Get("X-AUSERNAME") != "anonymous" || len(a.list) != 0 || a.header.Get("X-RateLimit-Remaining") != "" {
		t.Errorf("with a bad token: %s, %v", a.raw, a.header)
	}
	v.do(401, "GET", "/rest/api/2/myself", nil)
	v.token, v.bearer = "tok", false // Basic is no way for an access token
	if a := v.do(200, "GET", "/rest/api/2/serverInfo", nil); a.header.Get("X-AUSERNAME") != "anonymous" {
		t.Errorf("with Basic as %q", a.header.Get("X-AUSERNAME"))
	}
}

func TestDataCenterSearchesByOffset(t *testing.T) {
	v := datacenter(t, func(s *Settings) { s.PageCap, s.Window = 3, 6 })
	for n := range 8 {
		v.add(object{"project": "SHOP", "created": tuesday.Add(time.Duration(n) * time.Minute).Format(stamp)})
	}
	page := func(start int) (keys []string, a answer) {
		t.Helper()
		a = v.do(200, "POST", "/rest/api/2/search", object{"jql": "project = SHOP ORDER BY updated ASC, key ASC", "startAt": start, "maxResults": 100, "fields": []string{"updated"}})
		for _, row := range a.body["issues"].([]any) {
			keys = append(keys, text(row.(object)["key"]))
		}
		return keys, a
	}
	first, a := page(0)
	if a.body["total"] != 8.0 || a.body["maxResults"] != 3.0 || !slices.Equal(first, []string{"SHOP-1", "SHOP-2", "SHOP-3"}) {
		t.Errorf("first page %v of %s", first, a.raw)
	}
	v.clock.pass(time.Hour)
	must(t, v.world.Human("").AddLabel("SHOP-2", "x"))
	if second, _ := page(3); !slices.Equal(second, []string{"SHOP-5", "SHOP-6", "SHOP-7"}) {
		t.Errorf("an edit between two pages shifts nothing: %v", second)
	}
	deep := v.do(400, "GET", "/rest/api/2/search"+params("jql", "project = SHOP", "startAt", "4", "maxResults", "3"), nil)
	if !strings.Contains(deep.sentence(), "window") {
		t.Errorf("too deep: %s", deep.raw)
	}
	if all := v.do(200, "GET", "/rest/api/2/search?maxResults=0", nil); all.body["total"] != 8.0 || len(all.body["issues"].([]any)) != 0 {
		t.Errorf("without a condition: %s", all.raw)
	}
	v.do(400, "POST", "/rest/api/2/search", object{"jql": "project = SHOP", "properties": []string{"p"}})
}

func TestDataCenterHasEpicsAndPeopleOfItsOwn(t *testing.T) {
	v := datacenter(t)
	epic := v.add(object{"project": "SHOP", "issuetype": "Epic", "summary": "Pay by phone"})
	v.world.AddUser(User{ID: "557058:ada", Name: "Ada"})
	v.world.AddSprint(Sprint{ID: 48, Name: "Sprint 48", State: "active", Board: 7, Start: tuesday})
	story := v.add(object{"project": "SHOP", "parent": epic, "assignee": "557058:ada", SprintField: []int{48}, PointsField: 3})
	sub := v.add(object{"project": "SHOP", "issuetype": "Sub-task", "parent": story})

	byCustom := map[string]object{}
	for _, f := range v.do(200, "GET", "/rest/api/2/field", nil).list {
		schema := asObject(f.(object)["schema"], "")
		byCustom[text(schema["custom"])] = f.(object)
	}
	id := func(custom string) string { return text(byCustom["com.pyxis.greenhopper.jira:"+custom]["id"]) }
	if id("gh-epic-link") == EpicLinkField || id("gh-epic-link") == "" || id("gh-sprint") == SprintField || byCustom[""]["id"] == nil {
		t.Errorf("fields %v", byCustom)
	}
	fields := func(key string) object {
		return v.do(200, "GET", "/rest/api/2/issue/"+key, nil).body["fields"].(object)
	}
	f := fields(story)
	if f["parent"] != nil || f[id("gh-epic-link")] != epic || fields(epic)[id("gh-epic-label")] != "Pay by phone" {
		t.Errorf("story %v", f)
	}
	if fields(sub)["parent"].(object)["key"] != story {
		t.Errorf("sub-task %v", fields(sub))
	}
	if f["issuetype"].(object)["hierarchyLevel"] != nil || f["statusCategory"] != nil {
		t.Errorf("levels or categories of Cloud: %v", f)
	}
	ada := f["assignee"].(object)
	if ada["name"] != "ada" || ada["key"] == nil || ada["accountId"] != nil {
		t.Errorf("assignee %v", ada)
	}
	if again := v.do(200, "GET", "/rest/api/2/user?key="+text(ada["key"]), nil); again.body["displayName"] != "Ada" {
		t.Errorf("user %s", again.raw)
	}
	want := "id=48,rapidViewId=7,state=ACTIVE,name=Sprint 48,goal=,startDate=2026-11-24T09:00:00.000Z,endDate=<null>"
	if got := fmt.Sprint(f[id("gh-sprint")]); !strings.Contains(got, want) {
		t.Errorf("sprint %s", got)
	}
	must(t, v.world.Human("").SetField(story, "parent", nil), v.world.Human("").SetField(story, "parent", epic))
	found := v.do(200, "GET", "/rest/api/2/search"+params("jql", `"Epic Link" = `+epic, "expand", "changelog"), nil).body["issues"].([]any)
	if len(found) != 1 || found[0].(object)["key"] != story {
		t.Fatalf("stories of the epic: %v", found)
	}
	history := found[0].(object)["changelog"].(object)["histories"].([]any)[1].(object)
	item := history["items"].([]any)[0].(object)
	if item["field"] != "Epic Link" || item["toString"] != epic || item["fieldId"] != nil || history["author"].(object)["name"] != "human" {
		t.Errorf("history %v", history)
	}
}

func TestDataCenterWrites(t *testing.T) {
	v := datacenter(t)
	v.add(object{"project": "SHOP"})
	v.do(204, "PUT", "/rest/api/2/issue/SHOP-1", object{"update": labels("+hygiene"), "properties": []object{{"key": "p", "value": 1}}})
	posted := v.do(201, "POST", "/rest/api/2/issue/SHOP-1/comment", object{"body": "Hello", "properties": []object{{"key": "p", "value": 2}}})
	if posted.body["author"].(object)["name"] != "bot" || posted.body["jsdPublic"] != nil {
		t.Errorf("comment %s", posted.raw)
	}
	v.do(200, "GET", "/rest/api/2/comment/"+text(posted.body["id"])+"/properties/p", nil)
	v.do(200, "GET", "/rest/api/2/issue/SHOP-1/properties/p", nil)
	v.do(204, "PUT", "/rest/api/2/issue/SHOP-1", object{"fields": object{"assignee": object{"name": "bot"}}})
	mine := v.do(200, "GET", "/rest/api/2/mypermissions?permissions=EDIT_ISSUES&projectKey=SHOP", nil).body["permissions"].(object)
	if len(mine) != len(permissions())-1 { // no agents without a service project
		t.Errorf("%d permissions: the filter counts", len(mine))
	}
	types := v.do(200, "GET", "/rest/api/2/issue/createmeta/SHOP/issuetypes", nil).body["values"].([]any)
	layout := v.do(200, "GET", "/rest/api/2/issue/createmeta/SHOP/issuetypes/"+text(types[0].(object)["id"]), nil)
	if layout.body["isLast"] != true || len(layout.body["values"].([]any)) == 0 {
		t.Errorf("layout %s", layout.raw)
	}
}

func TestDataCenterRateHeaders(t *testing.T) {
	v := datacenter(t, func(s *Settings) { s.Allowance = 2 })
	a := v.do(200, "GET", "/rest/api/2/myself", nil)
	for name, want := range map[string]string{"Retry-After": "0", "X-RateLimit-Remaining": "1", "X-RateLimit-FillRate": "50", "X-RateLimit-Interval-Seconds": "5"} {
		if got := a.header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	v.do(200, "GET", "/rest/api/2/myself", nil)
	if a := v.do(429, "GET", "/rest/api/2/myself", nil); a.header.Get("Retry-After") != "5" {
		t.Errorf("without tokens: %v", a.header)
	}
	v.clock.pass(5 * time.Second)
	v.do(200, "GET", "/rest/api/2/myself", nil)
}
