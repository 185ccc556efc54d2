package main

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// event is something that the program told of itself.
type event struct {
	name     string // of the part of a pass that ended, or listening
	took     time.Duration
	changed  int
	subjects int
	address  string // of the daemon, when it is listening

	at    time.Time
	spent time.Duration // processor time of the process until then
	err   error         // when that could not be read
}

// Names of events.
const (
	described = "describe"
	listed    = "list sweeps"
	paged     = "pages"
	counted   = "census"
	read      = "read" // what is left of reading after those
	judged    = "judge"
	lastPart  = "after"
	hinted    = "look at hints"
	listening = "listening"
)

var (
	requestLine = regexp.MustCompile(`DBG tracker answered`)
	partLine    = regexp.MustCompile(`DBG part of a pass ended part=("[^"]*"|\S+) took=(\S+)(?: changed=(\d+))?(?: subjects=(\d+))?`)
	addressLine = regexp.MustCompile(`INF running .*health=(http://[0-9.:]+)`)
)

// parseEvent reads a line of the program's log.
func parseEvent(line string) (event, bool) {
	if found := addressLine.FindStringSubmatch(line); found != nil {
		return event{name: listening, address: found[1]}, true
	}
	found := partLine.FindStringSubmatch(line)
	if found == nil {
		return event{}, false
	}
	e := event{name: strings.Trim(found[1], `"`)}
	e.took, e.err = time.ParseDuration(found[2])
	e.changed, _ = strconv.Atoi(found[3]) // 0 where nothing is told
	e.subjects, _ = strconv.Atoi(found[4])
	return e, true
}

// pass is one pass: its parts in the order in which they ended.
type pass []event

func (p pass) part(name string) event {
	for _, e := range p {
		if e.name == name {
			return e
		}
	}
	return event{}
}

// spent is the processor time of one part: what the process used since the
// part before it ended. The first part has no part before it.
func (p pass) spent(name string) time.Duration {
	i := slices.IndexFunc(p, func(e event) bool { return e.name == name })
	if i < 1 {
		return 0
	}
	return p[i].spent - p[i-1].spent
}

// end is what the process had used when the pass ended.
func (p pass) end() time.Duration { return p[len(p)-1].spent }

// parts tells what each part took and used.
func (p pass) parts() string {
	var told []string
	for i, e := range p {
		if i > 0 {
			told = append(told, fmt.Sprintf("%s %s (%s of processor time)", e.name, round(e.took), round(p.spent(e.name))))
		}
	}
	return strings.Join(told, ", ")
}

func round(d time.Duration) time.Duration {
	if d > 10*time.Second {
		return d.Round(100 * time.Millisecond)
	}
	return d.Round(100 * time.Microsecond)
}

// median is the middle one.
func median[T int | float64 | time.Duration](all []T) T {
	if len(all) == 0 {
		return 0
	}
	return slices.Sorted(slices.Values(all))[len(all)/2]
}
