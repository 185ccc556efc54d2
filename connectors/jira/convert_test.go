package jira

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/andygrunwald/go-jira"
	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/simulator/evidence"
)

// shop is a site with the usual fields, two of them with one name.
func shop(configured map[string][]string) *model {
	field := func(id, name, custom string) jira.Field {
		return jira.Field{ID: id, Name: name, Schema: jira.FieldSchema{Custom: custom}}
	}
	return &model{repeats: &repeats{},
		site: "jira:cloud", base: "https://shop.atlassian.net", account: backlog.Person{ID: "bot"},
		projects: []backlog.Project{{ID: "10000", Key: "SHOP", Name: "Shop"}},
		fields: findFields([]jira.Field{
			field("description", "Description", ""), field("priority", "Priority", ""), field("parent", "Parent", ""),
			field("customfield_1", "Sprint", "com.pyxis.greenhopper.jira:gh-sprint"),
			field("customfield_2", "Rank", "com.pyxis.greenhopper.jira:gh-lexo-rank"),
			field("customfield_3", "Story point estimate", "com.pyxis.greenhopper.jira:jsw-story-points"),
			field("customfield_4", "Story Points", "float"),
			field("customfield_5", "Acceptance criteria", "textarea"),
			field("customfield_6", "Acceptance Criteria", "checklist"),
			field("customfield_7", "Epic Link", epicLinkSchema),
			field("customfield_8", "Business Value", "float"), field("customfield_9", "RR/OE", "float"),
			field("customfield_10", "Persona", "select"), field("customfield_11", "Twin", "textfield"),
			field("customfield_12", "Team", "team"),
		}, configured),
	}
}

const richIssue = `{"id":"10001","key":"SHOP-1","fields":{
 "summary":"Pay with a stored card","project":{"id":"10000","key":"SHOP","name":"Shop"},
 "issuetype":{"id":"1","name":"Story","subtask":false,"hierarchyLevel":0},
 "status":{"name":"In Arbeit","statusCategory":{"key":"indeterminate"}},
 "statuscategorychangedate":"2026-11-20T10:00:00.000+0100",
 "description":"As a *busy parent*, I want to pay with a stored card, so that I am done.",
 "labels":["zeta","alpha"],"components":[{"name":"Web"},{"name":"App"}],"fixVersions":[{"name":"26.4"}],
 "priority":{"name":"High"},"duedate":"2026-12-01",
 "assignee":{"accountId":"557058:77","displayName":"Olga"},"creator":{"accountId":"557058:78","displayName":"Pat"},
 "created":"2026-11-01T09:00:00.000+0000","updated":"2026-11-21T09:00:00.123+0000",
 "parent":{"id":"10009","key":"SHOP-9"},
 "issuelinks":[
  {"type":{"name":"Blocks","inward":"is blocked by","outward":"blocks"},"outwardIssue":{"id":"10002","key":"SHOP-2"}},
  {"type":{"name":"Dependent","inward":"depends on","outward":"is depended by"},"inwardIssue":{"id":"10003","key":"SHOP-3"}}],
 "customfield_1":[{"id":8,"name":"Sprint 8","state":"future","boardId":4},{"id":7,"name":"Sprint 7","state":"active","boardId":4,"startDate":"2026-11-16T08:00:00.000Z","endDate":"2026-11-27T08:00:00.000Z"}],
 "customfield_2":"0|i000u2:","customfield_3":null,"customfield_4":5,"customfield_5":null,
 "customfield_6":[{"name":"The card is remembered","checked":true},{"name":"The card can be removed","checked":false}],
 "customfield_8":8,"customfield_9":{"value":"3"},"customfield_10":{"value":"Busy parent","id":"1"},
 "customfield_11":"AB#42","customfield_12":{"id":"t1","name":"Checkout"}}}`

