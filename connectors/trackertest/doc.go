// Package trackertest is the contract with a tracker, told as a tour: Run
// walks through what the rest of the house relies on, chapter by chapter, and
// every connector passes it. Read run.go for the table of contents and a
// chapter for what a promise means.
//
// A connector's own test opens a small seeded world (a simulator behind real
// HTTP, mostly) and implements World over it: what people do to their tracker
// while we work, what goes wrong on the way, and what is true in the end. The
// suite believes only the world about what was written.
package trackertest
