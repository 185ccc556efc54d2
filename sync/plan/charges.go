package plan

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// charges are what a change costs of the budgets. A person is known to the
// books by a hash: nothing is kept about them but how many comments they get.
func charges(v backlog.View, change backlog.Change, s Settings, w World) []backlog.Charge {
	var all []backlog.Charge
	charge := func(scope, period string, limit int, what string) {
		if limit > 0 {
			all = append(all, backlog.Charge{Scope: scope, Period: period, Cost: 1, Limit: limit, What: fmt.Sprintf(what, limit)})
		}
	}
	today, b := backlog.Day(w.Now, s.Zone), s.Budget
	perDay, what := b.PerProjectDay, "%d items per project and day"
	if ramp := b.Ramp[v.Project.ID]; ramp > 0 && (perDay == 0 || ramp < perDay) {
		perDay, what = ramp, "%d items on this day, while writing on the project is new"
	}
	charge(ProjectScope(v.ID.Site, v.Project.ID), today, perDay, what)
	charge("hour "+s.Connection, w.Now.UTC().Format("2006-01-02T15"), b.PerHour, "%d items per hour")
	if change.Comment != nil && change.Comment.ID == "" && v.Assignee != nil {
		charge(personScope(v.ID.Site, v.Assignee.ID), today, b.PerPersonDay, "%d new comments per person and day")
	}
	return all
}

// ProjectScope names a project's daily budget in the books.
func ProjectScope(site backlog.SiteID, project string) string {
	return "project " + string(site) + "/" + project
}

const person = "person "

func personScope(site backlog.SiteID, id string) string {
	sum := sha256.Sum256([]byte(string(site) + "/" + id))
	return person + hex.EncodeToString(sum[:8])
}

// The ramp of a project that is written on for the first time: so many items
// on the first day, and twice as many on each day after, for so many days.
const (
	canary   = 5
	rampDays = 10
)

// Ramp is how many items may be changed on a day of a project on which writing
// began on another; 0 when it is no longer new. Days are YYYY-MM-DD.
func Ramp(began, today string) int {
	from, err := time.Parse(time.DateOnly, began)
	to, err2 := time.Parse(time.DateOnly, today)
	days := int(to.Sub(from) / (24 * time.Hour))
	switch {
	case err != nil || err2 != nil || days < 0: // a clock was wrong: as careful as on the first day
		return canary
	case days >= rampDays:
		return 0
	}
	return canary << days
}
