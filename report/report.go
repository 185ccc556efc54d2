package report

import (
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// Report is one week. It is also the JSON contract of the report command;
// docs/json.md describes it.
type Report struct {
	Schema int       `json:"schema"`
	Week   string    `json:"week"` // ISO week, "2026-W48"
	Since  string    `json:"since"`
	Today  string    `json:"today"`
	Made   time.Time `json:"made"`

	ScoreMeans string   `json:"scoreMeans"`
	Partial    []string `json:"partial"` // why the numbers do not cover everything; empty when they do
	Coverage   []Data   `json:"coverage"`

	All      Group     `json:"all"`
	Trains   []Train   `json:"trains"`
	Teams    []Team    `json:"teams"`
	Policies []Policy  `json:"policies"`
	First    []Task    `json:"first"`
	Sets     []SetTask `json:"sets"` // open findings on teams, trains, increments and connections as a whole
	Exempt   []Exempt  `json:"exemptions"`
	Nobody   int       `json:"withoutTeam"` // items that no team's match fits
	Overlaps []Overlap `json:"overlaps"`    // items that several teams' matches fit
}

// Data is how far one project's data can be trusted.
type Data struct {
	backlog.Coverage
	Age     string `json:"age"` // in words: "4 minutes"
	Percent int    `json:"percent"`
}

// Group is the numbers of any set of items.
type Group struct {
	Items  int  `json:"items"` // not done
	Score  int  `json:"score"` // 0 to 100; meaningless when Judged is 0
	Judged int  `json:"judged"`
	Before *int `json:"before"` // last week's score; absent without one
	// Colour is red, amber or green, and empty before there are four weeks and
	// twenty items of data.
	Colour string `json:"colour,omitempty"`
	New    int    `json:"new"`
	Fixed  int    `json:"fixed"`
	Open   int    `json:"open"`
	Ageing int    `json:"ageing"` // open for 14 days or longer
}

// Change is the difference to last week, "+4", empty without one.
func (g Group) Change() string {
	if g.Before == nil {
		return ""
	}
	return signed(g.Score - *g.Before)
}

// Train is a release train's part.
type Train struct {
	Name      string   `json:"name"`
	Increment string   `json:"increment,omitempty"`
	Teams     []string `json:"teams"`
	Group
}

// Team is one team's page.
type Team struct {
	Name      string     `json:"name"`
	Train     string     `json:"train,omitempty"`
	Increment string     `json:"increment,omitempty"`
	Next      *Readiness `json:"nextIteration"` // absent when nothing is planned for it
	First     []Task     `json:"first"`
	Digest    []Task     `json:"digest"` // open on items that got labels only, so that nobody gets too many comments
	Practices []Practice `json:"practices"`
	Features  []Feature  `json:"features"`
	Group
}

// Readiness counts the stories of an iteration that have no open finding.
type Readiness struct {
	Iteration string `json:"iteration"`
	Ready     int    `json:"ready"`
	Stories   int    `json:"stories"`
}

// Practice is how one practice of the team stands.
type Practice struct {
	Name   string `json:"name"`
	New    int    `json:"new"`
	Fixed  int    `json:"fixed"`
	Open   int    `json:"open"`
	Ageing int    `json:"ageing"`
}

// Feature is a feature with the readiness of its open stories.
type Feature struct {
	Key     string   `json:"key"`
	Title   string   `json:"title"`
	URL     string   `json:"url"`
	Ready   int      `json:"ready"`
	Stories int      `json:"stories"`
	Risks   []string `json:"risks"` // titles of its open findings
}

// Policy is how one policy stands over all open items.
type Policy struct {
	ID       string           `json:"id"`
	Title    string           `json:"title"`
	Practice string           `json:"practice"`
	Severity backlog.Severity `json:"severity"`
	Pass     int              `json:"pass"`
	Fail     int              `json:"fail"`
	Skipped  int              `json:"skipped"`
	Exempt   int              `json:"exempt"`
	Unknown  int              `json:"unknown"`
	New      int              `json:"new"`
	Fixed    int              `json:"fixed"`
	Why      []Cause          `json:"why"` // of skipped and unknown
}

// Cause counts why a policy could not or need not judge.
type Cause struct {
	Text  string `json:"text"`
	Count int    `json:"count"`
}

// Task is something to do first.
type Task struct {
	Team     string           `json:"team,omitempty"`
	Key      string           `json:"key"`
	Title    string           `json:"title"`
	URL      string           `json:"url"`
	Policy   string           `json:"policy"`
	What     string           `json:"what"`   // the policy's title
	Remedy   string           `json:"remedy"` // what would be enough
	Severity backlog.Severity `json:"severity"`
	Since    string           `json:"since"`

	digest bool // of an item that got no comment of its own
}

// Exempt is an exemption of the settings: in force, ended, or unused, that is
// in force and covering nothing.
type Exempt struct {
	Policy string `json:"policy"`
	What   string `json:"what"` // the item or team it covers
	Owner  string `json:"owner"`
	Reason string `json:"reason"`
	Until  string `json:"until"`
	State  string `json:"state"` // "in force", "unused", "ended"
	Covers int    `json:"covers"`
}

// Overlap is an item that more than one team could have.
type Overlap struct {
	Key   string   `json:"key"`
	URL   string   `json:"url"`
	Teams []string `json:"teams"`
}
