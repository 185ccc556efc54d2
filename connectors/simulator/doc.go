// Package simulator is what the tracker simulators share: faults on demand and
// a log of the truth.
//
// A simulator is an ordinary http.Handler that holds a world. Handler wraps it:
// every request first meets the fault rules, which may refuse it, cut its
// connection before or after it took effect, delay, drip or truncate its
// answer; and every request leaves an entry in the truth, which says whether
// the world changed because of it. The client can see neither, so a test can
// ask afterwards what really happened and compare.
//
// The package knows no tracker.
package simulator
