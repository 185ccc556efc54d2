package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/config"
	"github.com/trackwarden/trackwarden/connectors/simulator"
	"github.com/trackwarden/trackwarden/example"
	"github.com/trackwarden/trackwarden/sync/reconcile"
)

// digestOf is what people see of a world's items that we could have changed.
func digestOf(world *example.World) map[string]string {
	all := map[string]string{}
	for _, item := range example.Items() {
		var labels []string
		var comments []map[string]any
		text, record := "text", any(nil)
		if item.OnJira() {
			labels, comments = world.Jira.Labels(item.Key), world.Jira.Comments(item.Key)
			text, record = "body", world.Jira.Issue(item.Key)["properties"]
		} else {
			labels, comments = world.Azure.Tags(number(item.Key)), world.Azure.Comments(number(item.Key))
		}
		slices.Sort(labels)
		line := fmt.Sprint(labels, record)
		for _, c := range comments {
			line += fmt.Sprint(" | ", c[text])
		}
		all[item.Key] = line
	}
	return all
}

// visit is what people do in a world while we work on it.
func visit(t *testing.T, world *example.World) {
	t.Helper()
	olga := world.Jira.Human("557058:olga")
	_, err := olga.AddComment("SHOP-13", "We talk about it on Thursday.")
	if err := errors.Join(err, olga.AddLabel("SHOP-13", "from-olga"), world.Azure.AddTag(113, "from-olga")); err != nil {
		t.Fatal(err)
	}
}

// retract runs the command on the open app.
func (tr *train) retract(ctx context.Context, dry bool) (out string, err error) {
	var b bytes.Buffer
	err = (&session{out: &b, err: &b}).retract(ctx, tr.app, "", dry)
	return b.String(), err
}

// Everything is taken back, with an answer that is lost and a pause in between,
// and the trackers are as if we had never been there.
func TestB09EverythingIsTakenBack(t *testing.T) {
	tr := newTrain(t, nil, nil)
	never, err := example.Start(nil, nil, tr.clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(never.Stop)
	tr.pass()
	visit(t, tr.world)
	visit(t, never)
	tr.clock.move(time.Hour)
	tr.pass()
	if cmp.Diff(digestOf(never), digestOf(tr.world)) == "" {
		t.Fatal("nothing was written")
	}
	tr.open(config.Observe) // it is taken back though nothing else may be written any more
	writes := tr.writes()
	if out, err := tr.retract(t.Context(), true); err != nil || !strings.Contains(out, "- our comment") || tr.writes() != writes {
		t.Fatalf("a dry run: %v, %d writes\n%s", err, tr.writes()-writes, out)
	}

	if err := tr.app.db.SwitchOff(t.Context(), "", "before it began"); err != nil {
		t.Fatal(err)
	}
	tr.clock.move(time.Minute)
	pausing := 0
	tr.world.Jira.Faults().Add(simulator.Rule{Method: "DELETE", Path: "/comment/", From: 2, Times: 1, CutAfter: true, Do: func() {
		tr.clock.move(time.Second)
		if err := tr.app.db.SwitchOff(t.Context(), "shop", "halt"); err == nil {
			pausing = tr.writes()
		}
	}})
	if out, err := tr.retract(t.Context(), false); err == nil || !strings.Contains(out, "halt") || pausing == 0 {
		t.Fatalf("a pause in between and a lost answer: %v\n%s", err, out)
	}
	jira := len(tr.world.Jira.Truth().Writes())
	tr.clock.move(10 * time.Minute)
	if out, err := tr.retract(t.Context(), false); err != nil || len(tr.world.Jira.Truth().Writes()) == jira {
		t.Fatalf("taken up again: %v\n%s", err, out)
	}
	if diff := cmp.Diff(digestOf(never), digestOf(tr.world)); diff != "" {
		t.Errorf("it shows that we were there (-never +now):\n%s", diff)
	}
	writes = tr.writes()
	if out, err := tr.retract(t.Context(), false); err != nil || tr.writes() != writes {
		t.Errorf("there was more to take back: %v\n%s", err, out)
	}

	if _, err := tr.app.db.SwitchOn(t.Context(), ""); err != nil { // on platform nothing but the retraction stops us now
		t.Fatal(err)
	}
	tr.open(config.Enforce)
	tr.clock.move(time.Hour)
	again, err := tr.app.reconciler.Pass(t.Context(), reconcile.Apply, false)
	if err != nil || tr.writes() != writes || again.Connections[0].Stopped == "" || again.Connections[1].Stopped == "" {
		t.Errorf("written again before it was asked for: %v %+v", err, planOf(again, true).Writes)
	}
	for _, scope := range []string{"", "shop", "platform"} {
		if _, err := tr.app.db.SwitchOn(t.Context(), scope); err != nil {
			t.Fatal(err)
		}
	}
	if again := tr.pass(); again.Writes.Applied == 0 {
		t.Error("nothing is written again after resume")
	}
}
