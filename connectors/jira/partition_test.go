package jira

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/jira/jirasim"
)

// positionsOf plans a backfill and reads what its sweeps hold.
func positionsOf(t *testing.T, tracker *Tracker) []position {
	t.Helper()
	sweeps, err := tracker.Sweeps(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	parts := make([]position, len(sweeps))
	for i, s := range sweeps {
		if err := json.Unmarshal([]byte(s.Position), &parts[i]); err != nil {
			t.Fatal(err)
		}
	}
	return parts
}

// A big project is read in about 24 parts of like size, which cost hardly more
// pages than one; also when most of its issues were created in a few days.
func TestBigProjectIsReadInParts(t *testing.T) {
	const all, page = 100_000, 100
	random, now := rand.New(rand.NewPCG(1, 1)), time.Now()
	within := func(d time.Duration) time.Duration { return time.Duration(random.Int64N(int64(d))) }
	const year = 365 * 24 * time.Hour
	for name, created := range map[string]func(i int) time.Time{
		"evenly":  func(int) time.Time { return now.Add(-within(8 * year)) },
		"growing": func(int) time.Time { return now.Add(-within(within(8*year) + 1)) },
		"imported within two days": func(i int) time.Time {
			if i%10 == 0 {
				return now.Add(-within(8 * year))
			}
			return now.Add(-7 * year).Add(within(48 * time.Hour))
		},
	} {
		t.Run(name, func(t *testing.T) {
			times := make([]int64, all)
			for i := range times {
				times[i] = created(i).UnixMilli()
			}
			slices.Sort(times)
			until := func(at int64) int { i, _ := slices.BinarySearch(times, at); return i }
			goals := make([]int, partsOfAll-1)
			for i := range goals {
				goals[i] = all * (i + 1) / partsOfAll
			}
			calls, rounds := 0, 0
			before, err := curve{{times[0], 0}, {now.UnixMilli() + 1, all}}.towards(goals, all/partsOfAll/10, func(at []int64) (counts []int, err error) {
				calls, rounds = calls+len(at), rounds+1
				for _, at := range at {
					counts = append(counts, until(at))
				}
				return counts, nil
			})
			if err != nil {
				t.Fatal(err)
			}
			parts := position{Total: all}.cut(before, goals)
			issues, pages, largest := 0, 0, 0
			for _, p := range parts {
				n := until(p.To) - until(p.From)
				if p.To == 0 {
					n = all - until(p.From)
				}
				issues, pages, largest = issues+n, pages+(n+page-1)/page, max(largest, n)
				if p.Total != n {
					t.Errorf("a part has %d issues and expects %d", n, p.Total)
				}
			}
			t.Logf("%d parts, the largest of %d, %d pages, %d counts in %d rounds", len(parts), largest, pages, calls, rounds)
			if issues != all || len(parts) != partsOfAll || largest > all/partsOfAll*5/4 || pages > all/page*102/100 || calls > 5*partsOfAll {
				t.Errorf("%d issues in %d parts", issues, len(parts))
			}
		})
	}
}

// The same over HTTP, with the smallest parts: what is planned is what is read.
func TestPartsAreReadAsPlanned(t *testing.T) {
	w, url := start(t, jirasim.Settings{}, func(w *jirasim.World) {
		w.AddProject(jirasim.Project{Key: "GEN", Name: "Grown"})
		for i := range 7_000 {
			created := time.Now().AddDate(-1, 0, 0).Add(time.Duration(i) * time.Hour)
			w.AddIssue(map[string]any{"fields": map[string]any{"project": "GEN", "issuetype": "Story", "created": created.Format("2006-01-02T15:04:05.000-0700")}})
		}
	})
	tracker := connect(t, url, Settings{Projects: []string{"GEN", "SHOP"}})
	parts := positionsOf(t, tracker)
	if len(parts) != 5 || parts[4].Total != 5 || parts[4].From != 0 || parts[4].To != 0 {
		t.Fatalf("a project of 7,000 and one of 5 are read as %+v", parts)
	}
	w.Truth().Reset()
	items, _, _, err := sweepAll(t, tracker, nil)
	pages := 0
	for _, e := range w.Truth().Entries() {
		if strings.Contains(e.Path, "/search/jql") {
			pages++
		}
	}
	if err != nil || len(items) != 7_005 || pages > 71+1+4 {
		t.Errorf("read %d issues in %d pages, %v", len(items), pages, err)
	}
}

// The parts hold every issue once, whatever Jira's counts say.
func TestPartsCoverEverything(t *testing.T) {
	for name, count := range map[string]func(n int) int{
		"far too many": func(int) int { return 1_000_000 },
		"none":         func(int) int { return 0 },
		"falling":      func(n int) int { return 1_000_000 / n },
		"any":          func(n int) int { return n * 7919 % 50_000 },
	} {
		t.Run(name, func(t *testing.T) {
			w, url := start(t, jirasim.Settings{}, func(w *jirasim.World) { w.Generate(500, 1) })
			tracker := connect(t, url, Settings{Projects: []string{"GEN"}})
			for n := 1; n < 300; n++ {
				rule := answer("/approximate-count", http.StatusOK, fmt.Sprintf(`{"count":%d}`, count(n)))
				rule.Times = 1
				w.Faults().Add(rule)
			}
			items, broken, _, err := sweepAll(t, tracker, nil)
			if err != nil || len(broken) > 0 {
				t.Fatal(err, broken)
			}
			seen := map[backlog.ItemID]int{}
			for _, item := range items {
				seen[item.ID]++
			}
			if len(seen) != 500 || len(items) != 500 {
				t.Errorf("%d readings of %d issues, want 500 of 500", len(items), len(seen))
			}
		})
	}
}

// A part goes on from its position after a restart, and a position of an older
// version, which knew no parts, is the whole project.
func TestPartGoesOn(t *testing.T) {
	_, url := start(t, jirasim.Settings{}, func(w *jirasim.World) { w.Generate(30, 1) })
	tracker := connect(t, url, Settings{Projects: []string{"GEN"}, PageSize: 4})
	m, err := tracker.known(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	middle := time.Now().AddDate(0, -6, 0).UnixMilli()
	read := func(p position) (n int) {
		for at, last := p.String(), false; !last; { // one page each, as if killed after every one
			for page, err := range connect(t, url, tracker.settings).Read(t.Context(), backlog.Sweep{Name: "a part", Position: at}) {
				if err != nil {
					t.Fatal(err)
				}
				n, at, last = n+len(page.Items), page.Position, page.Last
				break
			}
		}
		return n
	}
	whole := position{Kind: backfill, Project: m.projects[0].ID, Started: 1, Scope: tracker.scope()}
	left, right := whole, whole
	left.To, right.From = middle, middle
	if l, r, all := read(left), read(right), read(whole); l == 0 || r == 0 || l+r != 30 || all != 30 {
		t.Errorf("read %d and %d in parts, %d as a whole", l, r, all)
	}
}

// Whatever the sizes of projects are, their parts divide into equal loads, and
// there are hardly more parts than projects.
func TestPartsOfManyProjectsDivideEvenly(t *testing.T) {
	for name, totals := range map[string][]int{
		"one":              {100_000},
		"ten alike":        slices.Repeat([]int{10_000}, 10),
		"one large of ten": {90_000, 5000, 1000, 1000, 1000, 500, 500, 500, 300, 200},
		"three":            {50_000, -1, 30_000, 0, 20_000},
		"hundred":          slices.Repeat([]int{1000}, 100),
	} {
		t.Run(name, func(t *testing.T) {
			whole, parts := 0, []int{}
			for _, n := range totals {
				whole += max(n, 0)
			}
			share := shareOf(whole, len(totals))
			for i, n := range totals {
				from := 0
				for _, cut := range append(goals(totals, i, share), max(n, 0)) {
					parts, from = append(parts, cut-from), cut
				}
			}
			slices.Sort(parts)
			loads := make([]int, atOnce)
			for _, part := range slices.Backward(parts) {
				loads[slices.Index(loads, slices.Min(loads))] += part
			}
			t.Logf("%d parts, loads %v", len(parts), loads)
			if slices.Max(loads) > whole/atOnce*110/100 || len(parts) > max(partsOfAll, len(totals)+atOnce) {
				t.Errorf("%d parts, loads %v", len(parts), loads)
			}
		})
	}
}
