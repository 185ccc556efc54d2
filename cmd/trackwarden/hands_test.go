package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/config"
)

// Nothing can be written to the log, nor printed: the disk that they are on is
// full. Trackers are written on all the same, and the audit log has it.
func TestS08AFullDiskOfTheLogStopsNoWrite(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("this system has no /dev/full")
	}
	defer full.Close()
	tr := newTrain(t, nil, nil)
	path := tr.configure(config.Enforce)
	tr.app.close()
	tr.app = nil
	if status := execute(t.Context(), []string{"apply", "--config", path, "--verbose"}, full, full); status == exitUsage {
		t.Errorf("status %d", status)
	}
	tr.oneCommentEach()
	tr.open(config.Enforce)
	for _, site := range []string{"shop", "platform"} {
		known, _, err := tr.app.db.Site(t.Context(), site)
		if err != nil {
			t.Fatal(err)
		}
		if rows, _, err := tr.app.db.VerifyAudit(t.Context(), known.ID); err != nil || rows == 0 {
			t.Errorf("the audit log of %s: %d rows, %v", site, rows, err)
		}
	}
}

// A person works with the account that we write with. What is ours is told by
// markers and books: their comment stays, their hand on our label counts, and
// their edits are edits.
func TestU16APersonWithOurAccount(t *testing.T) {
	tr := newTrain(t, nil, nil)
	tr.pass()
	same := tr.world.Jira.Human("557058:bot")
	tr.clock.move(time.Minute)
	if _, err := same.AddComment("SHOP-13", "I asked the team."); err != nil {
		t.Fatal(err)
	}
	if err := same.AddLabel("SHOP-13", "asked"); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		tr.clock.move(time.Hour)
		if again := tr.pass(); again.Writes.Requests != 0 {
			t.Errorf("written: %+v", again.Changes)
		}
	}
	if n := len(tr.world.Jira.Comments("SHOP-13")); n != 2 {
		t.Errorf("%d comments, want ours and theirs", n)
	}
	if err := same.RemoveLabel("SHOP-13", "hygiene:no-acceptance-criteria"); err != nil {
		t.Fatal(err)
	}
	for range 4 {
		tr.clock.move(13 * time.Hour)
		tr.pass()
	}
	if labels := tr.world.Jira.Labels("SHOP-13"); slices.Contains(labels, "hygiene:no-acceptance-criteria") || !slices.Contains(labels, "asked") {
		t.Errorf("labels %v", labels)
	}
	if err := same.SetField("SHOP-13", tr.criteriaField(), "* The address is kept"); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		tr.clock.move(time.Hour)
		tr.pass()
	}
	if found := tr.of("SHOP-13 story/no-acceptance-criteria"); len(found) != 0 {
		t.Errorf("their edit was taken for ours: %v", found)
	}
	if text := fmt.Sprint(tr.world.Jira.Comments("SHOP-13")); !strings.Contains(text, "I asked the team.") {
		t.Error("their comment is gone")
	}
}

// A person takes our label off and puts it on again. If we looked in between it
// is theirs, on both trackers, and stays after the cure.
func TestU06ALabelPutOnAgainIsTheirs(t *testing.T) {
	const label = "hygiene:no-acceptance-criteria"
	tr := newTrain(t, nil, nil)
	tr.pass()
	human := tr.world.Jira.Human("557058:olga")
	for _, do := range []func() error{
		func() error { return human.RemoveLabel("SHOP-13", label) },
		func() error { return tr.world.Azure.RemoveTag(113, label) },
	} {
		if err := do(); err != nil {
			t.Fatal(err)
		}
	}
	tr.clock.move(10 * time.Minute)
	tr.pass()
	if err := human.AddLabel("SHOP-13", label); err != nil {
		t.Fatal(err)
	}
	if err := tr.world.Azure.AddTag(113, label); err != nil {
		t.Fatal(err)
	}
	tr.clock.move(10 * time.Minute)
	tr.pass()
	if err := human.SetField("SHOP-13", tr.criteriaField(), "* The address is kept"); err != nil {
		t.Fatal(err)
	}
	if err := tr.world.Azure.SetField(113, "Microsoft.VSTS.Common.AcceptanceCriteria", "<ul><li>They fit</li></ul>"); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		tr.clock.move(time.Hour)
		tr.pass()
	}
	if labels := tr.world.Jira.Labels("SHOP-13"); !slices.Contains(labels, label) {
		t.Errorf("SHOP-13 has %v", labels)
	}
	if tags := tr.world.Azure.Tags(113); !slices.Contains(tags, label) {
		t.Errorf("113 has %v", tags)
	}
}
