//go:build unix

package reconcile_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies/engine"
	"github.com/trackwarden/trackwarden/store"
	"github.com/trackwarden/trackwarden/sync/evaluate"
	"github.com/trackwarden/trackwarden/sync/plan"
	"github.com/trackwarden/trackwarden/sync/pull"
	"github.com/trackwarden/trackwarden/sync/reconcile"
)

// The store at scale: a generated tracker is pulled whole and judged by the
// real policies, and then passes with a hundred changed items are measured.
//
//	go test -run '^$' -bench Pass -timeout 60m ./sync/reconcile
//
// TRACKWARDEN_BENCH_ITEMS is how large the large store is, 100,000 by default.

const (
	passChanges = 100
	feedPage    = 100
	feedProject = 10
)

// feed is a tracker that makes its items up when they are asked for, so that a
// million of them take no memory. Edits holds those that changed since.
type feed struct {
	now   func() time.Time
	count int
	born  time.Time
	edits map[int]int // item → how often it was edited
	fresh []int       // edited since the last sweep
}

const feedSite backlog.SiteID = "memory:scale"

func (f *feed) Describe(context.Context) (backlog.Site, error) {
	s := backlog.Site{ID: feedSite, Kind: "memory", Name: "scale", Account: backlog.Person{ID: "bot"}, Now: f.now()}
	layout := backlog.FieldSet(0)
	for _, field := range backlog.Fields() {
		layout = layout.With(field)
	}
	for p := range feedProject {
		id := strconv.Itoa(p)
		s.Projects = append(s.Projects, backlog.Project{ID: id, Key: "P" + id, Name: "Project " + id})
		s.Rights = append(s.Rights, backlog.Rights{Project: id, Edit: true, Comment: true})
		s.Types = append(s.Types,
			backlog.ItemType{Project: id, Name: "Epic", Level: backlog.Feature, Layout: layout},
			backlog.ItemType{Project: id, Name: "Story", Level: backlog.Story, Layout: layout})
	}
	return s, nil
}

func (f *feed) Sweeps(_ context.Context, since backlog.Mark) ([]backlog.Sweep, error) {
	if since["all"] == "" {
		return []backlog.Sweep{{Name: "all", Position: "0"}}, nil
	}
	return []backlog.Sweep{{Name: "changes", Position: "0"}}, nil
}

func (f *feed) Read(_ context.Context, s backlog.Sweep) iter.Seq2[backlog.Page, error] {
	return func(yield func(backlog.Page, error) bool) {
		if s.Name == "changes" {
			items := make([]backlog.Item, 0, len(f.fresh))
			for _, n := range f.fresh {
				items = append(items, f.item(n))
			}
			f.fresh = nil
			yield(backlog.Page{Items: items, Position: "1", Last: true}, nil)
			return
		}
		first, _ := strconv.Atoi(s.Position)
		for ; first < f.count; first += feedPage {
			last := min(first+feedPage, f.count)
			page := backlog.Page{Position: strconv.Itoa(last), Total: f.count, Last: last == f.count, Mark: backlog.Mark{"all": "1"}}
			for n := first; n < last; n++ {
				page.Items = append(page.Items, f.item(n))
			}
			if !yield(page, nil) {
				return
			}
		}
	}
}

func (f *feed) Fetch(_ context.Context, ids ...backlog.ItemID) ([]backlog.Sighting, error) {
	var all []backlog.Sighting
	for _, id := range ids {
		n, err := strconv.Atoi(id.ID)
		if err != nil {
			return nil, err
		}
		all = append(all, backlog.Sighting{ID: id, Presence: backlog.Found, Item: f.item(n)})
	}
	return all, nil
}

func (f *feed) Comments(context.Context, backlog.ItemID) ([]backlog.Comment, error) { return nil, nil }

func (f *feed) Census(_ context.Context, p backlog.ProjectID) iter.Seq2[backlog.CensusPage, error] {
	return func(yield func(backlog.CensusPage, error) bool) {
		var page backlog.CensusPage
		for n := range f.count {
			if strconv.Itoa(n/10%feedProject) == p.ID {
				page.IDs = append(page.IDs, backlog.ItemID{Site: feedSite, ID: strconv.Itoa(n)})
			}
			if len(page.IDs) == 1000 {
				if !yield(page, nil) {
					return
				}
				page.IDs = nil
			}
		}
		page.Complete, page.Basis = true, "made up"
		yield(page, nil)
	}
}

