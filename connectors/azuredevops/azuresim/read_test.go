package azuresim

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/connectors/simulator"
)

func TestGuisesOfRefusedTokens(t *testing.T) {
	s := serve(t)
	s.pat = "expired"
	a := s.do("GET", "/_apis/connectionData", nil)
	if a.status != http.StatusNonAuthoritativeInfo || !strings.Contains(a.header.Get("Content-Type"), "text/html") {
		t.Errorf("a reader gets %d %s", a.status, a.raw)
	}
	if a := s.patch("3", op("add", "/fields/System.Title", "x")); a.status != http.StatusUnauthorized {
		t.Errorf("a writer gets %d", a.status)
	}
	s.pat, s.user = "secret", "somebody"
	if a := s.do("GET", "/_apis/connectionData", nil); a.status != 203 {
		t.Errorf("a user name beside the token: %d", a.status)
	}
	s = serve(t, func(set *Settings) { set.SignIn = SignInRedirect })
	s.pat = "expired"
	if a := s.do("GET", "/_apis/connectionData", nil); a.status != http.StatusFound || a.header.Get("Location") == "" {
		t.Errorf("redirected: %d %v", a.status, a.header)
	}
}

func TestVersionsAndPaths(t *testing.T) {
	s := serve(t)
	a := s.do("GET", "/sHOP/_APIS/wit/WORKitems/3?$EXPAND=aLL", nil)
	if a.status != 200 || a.header.Get("Content-Type") != "application/json; charset=utf-8; api-version=7.1-preview.3" {
		t.Errorf("%d %v %s", a.status, a.header, a.raw)
	}
	if a.header.Get("Date") != "Tue, 24 Nov 2026 09:00:00 GMT" {
		t.Errorf("the date is %s", a.header.Get("Date"))
	}
	a = s.do("GET", "/Shop/_apis/wit/workItems/0", nil)
	if a.status != 404 || !strings.HasPrefix(a.header.Get("Content-Type"), "text/plain") || !strings.HasPrefix(string(a.raw), `"The controller`) {
		t.Errorf("%d %v %s", a.status, a.header, a.raw)
	}
	s.do("GET", "/Nowhere/_apis/wit/workitemtypes", nil).says(t, 404, "ProjectDoesNotExistWithNameException")
	s.do("GET", "/_apis/wit/workitems/99", nil).says(t, 404, "WorkItemUnauthorizedAccessException")
}

func TestQueries(t *testing.T) {
	s := serve(t)
	must(t, s.SetField(3, "System.Title", `It's "so"`))
	must(t, s.SetField(3, "System.AreaPath", `Shop\Checkout\Payments`))
	must(t, s.SetField(3, "System.AssignedTo", "Ada <ada@x.example>"))
	must(t, s.SetField(4, "System.State", "Active"))
	s.at = s.at.Add(time.Hour)
	must(t, s.AddTag(4, "debt"))
	for _, c := range []struct {
		where string
		want  []int
	}{
		{`[System.Id] > 2`, []int{3, 4}},
		{`[System.TeamProject] = @project AND [System.Id] <= 1`, []int{1}},
		{`[System.WorkItemType] IN ('epic', 'Feature') ORDER BY [System.Id] DESC`, []int{2, 1}},
		{`[System.WorkItemType] NOT IN ('Epic') AND ([System.Id] = 1 OR [System.Id] = 2)`, []int{2}},
		{`[Title] = 'It''s "so"'`, []int{3}},
		{`[System.AreaPath] UNDER 'Shop\Checkout'`, []int{3}},
		{`[System.AreaPath] NOT UNDER 'Shop\Checkout' AND NOT [System.State] = 'Active'`, []int{1, 2}},
		{`[System.AssignedTo] = 'ada@x.example'`, []int{3}},
		{`[System.AssignedTo] = ''`, []int{1, 2, 4}},
		{`[System.ChangedDate] >= '2026-11-24T10:00:00Z'`, []int{4}},
		{`[System.ChangedDate] < @today - 1`, []int{}},
		{`[System.Tags] CONTAINS 'DEBT'`, []int{4}},
		{`[System.Parent] = 2`, []int{3, 4}},
		{`[System.State] <> 'New'`, []int{4}},
	} {
		if got := s.wiql("SELECT [System.Id] FROM WorkItems WHERE " + c.where); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.where, got, c.want)
		}
	}
	for _, bad := range []string{"SELECT", "SELECT [System.Id] FROM WorkItems WHERE [System.Nothing] = 1",
		"SELECT [System.Id] FROM WorkItems WHERE [System.Title] UNDER 'x'", "SELECT [System.Id] FROM WorkItems WHERE [System.Id] = 1 AND",
		"SELECT [System.Id] FROM WorkItems WHERE [System.Title] = 'open"} {
		s.do("POST", "/_apis/wit/wiql", object{"query": bad}).says(t, 400, "QueryException")
	}
	s.do("POST", "/_apis/wit/wiql", object{"query": "SELECT [System.Id] FROM WorkItems WHERE [System.ChangedDate] > '2026-11-24T10:00:00Z'"}).says(t, 400, "QueryException")
	s.do("POST", "/_apis/wit/wiql", object{"query": "SELECT [System.Id] FROM WorkItems WHERE [System.TeamProject] = @project"}).says(t, 400, "QueryException")
}

