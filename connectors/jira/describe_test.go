package jira

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/jira/jirasim"
)

func TestDescribe(t *testing.T) {
	w, url := start(t, jirasim.Settings{Quiet: true, CloudID: "0a1b2c3d-1111-4222-8333-444455556666"})
	w.AddType(jirasim.IssueType{Name: "Epic", Level: 1}, "SHOP")
	criteria := w.AddField(jirasim.Field{Name: "Acceptance criteria", Type: "string", Custom: jirasim.TextAreaField})
	w.Layout("SHOP", "Story", "description", "parent", criteria)
	w.Deny("PAY", "ADD_COMMENTS", "ADMINISTER_PROJECTS")
	tracker := connect(t, url, Settings{
		Projects: []string{"shop", "10001", "NOPE"},
		Fields:   map[string][]string{"persona": {"Persona"}, "acceptance_criteria": {"Acceptance criteria"}},
		Levels:   map[backlog.Level][]string{backlog.Capability: {"Capability"}},
	})
	site, err := tracker.Describe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if site.ID != "jira:0a1b2c3d-1111-4222-8333-444455556666" || site.Kind != "jira" || site.Account.ID == "" || site.Now.IsZero() {
		t.Errorf("site is %+v", site)
	}
	if diff := cmp.Diff([]string{"NOPE"}, site.Missing); diff != "" {
		t.Errorf("missing projects (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]backlog.Project{{ID: "10000", Key: "SHOP", Name: "Shop"}, {ID: "10001", Key: "PAY", Name: "Pay"}}, site.Projects); diff != "" {
		t.Errorf("projects (-want +got):\n%s", diff)
	}
	rights := []backlog.Rights{{Project: "10000", Edit: true, Comment: true, Quiet: true}, {Project: "10001", Edit: true}}
	if diff := cmp.Diff(rights, site.Rights); diff != "" {
		t.Errorf("rights (-want +got):\n%s", diff)
	}
	if len(site.Problems) != 2 || !strings.Contains(site.Problems[0], `"Persona"`) || !strings.Contains(site.Problems[1], `"Capability"`) {
		t.Errorf("problems are %q", site.Problems)
	}
	if story := typeNamed(t, site, "Story"); story.Level != backlog.Story || !story.Layout.Has(backlog.FieldAcceptanceCriteria) || !story.Layout.Has(backlog.FieldParent) ||
		story.Layout.Has(backlog.FieldPoints) || !story.Used.Has(backlog.FieldAcceptanceCriteria) || story.Used.Has(backlog.FieldPersona) || story.Names["acceptance_criteria"] != "Acceptance criteria" {
		t.Errorf("the story is %+v", story)
	}
	if epic := typeNamed(t, site, "Epic"); epic.Level != backlog.Feature {
		t.Errorf("the epic is %+v", epic)
	}
}

func typeNamed(t *testing.T, site backlog.Site, name string) backlog.ItemType {
	t.Helper()
	for _, it := range site.Types {
		if it.Name == name && it.Project == "10000" {
			return it
		}
	}
	t.Fatalf("no type %s in %+v", name, site.Types)
	return backlog.ItemType{}
}

// Without the right to create issues no form is known, and every field that
// the site has may be used.
func TestDescribeWithoutForms(t *testing.T) {
	w, url := start(t, jirasim.Settings{})
	w.Faults().Add(answer("/createmeta/", 404, `{"errorMessages":["No project could be found."],"errors":{}}`))
	site, err := connect(t, url, Settings{}).Describe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if story := typeNamed(t, site, "Story"); !story.Layout.Has(backlog.FieldPoints) || !story.Layout.Has(backlog.FieldDescription) || story.Layout.Has(backlog.FieldPersona) {
		t.Errorf("the story is %+v", story)
	}
}

func TestLocate(t *testing.T) {
	_, url := start(t, jirasim.Settings{})
	site, err := connect(t, url, Settings{}).Describe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for address, key := range map[string]string{
		url + "/browse/SHOP-1":                                             "SHOP-1",
		url + "/browse/shop-1?focusedCommentId=7#comment-7":                "SHOP-1",
		url + "/jira/software/projects/SHOP/boards/1?selectedIssue=SHOP-2": "SHOP-2",
		"https://other.example/browse/SHOP-1":                              "",
		url + "/browse/SHOP":                                               "",
	} {
		if ref, ok := site.Locate(address); ref.Key != key || ok != (key != "") {
			t.Errorf("%s is located as %+v, want %q", address, ref, key)
		}
	}
}

func TestSettingsAreChecked(t *testing.T) {
	for _, s := range []Settings{{URL: "shop"}, {URL: "https://shop.example", Query: "labels = x order  by created"}} {
		if err := s.check(); err == nil {
			t.Errorf("%+v is accepted", s)
		}
	}
	s := Settings{Query: `labels = "x"`}
	if got, want := s.jql(`A"B`), `project = "A\"B" AND (labels = "x")`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// A narrower or wider scope is read anew; the same one only for changes.
func TestScopeChangeAsksForBackfill(t *testing.T) {
	_, url := start(t, jirasim.Settings{})
	_, _, mark, err := sweepAll(t, connect(t, url, Settings{}), nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		s    Settings
		want int
	}{
		"the same": {Settings{}, 1}, "another query": {Settings{Query: "labels = x"}, 1}, "another project": {Settings{Projects: []string{"SHOP", "PAY"}}, 2},
		"other fields": {Settings{Fields: map[string][]string{"points": {"Story Points"}}}, 1},
		"other levels": {Settings{Levels: map[backlog.Level][]string{backlog.Feature: {"Epic"}}}, 1},
	} {
		sweeps, err := connect(t, url, c.s).Sweeps(t.Context(), mark)
		if err != nil || len(sweeps) != c.want || strings.HasPrefix(sweeps[0].Name, "backfill") != (name != "the same") {
			t.Errorf("%s: %+v, %v", name, sweeps, err)
		}
	}
}

// Team-managed projects have fields of their own: a type's form and what people
// there call a field are those of its project.
func TestTypesAreTheirProjectsOwn(t *testing.T) {
	w, url := start(t, jirasim.Settings{})
	own := w.AddField(jirasim.Field{ID: "customfield_12001", Name: "Story Points", Type: "number", Custom: jirasim.NumberField})
	w.AddType(jirasim.IssueType{Name: "Idea"}, "PAY")
	w.Layout("SHOP", "Story", "description", own)
	w.Layout("PAY", "Story", "parent", jirasim.PointsField)
	w.Layout("PAY", "Idea", "description")
	site, err := connect(t, url, Settings{Projects: []string{"SHOP", "PAY"}}).Describe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		project, name, points string
		description           bool
	}{
		{"10000", "Story", "Story Points", true}, {"10001", "Story", "Story point estimate", false}, {"10001", "Idea", "", true},
	} {
		kind, ok := site.TypeOf(backlog.Item{Project: backlog.Project{ID: c.project}, Type: c.name})
		if !ok || kind.Names["points"] != c.points || kind.Layout.Has(backlog.FieldPoints) != (c.points != "") || kind.Layout.Has(backlog.FieldDescription) != c.description {
			t.Errorf("%s of %s is %+v", c.name, c.project, kind)
		}
	}
	if _, ok := site.TypeOf(backlog.Item{Project: backlog.Project{ID: "10000"}, Type: "Idea"}); ok {
		t.Error("a type of one project is another's")
	}
}
