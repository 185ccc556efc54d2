package plan

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// asking picks the findings that may speak on the item now, the weightiest
// first, and says why others must wait. What is on the item already goes on
// speaking until it is cured: horizon and settling are about first words.
func asking(v backlog.View, s Settings, w World) (asked []backlog.Finding, held string) {
	spoken := spokenPolicies(v, s)
	for _, f := range v.Open {
		switch {
		case !s.Policies[f.Policy].Writes || !f.Dismissed.IsZero():
			continue
		case slices.Contains(spoken, f.Policy):
			asked = append(asked, f)
		default:
			if why := wait(v, s, w); why != "" {
				held = why
				continue
			}
			asked = append(asked, f)
		}
	}
	slices.SortStableFunc(asked, func(a, b backlog.Finding) int {
		if a.Severity != b.Severity {
			return boolOrder(a.Severity.AtLeast(b.Severity))
		}
		return cmp.Or(cmp.Compare(a.Policy, b.Policy), cmp.Compare(a.Fingerprint, b.Fingerprint))
	})
	return asked, held
}

func boolOrder(before bool) int {
	if before {
		return -1
	}
	return 1
}

// spokenPolicies lists the policies that our labels and our comment on the
// item speak of.
func spokenPolicies(v backlog.View, s Settings) []string {
	labels := ours(v)
	var ids []string
	for _, o := range v.Owned {
		ids = append(ids, o.Shows...)
	}
	for _, f := range v.Open {
		if contains(labels, s.Prefix+s.Policies[f.Policy].Label) {
			ids = append(ids, f.Policy)
		}
	}
	return ids
}

// wait says why an item may not be spoken to for the first time yet.
func wait(v backlog.View, s Settings, w World) string {
	if !s.All && !planned(v, s, w) {
		return "not planned for this or the next iteration or increment: report only"
	}
	if age := workingTime(v.Created, w.Now, s.Zone); age < s.AfterCreation {
		return fmt.Sprintf("created less than %s ago", spoken(s.AfterCreation))
	}
	if quiet := workingTime(v.Activity, w.Now, s.Zone); quiet < s.AfterEdit {
		return fmt.Sprintf("edited less than %s ago", spoken(s.AfterEdit))
	}
	return ""
}

// spoken is a duration in words: 30 minutes, not 30m0s.
func spoken(d time.Duration) string {
	n, unit := d/time.Minute, "minute"
	switch {
	case d%time.Minute != 0:
		return d.String()
	case d%time.Hour == 0:
		n, unit = d/time.Hour, "hour"
	}
	if n == 1 {
		return "1 " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}

// workingTime is the time between two points that does not fall on a Saturday
// or Sunday.
func workingTime(from, to time.Time, zone *time.Location) time.Duration {
	from, to = from.In(zone), to.In(zone)
	var sum time.Duration
	for from.Before(to) {
		next := time.Date(from.Year(), from.Month(), from.Day()+1, 0, 0, 0, 0, zone)
		if next.After(to) {
			next = to
		}
		if day := from.Weekday(); day != time.Saturday && day != time.Sunday {
			sum += next.Sub(from)
		}
		if sum > maxWait { // long enough for every setting; do not walk years
			return sum
		}
		from = next
	}
	return sum
}

const maxWait = 90 * 24 * time.Hour
