package main

import (
	"math"
	"runtime/debug"
)

// What lives long in memory is small: the compiled policies and two batches of
// items. With Go's defaults the collector would run every few milliseconds
// while judging and take a quarter of the processor time.
const (
	usual  = 100       // percent, Go's default
	growth = 400       // percent
	soft   = 320 << 20 // bytes, from which on the collector runs more often
)

// spendMemory lets the heap grow before it is swept, within a limit. Whoever
// set GOGC or GOMEMLIMIT has decided otherwise.
func spendMemory() {
	if before := debug.SetGCPercent(growth); before != usual {
		debug.SetGCPercent(before)
	}
	if debug.SetMemoryLimit(-1) == math.MaxInt64 {
		debug.SetMemoryLimit(soft)
	}
}
