// Package evaluate judges what changed.
//
// A subject is loaded with as much of its neighbours, one hop away, as the
// policies of its level read, turned into the policies' input and judged by all
// of them in one query. The policies say what is wrong; this package says
// whether it counts: switched off, exempt, too young, committed, field not used
// here, or not decidable on the data we have. Only an explicit pass on complete
// data closes a finding; everything undecided freezes it.
//
// Two ways lead to a judgement. Whatever changes an item, its neighbours or
// what holds for it marks it, and marked subjects are judged in every run. A
// new day, new policies or another organisation judge everything: by a walk
// over all items in the order in which they were stored, which goes on where it
// was cut off. Both say the same: judging what changed equals judging
// everything.
package evaluate
