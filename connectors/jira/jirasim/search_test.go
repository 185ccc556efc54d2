package jirasim

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestPagesChainByToken(t *testing.T) {
	v := visit(t)
	for n := range 25 {
		v.add(object{"project": "SHOP", "summary": fmt.Sprint("story ", n)})
	}
	keys, pages := v.keys("project = SHOP ORDER BY created ASC, key ASC", 10)
	if pages != 3 || len(keys) != 25 || keys[0] != "SHOP-1" || keys[24] != "SHOP-25" {
		t.Fatalf("%d pages, %d keys: %v", pages, len(keys), keys)
	}
	slices.Sort(keys)
	if len(slices.Compact(keys)) != 25 {
		t.Fatal("a key came twice")
	}
}

// The token is a keyset cursor: an issue that is edited while the pages are
// read moves behind the cursor, and nothing else is skipped.
func TestEditBetweenPagesSkipsNothing(t *testing.T) {
	v := visit(t)
	for range 20 {
		v.clock.pass(time.Minute)
		v.add(object{"project": "SHOP"})
	}
	ask := object{"jql": "project = SHOP ORDER BY updated ASC, key ASC", "fields": []string{"key"}, "maxResults": 10}
	first := v.do(200, "POST", "/rest/api/2/search/jql", ask)
	v.clock.pass(time.Minute)
	if err := v.world.Human("").AddLabel("SHOP-3", "moved"); err != nil {
		t.Fatal(err)
	}
	ask["nextPageToken"] = first.body["nextPageToken"]
	second := v.do(200, "POST", "/rest/api/2/search/jql", ask)
	var keys []string
	for _, row := range second.body["issues"].([]any) {
		keys = append(keys, text(row.(object)["key"]))
	}
	if want := "SHOP-11 SHOP-12 SHOP-13 SHOP-14 SHOP-15 SHOP-16 SHOP-17 SHOP-18 SHOP-19 SHOP-20"; strings.Join(keys, " ") != want {
		t.Fatalf("second page %v", keys)
	}
	third := v.do(200, "POST", "/rest/api/2/search/jql", object{"jql": ask["jql"], "fields": []string{"key"}, "maxResults": 10, "nextPageToken": second.body["nextPageToken"]})
	if row := third.body["issues"].([]any)[0].(object); row["key"] != "SHOP-3" {
		t.Fatalf("third page starts with %v", row)
	}
}

func TestSizesOfPages(t *testing.T) {
	v := visit(t)
	v.world.Generate(150, 1)
	for _, tc := range []struct {
		fields []string
		ask    int
		want   int
	}{{nil, 0, 50}, {nil, 9999, 150}, {[]string{"id", "key"}, 5000, 150}, {[]string{"summary"}, 5000, 100}} {
		body := object{"jql": "project = GEN", "fields": tc.fields}
		if tc.fields == nil {
			delete(body, "fields")
		}
		if tc.ask > 0 {
			body["maxResults"] = tc.ask
		}
		a := v.do(200, "POST", "/rest/api/3/search/jql", body)
		if got := len(a.body["issues"].([]any)); got != tc.want {
			t.Errorf("fields %v, asked %d: %d rows, want %d", tc.fields, tc.ask, got, tc.want)
		}
	}
	row := v.do(200, "POST", "/rest/api/3/search/jql", object{"jql": "project = GEN"}).body["issues"].([]any)[0].(object)
	if len(row) != 1 || row["id"] == nil {
		t.Errorf("by default a row is its id, got %v", row)
	}
}

