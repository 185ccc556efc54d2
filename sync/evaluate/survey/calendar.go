package survey

import (
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

const secondsOfDay = 24 * 60 * 60

// calendar counts days as the organisation does.
type calendar struct {
	zone  *time.Location
	today string
	now   int64     // today's number
	end   time.Time // the end of today
	week  int64     // the number of this week's Monday
}

func newCalendar(now time.Time, zone *time.Location) calendar {
	if zone == nil {
		zone = time.UTC
	}
	c := calendar{zone: zone, today: backlog.Day(now, zone)}
	local := now.In(zone)
	year, month, day := local.Date()
	c.end = time.Date(year, month, day+1, 0, 0, 0, 0, zone).Add(-time.Nanosecond)
	c.now = c.number(now)
	c.week = c.now - int64(local.Weekday()+6)%7
	return c
}

// number numbers the dates; a day later is one more.
func (c *calendar) number(t time.Time) int64 {
	year, month, day := t.In(c.zone).Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / secondsOfDay
}

// day is a date; empty for no time at all.
func (c *calendar) day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return backlog.Day(t, c.zone)
}

// date is a numbered day as a date.
func date(number int64) string { return time.Unix(number*secondsOfDay, 0).UTC().Format(time.DateOnly) }

// until counts days from today to a date, negative when it is past; nil for
// what is no date.
func (c *calendar) until(date string) *int {
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return nil
	}
	days := int(day.Unix()/secondsOfDay - c.now)
	return &days
}

// weeksAgo says how many weeks before this one a day lies; 0 for this week.
func (c *calendar) weeksAgo(day int64) int { return int((c.week + 6 - day) / 7) }

// when says where an iteration is in time.
func (c *calendar) when(it *backlog.Iteration) string {
	switch {
	case it.Running(c.end):
		return active
	case it.Ahead(c.end):
		return future
	case it.State == "" && it.Start.IsZero():
		return ""
	}
	return past
}

// Where an iteration or increment is in time.
const (
	past   = "past"
	active = "active"
	future = "future"
)