func TestConvert(t *testing.T) {
	item, err := shop(map[string][]string{"team": {"Team"}}).convert(parse(t, richIssue), Settings{})
	if err != nil {
		t.Fatal(err)
	}
	id := func(n string) backlog.ItemID { return backlog.ItemID{Site: "jira:cloud", ID: n} }
	number := func(n float64) *float64 { return &n }
	want := backlog.Item{
		ID: id("10001"), Key: "SHOP-1", URL: "https://shop.atlassian.net/browse/SHOP-1", Title: "Pay with a stored card",
		Project: backlog.Project{ID: "10000", Key: "SHOP", Name: "Shop"},
		Type:    "Story", Level: backlog.Story,
		State: backlog.State{Category: backlog.InProgress, Native: "In Arbeit", Since: time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)},
		Body:  "As a **busy parent**, I want to pay with a stored card, so that I am done.",
		Text: backlog.Text{
			Criteria: []string{"The card is remembered", "The card can be removed"},
			Role:     "busy parent", Means: "to pay with a stored card", Ends: "I am done",
			Sentence: "As a **busy parent**, I want to pay with a stored card, so that I am done.", Words: 17,
		},
		Parent: &backlog.Ref{ID: id("10009"), Key: "SHOP-9"},
		Links: []backlog.Link{
			{Type: backlog.Blocks, Direction: backlog.Outward, Native: "blocks", To: backlog.Ref{ID: id("10002"), Key: "SHOP-2"}},
			{Type: backlog.Blocks, Direction: backlog.Inward, Native: "depends on", To: backlog.Ref{ID: id("10003"), Key: "SHOP-3"}},
		},
		Labels: []string{"alpha", "zeta"}, Components: []string{"App", "Web"}, Versions: []string{"26.4"},
		Iterations: []backlog.Iteration{
			{ID: "7", Name: "Sprint 7", Board: "4", State: "active", Start: time.Date(2026, 11, 16, 8, 0, 0, 0, time.UTC), End: time.Date(2026, 11, 27, 8, 0, 0, 0, time.UTC)},
			{ID: "8", Name: "Sprint 8", Board: "4", State: "future"},
		},
		Points: number(5), Priority: "High", Rank: "0|i000u2:", WSJF: backlog.WSJF{Value: number(8), Risk: number(3)},
		Persona:  "Busy parent",
		Assignee: &backlog.Person{ID: "557058:77", Name: "Olga"}, Author: &backlog.Person{ID: "557058:78", Name: "Pat"},
		Due: "2026-12-01", Created: time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC), Changed: time.Date(2026, 11, 21, 9, 0, 0, 123e6, time.UTC),
		Revision: item.Revision, Custom: map[string]any{"team": "Checkout"}, Filled: item.Filled,
	}
	if diff := cmp.Diff(want, item); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, f := range backlog.Fields() {
		empty := f == backlog.FieldBenefitHypothesis || f == backlog.FieldCriticality || f == backlog.FieldSize || f == backlog.FieldTheme
		if item.Filled.Has(f) == empty {
			t.Errorf("filled %s is %t", f, item.Filled.Has(f))
		}
	}
	if !strings.HasPrefix(item.Revision, "1795251600123-") {
		t.Errorf("revision is %q", item.Revision)
	}
}

