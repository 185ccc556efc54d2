// Package oracle says whether the trackers are as they have to be after
// whatever went wrong: the ten oracles of the fault matrix, O1 to O10.
//
// They are computed from the simulators' own worlds and from their log of what
// really happened. Nothing here uses a connector, the store or the planner: what
// they believe is what is being tested. Where an oracle compares the truth with
// our books (O5, O6, O10), the caller reads the books and hands them over.
//
//	now := oracle.Jira("shop", world)               // or Azure; a snapshot
//	bad := slices.Concat(
//		now.OneComment(nil),                        // O1
//		now.OnlyOurs(never, labels),                // O2, against a world without us
//		now.EndsAs(clean),                          // O3, against a run without faults
//		now.NoStorm(clean, lost), now.Silent(mark), // O4
//		now.Audited(rows),                          // O5
//		now.InMirror(books),                        // O6
//		now.Mentions(), now.Quiet(5),               // O7
//		oracle.Secret(token, texts),                // O8
//		now.Spent(rows, used),                      // O10
//	)
//
// O9 is about what a process holds on to. Trackers cannot tell.
package oracle

import "fmt"

// Breach is one thing that is not as it has to be.
type Breach struct {
	Oracle string // "O1" to "O10"
	Where  string // the tracker, and the item: "shop SHOP-1"
	What   string
}

// String is the breach in one line.
func (b Breach) String() string { return fmt.Sprintf("%s %s: %s", b.Oracle, b.Where, b.What) }

// Count says how many breaches there are of one oracle.
func Count(all []Breach, oracle string) (n int) {
	for _, b := range all {
		if b.Oracle == oracle {
			n++
		}
	}
	return n
}
