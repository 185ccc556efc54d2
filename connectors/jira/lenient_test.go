package jira

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/jira/jirasim"
)

// The same issue, as other hands write it.
func TestOddIssues(t *testing.T) {
	const plain = `{"id":"10001","key":"SHOP-1","fields":{"project":{"id":"10000","key":"SHOP"},"issuetype":{"name":"Story"},"summary":"A",
		"status":{"name":"Doing","statusCategory":{"key":"indeterminate"}},"created":"2026-11-01T08:00:00.000+0000","updated":"2026-11-02T08:00:00.000+0000",
		"assignee":{"accountId":"a1"}}}`
	m := &model{repeats: &repeats{}, site: "jira:x", base: "https://shop.example", projects: []backlog.Project{{ID: "10000", Key: "SHOP"}}, fields: findFields(nil, nil)}
	for name, change := range map[string][2]string{
		"as it is":             {"", ""},
		"number for an id":     {`"id":"10001"`, `"id":10001`},
		"number for a project": {`"id":"10000"`, `"id":10000`},
		"project without id":   {`"id":"10000",`, ``},
		"null for a list":      {`"summary"`, `"labels":null,"issuelinks":null,"components":null,"parent":null,"summary"`},
		"more than we know":    {`"summary"`, `"x":[{"y":null}],"summary"`},
		"Z":                    {`.000+0000`, `Z`},
		"colon":                {`.000+0000`, `+00:00`},
		"no milliseconds":      {`.000+0000`, `+0000`},
		"category by id":       {`"key":"indeterminate"`, `"id":4`},
		"category by name":     {`"key":"indeterminate"`, `"name":"In Progress"`},
		"no category":          {`"Doing","statusCategory":{"key":"indeterminate"}`, `"In Progress"`},
		"no account":           {`"accountId":"a1"`, `"name":"a1"`},
		"display name only":    {`"accountId":"a1"`, `"displayName":"a1"`},
	} {
		item, broken := (&Tracker{}).convertOne(m, json.RawMessage(strings.ReplaceAll(plain, change[0], change[1])))
		if change[0] == "" {
			item, broken = (&Tracker{}).convertOne(m, json.RawMessage(plain))
		}
		if broken != nil || item.ID.ID != "10001" || item.Project.ID != "10000" || item.State.Category != backlog.InProgress ||
			item.Changed.Unix() != 1793606400 || item.Assignee == nil || item.Assignee.ID != "a1" {
			t.Errorf("%s: %+v, broken %v", name, item, broken)
		}
	}
}

// Lists that are shaped in other ways than Jira's own.
func TestOddLists(t *testing.T) {
	const project = `{"id":10000,"key":"SHOP","name":"Shop"}`
	for name, c := range map[string]struct{ path, body string }{
		"projects without a last page": {"/project/search", `{"values":[` + project + `]}`},
		"projects on one endless page": {"/project/search", `{"isLast":false,"total":99,"values":[` + project + `]}`},
		"rights with texts":            {"/permissions/check", `{"projectPermissions":[{"permission":"EDIT_ISSUES","projects":["10000"],"issues":null},{"permission":"ADD_COMMENTS","projects":["10000"]}],"globalPermissions":null}`},
		"types under values":           {"/issuetypes\\?", `{"values":[{"id":10001,"name":"Story"}]}`},
		"fields under values":          {"/issuetypes/\\d+\\?", `{"values":[{"key":"summary","name":"Summary"}]}`},
		"fields with odd schemas":      {"/field$", `[{"id":"customfield_1","name":"Sprint","schema":{"customId":"1"}},{"id":"duedate","name":"Due","schema":null}]`},
		"comments without a total":     {"/issue/[^/]+/comment", `{"comments":[]}`},
		"accounts without an id":       {"/myself$", `{"name":"bot","displayName":"Bot"}`},
	} {
		w, url := start(t, jirasim.Settings{})
		w.Faults().Add(answer(c.path, 200, c.body))
		tracker := connect(t, url, Settings{})
		site, err := tracker.Describe(t.Context())
		if err != nil || len(site.Projects) != 1 || site.Projects[0].ID != "10000" || !site.Rights[0].Edit || len(site.Problems) > 0 {
			t.Errorf("%s: %+v, %v", name, site, err)
			continue
		}
		if story := typeNamed(t, site, "Story"); story.Level != backlog.Story {
			t.Errorf("%s: %+v", name, story)
		}
		if items, broken, _, err := sweepAll(t, tracker, nil); err != nil || len(items) != 5 || len(broken) > 0 {
			t.Errorf("%s: %d items, broken %v, %v", name, len(items), broken, err)
		}
		if ours, err := tracker.Comments(t.Context(), backlog.ItemID{ID: "10001"}); err != nil || len(ours) != 0 {
			t.Errorf("%s: %v, %v", name, ours, err)
		}
	}
}

// Types without a hierarchy are placed by their names.
func TestLevelsByName(t *testing.T) {
	for name, want := range map[string]backlog.Level{
		"Portfolio Epic": backlog.Portfolio, "Capability": backlog.Capability, "Feature": backlog.Feature, "Epic": backlog.Feature,
		"Bug": backlog.Story, "Sub-task": backlog.Task, "Test": "",
	} {
		if got := (Settings{}).level(issueType{Name: name}); got != want {
			t.Errorf("%s is on level %q, want %q", name, got, want)
		}
	}
}

// A short list that nothing confirms is not taken for the whole.
func TestCensusWithoutCount(t *testing.T) {
	for name, body := range map[string]string{
		"two lists differ": `{"issues":[{"id":"10001"}]}`, "nothing at all": `{"issues":[]}`, "more and no token": `{"issues":[{"id":"10001"}],"isLast":false}`,
	} {
		w, url := start(t, jirasim.Settings{})
		tracker := connect(t, url, Settings{})
		if _, err := tracker.Describe(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.Faults().Add(answer("/approximate-count", 404, `{}`))
		rule := answer("/search/jql", 200, body)
		if rule.Times = 1; name == "nothing at all" {
			rule.Times = 2
		}
		w.Faults().Add(rule)
		for page, err := range tracker.Census(t.Context(), backlog.ProjectID{Site: tracker.model.site, ID: "10000"}) {
			if page.Complete || err == nil && !strings.Contains(page.Basis, "approximate-count") {
				t.Errorf("%s: %+v, %v", name, page, err)
			}
		}
	}
}
