package main

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/simulator"
	"github.com/trackwarden/trackwarden/example"
)

func planted() []string {
	var all []string
	for _, item := range example.Items() {
		for _, policy := range item.Planted {
			all = append(all, item.Key+" "+policy)
		}
	}
	slices.Sort(all)
	return all
}

func TestExactlyThePlantedDefectsAreFound(t *testing.T) {
	tr := newTrain(t, nil, nil)
	tr.pass()
	if diff := cmp.Diff(planted(), slices.Sorted(maps.Keys(tr.findings()))); diff != "" {
		t.Errorf("findings (-planted +found):\n%s", diff)
	}
	ids := map[string]bool{}
	for _, pair := range planted() {
		_, policy, _ := strings.Cut(pair, " ")
		ids[policy] = true
	}
	for _, p := range tr.app.library.Policies() {
		if p.Subject == backlog.ItemSubject && !ids[p.ID] && p.ID != "feature/dependency-cycle" { // its sister is planted
			t.Errorf("no defect is planted for %s", p.ID)
		}
	}
}

func TestASecondPassWritesNothingTodayAndTomorrow(t *testing.T) {
	tr := newTrain(t, nil, nil)
	if first := tr.pass(); first.Writes.Applied == 0 {
		t.Fatalf("the first pass writes nothing: %+v", first)
	}
	for _, later := range []time.Duration{time.Second, time.Minute, time.Hour, 24 * time.Hour, 24 * time.Hour} {
		tr.clock.move(later)
		if again := tr.pass(); again.Writes.Requests != 0 {
			t.Errorf("after %s: %+v", later, again.Changes)
		}
	}
}

func TestAnIdlePassAsksOneQuestionOfJiraAndTwoOfAzure(t *testing.T) {
	tr := newTrain(t, nil, nil)
	tr.pass()
	tr.clock.move(time.Minute)
	tr.pass() // reads what the first one wrote
	jira, azure := len(tr.world.Jira.Truth().Entries()), len(tr.world.Azure.Truth().Entries())
	tr.clock.move(time.Minute)
	tr.pass()
	var asked []string
	for _, e := range append(tr.world.Jira.Truth().Entries()[jira:], tr.world.Azure.Truth().Entries()[azure:]...) {
		asked = append(asked, e.Method+" "+e.Path)
	}
	slices.Sort(asked)
	want := []string{
		"GET /shop/_apis/wit/reporting/workitemrevisions", "GET /shop/_apis/wit/reporting/workitemlinks", "POST /rest/api/2/search/jql",
	}
	slices.Sort(want)
	if diff := cmp.Diff(want, asked); diff != "" {
		t.Errorf("requests (-want +asked):\n%s", diff)
	}
}

func TestRemovingCriteriaSpeaksAndRestoringThemFallsSilent(t *testing.T) {
	tr := newTrain(t, nil, nil)
	tr.pass()
	before := tr.findings()
	human := tr.world.Jira.Human("557058:yuki")
	field := tr.criteriaField()
	edit := func(value any) {
		t.Helper()
		tr.clock.move(time.Minute)
		if err := human.SetField("SHOP-11", field, value); err != nil {
			t.Fatal(err)
		}
		tr.pass()
	}
	criteria := "* Every control lies in the lower half of the screen"
	edit(nil)
	now := tr.findings()
	delta := []string{}
	for key := range now {
		if !before[key] {
			delta = append(delta, key)
		}
	}
	if diff := cmp.Diff([]string{"SHOP-11 story/no-acceptance-criteria"}, delta); diff != "" || len(now) != len(before)+1 {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"hygiene", "hygiene:no-acceptance-criteria"}, tr.world.Jira.Labels("SHOP-11")); diff != "" {
		t.Errorf("labels (-want +got):\n%s", diff)
	}
	if n := len(tr.world.Jira.Comments("SHOP-11")); n != 1 {
		t.Errorf("%d comments", n)
	}
	edit(criteria)
	if labels := tr.world.Jira.Labels("SHOP-11"); len(labels) != 0 {
		t.Errorf("labels left: %v", labels)
	}
	if diff := cmp.Diff(before, tr.findings()); diff != "" {
		t.Errorf("findings (-before +after):\n%s", diff)
	}
	if n := len(tr.world.Jira.Comments("SHOP-11")); n != 1 {
		t.Errorf("%d comments", n)
	}
}