// Steps, Send and Resolve make it a Writer that nobody may use: nothing of
// what the store holds lies within the horizon.
func (f *feed) Steps(backlog.Change) []backlog.Step { return []backlog.Step{{}} }

func (f *feed) Send(context.Context, backlog.Step) (backlog.Receipt, error) {
	return backlog.Receipt{}, errors.New("nothing was to be written")
}

func (f *feed) Resolve(context.Context, backlog.Step) (backlog.Receipt, error) {
	return backlog.Receipt{}, errors.New("nothing was to be resolved")
}

// item makes up the n-th item: about 2 KB, a feature for every nine stories, a
// dependency on every fifth, no acceptance criteria on every tenth, changed
// some time in the last two years.
func (f *feed) item(n int) backlog.Item {
	id, project := strconv.Itoa(n), strconv.Itoa(n/10%feedProject)
	points := float64(1 + n%5)
	key := "P" + project + "-" + id
	item := backlog.Item{
		ID: backlog.ItemID{Site: feedSite, ID: id}, Project: backlog.Project{ID: project, Key: "P" + project, Name: "Project " + project},
		Key: key, URL: "https://tracker.example/browse/" + key, Title: "Pay with one tap, variant " + id,
		Type: "Story", Level: backlog.Story, State: backlog.State{Category: backlog.ToDo, Native: "To Do", Since: f.born},
		Body:   strings.Repeat("As a shopper, I want to pay with one tap so that I am done before the bus comes. ", 10),
		Text:   backlog.Text{Criteria: []string{"The page opens within 300 ms", "No result says so and offers three others", "The order is confirmed by mail"}, Role: "a shopper", Means: "to pay with one tap", Ends: "I am done"},
		Labels: []string{"mobile", "checkout"}, Components: []string{"Checkout"}, Points: &points, Priority: "High",
		Assignee: &backlog.Person{ID: "5b10a2844c20165700ede21g", Name: "Olga Example"},
		Created:  f.born.AddDate(0, 0, -5), Changed: f.born.AddDate(0, 0, -n*7919%20).Add(time.Duration(f.edits[n]) * time.Second),
		Revision: "1." + strconv.Itoa(f.edits[n]), Custom: map[string]any{"team": "Checkout", "risk": "high"},
	}
	for _, field := range []backlog.Field{backlog.FieldDescription, backlog.FieldAcceptanceCriteria, backlog.FieldPoints, backlog.FieldPriority, backlog.FieldAssignee, backlog.FieldParent} {
		item.Filled = item.Filled.With(field)
	}
	switch feature := n - n%10; {
	case n == feature:
		item.Type, item.Level, item.Text = "Epic", backlog.Feature, backlog.Text{Hypothesis: "More orders", Measure: "orders"}
	default:
		item.Parent = &backlog.Ref{ID: backlog.ItemID{Site: feedSite, ID: strconv.Itoa(feature)}}
	}
	switch n % 10 {
	case 1, 6:
		item.Links = []backlog.Link{{Type: backlog.Blocks, Direction: backlog.Outward, Native: "blocks", To: backlog.Ref{ID: backlog.ItemID{Site: feedSite, ID: strconv.Itoa(n + 1)}}}}
	case 3:
		item.Text.Criteria = nil
	}
	if f.edits[n] > 0 {
		item.Title += fmt.Sprintf(", edited %d times", f.edits[n])
	}
	return item
}

// edit changes a hundred items here and there.
func (f *feed) edit(round int) {
	for i := range passChanges {
		n := (i*f.count/passChanges + round*37) % f.count
		f.edits[n]++
		f.fresh = append(f.fresh, n)
	}
}

// scale is a store of so many items with everything that a pass needs.
type scale struct {
	b     *testing.B
	now   time.Time
	feed  *feed
	r     *reconcile.Reconciler
	round int
}

