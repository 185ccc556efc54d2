package plan

import (
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// Again is when an item may be planned otherwise than now although nothing of
// it changes: it has been left alone long enough, its finding has been open
// long enough, an iteration of it begins or ends, a denied change may be tried
// again. Zero is not before the day, the settings or the iterations of others
// change; then everything has to be planned again.
func Again(v backlog.View, s Settings, w World) (next time.Time) {
	consider := func(t time.Time) {
		if t.After(w.Now) && (next.IsZero() || t.Before(next)) {
			next = t
		}
	}
	consider(v.ParkedUntil)
	if digested(v, s, w) {
		consider(v.Digest.Add(DigestFor))
	}
	if !v.Look.Late.IsZero() {
		consider(nextLook(v.Look))
	}
	for _, r := range v.Removals {
		consider(r.At.Add(fightFor))
	}
	if len(v.Open) == 0 {
		return next
	}
	consider(elapsed(v.Created, s.AfterCreation, s.Zone))
	consider(elapsed(v.Activity, s.AfterEdit, s.Zone))
	for _, f := range v.Open {
		consider(elapsed(f.Opened, s.Comment.OpenFor, s.Zone))
	}
	for _, it := range v.Iterations {
		consider(it.Start)
		consider(it.Start.Add(1)) // it is ahead until after its start
		consider(it.End.AddDate(0, 0, 1))
	}
	return next
}

// elapsed is when so much working time has passed since a point; zero when
// that is longer than workingTime counts.
func elapsed(from time.Time, d time.Duration, zone *time.Location) time.Time {
	from = from.In(zone)
	for sum := time.Duration(0); sum <= maxWait; {
		next := time.Date(from.Year(), from.Month(), from.Day()+1, 0, 0, 0, 0, zone)
		if day := from.Weekday(); day != time.Saturday && day != time.Sunday {
			if length := next.Sub(from); sum+length >= d {
				return from.Add(d - sum)
			} else {
				sum += length
			}
		}
		from = next
	}
	return time.Time{}
}
