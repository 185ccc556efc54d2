package jirasim

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/connectors/simulator"
)

// what returns what the truth says of the applied writes.
func (v *visitor) what() string {
	var all []string
	for _, e := range v.world.Truth().Writes() {
		all = append(all, e.Item+" "+e.What)
	}
	return strings.Join(all, " | ")
}

func labels(verbs ...string) object {
	var list []object
	for _, verb := range verbs {
		name := map[byte]string{'+': "add", '-': "remove"}[verb[0]]
		list = append(list, object{name: verb[1:]})
	}
	return object{"labels": list}
}

func TestLabelsAndPropertyInOneCall(t *testing.T) {
	v := visit(t)
	v.add(object{"project": "SHOP", "labels": []string{"mine", "old"}})
	v.clock.pass(time.Hour)
	v.do(204, "PUT", "/rest/api/2/issue/SHOP-1?notifyUsers=false", object{
		"update":     labels("+hygiene", "-old", "+mine"),
		"properties": []object{{"key": "trackwarden", "value": object{"owner": "x"}}},
	})
	if got := v.world.Labels("SHOP-1"); !slices.Equal(got, []string{"mine", "hygiene"}) {
		t.Errorf("labels %v", got)
	}
	if got := v.what(); got != "SHOP-1 labels +hygiene -old; property trackwarden set" {
		t.Errorf("truth: %s", got)
	}
	if !v.world.Truth().Writes()[0].Mails {
		t.Error("notifyUsers=false silenced mail without project administration")
	}
	a := v.do(200, "GET", "/rest/api/2/issue/SHOP-1?fields=updated&properties=trackwarden", nil)
	if a.body["fields"].(object)["updated"] != "2026-11-24T10:00:00.000+0000" || a.body["properties"].(object)["trackwarden"].(object)["owner"] != "x" {
		t.Errorf("issue %s", a.raw)
	}
	log := v.do(200, "GET", "/rest/api/3/issue/SHOP-1/changelog", nil).body["values"].([]any)
	item := log[0].(object)["items"].([]any)[0].(object)
	if item["fieldId"] != "labels" || item["fromString"] != "mine old" || item["toString"] != "mine hygiene" {
		t.Errorf("changelog %v", item)
	}
	row := v.do(200, "POST", "/rest/api/2/search/jql", object{"jql": "labels = hygiene", "properties": []string{"trackwarden"}}).body["issues"].([]any)[0].(object)
	if row["properties"].(object)["trackwarden"] == nil {
		t.Errorf("search row %v has no property", row)
	}
}

func TestRepeatedEditChangesNothing(t *testing.T) {
	v := visit(t)
	v.add(object{"project": "SHOP"})
	body := object{"update": labels("+hygiene"), "properties": []object{{"key": "p", "value": 1}}}
	v.do(204, "PUT", "/rest/api/3/issue/10001", body)
	before := v.world.Issue("SHOP-1")["fields"].(object)["updated"]
	v.clock.pass(time.Hour)
	v.do(204, "PUT", "/rest/api/3/issue/10001", body)
	if after := v.world.Issue("SHOP-1")["fields"].(object)["updated"]; after != before {
		t.Errorf("updated moved from %v to %v", before, after)
	}
	if n := len(v.world.Truth().Writes()); n != 1 {
		t.Errorf("%d writes in the truth, want 1", n)
	}
}

func TestEditsThatJiraRefuses(t *testing.T) {
	v := visit(t)
	v.world.Layout("SHOP", "Story", "description")
	v.world.Layout("PAY", "Story", "labels", "description")
	v.add(object{"project": "SHOP"})
	v.add(object{"project": "PAY"})
	for _, tc := range []struct {
		issue string
		body  object
		want  string
	}{
		{"PAY-1", object{"update": labels("+two words")}, "The label 'two words' contains spaces which is invalid."},
		{"PAY-1", object{"fields": object{"colour": "red"}}, "Field 'colour' cannot be set. It is not on the appropriate screen, or unknown."},
		{"SHOP-1", object{"update": labels("+hygiene")}, "Field 'labels' cannot be set. It is not on the appropriate screen, or unknown."},
		{"PAY-1", object{"fields": object{"issuetype": object{"name": "Dream"}}}, "Specify a valid 'issuetype'."},
		{"PAY-1", object{"update": object{"labels": []object{{"paint": "red"}}}}, "Operation 'paint' is not supported for the field 'labels'."},
		{"PAY-1", object{"update": labels("+ok"), "properties": []object{{"key": "p", "value": strings.Repeat("x", 32769)}}}, "The length of the property value"},
	} {
		a := v.do(400, "PUT", "/rest/api/2/issue/"+tc.issue, tc.body)
		if !strings.HasPrefix(a.sentence(), tc.want) {
			t.Errorf("%v: %q, want %q", tc.body, a.sentence(), tc.want)
		}
	}
	v.do(404, "PUT", "/rest/api/2/issue/SHOP-77", object{"update": labels("+x")})
	if got := v.what(); got != "" {
		t.Errorf("refused edits were applied: %s", got)
	}
}

