package survey_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/sync/evaluate/survey"
)

func feature(rank string, value float64) func(*backlog.Surveyed, *survey.Place) {
	return func(i *backlog.Surveyed, _ *survey.Place) {
		i.Level, i.Rank = backlog.Feature, rank
		if value > 0 {
			i.WSJF = backlog.WSJF{Value: &value, Criticality: ptr(0.0), Risk: ptr(0.0), Size: ptr(1.0)}
		}
	}
}

func TestRankInversions(t *testing.T) {
	w := newWorld(t)
	w.story(1, feature("a", 8))
	w.story(2, feature("b", 2)) // stands too high
	w.story(3, feature("c", 5))
	w.story(4, feature("d", 13)) // belongs to the top
	w.story(5, feature("e", 0))  // not scored
	w.story(6, feature("f", 20), func(i *backlog.Surveyed, _ *survey.Place) { i.Connection = "other" })
	rank := w.set(backlog.TrainSubject, "Retail").Rank
	if rank.Features != 6 || rank.WithoutWSJF != 1 || rank.Unscored[0].Key != "SHOP-5" {
		t.Errorf("%+v", rank)
	}
	var got []string
	for _, i := range rank.Inversions {
		got = append(got, fmt.Sprintf("%s above %s by %d", i.Above.Key, i.Below.Key, i.Places))
	}
	if diff := cmp.Diff([]string{"SHOP-2 above SHOP-4 by 3"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestChildrenAgainstTheirParents(t *testing.T) {
	w := newWorld(t)
	w.story(1, feature("a", 0))
	w.story(2, feature("b", 0))
	child := func(of int64, rank string) func(*backlog.Surveyed, *survey.Place) {
		return func(i *backlog.Surveyed, _ *survey.Place) { i.Above, i.Rank = of, rank }
	}
	w.story(3, child(2, "m"))
	w.story(4, child(1, "n"))
	w.story(5, child(1, "c"))
	got := w.team().Rank.Children
	if len(got) != 1 || got[0].Above.Key != "SHOP-3" || got[0].Below.Key != "SHOP-4" || got[0].AboveParent.Key != "SHOP-2" {
		t.Errorf("%+v", got)
	}
}

func TestDependenciesAreComparedByIterationOrIncrement(t *testing.T) {
	pi := func(name, start, end string) func(*backlog.Surveyed, *survey.Place) {
		return func(_ *backlog.Surveyed, p *survey.Place) {
			p.Increment = backlog.Increment{Name: name, Start: start, End: end}
		}
	}
	now4, next1 := pi("PI 26.4", "2026-10-05", "2026-12-13"), pi("PI 27.1", "2026-12-14", "2027-02-21")
	type change = func(*backlog.Surveyed, *survey.Place)
	for name, tc := range map[string]struct {
		from, to      []change
		order, by, un string
	}{
		"earlier iteration":           {[]change{in(sprint(48))}, []change{in(sprint(49))}, "before", "iteration", ""},
		"same iteration":              {[]change{in(sprint(49))}, []change{in(sprint(49))}, "same", "iteration", ""},
		"later iteration":             {[]change{in(sprint(50))}, []change{in(sprint(49))}, "after", "iteration", ""},
		"same increment":              {[]change{now4}, []change{now4}, "same", "increment", ""},
		"later increment":             {[]change{next1}, []change{now4}, "after", "increment", ""},
		"earlier increment":           {[]change{now4}, []change{next1}, "before", "increment", ""},
		"iteration against increment": {[]change{in(sprint(49))}, []change{next1}, "before", "increment", ""},
		"both in one, one by sprint":  {[]change{now4}, []change{in(sprint(49)), now4}, "same", "increment", ""},
		"from is not planned":         {nil, []change{now4}, "unplanned", "", "from"},
		"nothing is planned":          {nil, nil, "unplanned", "", "both"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			other := func(_ *backlog.Surveyed, p *survey.Place) { p.Team = "Search" }
			w.story(1, append([]change{other}, tc.from...)...)
			w.story(2, tc.to...)
			w.story(3, tc.to...) // of the same team: no crossing
			w.given.Ties = []backlog.Tie{{From: 1, To: 2}, {From: 2, To: 3}, {From: 1, To: 2}, {From: 1, To: 99}}
			set := w.set(backlog.TrainSubject, "Retail")
			if len(set.Dependencies) != 1 || set.Counted.All != 1 {
				t.Fatalf("got %+v", set.Dependencies)
			}
			d := set.Dependencies[0]
			if d.Order != tc.order || d.By != tc.by || d.Unplanned != tc.un || d.Cross != "team" || d.From.Key != "SHOP-1" {
				t.Errorf("got %+v", d)
			}
		})
	}
}

func TestWorkInProgressThatWaitsIsBlocked(t *testing.T) {
	w := newWorld(t)
	w.story(1)
	w.story(2, func(i *backlog.Surveyed, _ *survey.Place) { i.State.Category = backlog.InProgress })
	w.story(3)
	w.given.Ties = []backlog.Tie{{From: 1, To: 2}, {From: 1, To: 3}, {From: 3, To: 2}}
	set := w.team()
	if set.Items.Blocked != 1 || len(set.Blocked) != 1 || set.Blocked[0].Why != "link" || len(set.Blocked[0].By) != 2 {
		t.Errorf("%+v", set.Blocked)
	}
}

func TestMixTakesThemesAndIncrementsFromFeatures(t *testing.T) {
	w := newWorld(t)
	current := backlog.Increment{Name: "PI 26.4", Start: "2026-10-05", End: "2026-12-13"}
	w.story(1, feature("a", 0), func(_ *backlog.Surveyed, p *survey.Place) { p.Increment, p.Theme = current, "Range" })
	w.story(2, func(i *backlog.Surveyed, _ *survey.Place) { i.Above = 1 })
	w.story(3, func(i *backlog.Surveyed, p *survey.Place) { i.Above, p.Theme, i.Kind = 1, "Buying", backlog.Enabler })
	w.story(4, func(i *backlog.Surveyed, _ *survey.Place) {
		i.Above, i.State = 1, backlog.State{Category: backlog.Done, Since: now.AddDate(0, 0, -83)}
	})
	w.story(5, func(i *backlog.Surveyed, _ *survey.Place) {
		i.State = backlog.State{Category: backlog.Done, Since: now.AddDate(0, 0, -84)}
	})
	set := w.team()
	if p := set.Mix.Planned; p.All.Items != 3 || p.Kinds.Enabler.Items != 1 || len(p.Themes) != 2 || p.Themes[1].Name != "Range" || p.Themes[1].Points != 6 {
		t.Errorf("planned %+v", p)
	}
	if c := set.Mix.Closed; c.All.Items != 1 || c.Themes[0].Name != "Range" {
		t.Errorf("closed %+v", c)
	}
	if i := set.Increments.Current; i.Stories.Items != 3 || i.StoriesDone.Items != 1 || i.FeaturesReady != 1 || i.Features[0].Stories != 3 || i.Features[0].Done != 1 {
		t.Errorf("increment %+v", i)
	}
}
