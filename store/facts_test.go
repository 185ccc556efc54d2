package store_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/store"
)

func TestPassesAreRememberedWithTheirCoverage(t *testing.T) {
	w := newWorld(t)
	first, err := w.BeginPass(w.ctx(), "shop", jira)
	w.must(err)
	w.must(w.EndPass(w.ctx(), backlog.PassRecord{ID: first, Problem: "tracker down"}))
	second, err := w.BeginPass(w.ctx(), "shop", jira)
	w.must(err)
	began := w.now
	w.now = w.now.Add(time.Minute)
	coverage := []backlog.Coverage{{
		Connection: "shop", Project: "SHOP", Seen: 9, Expected: 10, Basis: "census", State: backlog.Suspect,
		AsOf: w.now, Reason: "1 could not be read", Census: w.now,
	}}
	w.must(w.EndPass(w.ctx(), backlog.PassRecord{ID: second, Connection: "shop", Site: jira, Coverage: coverage}))
	if err := w.EndPass(w.ctx(), backlog.PassRecord{ID: second}); err == nil {
		t.Error("a pass ended twice")
	}
	_, err = w.BeginPass(w.ctx(), "shop", jira) // under way
	w.must(err)
	_, err = w.BeginPass(w.ctx(), "down", "") // never reached
	w.must(err)
	w.reopen()
	got, err := w.LastPasses(w.ctx())
	w.must(err)
	want := map[string]backlog.PassRecord{"shop": {ID: second, Connection: "shop", Site: jira, Started: began, Ended: w.now, Coverage: coverage}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("last passes (-want +got):\n%s", diff)
	}
}

func TestSmallFacts(t *testing.T) {
	w := newWorld(t)
	value, err := w.Setting(w.ctx(), "day")
	w.must(err)
	if value != "" {
		t.Errorf("never set, yet %q", value)
	}
	w.must(w.SetSetting(w.ctx(), "day", "2026-11-23"))
	w.must(w.SetSetting(w.ctx(), "day", "2026-11-24"))
	w.reopen()
	if value, err = w.Setting(w.ctx(), "day"); err != nil || value != "2026-11-24" {
		t.Errorf("got %q, %v", value, err)
	}
}

func TestSnapshotsReplaceTheirWeek(t *testing.T) {
	w := newWorld(t)
	old := []backlog.SnapshotRow{{Team: "Search", Policy: "story/stale", Severity: backlog.Warning, Counts: backlog.SnapshotCounts{Fail: 3, Items: 9}}}
	now := []backlog.SnapshotRow{
		{Policy: "story/big", Severity: backlog.Error, Counts: backlog.SnapshotCounts{Pass: 1, Items: 1}},
		{Team: "Checkout", Policy: "story/stale", Severity: backlog.Warning, Counts: backlog.SnapshotCounts{Fail: 2, Unknown: 1, Items: 3}},
	}
	w.must(w.SaveSnapshot(w.ctx(), "2026-W48", old))
	w.must(w.SaveSnapshot(w.ctx(), "2026-W48", now))
	got, err := w.Snapshot(w.ctx(), "2026-W48")
	w.must(err)
	if diff := cmp.Diff(now, got); diff != "" {
		t.Errorf("snapshot (-want +got):\n%s", diff)
	}
	if got, err = w.Snapshot(w.ctx(), "2026-W47"); err != nil || len(got) != 0 {
		t.Errorf("another week: %v, %v", got, err)
	}
}

func TestASlotIsClaimedOnce(t *testing.T) {
	w := newWorld(t)
	for i, want := range []bool{true, false} {
		fresh, err := w.Slot(w.ctx(), "report", morning, "olga@example.com")
		w.must(err)
		if fresh != want {
			t.Errorf("claim %d: %v", i, fresh)
		}
	}
	if fresh, err := w.Slot(w.ctx(), "report", morning, "paul@example.com"); err != nil || !fresh {
		t.Errorf("another recipient: %v, %v", fresh, err)
	}
}

func TestOnlyWhatRequestsHangOnWaitsForTheDisk(t *testing.T) {
	w := newWorld(t)
	const full, normal = 2, 1
	if got, err := store.DuringDurable(w.ctx(), w.DB, `PRAGMA synchronous`); err != nil || got != full {
		t.Errorf("during a durable write: %d, %v", got, err)
	}
	if got, err := store.RawValue[int](w.ctx(), w.DB, `PRAGMA synchronous`); err != nil || got != normal {
		t.Errorf("otherwise: %d, %v", got, err)
	}
}
