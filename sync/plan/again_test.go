package plan_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/sync/plan"
)

// On one day, with the same settings, an item is planned the same until the
// time that Again names.
func TestNothingIsPlannedOtherwiseBeforeAgain(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	turned, words := 0, plan.BuiltInWords()
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 3))
		now := time.Date(2026, 11, 20+r.IntN(5), 6, 0, 0, 0, zone) // from a Friday on
		ago := func(hours int) time.Time { return now.Add(-time.Duration(r.IntN(hours*60)) * time.Minute) }
		s := plan.Settings{
			Connection: "shop", Owner: "trackwarden", Umbrella: "hygiene", Prefix: "hygiene:", Zone: zone, All: r.IntN(2) == 0, Words: words,
			AfterCreation: time.Duration(r.IntN(30)) * time.Hour, AfterEdit: time.Duration(r.IntN(90)) * time.Minute,
			Comment:  plan.CommentRule{Errors: 1, Warnings: 2, OpenFor: time.Duration(r.IntN(30)) * time.Hour},
			Policies: map[string]plan.Policy{"a": {ID: "a", Label: "a", Writes: true}, "b": {ID: "b", Label: "b", Writes: true}},
			Rights:   map[string]backlog.Rights{"1": {Project: "1", Edit: true, Comment: true}},
		}
		v := backlog.View{Candidate: backlog.Candidate{Stored: backlog.Stored{Presence: backlog.Found, Item: backlog.Item{
			ID: backlog.ItemID{Site: "s", ID: "1"}, Project: backlog.Project{ID: "1"}, Level: backlog.Story,
			Created: ago(100), Activity: ago(40),
		}}}}
		for i := range 1 + r.IntN(2) {
			v.Open = append(v.Open, backlog.Finding{Policy: []string{"a", "b"}[i], Fingerprint: fmt.Sprint(i), Opened: ago(60), Severity: []backlog.Severity{backlog.Error, backlog.Warning}[r.IntN(2)]})
		}
		if r.IntN(2) == 0 {
			v.Iterations = []backlog.Iteration{{ID: "1", Start: now.Add(time.Duration(r.IntN(48)-24) * time.Hour), End: now.Add(time.Duration(r.IntN(48)-40) * time.Hour)}}
		}
		w := plan.World{Now: now}
		before, held := plan.One(v, s, w)
		again := plan.Again(v, s, w)
		for w.Now = now; backlog.Day(w.Now, zone) == backlog.Day(now, zone); w.Now = w.Now.Add(10 * time.Minute) {
			after, why := plan.One(v, s, w)
			if cmp.Equal(before, after) && held == why {
				continue
			}
			if again.IsZero() || w.Now.Before(again) {
				t.Fatalf("seed %d: planned otherwise at %s (%q, then %q), said again at %s", seed, w.Now, held, why, again)
			}
			turned++
			break
		}
	}
	if turned < 40 {
		t.Errorf("only %d items were ever planned otherwise", turned)
	}
}
