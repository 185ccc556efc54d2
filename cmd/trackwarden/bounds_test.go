package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/config"
	"github.com/trackwarden/trackwarden/sync/reconcile"
)

// bounded is the example with other bounds than the sandbox's none.
func bounded(t *testing.T, bounds string) (*train, string) {
	t.Helper()
	tr := newTrain(t, nil, nil)
	return tr, tr.bound(bounds)
}

// bound opens the app anew with other bounds.
func (tr *train) bound(bounds string) string {
	tr.t.Helper()
	tr.app.close()
	path := tr.configure(config.Enforce, "ramp: off, budget: off, brake: off", bounds)
	cfg, err := config.Load(path, os.LookupEnv)
	if err != nil {
		tr.t.Fatal(err)
	}
	if tr.app, err = openApp(tr.t.Context(), cfg, tr.clock.Now, tr.app.log); err != nil {
		tr.t.Fatal(err)
	}
	return path
}

// written counts the items that something of ours was written on.
func (tr *train) written() int {
	items := map[string]bool{}
	for _, e := range append(tr.world.Jira.Truth().Entries(), tr.world.Azure.Truth().Entries()...) {
		if e.Applied && e.Item != "" {
			items[e.Path[:max(0, strings.Index(e.Path, "/_apis"))]+e.Item] = true
		}
	}
	return len(items)
}

func TestB01BudgetsEndAPassAndTheNextOneGoesOn(t *testing.T) {
	for name, c := range map[string]struct {
		bounds  string
		reasons string
		passes  []time.Duration
		writes  []int // items written after each pass
	}{
		"per pass": {
			"ramp: off, brake: off, budget: {per_pass: 2}", "2 items per pass",
			[]time.Duration{0, time.Minute, time.Minute}, []int{4, 8, 12},
		},
		"per project and day": {
			"ramp: off, brake: off, budget: {per_project_day: 1}", "1 items per project and day",
			[]time.Duration{0, time.Minute, 24 * time.Hour}, []int{3, 3, 6},
		},
		"per hour": {
			"ramp: off, brake: off, budget: {per_hour: 3}", "3 items per hour",
			[]time.Duration{0, time.Minute, time.Hour}, []int{6, 6, 12},
		},
		"ramp": {
			"ramp: on, brake: off, budget: off", "5 items on this day, while writing on the project is new",
			[]time.Duration{0, time.Minute, 24 * time.Hour}, []int{13, 13, 18},
		},
	} {
		t.Run(name, func(t *testing.T) {
			tr, _ := bounded(t, c.bounds)
			for i, later := range c.passes {
				tr.clock.move(later)
				plan := tr.pass()
				if got := tr.written(); got != c.writes[i] {
					t.Errorf("after pass %d: %d items written, want %d", i+1, got, c.writes[i])
				}
				told := strings.Join(plan.Problems, "\n")
				if i == 0 && !strings.Contains(told, c.reasons) {
					t.Errorf("it is not said why: %q", told)
				}
			}
		})
	}
}

func TestB12OnePersonGetsFewCommentsAndAllLabels(t *testing.T) {
	tr, path := bounded(t, "ramp: off, brake: off, budget: {per_person_day: 1}")
	theirs := []string{"SHOP-13", "SHOP-15", "SHOP-16", "SHOP-17"}
	for _, key := range theirs {
		if err := tr.world.Jira.Human("557058:olga").SetField(key, "assignee", map[string]any{"accountId": "557058:yuki"}); err != nil {
			t.Fatal(err)
		}
	}
	for day, want := range []int{1, 1, 1, 1, 1, 1, 1, 2, 2} {
		plan := tr.pass()
		comments := 0
		for _, key := range theirs {
			comments += len(tr.world.Jira.Comments(key))
			if key != "SHOP-17" && len(tr.world.Jira.Labels(key)) < 2 { // touched just now, so no longer stale
				t.Errorf("%s has labels %v: they are not bounded by comments", key, tr.world.Jira.Labels(key))
			}
		}
		if comments != want {
			t.Errorf("after %d days there are %d comments, want %d\n%v", day, comments, want, plan.Problems)
		}
		told := map[int]int{0: 2, 7: 1}[day] // items put into the digest
		if n := digested(plan, "Checkout"); n != told {
			t.Errorf("after %d days %d items are put into the digest, want %d: %+v", day, n, told, plan.Digest)
		}
		if day == 1 {
			tr.tellsOfTheDigest(path)
		}
		tr.clock.move(24 * time.Hour)
	}
}

func digested(plan planContract, team string) (n int) {
	for _, d := range plan.Digest {
		if d.Team == team {
			n += d.Items
		}
	}
	return n
}

// tellsOfTheDigest checks that the report has what no comment says, by team and
// without anybody's name.
func (tr *train) tellsOfTheDigest(path string) {
	tr.t.Helper()
	r, err := tr.app.report(tr.t.Context())
	if err != nil {
		tr.t.Fatal(err)
	}
	told := map[string]bool{}
	for _, team := range r.Teams {
		for _, task := range team.Digest {
			told[team.Name+" "+task.Key] = true
		}
	}
	silent := 0
	for _, key := range []string{"SHOP-13", "SHOP-15", "SHOP-16"} {
		if len(tr.world.Jira.Comments(key)) == 0 {
			silent++
			if !told["Checkout "+key] {
				tr.t.Errorf("neither a comment nor the report tells of %s: %v", key, told)
			}
		} else if told["Checkout "+key] {
			tr.t.Errorf("%s is told of twice", key)
		}
	}
	if silent != 2 {
		tr.t.Errorf("%d items have no comment, want 2", silent)
	}
	for _, format := range []string{"markdown", "html"} {
		var b strings.Builder
		if err := renderers[format](&b, r); err != nil {
			tr.t.Fatal(err)
		}
		if text := b.String(); !strings.Contains(text, "Told here and not by comments of their own") || strings.Contains(text, "Yuki") || strings.Contains(text, "yuki") {
			tr.t.Errorf("the report in %s does not tell of the digest, or names a person", format)
		}
	}
	if out, _, _ := command(tr.t, "explain", "SHOP-16", "--config", path); len(tr.world.Jira.Comments("SHOP-16")) == 0 && !strings.Contains(out, "in the digest: labels only") {
		tr.t.Errorf("explain does not say why there is no comment:\n%s", out)
	}
}

