// Package reconcile keeps apart what one pass does and when passes run.
//
// A Reconciler brings a set of connections from what their trackers say to
// what ought to be on their items, as far as it is asked to: check stops after
// judging, plan after planning, apply writes. It starts from what is true now,
// so that a pass that was cut off needs no clean-up: the next one goes on.
//
// A Loop decides when: on a poll interval, when woken, and on the slots of its
// scheduled jobs. A job engine can take its place without the Reconciler
// noticing.
package reconcile
