// Package failpoint marks the places where a crash matters: before and after
// every commit of the store, and around every request to a tracker. It is called
// at the two seams that all of these pass, so that new code has its points
// without asking for them.
//
// In an ordinary build it is nothing: Hit is an empty function that the compiler
// removes, and Clock is the clock. Built with -tags failpoint, the environment
// says what happens:
//
//	TRACKWARDEN_FAILPOINT=POINT  the process kills itself, by SIGKILL, at this point
//	TRACKWARDEN_FAILSTOP=POINT   the process is stopped, by SIGSTOP, at this point until SIGCONT
//	TRACKWARDEN_FAILPOINTS=FILE  every point is added to the file, one a line
//	TRACKWARDEN_CLOCK=TIME       the clock begins there (RFC 3339), so that nobody has to wait
//
// A point has a name and a number: "after commit in store.MarkSent#2" is the
// second time that this was reached. Connections work at the same time, so that
// the order of all points together differs between runs; the second sending
// does not.
//
// make crash builds such a program and kills it at every point. Never ship one.
package failpoint