func TestB02ABrakeParksAPlanUntilItIsApproved(t *testing.T) {
	tr, path := bounded(t, "ramp: off, budget: off, brake: {changes: 1%, at_least: 2}")
	plan := tr.pass()
	if len(plan.Parked) != 3 || tr.written() != 0 {
		t.Fatalf("%d plans parked, %d items written: %+v", len(plan.Parked), tr.written(), plan.Parked)
	}
	out, _, status := command(t, "plan", "--config", path)
	if !strings.Contains(out, "trackwarden approve "+plan.Parked[0].Hash) || status != exitClean {
		t.Errorf("plan does not say what to do (status %d):\n%s", status, out)
	}
	if _, errs, status := command(t, "approve", "0123456789abcdef", "--config", path); status != exitUsage || !strings.Contains(errs, "look at trackwarden plan again") {
		t.Errorf("an unknown hash: status %d: %s", status, errs)
	}
	before := tr.written()
	out, errs, status := command(t, "approve", plan.Parked[0].Hash, "--config", path)
	if status != exitClean {
		t.Fatalf("approve: %s%s", out, errs)
	}
	if again := tr.pass(); tr.written() != before+plan.Parked[0].Changes || len(again.Parked) != len(plan.Parked)-1 {
		t.Errorf("after the approval %d more items are written, want %d; %d plans parked", tr.written()-before, plan.Parked[0].Changes, len(again.Parked))
	}
}

func TestB04OnlyTheGivenPlanIsCarriedOut(t *testing.T) {
	tr, path := bounded(t, "ramp: off, budget: off, brake: {changes: 1%, at_least: 2}")
	file := filepath.Join(tr.dir, "plan.json")
	if out, errs, status := command(t, "plan", "--out", file, "--config", path); status != exitClean {
		t.Fatal(out, errs)
	}
	tr.clock.move(time.Minute)
	if err := tr.world.Jira.Human("557058:olga").SetField("SHOP-13", "summary", "Something else"); err != nil {
		t.Fatal(err)
	}
	out, errs, status := command(t, "apply", "--plan", file, "--config", path)
	if status != exitClean || tr.written() == 0 {
		t.Errorf("status %d, %d items written: %s%s", status, tr.written(), out, errs)
	}
	text := strings.Replace(read(t, file), "hygiene:stale", "hygiene:other", 1)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, errs, status := command(t, "apply", "--plan", file, "--config", path); status != exitUsage || !strings.Contains(errs, "make a new one") {
		t.Errorf("a plan that was tampered with: status %d: %s", status, errs)
	}
}

func TestB07APauseStopsTheNextRequestAndNothingIsLost(t *testing.T) {
	tr := newTrain(t, nil, nil)
	path := tr.configure(config.Enforce)
	if out, errs, status := command(t, "pause", "--reason", "release freeze", "--config", path); status != exitClean {
		t.Fatal(out, errs)
	}
	plan := tr.pass()
	if told := strings.Join(plan.Problems, "\n"); tr.written() != 0 || !strings.Contains(told, "writing is paused: release freeze") {
		t.Errorf("%d items written while paused; told: %s", tr.written(), told)
	}
	command(t, "pause", "--connection", "shop", "--config", path)
	if out, _, _ := command(t, "resume", "--config", path); !strings.Contains(out, "Still paused in shop") {
		t.Error(out)
	}
	tr.pass()
	if tr.written() == 0 || len(tr.world.Jira.Labels("SHOP-13")) != 0 {
		t.Error("only the other connection may be written on")
	}
	command(t, "resume", "--connection", "shop", "--config", path)
	tr.pass()
	if len(tr.world.Jira.Labels("SHOP-13")) != 2 {
		t.Error("writing does not go on after the pause")
	}
	if again := tr.pass(); again.Writes.Requests != 0 {
		t.Errorf("%d writes at rest", again.Writes.Requests)
	}
}

func TestB07APauseInTheMiddleOfAPassEndsIt(t *testing.T) {
	tr := newTrain(t, nil, nil)
	tr.app.reconciler.Writing = func(_ string, done, _ int) {
		if done == 2 {
			if err := tr.app.db.SwitchOff(t.Context(), "", "enough"); err != nil {
				t.Error(err)
			}
		}
	}
	result, err := tr.app.reconciler.Pass(t.Context(), reconcile.Apply, false)
	if err != nil {
		t.Fatal(err)
	}
	if n := tr.written(); n < 2 || n > 4 {
		t.Errorf("%d items written, want those before the pause and at most one request more for each connection", n)
	}
	if o := result.Connections[0]; o.Err != nil || !strings.Contains(o.Stopped, "enough") {
		t.Errorf("stopped %q, error %v", o.Stopped, o.Err)
	}
}
