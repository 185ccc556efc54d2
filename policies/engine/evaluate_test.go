package engine_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies/engine"
)

func evaluate(t testing.TB, library *engine.Library, in engine.Input) engine.Result {
	t.Helper()
	result, err := library.Evaluate(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// found lists the policies that found something, sorted.
func found(t testing.TB, result engine.Result) []string {
	t.Helper()
	if len(result.Failed) > 0 {
		t.Fatalf("failed: %v", result.Failed)
	}
	return slices.Sorted(maps.Keys(result.Violations))
}

func TestAHealthyItemHasNothingToSay(t *testing.T) {
	library := some(t, "recommended", "strict", "safe-planning", "story-text")
	for _, in := range []engine.Input{healthyStory(), healthyFeature()} {
		if ids := found(t, evaluate(t, library, in)); len(ids) > 0 {
			t.Errorf("%s: %v", in.Level, ids)
		}
	}
}

// Each story breaks one thing of the healthy one and names what finds it. The
// recommended policies are shown here; each of the others by the tests beside
// it.
func TestEachPolicyFindsItsDefect(t *testing.T) {
	library := recommended(t)
	tests := []struct {
		policy string
		in     engine.Input
		spoil  func(*engine.Input)
		want   backlog.Violation
	}{
		{"story/no-acceptance-criteria", healthyStory(), func(in *engine.Input) { in.Text.Criteria = nil },
			backlog.Violation{Evidence: map[string]any{"acceptance_criteria": "none"}, Message: "The field is empty and there is no such heading."}},
		{"story/orphan", healthyStory(), func(in *engine.Input) { in.Parent, in.ParentRef = nil, engine.ParentNone },
			backlog.Violation{Evidence: map[string]any{"parent": "none"}, Message: "This Story has no parent."}},
		{"story/too-big", healthyStory(), func(in *engine.Input) { in.Subject.Points = ptr(20.5) },
			backlog.Violation{Evidence: map[string]any{"points": 20.5}, Message: "It has 20.5 points; 13 is the most for one Story."}},
		{"story/stale", healthyStory(), func(in *engine.Input) {
			in.Facts.Committed, in.Facts.IdleDays, in.Facts.LastActivity = false, 180, "2026-05-08"
		}, backlog.Violation{Evidence: map[string]any{"last_activity": "2026-05-08"}, Message: "Nobody has touched it since 8 May 2026."}},
		{"story/no-owner", healthyStory(), func(in *engine.Input) { in.Subject.Assignee = "" },
			backlog.Violation{
				Evidence: map[string]any{"state": "In Progress", "since": "2026-11-20"},
				Message:  "In Progress since 20 Nov 2026, nobody is assigned.",
			}},
		{"story/not-estimated", healthyStory(), func(in *engine.Input) { in.Subject.Points = nil },
			backlog.Violation{Evidence: map[string]any{"points": "none"}, Message: "In Progress since 20 Nov 2026, and it has no estimate."}},
		{"story/parent-contradicts", healthyStory(), func(in *engine.Input) {
			in.Parent.State = engine.SummaryState{Category: backlog.ToDo, Native: "To Do"}
		}, backlog.Violation{
			Evidence: map[string]any{"parent": "SHOP-100", "parent_state": "todo"},
			Message:  "It is In Progress, and its parent SHOP-100 is To Do.", About: []string{"SHOP-100"},
		}},
		{"story/dependency-cycle", healthyStory(), func(in *engine.Input) { in.Facts.Cycle = []string{"PLAT-88", "SHOP-147"} },
			backlog.Violation{
				Evidence: map[string]any{"cycle": []any{"PLAT-88", "SHOP-147"}, "size": 2.0},
				Message:  "PLAT-88 and SHOP-147 wait for each other.", About: []string{"PLAT-88", "SHOP-147"},
			}},
		{"feature/dependency-cycle", healthyFeature(), func(in *engine.Input) { in.Facts.Cycle = []string{"SHOP-100"} },
			backlog.Violation{
				Evidence: map[string]any{"cycle": []any{"SHOP-100"}, "size": 1.0},
				Message:  "SHOP-100 waits for itself.", About: []string{"SHOP-100"},
			}},
		{"feature/no-stories", healthyFeature(), func(in *engine.Input) { in.Children = nil },
			backlog.Violation{Evidence: map[string]any{"children": "none"}, Message: "Nothing is planned under this Epic."}},
		{"feature/no-benefit-hypothesis", healthyFeature(), func(in *engine.Input) { in.Text.Hypothesis = "" },
			backlog.Violation{Evidence: map[string]any{"benefit_hypothesis": "none"}, Message: "The field is empty and there is no such heading."}},
	}
	covered := map[string]bool{}
	for _, test := range tests {
		covered[test.policy] = true
		test.spoil(&test.in)
		result := evaluate(t, library, test.in)
		if diff := cmp.Diff(map[string][]backlog.Violation{test.policy: {test.want}}, result.Violations); diff != "" {
			t.Errorf("%s:\n%s", test.policy, diff)
		}
		if len(result.Failed) > 0 {
			t.Errorf("%s: failed %v", test.policy, result.Failed)
		}
	}
	for _, p := range library.Policies() {
		if p.Subject == backlog.ItemSubject && !covered[p.ID] { // those of sets start from one healthy set, in lib
			t.Errorf("no defect is planted for %s", p.ID)
		}
	}
}

// recommended are the policies that hold where nobody chose others.
func recommended(t testing.TB) *engine.Library { return some(t, "recommended") }

// some are the policies of some bundles.
func some(t testing.TB, bundles ...string) *engine.Library {
	t.Helper()
	library, err := load(t).Only(t.Context(), func(p engine.Policy) bool {
		return slices.ContainsFunc(p.Bundles, func(b string) bool { return slices.Contains(bundles, b) })
	})
	if err != nil {
		t.Fatal(err)
	}
	return library
}

func TestALevelWithoutPoliciesFindsNothing(t *testing.T) {
	in := healthyStory()
	in.Level = "saga"
	if result := evaluate(t, load(t), in); len(result.Violations)+len(result.Failed) > 0 {
		t.Error(result)
	}
}

func TestACancelledContextIsTheOnlyError(t *testing.T) {
	library := load(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := library.Evaluate(ctx, healthyStory()); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestSettingsOverrideDefaults(t *testing.T) {
	library := recommended(t)
	in := healthyStory()
	for _, test := range []struct {
		limit any
		want  []string
	}{{nil, nil}, {5, nil}, {4, []string{"story/too-big"}}, {4.5, []string{"story/too-big"}}} {
		if test.limit != nil {
			in.Settings = engine.NewSettings(map[string]map[string]any{"story/too-big": {"max_points": test.limit}})
		}
		if ids := found(t, evaluate(t, library, in)); !slices.Equal(ids, test.want) {
			t.Errorf("limit %v: found %v, want %v", test.limit, ids, test.want)
		}
	}
}

// A place that sets one parameter keeps the defaults of the others.
func TestWhatAPlaceLeavesOpenHasItsDefault(t *testing.T) {
	in := healthyStory()
	in.Subject.Points, in.Facts.Committed, in.Facts.IdleDays = ptr(14.0), false, 200
	in.Settings = engine.NewSettings(map[string]map[string]any{"story/stale": {"days": 201}, "story/too-big": {}, "story/orphan": nil})
	if ids := found(t, evaluate(t, recommended(t), in)); !slices.Equal(ids, []string{"story/too-big"}) {
		t.Errorf("found %v", ids)
	}
}

// A text is larger than any number in Rego: without the check the policy would
// silently never find anything.
func TestAParameterOfTheWrongTypeIsNoPass(t *testing.T) {
	in := healthyStory()
	in.Subject.Points = ptr(100.0)
	in.Settings = engine.NewSettings(map[string]map[string]any{"story/too-big": {"max_points": "8"}})
	result := evaluate(t, recommended(t), in)
	if result.Failed["story/too-big"] == nil || len(result.Violations) > 0 {
		t.Errorf("got %+v", result)
	}
}

func TestP12TwoEvaluationsAreEqual(t *testing.T) {
	library := recommended(t)
	in := engine.Input{Today: "2026-11-24", Level: backlog.Story, Facts: engine.Facts{NotDone: true, Active: true, Cycle: []string{"A-1", "B-2"}}}
	first := evaluate(t, library, in)
	if len(first.Violations) < 3 {
		t.Fatalf("found only %v", first.Violations)
	}
	for range 50 {
		if diff := cmp.Diff(first, evaluate(t, library, in)); diff != "" {
			t.Fatal(diff)
		}
	}
}

// BenchmarkEvaluate judges healthy and spoilt items by the policies of a
// bundle: what most items cost where it was chosen.
func BenchmarkEvaluate(b *testing.B) {
	spoilt := healthyStory()
	spoilt.Text.Criteria, spoilt.Subject.Assignee = nil, ""
	for _, bundle := range []string{"recommended", "strict"} {
		library := some(b, bundle)
		for _, test := range []struct {
			name string
			in   engine.Input
		}{{"story", healthyStory()}, {"story with two findings", spoilt}, {"feature with eight stories", healthyFeature()}} {
			b.Run(bundle+"/"+test.name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, err := library.Evaluate(b.Context(), test.in); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
