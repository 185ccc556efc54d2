package backlog

import (
	"slices"
	"strings"
	"time"
)

// Organisation is what the settings say of the people around the backlogs:
// trains, teams, increments, people, themes and personas.
type Organisation struct {
	Trains   []Train
	Teams    []Team
	People   []Member
	Themes   []Theme
	Personas []string
}

// Train is an agile release train: several teams that plan together.
type Train struct {
	Name           string
	RTE            string // release train engineer, a Member's name
	ProductManager string
	Increments     []Increment
}

// Increment is a planning interval (PI) of a train. Start and End are dates,
// YYYY-MM-DD, both inside it.
type Increment struct {
	Name, Start, End string
	// PlanningEnds is the day on which what is planned is frozen as its
	// baseline; empty for its first day.
	PlanningEnds string `json:",omitempty"`
	Match        []Match
}

// Team works on the items that one of its matches fits.
type Team struct {
	Name, Train, Owner string
	Match              []Match
}

// Member is a person with the accounts that are theirs.
type Member struct {
	Name, Email string
	Accounts    []Account
}

// Account is a person's account in one connection.
type Account struct{ Connection, ID string }

// Theme is a strategic theme.
type Theme struct {
	Name  string
	Match []Match
}

// Match is a condition on an item: every filled part must fit. Texts compare
// without regard to case. Area and IterationPath also fit everything below.
type Match struct {
	Connection, Project, Component, Label, Area, IterationPath, FixVersion, Type string
}

// Fits reports whether an item of a connection meets the condition.
func (m Match) Fits(connection string, item Item) bool { return m.fits(connection, &item) }

func (m *Match) fits(connection string, item *Item) bool {
	return fits(m.Connection, connection) &&
		(fits(m.Project, item.Project.Key) || fits(m.Project, item.Project.Name)) &&
		fitsAny(m.Component, item.Components) &&
		fitsAny(m.Label, item.Labels) &&
		fitsBelow(m.Area, item.Area) &&
		fitsAny(m.FixVersion, item.Versions) &&
		fits(m.Type, item.Type) &&
		(m.IterationPath == "" || slices.ContainsFunc(item.Iterations, func(i Iteration) bool {
			return fitsBelow(m.IterationPath, i.Path) || fits(m.IterationPath, i.Name)
		}))
}

// TeamsOf lists the teams that match an item, in the order of the settings.
// The first one has it; more than one is an overlap that is reported.
func (o Organisation) TeamsOf(connection string, item Item) []Team {
	var teams []Team
	for i := range o.Teams {
		if anyFits(o.Teams[i].Match, connection, &item) {
			teams = append(teams, o.Teams[i])
		}
	}
	return teams
}

// TeamOf finds the team that has an item: the first that matches; nil for
// none.
func (o *Organisation) TeamOf(connection string, item *Item) *Team {
	for i := range o.Teams {
		if anyFits(o.Teams[i].Match, connection, item) {
			return &o.Teams[i]
		}
	}
	return nil
}

// TrainOf finds a team's train; false when it has none.
func (o Organisation) TrainOf(team Team) (Train, bool) {
	i := slices.IndexFunc(o.Trains, func(t Train) bool { return t.Name == team.Train })
	if i < 0 {
		return Train{}, false
	}
	return o.Trains[i], true
}

// IncrementOf finds the increment of a train that an item is planned for.
func (t Train) IncrementOf(connection string, item Item) (Increment, bool) {
	for _, inc := range t.Increments {
		if anyFits(inc.Match, connection, &item) {
			return inc, true
		}
	}
	return Increment{}, false
}

// Current finds the increment that holds a day, and the one after it.
func (t Train) Current(today string) (current, next Increment) {
	for _, inc := range t.Increments {
		switch {
		case inc.Start <= today && today <= inc.End:
			current = inc
		case inc.Start > today && (next.Start == "" || inc.Start < next.Start):
			next = inc
		}
	}
	return current, next
}

// ThemeOf finds the strategic theme of an item: its own field, else the first
// theme that matches; empty when there is none.
func (o Organisation) ThemeOf(connection string, item Item) string {
	if item.Theme != "" {
		return item.Theme
	}
	for _, t := range o.Themes {
		if anyFits(t.Match, connection, &item) {
			return t.Name
		}
	}
	return ""
}

// Day is a point in time as the date that people there call it.
func Day(t time.Time, zone *time.Location) string { return t.In(zone).Format(time.DateOnly) }

func anyFits(matches []Match, connection string, item *Item) bool {
	for i := range matches {
		if matches[i].fits(connection, item) {
			return true
		}
	}
	return false
}

func fits(want, have string) bool { return want == "" || strings.EqualFold(want, have) }

func fitsAny(want string, have []string) bool {
	return want == "" || slices.ContainsFunc(have, func(h string) bool { return strings.EqualFold(want, h) })
}

// fitsBelow compares paths with backslashes, the parent fitting its children.
func fitsBelow(want, have string) bool {
	if want == "" {
		return true
	}
	want, have = strings.ToLower(strings.Trim(want, `\`)), strings.ToLower(strings.Trim(have, `\`))
	return have == want || strings.HasPrefix(have, want+`\`)
}