func TestQueriesHaveALimit(t *testing.T) {
	s := serve(t)
	must(t, s.Generate(20001, 1))
	all := object{"query": "SELECT [System.Id] FROM WorkItems"}
	s.do("POST", "/_apis/wit/wiql", all).says(t, 400, "WorkItemTrackingQueryResultSizeLimitExceededException")
	seen, last := 0, 0
	for {
		page := s.wiql("SELECT [System.Id] FROM WorkItems WHERE [System.TeamProject] = 'Generated' AND [System.Id] > " +
			itoa(last) + " AND [System.Id] <= " + itoa(last+8000) + " ORDER BY [System.Id]")
		if len(page) == 0 {
			break
		}
		seen, last = seen+len(page), page[len(page)-1]
	}
	if seen != 20001 {
		t.Errorf("%d items by pages of ids", seen)
	}
}

func TestBatches(t *testing.T) {
	s := serve(t)
	must(t, s.Hide(2))
	must(t, s.Delete(4))
	body := object{"ids": []int{4, 3, 2, 99, 1}, "errorPolicy": "Omit", "fields": []string{"System.Id", "System.Parent", "System.Tags"}}
	value := s.ok("POST", "/_apis/wit/workitemsbatch", body)["value"].([]any)
	if len(value) != 5 || value[0] != nil || value[2] != nil || value[3] != nil {
		t.Fatalf("the batch is %v", value)
	}
	want := object{"id": 3.0, "rev": 1.0, "fields": object{"System.Id": 3.0, "System.Parent": 2.0}, "url": s.url + "/_apis/wit/workItems/3"}
	if diff := cmp.Diff(want, value[1]); diff != "" {
		t.Error(diff)
	}
	body["errorPolicy"] = "fail"
	s.do("POST", "/_apis/wit/workitemsbatch", body).says(t, 404, "WorkItemUnauthorizedAccessException")
	body["$expand"] = "all"
	s.do("POST", "/_apis/wit/workitemsbatch", body).says(t, 400, "ConflictingParametersException")
	s.do("POST", "/_apis/wit/workitemsbatch", object{"ids": make([]int, 201)}).says(t, 400, "WorkItemsBatchSizeException")
	s.do("GET", "/_apis/wit/workitems?ids=1&fields=System.Nope", nil).says(t, 400, "WorkItemTrackingFieldDefinitionNotFoundException")
}

func TestDeletion(t *testing.T) {
	s := serve(t)
	if gone := s.ok("DELETE", "/_apis/wit/workitems/4", nil); gone["deletedDate"] != "11/24/2026 9:00:00 AM" {
		t.Errorf("deleted: %v", gone)
	}
	s.do("GET", "/_apis/wit/workitems/4", nil).says(t, 404, "WorkItemUnauthorizedAccessException")
	if got := ids(s.get("/Shop/_apis/wit/recyclebin")["value"]); !slices.Equal(got, []int{4}) {
		t.Errorf("the recycle bin holds %v", got)
	}
	if got := s.wiql("SELECT [System.Id] FROM WorkItems"); !slices.Equal(got, []int{1, 2, 3}) {
		t.Errorf("queries find %v", got)
	}
	feed := s.get("/_apis/wit/reporting/workitemrevisions?includeDeleted=true&includeLatestOnly=true")["values"].([]any)
	if last := feed[len(feed)-1].(object); last["id"] != 4.0 || last["fields"].(object)["System.IsDeleted"] != true {
		t.Errorf("the feed ends with %v", last)
	}
	if feed := s.get("/_apis/wit/reporting/workitemrevisions?includeLatestOnly=true")["values"]; slices.Contains(ids(feed), 4) {
		t.Errorf("a feed that was not asked for deleted items has %v", feed)
	}
	must(t, s.Restore(4))
	if got := s.get("/_apis/wit/workitems/4"); got["rev"] != 3.0 || got["fields"].(object)["System.Parent"] != 2.0 {
		t.Errorf("restored: %v", got)
	}
	must(t, s.Destroy(4))
	feed = s.get("/_apis/wit/reporting/workitemrevisions?includeDeleted=true")["values"].([]any)
	bin := s.get("/_apis/wit/recyclebin")["value"].([]any)
	children := s.get("/_apis/wit/workitems/2?$expand=relations")["relations"].([]any)
	links := s.get("/_apis/wit/reporting/workitemlinks")["values"].([]any)
	if slices.Contains(ids(feed), 4) || len(links) != 2 || len(bin) != 0 || len(children) != 2 || len(s.Truth().Writes()) != 1 {
		t.Errorf("destroyed: %v %v %v %v", feed, bin, children, s.Truth().Writes())
	}
}

func TestThrottleRules(t *testing.T) {
	s := serve(t)
	s.Faults().Add(simulator.Rule{Path: "workitems/1", Times: 1, Header: map[string]string{"Retry-After": "7", "X-RateLimit-Delay": "2"}})
	if a := s.do("GET", "/_apis/wit/workitems/1", nil); a.status != 200 || a.header.Get("Retry-After") != "7" || a.body["id"] != 1.0 {
		t.Errorf("%d %v", a.status, a.header)
	}
}