func TestProperties(t *testing.T) {
	v := visit(t)
	v.add(object{"project": "SHOP"})
	path := "/rest/api/2/issue/SHOP-1/properties/trackwarden"
	v.do(404, "GET", path, nil)
	v.do(201, "PUT", path, object{"a": 1})
	v.do(200, "PUT", path, object{"a": 2})
	if got := v.do(200, "GET", path, nil).body["value"].(object)["a"]; got != 2.0 {
		t.Errorf("value %v", got)
	}
	v.do(204, "DELETE", path, nil)
	v.do(404, "DELETE", path, nil)
	if got := v.what(); got != "SHOP-1 property trackwarden set | SHOP-1 property trackwarden set | SHOP-1 property trackwarden removed" {
		t.Errorf("truth: %s", got)
	}
}

// Whether a property alone moves updated is a setting: nobody has confirmed it.
func TestPropertyMayTouchUpdated(t *testing.T) {
	for _, touch := range []bool{false, true} {
		v := visit(t, func(s *Settings) { s.PropertiesTouch = touch })
		v.add(object{"project": "SHOP"})
		before := v.world.Issue("SHOP-1")["fields"].(object)["updated"]
		v.clock.pass(time.Hour)
		v.do(204, "PUT", "/rest/api/2/issue/SHOP-1", object{"properties": []object{{"key": "p", "value": 1}}})
		if moved := v.world.Issue("SHOP-1")["fields"].(object)["updated"] != before; moved != touch {
			t.Errorf("setting %v, moved %v", touch, moved)
		}
	}
}

func TestAnswerLostAfterApplying(t *testing.T) {
	v := visit(t)
	v.add(object{"project": "SHOP"})
	v.world.Faults().Add(simulator.Rule{Method: "POST", Path: "/comment$", Times: 1, CutAfter: true})
	if _, err := v.try("POST", "/rest/api/2/issue/SHOP-1/comment", object{"body": "once"}); err == nil {
		t.Fatal("the client saw no error")
	}
	if n := len(v.world.Comments("SHOP-1")); n != 1 {
		t.Fatalf("%d comments, want 1", n)
	}
	if got := v.what(); got != "SHOP-1 comment 10001 posted" {
		t.Errorf("truth: %s", got)
	}
}

func TestLimitPerIssue(t *testing.T) {
	v := visit(t)
	v.add(object{"project": "SHOP"})
	v.add(object{"project": "SHOP"})
	post := func(want int) answer {
		return v.do(want, "POST", "/rest/api/2/issue/SHOP-1/comment", object{"body": "again"})
	}
	for range 20 {
		post(201)
	}
	a := post(429)
	for header, want := range map[string]string{
		"Retry-After": "2", "RateLimit-Reason": "jira-per-issue-on-write", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "2026-11-24T09:00:02Z",
	} {
		if got := a.header.Get(header); got != want {
			t.Errorf("%s: %q, want %q", header, got, want)
		}
	}
	v.do(204, "PUT", "/rest/api/2/issue/SHOP-2", object{"update": labels("+other")})
	for range 4 { // 100 within 30 seconds
		v.clock.pass(2 * time.Second)
		for range 20 {
			post(201)
		}
	}
	v.clock.pass(2 * time.Second)
	if got := post(429).header.Get("Retry-After"); got != "20" {
		t.Errorf("long window: Retry-After %s, want 20", got)
	}
	if n := len(v.world.Comments("SHOP-1")); n != 100 {
		t.Errorf("%d comments, want 100", n)
	}
}
