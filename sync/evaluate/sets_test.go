package evaluate_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies"
	"github.com/trackwarden/trackwarden/policies/engine"
	"github.com/trackwarden/trackwarden/sync/evaluate"
)

// setWorld is a world with two policies only: what others find unready does not
// matter here.
func setWorld(t *testing.T) *world {
	t.Helper()
	all, err := engine.Load(t.Context(), policies.FS())
	if err != nil {
		t.Fatal(err)
	}
	few, err := all.Only(t.Context(), func(p engine.Policy) bool {
		return p.ID == "team/backlog-depth" || p.ID == "story/no-acceptance-criteria"
	})
	if err != nil {
		t.Fatal(err)
	}
	return newWorldOf(t, few)
}

// sprint is a story of Team 0 in a sprint of November, ended or to come.
func sprint(n, number int, done bool) backlog.Item {
	item := bulky(n*10 + 1)
	item.ID.ID = strconv.Itoa(900000 + n)
	item.Key, item.Components, item.Links, item.Parent = "SHOP-"+item.ID.ID, []string{"Team 0"}, nil, nil
	item.Title = "Story of many words about " + strconv.Itoa(n)
	start := morning.AddDate(0, 0, 14*(number-48)-7)
	item.Iterations = []backlog.Iteration{{ID: strconv.Itoa(number), Name: "Sprint " + strconv.Itoa(number), Board: "7", Start: start, End: start.AddDate(0, 0, 13)}}
	item.State = backlog.State{Category: backlog.ToDo, Native: "To Do", Since: start}
	if done {
		item.State = backlog.State{Category: backlog.Done, Native: "Done", Since: start.AddDate(0, 0, 10)}
	}
	points := 5.0
	item.Filled = item.Filled.With(backlog.FieldIteration)
	item.Points = &points
	return item
}

// history is six sprints of three stories each, done, and some stories that
// are to come.
func (w *world) history(toCome int) {
	w.t.Helper()
	n := 0
	for number := 42; number < 48; number++ {
		for range 3 {
			n++
			w.commit(sprint(n, number, true))
		}
	}
	for range toCome {
		n++
		w.commit(sprint(n, 49, false))
	}
}

func (w *world) open(kind backlog.SubjectKind, id string) []backlog.Finding {
	w.t.Helper()
	subject := backlog.Subject{Kind: kind, ID: id}
	open, err := w.OpenFindings(w.ctx(), []backlog.Subject{subject})
	w.must(err)
	return open[subject]
}

func findingsOf(all []backlog.Finding, policy string) (messages []string) {
	for _, f := range all {
		if f.Policy == policy {
			messages = append(messages, f.Message)
		}
	}
	return messages
}

// A team that finishes 15 points an iteration and has one story of five ready
// is told so; when more is ready, the finding closes.
func TestATeamIsJudgedFromTheStoreToAFinding(t *testing.T) {
	w := setWorld(t)
	w.history(1)
	w.run()
	got := findingsOf(w.open(backlog.TeamSubject, "Team 0"), "team/backlog-depth")
	if want := "What is ready lasts for 0.3 iterations; it should last for 1."; len(got) != 1 || got[0] != want {
		t.Fatalf("got %q", got)
	}
	w.now = w.now.Add(11 * time.Minute)
	w.history(4)
	w.run()
	if got := findingsOf(w.open(backlog.TeamSubject, "Team 0"), "team/backlog-depth"); len(got) != 0 {
		t.Errorf("still open: %q", got)
	}
}

func TestSetsAreJudgedOnceInAWhileAndOnANewDay(t *testing.T) {
	w := setWorld(t)
	w.history(1)
	w.run()
	judged := func() int {
		n := 0
		w.must(w.EachJudgement(w.ctx(), func(s backlog.Subject, _ *backlog.Stored, j backlog.Judgement) error {
			if s.Kind == backlog.TeamSubject && j.Today == w.now.Format(time.DateOnly) {
				n++
			}
			return nil
		}))
		return n
	}
	if judged() != 12 {
		t.Fatalf("%d of 12 teams were judged", judged())
	}
	w.now = w.now.Add(time.Minute)
	w.history(4)
	w.run()
	if got := findingsOf(w.open(backlog.TeamSubject, "Team 0"), "team/backlog-depth"); len(got) != 1 {
		t.Errorf("they were judged again within ten minutes: %q", got)
	}
	w.now = w.now.AddDate(0, 0, 1)
	w.run()
	if got := findingsOf(w.open(backlog.TeamSubject, "Team 0"), "team/backlog-depth"); len(got) != 0 || judged() != 12 {
		t.Errorf("a new day: %q, %d teams", got, judged())
	}
}

// Doubt about one project makes the sets unknown to which it may contribute,
// and clears nothing.
func TestDoubtMakesSetsUnknown(t *testing.T) {
	w := setWorld(t)
	w.history(1)
	w.run()
	w.history(4)
	w.now = w.now.Add(time.Hour)
	w.scope.Doubt = map[backlog.Source]string{{Connection: "shop", Project: "SHOP"}: "the census failed"}
	w.run()
	if got := w.open(backlog.TeamSubject, "Team 0"); len(got) == 0 {
		t.Error("a finding was cleared on data in doubt")
	}
	outcome := w.outcome(backlog.TeamSubject, "Team 0", "team/backlog-depth")
	if outcome.Verdict != backlog.Undecidable || !strings.Contains(outcome.Cause, "the census failed") {
		t.Errorf("got %+v", outcome)
	}
}

func (w *world) outcome(kind backlog.SubjectKind, id, policy string) backlog.PolicyOutcome {
	w.t.Helper()
	judgement, _, err := w.JudgementOf(w.ctx(), backlog.Subject{Kind: kind, ID: id})
	w.must(err)
	for _, o := range judgement.Outcomes {
		if o.Policy == policy {
			return o
		}
	}
	w.t.Fatalf("%s says nothing of %s", policy, id)
	return backlog.PolicyOutcome{}
}

func TestSwitchingOffAndExemptingHoldForSets(t *testing.T) {
	w := setWorld(t)
	w.history(1)
	w.Evaluator.Settings.Version = "exempt"
	w.Evaluator.Settings.Exemptions = []evaluate.Exemption{{Team: "Team 0", Reason: "they have just begun", Until: "2026-12-31"}}
	w.run()
	if o := w.outcome(backlog.TeamSubject, "Team 0", "team/backlog-depth"); o.Verdict != backlog.Exempt {
		t.Errorf("got %+v", o)
	}
	if got := w.open(backlog.TeamSubject, "Team 0"); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}
