package evaluate_test

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies"
	"github.com/trackwarden/trackwarden/policies/engine"
	"github.com/trackwarden/trackwarden/store"
	"github.com/trackwarden/trackwarden/sync/evaluate"
)

const (
	shop     backlog.SiteID = "jira:11111111-2222-3333-4444-555555555555"
	platform backlog.SiteID = "azuredevops:aaaa"
)

// world is a real database with two sites, and an evaluator over it with the
// built-in policies and a clock that the test sets.
type world struct {
	t    testing.TB
	path string
	*store.DB
	evaluate.Evaluator
	now   time.Time
	scope evaluate.Scope
}

func newWorld(t testing.TB) *world {
	t.Helper()
	library, err := engine.Load(t.Context(), policies.FS())
	if err != nil {
		t.Fatal(err)
	}
	return newWorldOf(t, library)
}

func newWorldOf(t testing.TB, library evaluate.Library) *world {
	t.Helper()
	w := &world{t: t, path: filepath.Join(t.TempDir(), "trackwarden.db"), now: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)}
	log := slog.New(slog.DiscardHandler)
	clock := func() time.Time { return w.now }
	db, err := store.Open(t.Context(), store.Settings{Path: w.path}, clock, log)
	w.must(err)
	t.Cleanup(func() { _ = db.Close() })
	w.DB = db
	w.Evaluator = evaluate.Evaluator{Store: db, Library: library, Settings: train(), Clock: clock, Log: log}
	w.scope = evaluate.Scope{Connections: []string{"shop", "platform"}, Whole: true}
	for connection, site := range map[string]backlog.Site{
		"shop":     {ID: shop, Kind: "jira", Name: "Shop"},
		"platform": {ID: platform, Kind: "azuredevops", Name: "Platform"},
	} {
		for _, project := range []string{"10", "20"} {
			site.Types = append(site.Types, types(project)...)
		}
		w.must(w.PinSite(w.ctx(), connection, site))
		w.must(w.BeginRound(w.ctx(), site.ID, []backlog.Sweep{{Name: "all", Position: "0"}}))
	}
	return w
}

func types(project string) []backlog.ItemType {
	layout := backlog.FieldSet(0)
	for _, f := range backlog.Fields() {
		layout = layout.With(f)
	}
	return []backlog.ItemType{
		{Project: project, Name: "Epic", Level: backlog.Feature, Layout: layout},
		{Project: project, Name: "Story", Level: backlog.Story, Layout: layout},
	}
}

// train is an organisation of twelve teams, two of which have rules of their
// own.
func train() evaluate.Settings {
	org := backlog.Organisation{Trains: []backlog.Train{{Name: "Retail", Increments: []backlog.Increment{
		{Name: "PI 26.4", Start: "2026-10-05", End: "2026-12-13", Match: []backlog.Match{{Label: "pi-26.4"}}},
		{Name: "PI 27.1", Start: "2026-12-14", End: "2027-02-21", Match: []backlog.Match{{Label: "pi-27.1"}}},
	}}}}
	for i := range 12 {
		name := "Team " + strconv.Itoa(i)
		org.Teams = append(org.Teams, backlog.Team{Name: name, Train: "Retail", Match: []backlog.Match{{Component: name}}})
	}
	return evaluate.Settings{
		Organisation: org, Zone: time.UTC,
		Rule: func(p engine.Policy, _, _, team string) evaluate.Rule {
			r := evaluate.Rule{Enabled: true, Severity: p.Severity, Params: map[string]any{}}
			for name, param := range p.Params {
				r.Params[name] = param.Default
			}
			if team == "Team 3" && p.ID == "story/too-big" {
				r.Params["max_points"] = 8.0
			}
			r.Enabled = team != "Team 4" || p.ID != "story/orphan"
			return r
		},
	}
}

