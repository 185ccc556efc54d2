package backlog

import (
	"strings"
	"time"
)

// Silence are the labels by which people take an item out of every policy.
type Silence struct {
	Ignore string // for good; empty: none does
	Snooze string // until a day, which follows it: "trackwarden-snooze-" and 2026-12-11
}

// On says whether labels take an item out of every policy on a day, YYYY-MM-DD:
// which one does, and the last day on which it does, empty for good. A snooze
// with something else than a day behind it does nothing.
func (s Silence) On(labels []string, today string) (label, until string, silent bool) {
	for _, l := range labels {
		if s.Ignore != "" && strings.EqualFold(l, s.Ignore) {
			return l, "", true
		}
		if s.Snooze == "" || len(l) <= len(s.Snooze) || !strings.EqualFold(l[:len(s.Snooze)], s.Snooze) {
			continue
		}
		day := l[len(s.Snooze):]
		if _, err := time.Parse(time.DateOnly, day); err == nil && day >= today && day > until {
			label, until, silent = l, day, true
		}
	}
	return label, until, silent
}