func TestConvertParent(t *testing.T) {
	configured := map[string][]string{"parent": {"Twin"}}
	for name, c := range map[string]struct {
		fields string
		want   *backlog.Ref
	}{
		"parent first":  {`"parent":{"id":"9","key":"SHOP-9"},"customfield_7":"SHOP-8","customfield_11":"AB#7"`, &backlog.Ref{ID: backlog.ItemID{Site: "jira:cloud", ID: "9"}, Key: "SHOP-9"}},
		"epic link":     {`"parent":null,"customfield_7":"SHOP-8","customfield_11":"AB#7"`, &backlog.Ref{Key: "SHOP-8"}},
		"mapped number": {`"customfield_11":"AB#7"`, &backlog.Ref{Key: "7"}},
		"mapped page":   {`"customfield_11":"https://dev.azure.com/o/p/_workitems/edit/7"`, &backlog.Ref{URL: "https://dev.azure.com/o/p/_workitems/edit/7"}},
		"some words":    {`"customfield_11":"see the epic"`, nil},
		"nothing":       {`"labels":[]`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			item, err := shop(configured).convert(parse(t, minimal(c.fields)), Settings{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, item.Parent); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func minimal(fields string) string {
	return `{"id":"1","key":"SHOP-1","fields":{"summary":"x","project":{"id":"10000","key":"SHOP"},"issuetype":{"name":"Story"},"status":{"name":"Open"},` +
		`"created":"2026-11-01T09:00:00.000+0000","updated":"2026-11-01T09:00:00.000Z",` + fields + `}}`
}

func TestConvertRefusesWhatItCannotPlace(t *testing.T) {
	for name, c := range map[string]struct{ replace, with, want string }{
		"no project": {`"project":{"id":"10000","key":"SHOP"}`, `"project":null`, "names no project"},
		"no type":    {`"issuetype":{"name":"Story"}`, `"issuetype":{}`, "names no type"},
		"no status":  {`"status":{"name":"Open"}`, `"status":[]`, "read field status"},
		"bad date":   {`2026-11-01T09:00:00.000Z`, ``, `read field updated: "" is not a time`},
		"other date": {`"2026-11-01T09:00:00.000+0000"`, `1793523600`, "read field created"},
		"labels":     {`"labels":[]`, `"labels":"x"`, "read field labels"},
		"no key":     {`"key":"SHOP-1"`, `"key":""`, "no id or no key"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := shop(nil).convert(parse(t, strings.Replace(minimal(`"labels":[]`), c.replace, c.with, 1)), Settings{})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want something with %q", err, c.want)
			}
		})
	}
}

// A document (ADF) is read where wiki markup was asked for.
func TestConvertDocument(t *testing.T) {
	item, err := shop(nil).convert(parse(t, minimal(`"description":{"type":"doc","version":1,"content":[
		{"type":"heading","attrs":{"level":2},"content":[{"type":"text","text":"Acceptance criteria"}]},
		{"type":"bulletList","content":[{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"It works"}]}]}]}]}`)), Settings{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"It works"}, item.Text.Criteria); diff != "" {
		t.Errorf("body %q (-want +got):\n%s", item.Body, diff)
	}
}

func TestLevels(t *testing.T) {
	level := func(n int) *int { return &n }
	settings := Settings{Levels: map[backlog.Level][]string{backlog.Capability: {"capability"}, backlog.Feature: {"Story"}}}
	for _, c := range []struct {
		t    issueType
		s    Settings
		want backlog.Level
	}{
		{issueType{Name: "Epic", HierarchyLevel: level(1)}, Settings{}, backlog.Feature},
		{issueType{Name: "Initiative", HierarchyLevel: level(2)}, Settings{}, backlog.Portfolio},
		{issueType{Name: "故事", HierarchyLevel: level(0)}, Settings{}, backlog.Story},
		{issueType{Name: "Sub-task", Subtask: true}, Settings{}, backlog.Task},
		{issueType{Name: "Epic"}, Settings{}, backlog.Feature},
		{issueType{Name: "Test Execution", HierarchyLevel: level(0)}, Settings{}, ""},
		{issueType{Name: "Capability", HierarchyLevel: level(2)}, settings, backlog.Capability},
		{issueType{Name: "Story", HierarchyLevel: level(0)}, settings, backlog.Feature},
	} {
		if got := c.s.level(c.t); got != c.want {
			t.Errorf("%s is on level %q, want %q", c.t.Name, got, c.want)
		}
	}
}

func TestMeaning(t *testing.T) {
	for _, c := range []struct {
		name, words string
		outward     bool
		kind        backlog.LinkType
		direction   backlog.Direction
	}{
		{"Blocks", "blocks", true, backlog.Blocks, backlog.Outward},
		{"Blocks", "is blocked by", false, backlog.Blocks, backlog.Inward},
		{"Depends", "depends on", true, backlog.Blocks, backlog.Inward},
		{"Depends", "is depended on by", false, backlog.Blocks, backlog.Outward},
		{"Depends", "depends on", false, backlog.Blocks, backlog.Inward}, // both sides worded alike
		{"Dependency", "", true, backlog.Blocks, backlog.Inward},
		{"Requires", "is required by", false, backlog.Blocks, backlog.Outward},
		{"Duplicate", "duplicates", true, backlog.Duplicates, backlog.Outward},
		{"Duplicate", "is duplicated by", false, backlog.Duplicates, backlog.Inward},
		{"Relates", "relates to", false, backlog.Relates, backlog.Inward},
		{"Cloners", "is cloned from", true, backlog.Relates, backlog.Outward},
		{"", "wird blockiert von", true, backlog.Blocks, backlog.Inward},
	} {
		kind, direction := meaning(c.name, c.words, c.outward)
		if kind != c.kind || direction != c.direction {
			t.Errorf("%s %q outward=%t is %s %s, want %s %s", c.name, c.words, c.outward, kind, direction, c.kind, c.direction)
		}
	}
}

func TestUnknownFieldIsNamed(t *testing.T) {
	m := shop(map[string][]string{"acceptance_criteria": {"Acceptanse Criteria"}, "points": {"customfield_4"}})
	if len(m.fields.problems) != 1 || !strings.Contains(m.fields.problems[0], `"Acceptanse Criteria"`) || !strings.HasSuffix(m.fields.problems[0], ".") {
		t.Errorf("problems are %q", m.fields.problems)
	}
	if !m.fields.declared.Has(backlog.FieldPoints) || m.fields.declared.Has(backlog.FieldAcceptanceCriteria) {
		t.Errorf("declared are %b", m.fields.declared)
	}
}

// Every issue of a real archive is read, with what stands there.
func TestConvertRealIssues(t *testing.T) {
	m, n := shop(nil), 0
	for raw := range dataset(t, "jira-ALOY.jsonl.gz") {
		item, err := m.convert(raw, Settings{})
		if err != nil {
			t.Fatalf("%s: %v", raw.Key, err)
		}
		var plain struct {
			Summary string
			Labels  []string
			Links   []any `json:"issuelinks"`
			Parent  *struct{ Key string }
			Status  struct{ StatusCategory struct{ Key string } }
		}
		encoded, _ := json.Marshal(raw.Fields)
		if err := json.Unmarshal(encoded, &plain); err != nil {
			t.Fatal(err)
		}
		done := plain.Status.StatusCategory.Key == "done"
		switch {
		case item.Title != plain.Summary, len(item.Labels) != len(plain.Labels), len(item.Links) != len(plain.Links):
			t.Errorf("%s is read as %+v", raw.Key, item)
		case (plain.Parent == nil) != (item.Parent == nil) || plain.Parent != nil && plain.Parent.Key != item.Parent.Key:
			t.Errorf("%s has parent %+v", raw.Key, item.Parent)
		case done == item.State.Category.NotDone():
			t.Errorf("%s is %s", raw.Key, item.State.Category)
		}
		n++
	}
	if n != 1499 {
		t.Errorf("read %d issues, want 1499", n)
	}
}

// Issues as a Jira Cloud in another language really answered them.
func TestConvertRecordedIssues(t *testing.T) {
	content, err := os.ReadFile(evidence.File(t, "recorded", "jira-cloud-devlake-board-issues.json"))
	if err != nil {
		t.Fatal(err)
	}
	var recorded []struct{ Data issue }
	if err := json.Unmarshal(content, &recorded); err != nil {
		t.Fatal(err)
	}
	m := shop(nil)
	m.fields.known[backlog.FieldIteration] = []string{"customfield_10020"}
	m.fields.known[backlog.FieldRank] = []string{"customfield_10019"}
	for _, r := range recorded {
		item, err := m.convert(r.Data, Settings{})
		if err != nil {
			t.Errorf("%s: %v", r.Data.Key, err)
			continue
		}
		if item.Rank == "" || item.State.Since.IsZero() || item.Author == nil {
			t.Errorf("%s is read as %+v", item.Key, item)
		}
	}
}

func parse(t *testing.T, text string) issue {
	t.Helper()
	var raw issue
	if err := json.Unmarshal([]byte(text), &raw); err != nil {
		t.Fatal(err)
	}
	return raw
}
