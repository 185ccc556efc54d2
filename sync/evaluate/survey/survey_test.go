package survey_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies/engine"
	"github.com/trackwarden/trackwarden/sync/evaluate/survey"
)

var now = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC) // a Tuesday

func ptr[T any](v T) *T { return &v }

// world is a survey with what was put into it.
type world struct {
	t     testing.TB
	given survey.Settings
	items []backlog.Surveyed
	place map[int64]survey.Place
}

func newWorld(t testing.TB) *world {
	t.Helper()
	increments := []backlog.Increment{
		{Name: "PI 26.3", Start: "2026-07-27", End: "2026-10-04"},
		{Name: "PI 26.4", Start: "2026-10-05", End: "2026-12-13"},
		{Name: "PI 27.1", Start: "2026-12-14", End: "2027-02-21"},
	}
	return &world{t: t, place: map[int64]survey.Place{}, given: survey.Settings{
		Now: now, Zone: time.UTC,
		Organisation: backlog.Organisation{
			Trains: []backlog.Train{{Name: "Retail", Increments: increments}},
			Teams:  []backlog.Team{{Name: "Checkout", Train: "Retail", Owner: "olga"}, {Name: "Search", Train: "Retail"}},
		},
	}}
}

// story adds a story of Checkout, with changes.
func (w *world) story(n int64, change ...func(*backlog.Surveyed, *survey.Place)) {
	item := backlog.Surveyed{Number: n, Stored: backlog.Stored{Connection: "shop", Item: backlog.Item{
		ID: backlog.ItemID{Site: "jira:1", ID: strconv.FormatInt(n, 10)}, Key: fmt.Sprintf("SHOP-%d", n),
		Title: fmt.Sprintf("An unlike title for item %s", strings.Repeat("abcdefg"[n%7:n%7+1], int(n%31)+2)),
		Level: backlog.Story, State: backlog.State{Category: backlog.ToDo, Native: "To Do", Since: now.AddDate(0, 0, -9)},
		Points: ptr(3.0), Created: now.AddDate(0, -6, 0), Project: backlog.Project{ID: "10", Key: "SHOP"},
	}}}
	at := survey.Place{Team: "Checkout", Train: "Retail"}
	for _, c := range change {
		c(&item, &at)
	}
	w.items, w.place[n] = append(w.items, item), at
}

func (w *world) done(n int64, iterations ...backlog.Iteration) {
	w.story(n, func(i *backlog.Surveyed, _ *survey.Place) {
		i.State = backlog.State{Category: backlog.Done, Native: "Done", Since: now.AddDate(0, 0, -8)}
		i.Iterations = iterations
	})
}

func (w *world) count() *survey.Survey {
	s := survey.New(w.given)
	for i := range w.items {
		s.Add(&w.items[i], w.place[w.items[i].Number])
	}
	s.Finish()
	return s
}

func (w *world) set(kind backlog.SubjectKind, id string) *engine.Set {
	w.t.Helper()
	s := w.count()
	for _, of := range s.Subjects([]string{"shop"}) {
		if of.Kind == kind && of.ID == id {
			return s.Set(of, func(n int64) engine.Summary { return engine.Summary{Key: fmt.Sprintf("SHOP-%d", n)} })
		}
	}
	w.t.Fatalf("there is no %s %s", kind, id)
	return nil
}

func (w *world) team() *engine.Set { return w.set(backlog.TeamSubject, "Checkout") }

func sprint(n int) backlog.Iteration { // 48 runs today
	start := time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC).AddDate(0, 0, 14*(n-48))
	return backlog.Iteration{ID: strconv.Itoa(n), Name: fmt.Sprintf("Sprint %d", n), Start: start, End: start.AddDate(0, 0, 13)}
}

func in(iterations ...backlog.Iteration) func(*backlog.Surveyed, *survey.Place) {
	return func(i *backlog.Surveyed, _ *survey.Place) { i.Iterations = iterations }
}

