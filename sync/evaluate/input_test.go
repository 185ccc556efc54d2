package evaluate

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies"
	"github.com/trackwarden/trackwarden/policies/engine"
)

func newJudge(t testing.TB, now time.Time, zone *time.Location) *judge {
	t.Helper()
	library, err := engine.Load(t.Context(), policies.FS())
	if err != nil {
		t.Fatal(err)
	}
	e := &Evaluator{Library: library, Clock: func() time.Time { return now }, Settings: Settings{
		Organisation: backlog.Organisation{Teams: []backlog.Team{{Name: "Checkout", Match: []backlog.Match{{Component: "Checkout"}}}}},
		Zone:         zone, Rule: func(engine.Policy, string, string, string) Rule { return Rule{Enabled: true} },
	}}
	j, err := e.judge(trust{Whole: true}, usage{})
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// A judgement holds for the whole day, so an iteration that begins this
// afternoon is running this morning.
func TestP13ADayHasNoHours(t *testing.T) {
	zone := time.FixedZone("", 2*3600)
	noon := time.Date(2026, 11, 24, 12, 0, 0, 0, zone)
	family := func(start, end time.Time) *backlog.Family {
		return &backlog.Family{Stored: backlog.Stored{Item: backlog.Item{
			State: backlog.State{Category: backlog.ToDo}, Created: noon.AddDate(0, 0, -3),
			Iterations: []backlog.Iteration{{Start: start, End: end}},
		}}}
	}
	for name, tc := range map[string]struct {
		start, end time.Time
		want       bool
	}{
		"begins this afternoon": {noon.Add(5 * time.Hour), noon.AddDate(0, 0, 14), true},
		"begins tomorrow":       {noon.Add(13 * time.Hour), noon.AddDate(0, 0, 14), false},
		"ended this morning":    {noon.AddDate(0, 0, -14), noon.Add(-4 * time.Hour), true},
		"ended yesterday":       {noon.AddDate(0, 0, -14), noon.Add(-13 * time.Hour), false},
	} {
		t.Run(name, func(t *testing.T) {
			for _, hour := range []int{-12, 0, 11} { // of one and the same day
				j := newJudge(t, noon.Add(time.Duration(hour)*time.Hour), zone)
				facts := j.facts(family(tc.start, tc.end))
				if facts.Committed != tc.want || facts.AgeDays != 3 {
					t.Errorf("at %d o'clock: committed %v, %d days old", 12+hour, facts.Committed, facts.AgeDays)
				}
			}
		})
	}
}

func BenchmarkInput(b *testing.B) {
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	j := newJudge(b, now, time.UTC)
	points := 5.0
	item := backlog.Item{
		ID: backlog.ItemID{Site: "jira:1", ID: "147"}, Key: "SHOP-147", URL: "https://shop.example/browse/SHOP-147", Title: "Pay with one click",
		Type: "Story", Level: backlog.Story, State: backlog.State{Category: backlog.InProgress, Native: "Doing", Since: now.AddDate(0, 0, -4)},
		Text: backlog.Text{Criteria: []string{"An order is placed", "The price is shown"}}, Points: &points, Components: []string{"Checkout"},
		Created: now.AddDate(0, 0, -54), Changed: now.AddDate(0, 0, -1), Activity: now.AddDate(0, 0, -1), Parent: &backlog.Ref{Key: "SHOP-100"},
	}
	parent := backlog.Stored{Item: item, Connection: "shop"}
	f := &backlog.Family{Stored: parent, Parent: &parent}
	b.ReportAllocs()
	for b.Loop() {
		if in := j.input(f, j.place(&f.Stored)); in.Parent == nil {
			b.Fatal("no parent")
		}
	}
}

// How a story is worded is worked out only where a policy reads it, and is then
// what package wording says.
func TestTheWordingIsReadWhereAPolicyAsks(t *testing.T) {
	j := newJudge(t, time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC), time.UTC)
	f := &backlog.Family{Stored: backlog.Stored{Item: backlog.Item{Level: backlog.Story, Text: backlog.Text{
		Sentence: "As a user, I want a clock that is easy to read", Criteria: []string{"It is fast"},
	}}}}
	for _, asked := range []bool{true, false} {
		j.reads[backlog.Story] = backlog.Reads{Wording: asked}
		got := j.input(f, j.place(&f.Stored)).Text.Story
		if !asked {
			if diff := cmp.Diff(engine.Story{}, got); diff != "" {
				t.Errorf("nobody asked:\n%s", diff)
			}
			continue
		}
		ease := 96.0
		want := engine.Story{
			Language: "en", Sentence: f.Text.Sentence, Words: 12, Vague: []string{"easy"}, GenericRole: true, ReadingEase: &ease,
			Missing: []string{"ends"}, VagueCriteria: []string{"fast"},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

// Of several iterations the running one counts, then the next, then the last;
// days are counted on the calendar.
func TestWhereAnItemStandsInTime(t *testing.T) {
	zone := time.FixedZone("", -8*3600) // west of Greenwich, where a date's midnight there is the day before here
	j := newJudge(t, time.Date(2026, 11, 24, 23, 0, 0, 0, zone), zone)
	on := func(month time.Month, day int) time.Time { return time.Date(2026, month, day, 9, 0, 0, 0, zone) }
	past := backlog.Iteration{Name: "past", Start: on(10, 1), End: on(10, 14)}
	later := backlog.Iteration{Name: "later", Start: on(11, 1), End: on(11, 14)}
	running := backlog.Iteration{Name: "running", Start: on(11, 20), End: on(12, 3)}
	next := backlog.Iteration{Name: "next", Start: on(12, 4), End: on(12, 17)}
	far := backlog.Iteration{Name: "far", Start: on(12, 18), End: on(12, 31)}
	for _, tc := range []struct {
		in   []backlog.Iteration
		want engine.Iteration
	}{
		{nil, engine.Iteration{}},
		{[]backlog.Iteration{past, running, next}, engine.Iteration{Name: "running", State: "active", Start: "2026-11-20", End: "2026-12-03"}},
		{[]backlog.Iteration{far, past, next}, engine.Iteration{Name: "next", State: "future", Start: "2026-12-04", End: "2026-12-17"}},
		{[]backlog.Iteration{past, later}, engine.Iteration{Name: "later", State: "past", Start: "2026-11-01", End: "2026-11-14"}},
		{[]backlog.Iteration{{Name: "none"}}, engine.Iteration{Name: "none"}},
	} {
		if got := j.iteration(tc.in); got != tc.want {
			t.Errorf("%v: got %+v", tc.in, got)
		}
	}
	for date, want := range map[string]int{"2026-11-24": 0, "2026-11-25": 1, "2026-11-20": -4} {
		if got := j.calendar.until(date); got == nil || *got != want {
			t.Errorf("to %s: %v, want %d", date, got, want)
		}
	}
	if j.calendar.until("") != nil || j.calendar.until("soon") != nil {
		t.Error("what is no date has no days")
	}
}