func TestQueriesThatJiraRefuses(t *testing.T) {
	v := visit(t)
	v.add(object{"project": "SHOP"})
	for jql, want := range map[string]string{
		"order by created": "Unbounded JQL queries are not allowed here. Please add a search restriction to your query.",
		"":                 "Unbounded JQL queries are not allowed here. Please add a search restriction to your query.",
		"project = NOPE":   "The value 'NOPE' does not exist for the field 'project'.",
		"project in (SHOP, NOPE) AND updated >= 1": "The value 'NOPE' does not exist for the field 'project'.",
		"colour = red":                            "Field 'colour' does not exist or you do not have permission to view it.",
		"status = Frozen":                         "The value 'Frozen' does not exist for the field 'status'.",
		"key = SHOP-99":                           "An issue with key 'SHOP-99' does not exist for field 'key'.",
		`updated >= "1732877091000"`:              "Date value '1732877091000' for field 'updated' is invalid.",
		"project = SHOP AND":                      "Error in the JQL Query: Expecting a field name but got the end of the query.",
		"project SHOP":                            "Error in the JQL Query: Expecting operator.",
		"(project = SHOP":                         "Error in the JQL Query: Expecting ')' but got the end of the query.",
		"project = SHOP order by a,b,c,d,e,f,g,h": "The maximum number of sort fields is 7.",
		"project = SHOP order by colour":          "Not able to sort using field 'colour'.",
	} {
		a := v.do(400, "POST", "/rest/api/3/search/jql", object{"jql": jql})
		if got := a.sentence(); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q, want %q", jql, got, want)
		}
	}
	v.do(400, "POST", "/rest/api/3/search/jql", object{"jql": "project = SHOP", "startAt": 0})
	v.do(400, "POST", "/rest/api/3/search/jql", object{"jql": "project = SHOP", "properties": []string{"a", "b", "c", "d", "e", "f"}})
	v.do(400, "POST", "/rest/api/3/search/jql", object{"jql": "project = SHOP", "nextPageToken": "made-up"})
	v.do(410, "GET", "/rest/api/2/search"+params("jql", "project = SHOP"), nil)
}

func TestJQLFinds(t *testing.T) {
	v := visit(t)
	v.world.AddField(Field{ID: "customfield_10200", Name: "Story Points", Type: "number", Custom: NumberField})
	v.add(object{"project": "SHOP", "issuetype": "Epic", "summary": "Smarter search"})
	v.add(object{"project": "SHOP", "status": "In Progress", "parent": "SHOP-1", "labels": []string{"mobile"}, "customfield_10200": 8})
	v.add(object{"project": "SHOP", "status": "Done", "assignee": "557058:ada", "components": []string{"Checkout"}})
	v.add(object{"project": "PAY", "issuetype": "Bug", "priority": "High"})
	for jql, want := range map[string]string{
		"project = SHOP":                                  "SHOP-1 SHOP-2 SHOP-3",
		"project in (SHOP, PAY) AND type = Bug":           "PAY-1",
		`project = "Web shop" and issuetype != Epic`:      "SHOP-2 SHOP-3",
		"project = SHOP AND statusCategory != Done":       "SHOP-1 SHOP-2",
		"statusCategory in ('In Progress', Done)":         "SHOP-2 SHOP-3",
		"project = SHOP AND NOT (status = Done)":          "SHOP-1 SHOP-2",
		"parent = SHOP-1":                                 "SHOP-2",
		"labels = mobile OR priority = High":              "PAY-1 SHOP-2",
		"labels is EMPTY AND project = SHOP":              "SHOP-1 SHOP-3",
		"assignee = 557058:ada":                           "SHOP-3",
		"labels != mobile AND project = SHOP":             "", // as in Jira, an empty field fits no negation
		"component = Checkout":                            "SHOP-3",
		`"Story Points" >= 5`:                             "SHOP-2",
		"cf[10200] < 5 AND project = SHOP":                "",
		"summary ~ search":                                "SHOP-1",
		"key > SHOP-1 AND key <= SHOP-3":                  "SHOP-2 SHOP-3",
		"id in (10001, 10004)":                            "PAY-1 SHOP-1",
		"id >= 10003":                                     "PAY-1 SHOP-3",
		"key in (shop-2)":                                 "SHOP-2",
		"project = SHOP and created <= now()":             "SHOP-1 SHOP-2 SHOP-3",
		"project = PAY or project = SHOP and status=Done": "PAY-1 SHOP-3",
	} {
		keys, _ := v.keys(jql+" ORDER BY key", 50)
		if got := strings.Join(keys, " "); got != want {
			t.Errorf("%s: %q, want %q", jql, got, want)
		}
	}
	if n := v.do(200, "POST", "/rest/api/3/search/approximate-count", object{"jql": "project = SHOP"}).body["count"]; n != 3.0 {
		t.Errorf("count %v", n)
	}
}