func TestIterationsAndVelocity(t *testing.T) {
	w := newWorld(t)
	n := int64(0)
	for number := 40; number < 48; number++ { // eight are over, the last six count
		for range number - 39 {
			n++
			w.done(n, sprint(number))
		}
	}
	w.story(100, in(sprint(47), sprint(48)))                                                      // carried over
	w.done(101, sprint(47), sprint(48))                                                           // carried over and done
	w.story(102, in(sprint(49)), func(i *backlog.Surveyed, _ *survey.Place) { i.Unready = true }) // not ready
	w.story(103, in(sprint(49)), func(i *backlog.Surveyed, _ *survey.Place) { i.Points = nil })
	w.given.Planning.Capacity = []backlog.Capacity{{Team: "Checkout", Iteration: "Sprint 49", Points: 20}}
	set := w.team()
	var names []string
	for _, it := range set.Iterations {
		names = append(names, it.Name+" "+it.State)
	}
	want := []string{"Sprint 42 past", "Sprint 43 past", "Sprint 44 past", "Sprint 45 past", "Sprint 46 past", "Sprint 47 past", "Sprint 48 active", "Sprint 49 future"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Fatal(diff)
	}
	if last := set.Iterations[5]; last.Items != 10 || last.DoneItems != 8 || last.Carried != 2 || last.DonePoints != 24 {
		t.Errorf("Sprint 47: %+v", last)
	}
	if next := set.Iterations[7]; next.UnreadyAll != 1 || next.Unestimated != 1 || len(next.Unready) != 1 || next.Unready[0].Key != "SHOP-102" || *next.Capacity != 20 {
		t.Errorf("Sprint 49: %+v", next)
	}
	// 3, 4, 5, 6, 7 and 8 stories of 3 points
	if v := set.Velocity; v.Iterations != 6 || *v.Items != 5.5 || *v.Points != 16.5 {
		t.Errorf("velocity %d, %v, %v", v.Iterations, *v.Items, *v.Points)
	}
}

func TestWhatIsNotThereHasNoNumber(t *testing.T) {
	set := newWorld(t).team()
	if set.Velocity.Items != nil || set.Velocity.Points != nil || set.Flow.LeadDays != nil || len(set.Weeks) != 8 {
		t.Errorf("%+v", set)
	}
}

func TestCountsReadinessAndParents(t *testing.T) {
	w := newWorld(t)
	kind := func(k backlog.Kind) func(*backlog.Surveyed, *survey.Place) {
		return func(i *backlog.Surveyed, _ *survey.Place) { i.Kind = k }
	}
	w.story(1)
	w.story(2, kind(backlog.Bug))
	w.story(3, kind(backlog.Enabler))
	w.story(4, func(i *backlog.Surveyed, _ *survey.Place) {
		i.Item.Parent, i.Unready = &backlog.Ref{Key: "SHOP-9"}, true
	})
	w.story(5, func(i *backlog.Surveyed, _ *survey.Place) {
		i.State.Category, i.State.Native = backlog.InProgress, "Blocked"
	})
	w.story(6, func(i *backlog.Surveyed, _ *survey.Place) { i.State.Category = backlog.Removed })
	w.story(7, func(i *backlog.Surveyed, _ *survey.Place) { i.Level = backlog.Task })
	got := w.team().Items
	want := engine.SetItems{
		TotalOpen: 5, Active: 1, Blocked: 1, Stories: 5, Bugs: 1, Enablers: 1,
		WithoutParent: 2, EnablersWithoutParent: 1, BugsWithoutParent: 1, Ready: 3, Waiting: 4,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWeeksBeginOnMonday(t *testing.T) {
	w := newWorld(t)
	monday := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	for n, created := range []time.Time{monday, monday.Add(-time.Minute), monday.AddDate(0, 0, -49), monday.AddDate(0, 0, -50), now.AddDate(0, 0, 1)} {
		w.story(int64(n), func(i *backlog.Surveyed, _ *survey.Place) { i.Created = created })
	}
	weeks := w.team().Weeks
	if weeks[7].Start != "2026-11-23" || weeks[7].Created != 2 || weeks[6].Created != 1 || weeks[0].Created != 1 || weeks[0].Start != "2026-10-05" {
		t.Errorf("%+v", weeks)
	}
}

func titled(title string) func(*backlog.Surveyed, *survey.Place) {
	return func(i *backlog.Surveyed, _ *survey.Place) { i.Title = title }
}

func TestDuplicatesAreFoundWithinATeam(t *testing.T) {
	for name, tc := range map[string]struct {
		a, b string
		same bool
	}{
		"the same":            {"Pay with one click", "pay with ONE click!", true},
		"one word of six":     {"Show the price in all currencies today", "Show the price in all currencies", true},
		"one word of four":    {"Pay with one click", "Pay with one glance", false},
		"another number":      {"Import the catalogue of all suppliers, part 2", "Import the catalogue of all suppliers, part 3", false},
		"the same number":     {"Import the catalogue of all suppliers, part 2", "Import catalogue of all suppliers, part 2", true},
		"other order":         {"Login for returning customers", "For returning customers: login", true},
		"short and different": {"Login page", "Login", false},
		"without words":       {"123", "123", false},
		"another script":      {"Показать цену во всех валютах", "показать цену во всех валютах", true},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.story(1, titled(tc.a))
			w.story(2, titled(tc.b))
			w.story(3, titled(tc.a), func(_ *backlog.Surveyed, p *survey.Place) { p.Team = "Search" })
			w.story(4, titled(tc.a), func(i *backlog.Surveyed, _ *survey.Place) { i.State.Category = backlog.Done })
			w.story(5, titled(tc.a), func(i *backlog.Surveyed, _ *survey.Place) { i.Level = backlog.Feature })
			if got := w.team(); (len(got.Duplicates) == 1) != tc.same || got.DuplicatesFound != len(got.Duplicates) {
				t.Errorf("got %+v", got.Duplicates)
			}
		})
	}
}

