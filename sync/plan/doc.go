// Package plan decides what to write on items, and what to hold back.
//
// It holds what the findings want on an item against what is there and what of
// that is ours: wanted, present, owned. The difference is the change. The
// package is pure: no requests, no clock, no context; the same input gives the
// same plan, and a plan that was carried out plans to nothing.
//
// What we did not put on an item is never touched. A label of ours that a
// person took off is not put back; a comment of ours that a person edited is
// left as it is.
package plan