func newScale(b *testing.B, count int) *scale {
	b.Helper()
	s := &scale{b: b, now: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)}
	clock := func() time.Time { return s.now }
	s.feed = &feed{now: clock, count: count, born: s.now.AddDate(0, 0, -3), edits: map[int]int{}}
	log := slog.New(slog.DiscardHandler)
	db, err := store.Open(b.Context(), store.Settings{Path: filepath.Join(b.TempDir(), "scale.db")}, clock, log)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	library := recommended(b)
	settings := plan.Settings{Connection: "scale", Owner: "trackwarden", Umbrella: "hygiene", Prefix: "hygiene:", Zone: time.UTC, Policies: map[string]plan.Policy{}}
	for _, p := range library.Policies() {
		settings.Policies[p.ID] = plan.Policy{ID: p.ID, Title: p.Title, Remedy: p.Remedy, Label: p.Label, Severity: p.Severity, Writes: true}
	}
	rule := func(p engine.Policy, _, _, _ string) evaluate.Rule {
		params := map[string]any{}
		for name, param := range p.Params {
			params[name] = param.Default
		}
		return evaluate.Rule{Enabled: true, Severity: p.Severity, Params: params}
	}
	s.r = &reconcile.Reconciler{
		Store: db, Clock: clock, Log: log, NewID: db.NewIntentID,
		Puller:      &pull.Puller{Store: db, Clock: clock, Log: log},
		Evaluator:   &evaluate.Evaluator{Store: db, Library: library, Settings: evaluate.Settings{Rule: rule, Zone: time.UTC}, Clock: clock, Log: log},
		Connections: []reconcile.Connection{{Name: "scale", Reader: s.feed, Writer: s.feed, Plan: settings, Quarantine: 2 * time.Minute}},
	}
	return s
}

func (s *scale) pass() reconcile.Result {
	s.b.Helper()
	result, err := s.r.Pass(s.b.Context(), reconcile.Apply, false)
	if err == nil {
		err = result.Connections[0].Err
	}
	if err != nil {
		s.b.Fatal(err)
	}
	return result
}

// changed is a pass, a minute later, with a hundred changed items.
func (s *scale) changed() {
	s.now = s.now.Add(time.Minute)
	s.round++
	s.feed.edit(s.round)
	if result := s.pass(); result.Connections[0].Pull.Changes.Changed != passChanges || result.Judged.Judged < passChanges {
		s.b.Fatalf("changed %+v, judged %+v", result.Connections[0].Pull.Changes, result.Judged)
	}
}

func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// peak is the most memory that the process ever had resident, in MiB; 0 where
// the system does not tell.
func peak() float64 {
	status, _ := os.ReadFile("/proc/self/status")
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	kib, _, _ := strings.Cut(rest, "kB")
	n, _ := strconv.ParseFloat(strings.TrimSpace(kib), 64)
	return n / 1024
}

// BenchmarkPass reports what a pass with a hundred changed items costs in a
// small and a large store, and how many times as much.
func BenchmarkPass(b *testing.B) {
	large := 100_000
	if n, err := strconv.Atoi(os.Getenv("TRACKWARDEN_BENCH_ITEMS")); err == nil {
		large = n
	}
	cost := map[int]float64{}
	for _, count := range []int{10_000, large} {
		b.Run(strconv.Itoa(count), func(b *testing.B) {
			s := newScale(b, count)
			before, began := processorTime(b), time.Now()
			first := s.pass()
			used := processorTime(b) - before
			b.Logf("%d items pulled and judged in %s, %s of processor time, %d findings, peak %.0f MiB",
				count, time.Since(began).Round(time.Second), used.Round(time.Second), first.Judged.Opened, peak())
			b.ReportMetric(float64(used.Microseconds())/float64(count), "cpu-µs/backfilled")
			for range 3 {
				s.changed()
			}
			b.ReportAllocs()
			before = processorTime(b)
			for b.Loop() {
				s.changed()
			}
			cost[count] = float64((processorTime(b) - before).Microseconds()) / 1000 / float64(b.N)
			b.ReportMetric(cost[count], "cpu-ms/pass")
			b.ReportMetric(peak(), "peak-MiB")
			if small := cost[10_000]; small > 0 && count == large {
				b.ReportMetric(cost[large]/small, "ratio")
			}
		})
	}
}