// However alike a backlog is, the work stays bounded and the list short.
func TestManyAlikeAreBounded(t *testing.T) {
	w := newWorld(t)
	for n := range int64(6000) {
		w.story(n, titled(fmt.Sprintf("Rework the checkout for our customers %s", strings.Repeat("x", int(n%1500)+1))))
	}
	began := time.Now()
	set := w.team()
	if len(set.Duplicates) != 50 || set.DuplicatesFound < 4500 || set.Duplicates[0].Same != 1 {
		t.Errorf("%d of %d", len(set.Duplicates), set.DuplicatesFound)
	}
	if took := time.Since(began); took > 30*time.Second {
		t.Errorf("it took %s", took)
	}
}

func TestStoriesAreComparedByTheirSentence(t *testing.T) {
	w := newWorld(t)
	sentence := func(i *backlog.Surveyed, _ *survey.Place) {
		i.Text.Role, i.Text.Means, i.Text.Ends = "busy parent", "to pay with one click", "I am done in time"
	}
	w.story(1, sentence, titled("One click"))
	w.story(2, sentence, titled("Fast payment for parents"))
	if got := w.team().Duplicates; len(got) != 1 || got[0].What != "story" {
		t.Errorf("got %+v", got)
	}
}

func TestForms(t *testing.T) {
	w := newWorld(t)
	for n := range int64(5) {
		w.story(n, func(i *backlog.Surveyed, _ *survey.Place) {
			i.Text.Role, i.Text.Means = "r", "m"
			if n > 0 {
				i.Text.Ends = "e"
			}
			if n == 4 {
				i.Kind = backlog.Bug
			}
		})
	}
	got := w.team().StoryForms
	if got.Stories != 4 || got.Common != "role, means, ends" || got.Share != 0.75 || len(got.Forms) != 2 || got.Forms[1].Sample[0].Key != "SHOP-0" {
		t.Errorf("%+v", got)
	}
}

