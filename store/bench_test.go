//go:build unix

package store_test

import (
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// bulky is an item of about 2 KB, as trackers have them: a feature for every
// ten stories, a dependency for every fifth.
func bulky(n int, changed time.Time) backlog.Item {
	points := 3.0
	item := story(jira, itoa(n), 0)
	item.Changed = changed
	item.Body = strings.Repeat("As a shopper, I want to pay with one tap so that I am done before the bus comes. ", 10)
	item.Text.Criteria = []string{"The page opens within 300 ms", "No result says so and offers three others", "The order is confirmed by mail"}
	item.Labels, item.Components = []string{"mobile", "checkout"}, []string{"Checkout"}
	item.Points, item.Assignee = &points, &backlog.Person{ID: "5b10a2844c20165700ede21g", Name: "Olga Example"}
	item.Iterations = []backlog.Iteration{{ID: "48", Name: "Sprint 48", Board: "7", State: "active", Start: morning, End: morning.AddDate(0, 0, 14)}}
	item.Custom = map[string]any{"team": "Checkout", "risk": "high"}
	feature := n - n%10
	if n != feature {
		item.Parent = &backlog.Ref{ID: backlog.ItemID{Site: jira, ID: itoa(feature)}, Key: "SHOP-" + itoa(feature)}
	} else {
		item.Level, item.Type = backlog.Feature, "Epic"
	}
	if n%5 == 1 {
		item.Links = []backlog.Link{{Type: backlog.Blocks, Direction: backlog.Outward, Native: "blocks", To: to(jira, itoa(n+1))}}
	}
	return item
}

func bulk(first, count int, changed time.Time) []backlog.Item {
	items := make([]backlog.Item, count)
	for i := range items {
		items[i] = bulky(first+i, changed)
	}
	return items
}

const pageSize = 100

// measure runs the loop and reports what one of n items costs: processor time
// of the whole process, which other programs on the machine do not change.
func measure(b *testing.B, n int, do func()) {
	b.Helper()
	b.ReportAllocs()
	before := processor(b)
	for b.Loop() {
		do()
	}
	b.ReportMetric(float64((processor(b)-before).Nanoseconds())/1000/float64(b.N*n), "cpu-µs/item")
}

func processor(b *testing.B) time.Duration {
	b.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// filled is a world that holds so many items already.
func filled(b *testing.B, count int) *world {
	b.Helper()
	w := newWorld(b)
	w.must(w.BeginRound(w.ctx(), jira, []backlog.Sweep{{Name: "all", Position: "0"}}))
	for first := 0; first < count; first += pageSize {
		w.commit(bulk(first, pageSize, morning))
	}
	return w
}

func (w *world) commit(items []backlog.Item) {
	w.t.Helper()
	_, err := w.CommitPage(w.ctx(), "shop", jira, "all", backlog.Page{Items: items, Position: "1"})
	w.must(err)
}

func BenchmarkCommitPageNew(b *testing.B) {
	w := filled(b, 20000)
	n := 20000
	measure(b, pageSize, func() {
		w.commit(bulk(n, pageSize, morning))
		n += pageSize
	})
}

func BenchmarkCommitPageUnchanged(b *testing.B) {
	w := filled(b, 20000)
	page := bulk(10000, pageSize, morning)
	measure(b, pageSize, func() { w.commit(page) })
}

func BenchmarkCommitPageChanged(b *testing.B) {
	w := filled(b, 20000)
	changed := morning
	measure(b, pageSize, func() {
		changed = changed.Add(time.Second)
		w.commit(bulk(10000, pageSize, changed))
	})
}

func BenchmarkFamilies(b *testing.B) {
	w := filled(b, 20000)
	ids := make([]backlog.ItemID, pageSize)
	for i := range ids {
		ids[i] = backlog.ItemID{Site: jira, ID: itoa(10000 + i)}
	}
	measure(b, pageSize, func() {
		families, err := w.Families(w.ctx(), ids)
		w.must(err)
		if len(families) != pageSize {
			b.Fatal(len(families))
		}
	})
}

func BenchmarkSaveJudgements(b *testing.B) {
	w := filled(b, 20000)
	w.must(w.MarkDirty(w.ctx(), "day", backlog.Some{}))
	dirty, err := w.Dirty(w.ctx(), []string{"shop"}, pageSize)
	w.must(err)
	judged := make([]backlog.Judged, len(dirty))
	for i, d := range dirty {
		judged[i] = backlog.Judged{Judgement: backlog.Judgement{Subject: d.Subject, Today: "2026-11-24", Outcomes: []backlog.PolicyOutcome{
			{Policy: "story/stale", Verdict: backlog.Pass}, {Policy: "story/too-big", Verdict: backlog.Skipped, Cause: "field not used here: points"},
		}}, DirtySeq: d.Seq, At: w.now}
	}
	measure(b, pageSize, func() { w.must(w.SaveJudgements(w.ctx(), judged)) })
}

func BenchmarkMarkEverything(b *testing.B) {
	w := filled(b, 20000)
	measure(b, 20000, func() { w.must(w.MarkDirty(w.ctx(), "day", backlog.Some{})) })
}
