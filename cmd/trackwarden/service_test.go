package main

import (
	"strings"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/config"
	"github.com/trackwarden/trackwarden/connectors/jira/jirasim"
)

// serving is the example whose project FIND serves customers.
func serving(t *testing.T) *train {
	t.Helper()
	tr := newTrain(t, nil, nil)
	tr.world.Jira.AddProject(jirasim.Project{Key: "FIND", Kind: jirasim.ServiceProject})
	return tr
}

// found counts what is ours in FIND, and what its customers were shown.
func (tr *train) found() (labelled, commented, shown int) {
	for _, key := range tr.world.Jira.Keys() {
		if !strings.HasPrefix(key, "FIND-") {
			continue
		}
		if len(tr.world.Jira.Labels(key)) > 0 {
			labelled++
		}
		commented += len(tr.world.Jira.Comments(key))
		shown += len(tr.world.Jira.Portal(key))
	}
	return labelled, commented, shown
}

func TestU14NoCustomerSeesOurComments(t *testing.T) {
	tr := serving(t)
	tr.pass()
	if labelled, commented, shown := tr.found(); commented == 0 || labelled < commented || shown != 0 {
		t.Errorf("%d items labelled, %d comments, %d of them shown to customers", labelled, commented, shown)
	}
	if again := tr.pass(); again.Writes.Requests != 0 {
		t.Errorf("%d writes at rest", again.Writes.Requests)
	}
}

func TestU14WithoutTheRightsOnlyLabelsAreWritten(t *testing.T) {
	tr := serving(t)
	tr.world.Jira.Deny("FIND", "SERVICEDESK_AGENT")
	tr.pass()
	if labelled, commented, shown := tr.found(); labelled == 0 || commented != 0 || shown != 0 {
		t.Errorf("%d items labelled, %d comments, %d shown to customers", labelled, commented, shown)
	}
	if len(tr.world.Jira.Comments("SHOP-13")) != 1 {
		t.Error("another project gets its comments all the same")
	}
	out, _, _ := command(t, "check", "--config", tr.configure(config.Enforce))
	if !strings.Contains(out, "FIND is a service project and our account is no agent there") {
		t.Errorf("it is not said why:\n%s", out)
	}
}

// A site may show a comment though it was told not to. Nobody can know that
// before the first one: that is taken back at once, and stays the only one.
func TestU14ACommentThatIsShownIsTakenBackAndStaysTheOnlyOne(t *testing.T) {
	tr := serving(t)
	tr.world.Jira.Heedless("FIND")
	plan := tr.pass()
	labelled, commented, shown := tr.found()
	if labelled < 2 || commented != 0 || shown != 1 {
		t.Errorf("%d items labelled, %d comments stand, %d were shown to customers; want several, 0 and 1", labelled, commented, shown)
	}
	if told := strings.Join(plan.Problems, "\n"); !strings.Contains(told, "customers saw a comment of ours in FIND") {
		t.Errorf("it is not said: %s", told)
	}
	for _, open := range []bool{false, true} { // in the same process, and in another
		if open {
			tr.open(config.Enforce)
		}
		tr.clock.move(25 * time.Hour)
		tr.pass()
		if _, commented, shown := tr.found(); commented != 0 || shown != 1 {
			t.Errorf("later %d comments stand, %d were shown", commented, shown)
		}
	}
	tr.world.Jira.Heeding("FIND")
	if out, errs, status := command(t, "accept", "shop", "FIND", "--config", tr.configure(config.Enforce)); status != exitClean {
		t.Fatal(out, errs)
	}
	tr.pass()
	if _, commented, shown := tr.found(); commented == 0 || shown != 1 {
		t.Errorf("after it was mended %d comments stand, %d were shown", commented, shown)
	}
	if out, _, status := command(t, "audit", "verify", "--config", tr.configure(config.Enforce)); status != exitClean {
		t.Errorf("audit: %s", out)
	}
}
