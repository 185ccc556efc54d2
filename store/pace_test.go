package store_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/store"
)

// Two handles stand for two processes.
func TestAPauseIsSeenByEveryProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "db")
	var gates []*store.Pace
	var all []*store.DB
	for range 2 {
		db, err := open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		all, gates = append(all, db), append(gates, db.Pace("shop", time.Now))
	}
	ctx := t.Context()
	check := func(gate int, class string, want time.Time, why string) {
		t.Helper()
		time.Sleep(5 * time.Millisecond) // what was read before counts for a moment
		until, reason, err := gates[gate].Until(ctx, class)
		if err != nil || until.Before(want) || until.Sub(want) > 2*time.Microsecond || reason != why {
			t.Errorf("gate %d, %s: until %v (%s), %v, want %v (%s)", gate, class, until, reason, err, want, why)
		}
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	check(1, "everything", time.Time{}, "")
	soon := time.Now().Add(time.Minute)
	must(gates[0].Pause(ctx, "everything", soon, "asked"))
	check(0, "everything", soon, "asked")
	check(1, "everything", soon, "asked")
	must(gates[1].Pause(ctx, "everything", soon.Add(-time.Second), "shorter"))
	check(0, "everything", soon, "asked")
	must(gates[1].Pause(ctx, "everything", soon.Add(time.Second), "longer"))
	check(0, "everything", soon.Add(time.Second), "longer")
	check(0, "PUT /issue/{}", time.Time{}, "")

	other := all[0].Pace("platform", time.Now)
	if until, _, err := other.Until(ctx, "everything"); err != nil || !until.IsZero() {
		t.Errorf("another connection waits until %v, %v", until, err)
	}
}

func TestPacesAreThoseInForce(t *testing.T) {
	w := newWorld(t)
	gate := w.Pace("shop", time.Now)
	now := time.Now()
	w.must(gate.Pause(w.ctx(), "b", morning.Add(time.Minute), "still"))
	w.must(gate.Pause(w.ctx(), "a", now.Add(24*time.Hour*365), "long"))
	w.must(gate.Pause(w.ctx(), "old", morning.Add(-time.Second), "over"))
	paces, err := w.Pauses(w.ctx())
	w.must(err)
	for _, p := range paces {
		if p.Class == "old" {
			t.Errorf("over, and still told: %+v", p)
		}
	}
	if n := len(paces); n == 0 || paces[0].Class != "a" || paces[0].Reason != "long" || paces[0].Connection != "shop" {
		t.Errorf("got %+v", paces)
	}
}
