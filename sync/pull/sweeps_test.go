package pull_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/memory"
	"github.com/trackwarden/trackwarden/store"
	"github.com/trackwarden/trackwarden/sync/pull"
)

// parted gives its items in many sweeps, as a connector does in a backfill: one
// page for each item, each of which takes a moment.
type parted struct {
	*memory.Tracker
	items  [][]backlog.Item // by sweep
	stages []int            // by sweep; may be nil
	delay  time.Duration
	before func(sweep, page int) error // asked before a page; may be nil

	mu       sync.Mutex
	now, top int      // requests in flight, and the most there ever were
	asked    []string // "sweep/page"
}

func (p *parted) Sweeps(context.Context, backlog.Mark) ([]backlog.Sweep, error) {
	sweeps := make([]backlog.Sweep, len(p.items))
	for i := range p.items {
		sweeps[i] = backlog.Sweep{Name: fmt.Sprint(i), Position: "0"}
		if p.stages != nil {
			sweeps[i].Stage = p.stages[i]
		}
	}
	return sweeps, nil
}

func (p *parted) Read(ctx context.Context, s backlog.Sweep) iter.Seq2[backlog.Page, error] {
	return func(yield func(backlog.Page, error) bool) {
		sweep, err := strconv.Atoi(s.Name)
		if err != nil {
			yield(backlog.Page{}, err)
			return
		}
		at, err := strconv.Atoi(s.Position)
		if err != nil {
			yield(backlog.Page{}, err)
			return
		}
		for ; ; at++ {
			if err := p.request(ctx, sweep, at); err != nil {
				yield(backlog.Page{}, err)
				return
			}
			items := p.items[sweep]
			page := backlog.Page{Position: fmt.Sprint(at + 1), Total: len(items), Last: at+1 >= len(items)}
			if at < len(items) {
				page.Items = items[at : at+1]
			}
			if page.Last {
				page.Mark = backlog.Mark{s.Name: "done"}
			}
			if !yield(page, nil) || page.Last {
				return
			}
		}
	}
}

func (p *parted) request(ctx context.Context, sweep, page int) error {
	p.mu.Lock()
	p.now++
	p.top = max(p.top, p.now)
	p.asked = append(p.asked, fmt.Sprintf("%d/%d", sweep, page))
	p.mu.Unlock()
	defer func() {
		p.mu.Lock()
		p.now--
		p.mu.Unlock()
	}()
	if p.before != nil {
		if err := p.before(sweep, page); err != nil {
			return err
		}
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(p.delay):
		return nil
	}
}

// newParted spreads items over sweeps, pages of one item each.
func (w *world) newParted(sweeps, pages int) *parted {
	var all []backlog.Item
	p := &parted{items: make([][]backlog.Item, sweeps)}
	for n := range sweeps * pages {
		it := item("left", n+1, nil)
		it.ID.Site, it.Revision = site("left").ID, "1"
		all = append(all, it)
		p.items[n%sweeps] = append(p.items[n%sweeps], it)
	}
	p.Tracker = memory.New(site("left"), func() time.Time { return w.now }, 10, all...)
	return p
}

func (w *world) stored() int {
	w.t.Helper()
	counts, err := w.db.Counts(w.t.Context(), "left")
	if err != nil {
		w.t.Fatal(err)
	}
	return counts["LEFT"]
}

func TestSweepsAreReadEightAtOnce(t *testing.T) {
	for set, want := range map[int]int{0: 8, 3: 3, 1: 1} {
		w := newWorld(t)
		w.puller.Parallel = set
		tracker := w.newParted(20, 4)
		tracker.delay = 10 * time.Millisecond
		if _, err := w.pull("left", tracker); err != nil {
			t.Fatal(err)
		}
		if tracker.top != want {
			t.Errorf("parallel %d: %d requests in flight, want %d", set, tracker.top, want)
		}
		if n := w.stored(); n != 80 {
			t.Errorf("parallel %d: %d of 80 items are stored", set, n)
		}
	}
}

// waiting holds up the commit of a sweep's first page until somebody asks for
// its second.
type waiting struct {
	*store.DB
	asked chan struct{}
}

func (s waiting) CommitPage(ctx context.Context, connection string, site backlog.SiteID, sweep string, page backlog.Page) (backlog.Changes, error) {
	select {
	case <-s.asked:
	case <-time.After(10 * time.Second):
		return backlog.Changes{}, errors.New("the next page is not asked for while this one is committed")
	}
	return s.DB.CommitPage(ctx, connection, site, sweep, page)
}

func TestTheNextPageIsOnItsWayWhileOneIsCommittedAndNoMore(t *testing.T) {
	w := newWorld(t)
	tracker := w.newParted(1, 5)
	asked := make(chan struct{}, 100)
	committed, ahead := 0, 0
	var mu sync.Mutex
	tracker.before = func(_, page int) error {
		mu.Lock()
		ahead = max(ahead, page-committed)
		mu.Unlock()
		if page > 0 {
			asked <- struct{}{}
		}
		if page == 4 { // the last one has nobody behind it
			asked <- struct{}{}
		}
		return nil
	}
	w.puller.Store = waiting{w.db, asked}
	w.puller.Progress = func(at pull.Progress) {
		mu.Lock()
		committed = at.Items
		mu.Unlock()
		time.Sleep(10 * time.Millisecond) // time for a reader that runs away
	}
	if _, err := w.pull("left", tracker); err != nil {
		t.Fatal(err)
	}
	if ahead > 2 {
		t.Errorf("%d pages were read ahead of the last commit", ahead)
	}
}

