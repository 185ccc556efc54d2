package main

import (
	"errors"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/config"
	"github.com/trackwarden/trackwarden/connectors/simulator"
	"github.com/trackwarden/trackwarden/example"
	"github.com/trackwarden/trackwarden/sync/reconcile"
)

// posted lists our requests that post a comment on a Jira issue, whatever
// became of them.
func (tr *train) posted() (all []simulator.Entry) {
	for _, e := range tr.world.Jira.Truth().Entries() {
		if e.Method == http.MethodPost && commentPath.MatchString(e.Path) {
			all = append(all, e)
		}
	}
	return all
}

// deliver makes a request of ours once more, as a proxy does that held it back.
func (tr *train) deliver(e simulator.Entry) {
	tr.t.Helper()
	path := e.Path
	if e.Query != "" {
		path += "?" + e.Query
	}
	request, err := http.NewRequestWithContext(tr.t.Context(), e.Method, tr.world.JiraURL+path, strings.NewReader(e.Body))
	if err != nil {
		tr.t.Fatal(err)
	}
	request.SetBasicAuth("bot@shop.example", tr.world.Token)
	request.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		tr.t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusCreated {
		tr.t.Fatalf("delivered late: %s", answer.Status)
	}
}

// on lists the comments of the issue that a request is about.
func (tr *train) on(e simulator.Entry) (ids []string) {
	issue := strings.Split(e.Path, "/")[5]
	for _, c := range tr.world.Jira.Comments(issue) {
		ids = append(ids, c["id"].(string))
	}
	return ids
}

func (tr *train) deletions() (n int) {
	for _, e := range tr.world.Jira.Truth().Writes() {
		if e.Method == http.MethodDelete && strings.Contains(e.Path, "/comment/") {
			n++
		}
	}
	return n
}

// A proxy delivers our comment when its answer has long been given up, looked
// for and not found, and the comment was posted again. One of the two is left
// in the next pass, the older one, and one is deleted, once. So it is when the
// comment comes hours later.
func TestH09ACommentThatComesAfterItsQuarantineIsHealed(t *testing.T) {
	for _, after := range []time.Duration{time.Minute, 10 * time.Hour} {
		t.Run(after.String(), func(t *testing.T) {
			tr := newTrain(t, nil, nil)
			tr.world.Jira.Faults().Add(simulator.Rule{Method: "POST", Path: `/issue/[^/]+/comment(\?|$)`, Times: 1, CutBefore: true})
			if first := tr.pass(); first.Writes.Unknown != 1 {
				t.Fatalf("writes %+v", first.Writes)
			}
			late := tr.posted()[0]
			tr.clock.move(5 * time.Minute)
			tr.pass()
			before := tr.on(late)
			if len(before) != 1 {
				t.Fatalf("comments %v", before)
			}
			tr.clock.move(after)
			tr.pass()
			tr.deliver(late)
			tr.clock.move(5 * time.Minute)
			tr.pass()
			if left := tr.on(late); len(left) != 1 || left[0] != before[0] {
				t.Errorf("comments %v, want only %v", left, before)
			}
			for range 3 {
				tr.clock.move(12 * time.Hour)
				if again := tr.pass(); again.Writes.Requests != 0 {
					t.Errorf("at rest: %+v", again)
				}
			}
			if n := tr.deletions(); n != 1 {
				t.Errorf("%d comments were deleted", n)
			}
			tr.oneCommentEach()
		})
	}
}

// The program is killed between the deletions of comments that are there too
// often, and at every side of each: it goes on, and never deletes the last one.
func TestC10KilledWhileHealing(t *testing.T) {
	program := filepath.Join(t.TempDir(), "trackwarden")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for name, rule := range map[string]simulator.Rule{
		"the first is deleted":    {From: 1, CutAfter: true},
		"the second is asked for": {From: 2, CutBefore: true},
		"the second is deleted":   {From: 2, CutAfter: true},
	} {
		t.Run(name, func(t *testing.T) {
			world, err := example.Start(nil, nil, time.Now)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(world.Stop)
			tr := &train{t: t, clock: &clock{now: time.Now()}, world: world, dir: t.TempDir()}
			tr.write("token", world.Token)
			path := tr.configure(config.Enforce)
			for range 2 { // the second reads what the first one wrote
				if out, err := exec.CommandContext(t.Context(), program, "apply", "--config", path).CombinedOutput(); err != nil {
					t.Fatalf("%v\n%s", err, out)
				}
			}
			first := tr.posted()[0]
			kept := tr.on(first)
			tr.deliver(first)
			tr.deliver(first)

			child := exec.CommandContext(t.Context(), program, "apply", "--config", path)
			rule.Method, rule.Path, rule.Times = http.MethodDelete, "/comment/", 1
			killed := false
			rule.Do = func() { killed = child.Process.Kill() == nil }
			world.Jira.Faults().Add(rule)
			out, _ := child.CombinedOutput() // it is killed
			if !killed || len(tr.on(first)) == 1 && rule.From == 1 {
				t.Fatalf("killed %t, comments %v\n%s", killed, tr.on(first), out)
			}

			cfg, err := config.Load(path, os.LookupEnv)
			if err != nil {
				t.Fatal(err)
			}
			later := func() time.Time { return time.Now().Add(10 * time.Minute) }
			a, err := openApp(t.Context(), cfg, later, slog.New(slog.DiscardHandler))
			if err != nil {
				t.Fatal(err)
			}
			defer a.close()
			for range 4 {
				if _, err := a.reconciler.Pass(t.Context(), reconcile.Apply, false); err != nil {
					t.Fatal(err)
				}
			}
			if left := tr.on(first); len(left) != 1 || left[0] != kept[0] {
				t.Errorf("comments %v, want only %v", left, kept)
			}
			if n := tr.deletions(); n != 2 {
				t.Errorf("%d deletions", n)
			}
			tr.oneCommentEach()
		})
	}
}

// People write over our comments, so that nothing tells of us but their ids:
// that is an edit and no deletion. Nothing is dismissed, posted or overwritten.
func TestU02ACommentThatPeopleWroteOverIsTheirs(t *testing.T) {
	tr := newTrain(t, nil, nil)
	tr.pass()
	const theirs = "We will do without."
	for _, item := range example.Items() {
		if len(item.Planted) == 0 {
			continue
		}
		if item.OnJira() {
			human, id := tr.world.Jira.Human("557058:olga"), tr.world.Jira.Comments(item.Key)[0]["id"].(string)
			if err := errors.Join(human.EditComment(item.Key, id, theirs), human.DropCommentProperties(item.Key, id)); err != nil {
				t.Fatal(err)
			}
			continue
		}
		id, _ := tr.world.Azure.Comments(number(item.Key))[0]["id"].(int)
		if err := tr.world.Azure.EditComment(number(item.Key), id, theirs); err != nil {
			t.Fatal(err)
		}
	}
	for range 3 {
		tr.clock.move(time.Hour)
		if o := tr.pass(); len(o.Problems) > 0 {
			t.Errorf("%v", o.Problems)
		}
	}
	tr.oneCommentEach()
	for key, seen := range digestOf(tr.world) {
		if strings.Contains(seen, "Backlog check") {
			t.Errorf("%s: the people's words are gone: %s", key, seen)
		}
	}
}