// criteriaField finds the id of the field that holds acceptance criteria.
func (tr *train) criteriaField() string {
	tr.t.Helper()
	fields, _ := tr.world.Jira.Issue("SHOP-11")["fields"].(map[string]any)
	for id, value := range fields {
		if text, ok := value.(string); ok && strings.Contains(text, "lower half of the screen") {
			return id
		}
	}
	tr.t.Fatal("SHOP-11 has no acceptance criteria")
	return ""
}

func TestH06AndH07ALostAnswerToACommentLeadsToOneComment(t *testing.T) {
	for name, rule := range map[string]simulator.Rule{
		"applied, the answer lost": {CutAfter: true},
		"lost before it arrived":   {CutBefore: true},
	} {
		t.Run(name, func(t *testing.T) {
			tr := newTrain(t, nil, nil)
			jira, azure := rule, rule
			jira.Method, jira.Path, jira.Times = "POST", `/issue/[^/]+/comment(\?|$)`, 1
			azure.Method, azure.Path, azure.Times = "PATCH", `/workitems/\d+`, 1
			azure.Path = `(?i)` + azure.Path
			tr.world.Jira.Faults().Add(jira)
			tr.world.Azure.Faults().Add(azure)
			if first := tr.pass(); first.Writes.Unknown != 2 {
				t.Fatalf("writes %+v", first.Writes)
			}
			tr.open("enforce") // as after a crash
			for range 3 {
				tr.clock.move(5 * time.Minute)
				tr.pass()
			}
			if again := tr.pass(); again.Writes.Requests != 0 {
				t.Errorf("at rest: %+v", again.Writes)
			}
			tr.oneCommentEach()
		})
	}
}

// oneCommentEach looks that every item with a planted defect has one comment,
// and no other has any.
func (tr *train) oneCommentEach() {
	tr.t.Helper()
	for _, item := range example.Items() {
		if n, want := tr.comments(item), min(1, len(item.Planted)); n != want {
			tr.t.Errorf("%s has %d comments, want %d", item.Key, n, want)
		}
	}
}

func (tr *train) comments(item example.Item) int {
	if item.OnJira() {
		return len(tr.world.Jira.Comments(item.Key))
	}
	return len(tr.world.Azure.Comments(number(item.Key)))
}

func number(key string) (n int) {
	for _, digit := range key {
		n = 10*n + int(digit-'0')
	}
	return n
}

func TestLabelsOfPeopleSurvive(t *testing.T) {
	tr := newTrain(t, nil, nil)
	human := tr.world.Jira.Human("557058:olga")
	for _, label := range []string{"mobile", "hygiene"} { // the umbrella is theirs here
		if err := human.AddLabel("SHOP-13", label); err != nil {
			t.Fatal(err)
		}
	}
	if err := tr.world.Azure.AddTag(113, "mobile"); err != nil {
		t.Fatal(err)
	}
	tr.pass()
	tr.clock.move(time.Minute)
	criteria := tr.criteriaField()
	if err := human.SetField("SHOP-13", criteria, "* The address is kept"); err != nil {
		t.Fatal(err)
	}
	if err := tr.world.Azure.SetField(113, "Microsoft.VSTS.Common.AcceptanceCriteria", "<ul><li>They fit</li></ul>"); err != nil {
		t.Fatal(err)
	}
	tr.pass()
	if diff := cmp.Diff([]string{"hygiene", "mobile"}, slices.Sorted(slices.Values(tr.world.Jira.Labels("SHOP-13")))); diff != "" {
		t.Errorf("Jira labels (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"mobile"}, tr.world.Azure.Tags(113)); diff != "" {
		t.Errorf("Azure tags (-want +got):\n%s", diff)
	}
}
