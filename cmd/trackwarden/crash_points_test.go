//go:build unix

package main

import (
	"slices"
	"strings"

	"github.com/trackwarden/trackwarden/connectors/simulator"
	"github.com/trackwarden/trackwarden/reliability/oracle"
)

// Of the points of the way that a write takes, and of all others, an ordinary
// test takes every n-th.
const (
	ofWriting = 9
	ofOthers  = 90
	ofLate    = 7 // of the points on the trackers' side
	ofPairs   = 3 // of the second points of pairs
)

// chosen are the points to die at.
func chosen(points []string) []string {
	if everything {
		return points
	}
	var writings, others []string
	for _, point := range points {
		if writing(point) {
			writings = append(writings, point)
		} else {
			others = append(others, point)
		}
	}
	return append(every(ofWriting, writings), every(ofOthers, others)...)
}

// every takes every n-th.
func every(n int, points []string) (some []string) {
	for i := n / 2; i < len(points); i += n {
		some = append(some, points[i])
	}
	return some
}

// writing reports whether a point is on the way that a write takes.
func writing(point string) bool {
	for _, step := range []string{"BeginIntent", "MarkSent", "Record", "CloseIntent"} {
		if strings.Contains(point, "store."+step+"#") {
			return true
		}
	}
	words := strings.Fields(point) // "before request PUT /rest/api/2/issue/10001 in rest.RoundTrip#1"
	return len(words) > 3 && oracle.Writing(simulator.Entry{Method: words[2], Path: words[3]})
}

// distinct leaves out the points at which a process that dies leaves the same
// behind as at the one before: a transaction that is not committed is gone, and
// reading changes nothing.
func distinct(points []string) []string {
	return slices.DeleteFunc(slices.Clone(points), func(point string) bool {
		return !strings.HasPrefix(point, "after commit") && (!writing(point) || strings.HasPrefix(point, "before commit"))
	})
}

// writes are all that both trackers applied.
func (s seen) writes() []simulator.Entry { return slices.Concat(s.jira.Writes(), s.azure.Writes()) }
