package engine

import "github.com/trackwarden/trackwarden/backlog"

// Result is what the policies of a level say of one subject. A policy that is
// in neither map found nothing wrong; maps without any are nil.
type Result struct {
	// Violations by policy id, each list in the order of its fingerprints, so
	// that two evaluations of the same input are equal.
	Violations map[string][]backlog.Violation
	// Failed holds the policies that could not judge, and why: never a pass.
	Failed map[string]error
}
