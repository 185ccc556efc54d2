package main

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// tally is how far something is, in items.
type tally struct {
	what   string
	begun  time.Time
	done   int
	before int // of these, how many were done when it began
	total  int // 0 while unknown
	about  bool
}

// status is "12,300 of 100,000 items, 450/s, 3m15s left". What is not known yet
// is left out.
func (t tally) status(now time.Time) string {
	parts := []string{t.count()}
	fresh, spent := t.done-t.before, now.Sub(t.begun)
	if fresh > 0 && spent >= time.Second {
		rate := float64(fresh) / spent.Seconds()
		parts = append(parts, speed(rate))
		if rest := t.total - t.done; rest > 0 {
			left := time.Duration(float64(rest) / rate * float64(time.Second))
			parts = append(parts, max(left.Round(time.Second), time.Second).String()+" left")
		}
	}
	return strings.Join(parts, ", ")
}

func (t tally) count() string {
	switch {
	case t.total == 0:
		return grouped(t.done) + " items"
	case t.about:
		return grouped(t.done) + " of about " + grouped(max(t.total, t.done)) + " items"
	}
	return grouped(t.done) + " of " + grouped(max(t.total, t.done)) + " items"
}

func speed(perSecond float64) string {
	if perSecond < 10 {
		return fmt.Sprintf("%.1f/s", perSecond)
	}
	return grouped(int(perSecond)) + "/s"
}

// grouped writes 12300 as "12,300".
func grouped(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// sorted lists what is under way by its name.
func sorted(all map[string]*work) []*work {
	var list []*work
	for _, name := range slices.Sorted(maps.Keys(all)) {
		list = append(list, all[name])
	}
	return list
}
