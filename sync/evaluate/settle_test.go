package evaluate

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
)

func outcome(verdict backlog.Verdict, cause string, evidence ...string) backlog.Judgement {
	o := backlog.PolicyOutcome{Policy: "story/a", Verdict: verdict, Cause: cause, Severity: backlog.Warning}
	for _, e := range evidence {
		o.Violations = append(o.Violations, backlog.Violation{Evidence: map[string]any{"field": e}, Message: e})
	}
	return backlog.Judgement{Outcomes: []backlog.PolicyOutcome{o}}
}

func open(id int64, evidence string) backlog.Finding {
	return backlog.Finding{ID: id, Policy: "story/a", Fingerprint: backlog.Fingerprint("story/a", map[string]any{"field": evidence})}
}

func TestOnlyAPassOrAPersonsDecisionCloses(t *testing.T) {
	for name, tc := range map[string]struct {
		judgement backlog.Judgement
		closes    bool
	}{
		"pass":                  {outcome(backlog.Pass, ""), true},
		"exempt":                {outcome(backlog.Exempt, "seasonal"), true},
		"switched off":          {outcome(backlog.Skipped, CauseOff), true},
		"skipped":               {outcome(backlog.Skipped, CauseCommitted), false},
		"unknown":               {outcome(backlog.Undecidable, "the policy failed"), false},
		"not judged at all":     {backlog.Judgement{}, false},
		"fail, same evidence":   {outcome(backlog.Fail, "", "x"), false},
		"fail, other evidence":  {outcome(backlog.Fail, "", "y"), true},
		"another policy passes": {backlog.Judgement{Outcomes: []backlog.PolicyOutcome{{Policy: "story/b", Verdict: backlog.Pass}}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			judged := settle(tc.judgement, []backlog.Finding{open(7, "x")}, time.Now())
			if got := len(judged.Closed) == 1 && judged.Closed[0] == 7; got != tc.closes {
				t.Errorf("closed %v, want %v", judged.Closed, tc.closes)
			}
		})
	}
}

func TestAFailOpensWhatIsNewAndKeepsWhatIsKnown(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	judged := settle(outcome(backlog.Fail, "", "x", "y", "y"), []backlog.Finding{open(7, "x")}, now)
	if len(judged.Kept) != 1 || judged.Kept[0].ID != 7 || len(judged.Opened) != 1 || !judged.Opened[0].Opened.Equal(now) {
		t.Errorf("kept %+v, opened %+v", judged.Kept, judged.Opened)
	}
}

func TestP17FindingsOfPoliciesThatAreNotAskedAnyMore(t *testing.T) {
	open := []backlog.Finding{{ID: 7, Policy: "story/a"}, {ID: 8, Policy: "story/removed"}}
	if got := unasked(outcome(backlog.Undecidable, "the policy failed"), open); !cmp.Equal(got, []int64{8}) {
		t.Errorf("got %v, want only the one of the removed policy", got)
	}
}

func TestP08FieldUsage(t *testing.T) {
	layout := backlog.FieldSet(0).With(backlog.FieldPoints)
	of := func(items, filled int, layout, used backlog.FieldSet) bool {
		sites := map[string]backlog.Site{"c": {ID: "s", Types: []backlog.ItemType{{Project: "1", Name: "Story", Layout: layout, Used: used}}}}
		u := newUsage(sites, []backlog.Usage{{Site: "s", Project: "1", Type: "Story", Items: items, Filled: map[backlog.Field]int{backlog.FieldPoints: filled}}}, nil)
		item := backlog.Item{ID: backlog.ItemID{Site: "s"}, Project: backlog.Project{ID: "1"}, Type: "Story"}
		return u.used(item, backlog.FieldPoints)
	}
	for name, tc := range map[string]struct {
		items, filled int
		layout, used  backlog.FieldSet
		want          bool
	}{
		"filled on one in twenty":              {100, 5, layout, 0, true},
		"filled on fewer":                      {100, 4, layout, 0, false},
		"never filled":                         {100, 0, layout, 0, false},
		"declared":                             {100, 0, 0, layout, true},
		"not on the layout and nowhere filled": {100, 0, 0, 0, false},
		"read from the text without a field":   {100, 60, 0, 0, true},
		"nothing touched yet, on the layout":   {0, 0, layout, 0, true},
		"nothing touched yet, not there":       {0, 0, 0, 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := of(tc.items, tc.filled, tc.layout, tc.used); got != tc.want {
				t.Errorf("used %v, want %v", got, tc.want)
			}
		})
	}
}

func TestADormantTypeIsJudgedByAllOfItsHistory(t *testing.T) {
	layout := backlog.FieldSet(0).With(backlog.FieldPoints)
	sites := map[string]backlog.Site{"c": {ID: "s", Types: []backlog.ItemType{{Project: "1", Name: "Story", Layout: layout}}}}
	item := backlog.Item{ID: backlog.ItemID{Site: "s"}, Project: backlog.Project{ID: "1"}, Type: "Story"}
	for filled, want := range map[int]bool{0: false, 60: true} {
		ever := []backlog.Usage{{Site: "s", Project: "1", Type: "Story", Items: 100, Filled: map[backlog.Field]int{backlog.FieldPoints: filled}}}
		if got := newUsage(sites, nil, ever).used(item, backlog.FieldPoints); got != want {
			t.Errorf("%d of 100 filled, none touched lately: used %v, want %v", filled, got, want)
		}
	}
}

func TestCirclesAreFoundAndLinesAreNot(t *testing.T) {
	id := func(name string) backlog.ItemID { return backlog.ItemID{Site: "s", ID: name} }
	edges := []backlog.Edge{
		{From: id("a"), To: id("b")}, {From: id("b"), To: id("c")}, {From: id("c"), To: id("a")}, // a circle
		{From: id("c"), To: id("d")}, {From: id("d"), To: id("e")}, // a line out of it
		{From: id("f"), To: id("f")},
	}
	circles := strongComponents(edges)
	if len(circles) != 1 {
		t.Fatalf("got %v", circles)
	}
	names := map[string]bool{}
	for _, member := range circles[0] {
		names[member.ID] = true
	}
	if diff := cmp.Diff(map[string]bool{"a": true, "b": true, "c": true}, names); diff != "" {
		t.Errorf("members (-want +got):\n%s", diff)
	}
}
