// Package store remembers what the trackers showed, what the policies said and
// what we wrote, in one SQLite file.
//
// What belongs together is committed together. A page of items goes in with
// the position behind it and the subjects it makes dirty; a judgement with the
// findings it opens and closes; the outcome of a request with what is ours
// from then on and with its audit row. So a process may be killed at any point
// and the next one goes on from a state that makes sense.
//
// There is one connection that writes and a pool that reads; readers never
// wait for the writer. A second process on the same file waits its turn. The
// SQL keeps to what SQLite and PostgreSQL share. Times are integers, in
// microseconds since 1970 in UTC, 0 for none.
//
// Everything stored is valid UTF-8 without NUL; it is made so before anything
// is compared, so that a broken text does not look like a change each time.
package store
