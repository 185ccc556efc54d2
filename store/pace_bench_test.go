package store_test

import (
	"testing"
	"time"
)

func BenchmarkGateIsAsked(b *testing.B) {
	db, err := open(b.TempDir() + "/db")
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	n := time.Now()
	gate := db.Pace("shop", func() time.Time { n = n.Add(time.Second); return n }) // never from memory
	_ = gate.Pause(b.Context(), "everything", time.Now(), "x")
	for b.Loop() {
		if _, _, err := gate.Until(b.Context(), "everything"); err != nil {
			b.Fatal(err)
		}
	}
}