func TestLaterStagesWaitForEarlierOnes(t *testing.T) {
	w := newWorld(t)
	tracker := w.newParted(4, 3)
	tracker.stages, tracker.delay = []int{1, 0, 1, 0}, time.Millisecond
	if _, err := w.pull("left", tracker); err != nil {
		t.Fatal(err)
	}
	last := max(slices.Index(tracker.asked, "1/2"), slices.Index(tracker.asked, "3/2"))
	first := min(slices.Index(tracker.asked, "0/0"), slices.Index(tracker.asked, "2/0"))
	if first < last {
		t.Errorf("a later stage began too early: %v", tracker.asked)
	}
}

// C11: what was committed before a failure is not read again, and the mark
// moves only when every sweep has ended.
func TestC11AFailingSweepEndsTheRoundAndLosesNothing(t *testing.T) {
	w := newWorld(t)
	tracker := w.newParted(12, 3)
	tracker.delay = time.Millisecond
	broken := true
	tracker.before = func(sweep, page int) error {
		if broken && sweep == 2 && page == 1 {
			return fmt.Errorf("%w: the page is missing", backlog.ErrUnavailable)
		}
		return nil
	}
	passes := 0
	for ; passes < 10; passes++ {
		if _, err := w.pull("left", tracker); !errors.Is(err, backlog.ErrUnavailable) {
			t.Fatalf("got %v", err)
		}
		if passes == 0 && slices.Contains(tracker.asked, "11/0") {
			t.Errorf("sweeps were begun after one had failed: %v", tracker.asked)
		}
		if w.stored() == 34 { // all but the last two of the broken sweep
			break
		}
	}
	if passes == 10 {
		t.Fatalf("one broken sweep keeps the others from ending: %d items", w.stored())
	}
	if _, mark, err := w.db.Round(t.Context(), site("left").ID); err != nil || len(mark) != 0 {
		t.Fatalf("the mark moved: %v, %v", mark, err)
	}
	broken, tracker.asked = false, nil
	var first, last pull.Progress
	w.puller.Progress = func(at pull.Progress) {
		if first.Connection == "" {
			first = at
		}
		last = at
	}
	if _, err := w.pull("left", tracker); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"2/1", "2/2"}, tracker.asked); diff != "" {
		t.Errorf("read again what was read (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(pull.Progress{Connection: "left", Items: 34, Before: 34, Total: 36}, first); diff != "" {
		t.Errorf("progress begins (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(pull.Progress{Connection: "left", Items: 36, Before: 34, Total: 36}, last); diff != "" {
		t.Errorf("progress ends (-want +got):\n%s", diff)
	}
	if _, mark, err := w.db.Round(t.Context(), site("left").ID); err != nil || len(mark) != 12 {
		t.Errorf("the mark: %v, %v", mark, err)
	}
}

// H23: a token that is revoked stops all sweeps, not each after its own retries.
func TestH23RefusedCredentialsStopEverySweep(t *testing.T) {
	w := newWorld(t)
	tracker := w.newParted(12, 50)
	tracker.delay = time.Millisecond
	tracker.before = func(sweep, page int) error {
		if sweep == 0 && page == 3 {
			return fmt.Errorf("%w: revoked", backlog.ErrUnauthorized)
		}
		return nil
	}
	if _, err := w.pull("left", tracker); !errors.Is(err, backlog.ErrUnauthorized) {
		t.Fatalf("got %v", err)
	}
	if n := len(tracker.asked); n > 200 {
		t.Errorf("%d requests after the credentials were refused", n)
	}
	tracker.before = nil
	if _, err := w.pull("left", tracker); err != nil || w.stored() != 600 {
		t.Errorf("with a new token: %d items, %v", w.stored(), err)
	}
}

func TestCancellingStopsCleanly(t *testing.T) {
	w := newWorld(t)
	tracker := w.newParted(12, 50)
	tracker.delay = time.Millisecond
	described, err := w.puller.Describe(t.Context(), "left", tracker)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	w.puller.Progress = func(at pull.Progress) {
		if at.Items == 40 {
			cancel()
		}
	}
	if _, err := w.puller.Pull(ctx, "left", described, tracker); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	tracker.mu.Lock()
	still, asked := tracker.now, len(tracker.asked)
	tracker.mu.Unlock()
	time.Sleep(20 * time.Millisecond)
	if still != 0 || len(tracker.asked) != asked {
		t.Errorf("%d requests are in flight after the end, %d came later", still, len(tracker.asked)-asked)
	}
	w.puller.Progress = nil
	if _, err := w.pull("left", tracker); err != nil || w.stored() != 600 {
		t.Errorf("afterwards: %d items, %v", w.stored(), err)
	}
}

func TestTotalsAreReckonedUntilAllSweepsHaveToldTheirs(t *testing.T) {
	w := newWorld(t)
	w.puller.Parallel = 1
	tracker := w.newParted(4, 5)
	var seen []pull.Progress
	w.puller.Progress = func(at pull.Progress) { seen = append(seen, at) }
	if _, err := w.pull("left", tracker); err != nil {
		t.Fatal(err)
	}
	if seen[0].Total != 0 || seen[1].Total != 20 || !seen[1].About || seen[len(seen)-1].About {
		t.Errorf("got %+v", seen)
	}
}
