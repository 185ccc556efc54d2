// Package evaluate judges what changed.
//
// A dirty subject is loaded with its neighbours one hop away, turned into the
// policies' input and judged by all policies of its level in one query. The
// policies say what is wrong; this package says whether it counts: switched
// off, exempt, too young, committed, field not used here, or not decidable on
// the data we have. Only an explicit pass on complete data closes a finding;
// everything undecided freezes it.
//
// A new day, a new revision of the policies or new settings make every subject
// dirty; nothing else makes time pass.
package evaluate
