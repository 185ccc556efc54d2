package simulation

import (
	"math/rand/v2"
)

// dice are all the randomness of a run.
type dice struct {
	*rand.Rand
	rates map[string]float64 // of mishaps, by name
}

// Mishaps are drawn with rates that a run draws for itself, so that some runs
// have much of one kind and nothing of another.
var mishaps = []string{
	"edit", "lost", "lost-applied", "late", "late-long", "throttled", "denied", "stale", "crash", "store-full", "store-ack-lost",
	"stall", "unavailable", "cut", "lag", "hide", "break", "other-process", "pause", "restore",
}

func newDice(seed uint64) *dice {
	d := &dice{Rand: rand.New(rand.NewPCG(seed, 0x7472616b)), rates: map[string]float64{}} //nolint:gosec // it has to be predictable
	for _, name := range mishaps {
		d.rates[name] = []float64{0, 0.005, 0.02, 0.06}[d.IntN(4)] * weight(name)
	}
	return d
}

// weight makes up for that some things are asked about seldom: there are many
// requests that read for each that writes.
func weight(name string) float64 {
	switch name {
	case "lost", "lost-applied", "late", "late-long", "stale", "edit":
		return 5
	case "pause", "hide", "break":
		return 0.3
	}
	return 1
}

// chance draws with a probability.
func (d *dice) chance(p float64) bool { return d.Float64() < p }

// between draws from a range, both ends included.
func (d *dice) between(low, high int) int { return low + d.IntN(high-low+1) }

func pick[T any](d *dice, from ...T) T { return from[d.IntN(len(from))] }
