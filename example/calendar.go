package example

import (
	"fmt"
	"time"
)

// sprint is an iteration of two weeks. The one under way began four days ago.
type sprint struct {
	number     int // 1 to 3, in order
	name       string
	state      string // as Jira says it
	start, end time.Time
}

func sprints(now time.Time) []sprint {
	begin := time.Date(now.Year(), now.Month(), now.Day(), 8, 0, 0, 0, time.UTC).AddDate(0, 0, -4)
	return []sprint{
		{1, "Sprint 47", "closed", begin.AddDate(0, 0, -14), begin.AddDate(0, 0, -1)},
		{2, "Sprint 48", "active", begin, begin.AddDate(0, 0, 13)},
		{3, "Sprint 49", "future", begin.AddDate(0, 0, 14), begin.AddDate(0, 0, 27)},
	}
}

func sprintOf(s Sprint, now time.Time) sprint { return sprints(now)[s-Past] }

// Increment is the planning interval under way: its name, first and last day.
func Increment(now time.Time) (name, start, end string) {
	begin := now.AddDate(0, 0, -50)
	return "PI " + versionOf(now), begin.Format(time.DateOnly), begin.AddDate(0, 0, 69).Format(time.DateOnly)
}

// versionOf names the planning interval by year and quarter, as Jira's fix
// version has it.
func versionOf(now time.Time) string {
	return fmt.Sprintf("%02d.%d", now.Year()%100, (int(now.Month())+2)/3)
}

func people() []string { return []string{pat, olga, samir, ines, yuki, lena, marcos} }