func (w *world) ctx() context.Context { return context.Background() }

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// commit stores items of one site as a page brings them.
func (w *world) commit(items ...backlog.Item) {
	w.t.Helper()
	connection := "shop"
	if items[0].ID.Site == platform {
		connection = "platform"
	}
	_, err := w.CommitPage(w.ctx(), connection, items[0].ID.Site, "all", backlog.Page{Items: items, Position: "1"})
	w.must(err)
}

// run judges what has to be judged.
func (w *world) run() evaluate.Summary {
	w.t.Helper()
	sum, err := w.Run(w.ctx(), w.scope)
	w.must(err)
	return sum
}

var morning = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)

// bulky is the nth item of a backlog as trackers have them, of about 2.5 KB: a
// feature for every ten stories, half of all done, one in seven not well kept.
func bulky(n int) backlog.Item {
	id := strconv.Itoa(n)
	points := float64([]int{1, 2, 3, 5, 8, 13}[n%6])
	item := backlog.Item{
		ID: backlog.ItemID{Site: shop, ID: id}, Project: backlog.Project{ID: "10", Key: "SHOP", Name: "Shop"},
		Key: "SHOP-" + id, URL: "https://shop.example/browse/SHOP-" + id, Title: "Pay with one tap, part " + id,
		Type: "Story", Level: backlog.Story, State: backlog.State{Category: backlog.ToDo, Native: "To Do", Since: morning.AddDate(0, 0, -n%90)},
		Body: strings.Repeat("As a shopper, I want to pay with one tap so that I am done before the bus comes. ", 20),
		Text: backlog.Text{
			Criteria: []string{"The page opens within 300 ms", "No result says so and offers three others", "The order is confirmed by mail"},
			Role:     "shopper", Means: "to pay with one tap", Ends: "I am done before the bus comes",
		},
		Labels: []string{"mobile", "pi-26.4"}, Components: []string{"Team " + strconv.Itoa(n/10%12)}, Points: &points, Priority: "Medium", Rank: fmt.Sprintf("0|hz%05d:", n),
		Assignee: &backlog.Person{ID: "5b10a2844c20165700ede21g", Name: "Olga Example"}, Author: &backlog.Person{ID: "5b10a2844c20165700ede21g", Name: "Olga Example"},
		Iterations: []backlog.Iteration{{ID: "48", Name: "Sprint 48", Board: "7", State: "future", Start: morning.AddDate(0, 0, 7), End: morning.AddDate(0, 0, 21)}},
		Created:    morning.AddDate(0, 0, -30-n%300), Changed: morning.AddDate(0, 0, -n%170), Revision: id,
		Custom: map[string]any{"team": "Checkout", "risk": "high"}, Filled: backlog.FieldSet(0).With(backlog.FieldPoints).With(backlog.FieldAcceptanceCriteria).With(backlog.FieldAssignee).With(backlog.FieldBenefitHypothesis),
	}
	if feature := n - n%10; n != feature {
		item.Parent = &backlog.Ref{ID: backlog.ItemID{Site: shop, ID: strconv.Itoa(feature)}, Key: "SHOP-" + strconv.Itoa(feature)}
	} else {
		item.Level, item.Type, item.Text.Hypothesis, item.Text.Measure = backlog.Feature, "Epic", "More orders from the app", "orders per visit"
	}
	if n%5 == 1 {
		item.Links = []backlog.Link{{Type: backlog.Blocks, Direction: backlog.Outward, Native: "blocks", To: backlog.Ref{ID: backlog.ItemID{Site: shop, ID: strconv.Itoa(n + 1)}}}}
	}
	switch {
	case n%2 == 1:
		item.State = backlog.State{Category: backlog.Done, Native: "Done"}
	case n%10 == 8:
		item.State = backlog.State{Category: backlog.InProgress, Native: "Doing"}
	}
	if n%7 == 0 {
		item.Text.Criteria = nil
	}
	return item
}

// fill stores so many bulky items.
func (w *world) fill(count int) {
	w.t.Helper()
	for first := 0; first < count; first += 200 {
		items := make([]backlog.Item, min(200, count-first))
		for i := range items {
			items[i] = bulky(first + i)
		}
		w.commit(items...)
	}
}