// Quoted dates are read in the account's time zone, to the minute; digits
// without quotes are absolute.
func TestDatesInJQLAreTheAccounts(t *testing.T) {
	zone := time.FixedZone("UTC+5:30", 5*3600+1800)
	v := visit(t, func(s *Settings) { s.Zone = zone })
	v.add(object{"project": "SHOP", "created": "2026-11-24T08:00:30.250+0000"})
	at := time.Date(2026, 11, 24, 8, 0, 30, 250e6, time.UTC)
	for jql, want := range map[string]int{
		`updated >= "2026-11-24 13:30"`:                1, // 08:00 UTC is 13:30 there
		`updated >= "2026/11/24 13:31"`:                0,
		`updated >= "2026-11-24 08:01"`:                1, // hours too early when read there
		`updated < "2026-11-24"`:                       0,
		`updated >= -61m`:                              1,
		`updated >= "-30m"`:                            0,
		`created >= startOfDay()`:                      1,
		fmt.Sprint("updated >= ", at.UnixMilli()):      1,
		fmt.Sprint("updated >= ", at.UnixMilli()+1):    0,
		fmt.Sprint("updated = ", at.UnixMilli()):       1,
		fmt.Sprint("NOT updated < ", at.UnixMilli()+1): 0,
	} {
		if keys, _ := v.keys("project = SHOP AND "+jql, 50); len(keys) != want {
			t.Errorf("%s: %d, want %d", jql, len(keys), want)
		}
	}
	fields := v.do(200, "GET", "/rest/api/2/issue/SHOP-1", nil).body["fields"].(object)
	if fields["updated"] != "2026-11-24T13:30:30.250+0530" {
		t.Errorf("updated %v is not in the account's zone", fields["updated"])
	}
}

func TestSearchLagsAndReadsDoNot(t *testing.T) {
	v := visit(t, func(s *Settings) { s.IndexLag = 90 * time.Second })
	v.add(object{"project": "SHOP", "summary": "old words"})
	v.clock.pass(time.Hour)
	if err := v.world.Human("").SetField("SHOP-1", "summary", "new words"); err != nil {
		t.Fatal(err)
	}
	key := v.world.Human("").Create(object{"fields": object{"project": "SHOP"}})
	summary := func(reconcile ...int) any {
		a := v.do(200, "POST", "/rest/api/3/search/jql", object{"jql": "project = SHOP ORDER BY key", "fields": []string{"summary"}, "reconcileIssues": reconcile})
		rows := a.body["issues"].([]any)
		return fmt.Sprint(len(rows), " ", rows[0].(object)["fields"].(object)["summary"])
	}
	if got := summary(); got != "1 old words" {
		t.Errorf("at once search sees %v", got)
	}
	if got := summary(10001); got != "1 new words" {
		t.Errorf("reconciled, search sees %v", got)
	}
	if got := v.do(200, "GET", "/rest/api/2/issue/SHOP-1?fields=summary", nil).body["fields"].(object)["summary"]; got != "new words" {
		t.Errorf("a read by key sees %v", got)
	}
	v.do(200, "GET", "/rest/api/2/issue/"+key, nil)
	v.clock.pass(91 * time.Second)
	if got := summary(); got != "2 new words" {
		t.Errorf("after the lag search sees %v", got)
	}
}
