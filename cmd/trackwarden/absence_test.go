package main

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/azuredevops/azuresim"
	"github.com/trackwarden/trackwarden/connectors/simulator"
	"github.com/trackwarden/trackwarden/sync/reconcile"
)

// look does a pass that may be incomplete, after a while, and returns what is
// said of each project.
func (tr *train) look(after time.Duration) (map[string]backlog.Coverage, reconcile.Result) {
	tr.t.Helper()
	tr.clock.move(after)
	result, err := tr.app.reconciler.Pass(tr.t.Context(), reconcile.Apply, false)
	if err != nil {
		tr.t.Fatal(err)
	}
	said := map[string]backlog.Coverage{}
	for _, o := range result.Connections {
		if o.Err != nil {
			tr.t.Errorf("%s: %v", o.Name, o.Err)
		}
		for _, c := range o.Pull.Coverage {
			said[c.Project] = c
		}
	}
	return said, result
}

func (tr *train) of(project string) (findings []string) {
	tr.t.Helper()
	for _, f := range slices.Sorted(maps.Keys(tr.findings())) {
		if strings.HasPrefix(f, project) {
			findings = append(findings, f)
		}
	}
	return findings
}

func (tr *train) writes() int {
	return len(tr.world.Jira.Truth().Writes()) + len(tr.world.Azure.Truth().Writes())
}

func TestR10OverHTTPAnInvisibleProjectFreezesAndTheOthersGoOn(t *testing.T) {
	tr := newTrain(t, nil, nil)
	tr.pass()
	before, labels, writes := tr.of("SHOP"), tr.world.Jira.Labels("SHOP-13"), tr.writes()
	if len(labels) == 0 || len(before) == 0 {
		t.Fatal("nothing to freeze")
	}
	tr.world.Jira.Deny("SHOP", "BROWSE_PROJECTS")
	for range 3 {
		said, result := tr.look(time.Hour)
		if said["SHOP"].State != backlog.Failed || said["FIND"].State != backlog.Complete || said["Platform"].State != backlog.Complete {
			t.Errorf("coverage %+v", said)
		}
		if completeStatus(result) == nil {
			t.Error("the exit status says that all is well")
		}
	}
	if after := tr.of("SHOP"); !slices.Equal(before, after) {
		t.Errorf("findings %v, before %v", after, before)
	}
	tr.world.Jira.Allow("SHOP", "BROWSE_PROJECTS")
	tr.clock.move(time.Hour)
	tr.pass()
	if n := tr.writes() - writes; n != 0 || !slices.Equal(labels, tr.world.Jira.Labels("SHOP-13")) {
		t.Errorf("%d writes, labels %v", n, tr.world.Jira.Labels("SHOP-13"))
	}
}

func TestR11R13OverHTTPAHiddenIssueFreezesAndIsGivenUpLate(t *testing.T) {
	tr := newTrain(t, nil, nil)
	tr.pass()
	before := tr.of("SHOP-13 ")
	if err := tr.world.Jira.Human("557058:olga").Hide("SHOP-13"); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		said, _ := tr.look(25 * time.Hour)
		if c := said["SHOP"]; c.Missing != 1 || c.State != backlog.Complete {
			t.Errorf("coverage %+v", c)
		}
	}
	if after := tr.of("SHOP-13 "); !slices.Equal(before, after) || len(before) == 0 {
		t.Errorf("findings %v, before %v", after, before)
	}
	for range 4 {
		tr.look(49 * time.Hour)
	}
	said, _ := tr.look(time.Minute)
	if c := said["SHOP"]; c.Missing != 0 || c.Departed != 1 || len(tr.of("SHOP-13 ")) != 0 {
		t.Errorf("coverage %+v, findings %v", c, tr.of("SHOP-13 "))
	}
	if labels := tr.world.Jira.Labels("SHOP-13"); len(labels) == 0 {
		t.Error("something was taken off it")
	}
}

func TestR12R14OverHTTPAzureSaysWhatIsGoneAndWhatMoved(t *testing.T) {
	tr := newTrain(t, nil, nil)
	if err := tr.world.Azure.AddProject(azuresim.Project{Name: "Elsewhere", Process: "Agile"}); err != nil {
		t.Fatal(err)
	}
	tr.pass()
	var keys []string
	for finding := range tr.findings() {
		key, _, _ := strings.Cut(finding, " ")
		if _, err := strconv.Atoi(key); err == nil && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	if len(keys) < 2 {
		t.Fatalf("only %v have findings", keys)
	}
	gone, _ := strconv.Atoi(keys[0])
	moved, _ := strconv.Atoi(keys[1])
	person := tr.world.Azure.As(azuresim.Identity{Name: "Olga", Mail: "olga@shop.example"})
	if err := person.Delete(gone); err != nil {
		t.Fatal(err)
	}
	if err := person.MoveProject(moved, "Elsewhere"); err != nil {
		t.Fatal(err)
	}
	said, _ := tr.look(25 * time.Hour)
	if c := said["Platform"]; c.State != backlog.Complete || c.Departed != 2 || c.Missing != 0 {
		t.Errorf("coverage %+v", c)
	}
	if left := append(tr.of(keys[0]+" "), tr.of(keys[1]+" ")...); len(left) != 0 {
		t.Errorf("still told: %v", left)
	}
}

func TestR15OverHTTPAMovedIssueKeepsItsOneComment(t *testing.T) {
	tr := newTrain(t, nil, nil)
	tr.pass()
	if n := len(tr.world.Jira.Comments("SHOP-13")); n != 1 {
		t.Fatalf("%d comments", n)
	}
	key, err := tr.world.Jira.Human("557058:olga").Move("SHOP-13", "FIND")
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		tr.look(25 * time.Hour)
	}
	if n := len(tr.world.Jira.Comments(key)); n != 1 {
		t.Errorf("%d comments on %s", n, key)
	}
	if len(tr.of(key+" ")) == 0 || len(tr.of("SHOP-13 ")) != 0 {
		t.Errorf("findings of %s: %v", key, tr.of(key))
	}
}

func TestR09OverHTTPATruncatedCensusIsNotBelieved(t *testing.T) {
	tr := newTrain(t, nil, nil)
	tr.pass()
	writes := tr.writes()
	tr.world.Azure.Faults().Add(simulator.Rule{
		Method: "POST", Path: `/wiql`, Status: 200, Header: map[string]string{"Content-Type": "application/json"},
		Body: `{"queryType": "flat", "queryResultType": "workItem", "asOf": "2026-11-25T10:00:00Z", "columns": [], "workItems": []}`,
	})
	said, _ := tr.look(25 * time.Hour)
	if c := said["Platform"]; c.State != backlog.Suspect || c.Missing != 0 || c.Seen == 0 {
		t.Errorf("coverage %+v", c)
	}
	if n := tr.writes() - writes; n != 0 {
		t.Errorf("%d writes", n)
	}
}
