package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/connectors/jira/jirasim"
)

// suspended makes passes over two days after something was done to a field, and
// holds that nobody was accused or cleared for it, nothing was written, and the
// project says why.
func (tr *train) suspended(project, policy string) {
	tr.t.Helper()
	of := func(policy string) (all []string) {
		for f := range tr.findings() {
			if _, number := strconv.Atoi(f[:1]); strings.HasSuffix(f, policy) && (strings.HasPrefix(f, project) || number == nil && project == "Platform") {
				all = append(all, f)
			}
		}
		slices.Sort(all)
		return all
	}
	before, writes := of(policy), tr.writes()
	for range 3 {
		said, _ := tr.look(25 * time.Hour)
		if !strings.Contains(said[project].Reason, "policies that need it are suspended") {
			tr.t.Errorf("of %s it is said: %+v", project, said[project])
		}
	}
	if after := of(policy); !slices.Equal(before, after) || len(before) == 0 {
		tr.t.Errorf("%s of %s: %v, before %v", policy, project, after, before)
	}
	if n := tr.writes() - writes; n != 0 {
		tr.t.Errorf("%d writes", n)
	}
}

// R17: the acceptance criteria are deleted, renamed or become a number; all over
// the site.
func TestR17OverHTTPAFieldThatChangedClearsAndAccusesNobody(t *testing.T) {
	for name, do := range map[string]func(w *jirasim.World, id string){
		"deleted": func(w *jirasim.World, id string) { w.DropField(id) },
		"renamed": func(w *jirasim.World, id string) {
			w.AddField(jirasim.Field{ID: id, Name: "Definition of Done", Type: "string", Custom: jirasim.TextAreaField})
		},
		"a number": func(w *jirasim.World, id string) {
			w.DropField(id)
			w.AddField(jirasim.Field{ID: id, Name: "Acceptance Criteria", Type: "number", Custom: "com.atlassian.jira.plugin.system.customfieldtypes:float"})
		},
	} {
		t.Run(name, func(t *testing.T) {
			tr := newTrain(t, nil, nil)
			tr.pass()
			do(tr.world.Jira, tr.criteriaField())
			tr.suspended("SHOP", "story/no-acceptance-criteria")
		})
	}
}

// R18: the field is taken from one project alone. The other one goes on.
func TestR18OverHTTPAFieldTakenFromOneProject(t *testing.T) {
	tr := newTrain(t, nil, nil)
	tr.pass()
	id := tr.criteriaField()
	tr.world.Jira.DropContext("SHOP", id)
	tr.suspended("SHOP", "story/no-acceptance-criteria")
	said, _ := tr.look(time.Hour)
	if strings.Contains(said["FIND"].Reason, "suspended") {
		t.Errorf("of FIND it is said: %+v", said["FIND"])
	}
	var cured string
	for _, f := range tr.of("FIND") {
		if key, is := strings.CutSuffix(f, " story/no-acceptance-criteria"); is {
			cured = key
		}
	}
	if cured == "" {
		t.Fatal("nobody in FIND lacks criteria")
	}
	if err := tr.world.Jira.Human("557058:olga").SetField(cured, id, "* The list is sorted by price"); err != nil {
		t.Fatal(err)
	}
	tr.look(time.Hour)
	if slices.Contains(tr.of("FIND"), cured+" story/no-acceptance-criteria") {
		t.Errorf("%s is cured, and still told of", cured)
	}
}

// R17 with a field of Azure DevOps.
func TestR17OverHTTPAzureFieldThatWentAway(t *testing.T) {
	const criteria = "Microsoft.VSTS.Common.AcceptanceCriteria"
	for name, do := range map[string]func(tr *train) error{
		"deleted": func(tr *train) error { return tr.world.Azure.DropField(criteria) },
		"renamed": func(tr *train) error { return tr.world.Azure.ChangeField(criteria, "Definition of Done", "") },
	} {
		t.Run(name, func(t *testing.T) {
			tr := newTrain(t, nil, nil)
			tr.pass()
			if err := do(tr); err != nil {
				t.Fatal(err)
			}
			tr.suspended("Platform", "story/no-acceptance-criteria")
		})
	}
}

// R04: search does not show our own writes for a minute. Passes in that minute
// read by identity before they write, and write nothing again.
func TestR04OurOwnWritesNeedNotBeInSearch(t *testing.T) {
	tr := newTrain(t, nil, nil)
	for _, key := range tr.world.Jira.Keys() {
		if err := tr.world.Jira.Human("").Lag(key, time.Minute); err != nil {
			t.Fatal(err)
		}
	}
	tr.clock.move(2 * time.Minute)
	if first := tr.pass(); first.Writes.Applied == 0 {
		t.Fatal("nothing was written")
	}
	writes := tr.writes()
	for range 8 {
		tr.look(10 * time.Second)
	}
	if n := tr.writes() - writes; n != 0 {
		t.Errorf("%d more writes", n)
	}
	var criteria string
	for _, f := range tr.of("SHOP-13 ") {
		criteria = f
	}
	if criteria == "" {
		t.Fatal("SHOP-13 has no finding")
	}
}

// H26: a person deletes our comment. Nobody writes to it again, and there is no
// new one; also when a change of findings would have edited it.
func TestH26OurCommentWasDeleted(t *testing.T) {
	tr := newTrain(t, nil, nil)
	tr.pass()
	comments := tr.world.Jira.Comments("SHOP-13")
	if len(comments) != 1 {
		t.Fatalf("%d comments", len(comments))
	}
	id, _ := comments[0]["id"].(string)
	if err := tr.world.Jira.Human("557058:olga").DeleteComment("SHOP-13", id); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		tr.look(time.Hour)
	}
	if n := len(tr.world.Jira.Comments("SHOP-13")); n != 0 {
		t.Errorf("nothing else was found, and there are %d comments", n)
	}
	if err := tr.world.Jira.Human("557058:olga").SetField("SHOP-13", "assignee", nil); err != nil { // another finding
		t.Fatal(err)
	}
	for range 4 {
		tr.look(time.Hour)
	}
	tr.look(25 * time.Hour)
	now := tr.world.Jira.Comments("SHOP-13")
	if len(now) > 1 || len(now) == 1 && strings.Contains(fmt.Sprint(now[0]), "acceptance criteria.") {
		t.Errorf("comments %v", now)
	}
	tries := 0
	for _, e := range tr.world.Jira.Truth().Entries() {
		if e.Status == 404 && e.Method != "GET" && strings.Contains(e.Path, "/comment/"+id) {
			tries++
		}
	}
	if tries > 1 {
		t.Errorf("%d writes on a comment that is not there", tries)
	}
}