func TestPredictabilityIsActualOfAllOverPlannedOfCommitted(t *testing.T) {
	w := newWorld(t)
	w.given.Planning.Objectives = []backlog.Objective{
		{Train: "Retail", Team: "Checkout", Increment: "PI 26.3", Title: "a", Planned: ptr(8.0), Actual: ptr(6.0), Committed: true},
		{Train: "Retail", Team: "Checkout", Increment: "PI 26.3", Title: "b", Planned: ptr(5.0), Actual: ptr(5.0)},
		{Train: "Retail", Team: "Search", Increment: "PI 26.3", Title: "c", Planned: ptr(2.0), Committed: true},
	}
	if p := w.team().Increments.Previous.Predictability; !p.Evaluated || *p.Percent != 137.5 {
		t.Errorf("team %+v", p)
	}
	if p := w.set(backlog.TrainSubject, "Retail").Increments.Previous.Predictability; p.Evaluated || p.Percent != nil || p.Planned != 10 {
		t.Errorf("before all values are there: %+v", p)
	}
	set := w.set(backlog.IncrementSubject, "Retail/PI 26.3")
	if j := set.Increments.Judged; j.Name != "PI 26.3" || !slices.Equal(j.WithObjectives, []string{"Checkout", "Search"}) || len(j.Objectives) != 3 {
		t.Errorf("%+v", j)
	}
}

func TestABaselineIsComparedWithWhatIsPlannedNow(t *testing.T) {
	w := newWorld(t)
	current := func(_ *backlog.Surveyed, p *survey.Place) {
		p.Increment = backlog.Increment{Name: "PI 26.4", Start: "2026-10-05", End: "2026-12-13"}
	}
	w.story(1, feature("a", 0), current)
	w.story(2, feature("b", 0), current)
	w.story(3, current, func(i *backlog.Surveyed, _ *survey.Place) { i.Above = 1 })
	w.given.Planning = backlog.Planning{
		Objectives: []backlog.Objective{{Train: "Retail", Increment: "PI 26.4", Title: "o", Planned: ptr(5.0)}, {Train: "Retail", Increment: "PI 26.4", Title: "gone"}},
		Capacity:   []backlog.Capacity{{Team: "Checkout", Iteration: "Sprint 48", Increment: "PI 26.4", Points: 20}},
	}
	due := w.count().Due()
	if len(due) != 1 || due[0].Increment.Name != "PI 26.4" {
		t.Fatalf("due %+v", due)
	}
	w.given.Baselines = []backlog.Baseline{w.count().Baseline(due[0])}
	if again := w.count().Due(); len(again) != 0 {
		t.Errorf("due again: %+v", again)
	}
	if c := w.set(backlog.TrainSubject, "Retail").Increments.Current; c.Changes.AddedAll+c.Changes.RemovedAll != 0 || c.Baseline.Features != 2 || c.Baseline.Points != 3 || c.Baseline.Capacity != 20 {
		t.Errorf("nothing changed: %+v %+v", c.Baseline, c.Changes)
	}
	w.items = w.items[1:]
	w.story(9, feature("c", 0), current)
	w.given.Planning.Objectives = []backlog.Objective{{Train: "Retail", Increment: "PI 26.4", Title: "o", Planned: ptr(8.0)}, {Train: "Retail", Increment: "PI 26.4", Title: "new"}}
	w.given.Planning.Capacity[0].Points = 12
	got := w.set(backlog.IncrementSubject, "Retail/PI 26.4").Increments.Judged.Changes
	want := engine.ScopeChanges{
		Added: []engine.Summary{{Key: "SHOP-9"}}, Removed: []engine.Removed{{Key: "SHOP-1", Title: w.given.Baselines[0].Features[0].Title}},
		AddedAll: 1, RemovedAll: 1, ObjectivesAdded: []string{"new"}, ObjectivesRemoved: []string{"gone"}, ObjectivesChanged: []string{"o"},
		Capacity: []engine.CapacityChange{{Team: "Checkout", Iteration: "Sprint 48", Before: 20, Now: 12}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAConnectionKnowsWhoseItsItemsAre(t *testing.T) {
	w := newWorld(t)
	w.story(1)
	w.story(2, func(_ *backlog.Surveyed, p *survey.Place) { *p = survey.Place{} })
	w.story(3, func(_ *backlog.Surveyed, p *survey.Place) { *p = survey.Place{Team: "Solo", Several: true} })
	w.story(4)
	c := w.set(backlog.ConnectionSubject, "shop").Connection
	if c.TeamShare != 0.75 || c.TrainShare != 0.5 || c.SeveralTeams != 1 || c.WithoutTeam[0].Key != "SHOP-2" {
		t.Errorf("%+v", c)
	}
}
