package engine

import "github.com/trackwarden/trackwarden/backlog"

// Set is what policies see of a team, train, increment or connection:
// `input.set`. The host counts and chooses in one pass over the items, so that
// no policy ever walks over a backlog; every list is bounded, most important
// first. What does not apply to a kind of subject is there and empty. Items of
// levels below a story count nowhere. Dates are "YYYY-MM-DD", empty when they
// are not known.
type Set struct {
	Items      SetItems       `json:"items"`
	Points     SetPoints      `json:"points"`
	Weeks      []Week         `json:"weeks"` // the last eight, the running one last
	Flow       Flow           `json:"flow"`
	Iterations []SetIteration `json:"iterations"` // of a team: the last six, the running ones, the next three, in order of time
	Velocity   Velocity       `json:"velocity"`
	States     []SetState     `json:"states"` // in which open items are
	Active     Active         `json:"active"`
	Blocked    []Blocked      `json:"blocked"` // at most 20
	Mix        Mix            `json:"mix"`

	Duplicates      []Duplicate  `json:"duplicates"`       // within one team, at most 50, the likest first
	DuplicatesFound int          `json:"duplicates_found"` // how many there are in all
	StoryForms      StoryForms   `json:"story_forms"`
	Personas        []NamedCount `json:"personas"` // that open items name, at most 50

	Rank         Rank             `json:"rank"`
	Dependencies []Dependency     `json:"dependencies"` // open ones across teams or trackers, at most 50, the worst first
	Counted      DependencyCounts `json:"dependency_counts"`
	Cycles       []Cycle          `json:"cycles"` // at most 20

	Increments SetIncrements `json:"increments"`
	Capacity   []SetCapacity `json:"capacity"`   // as the planning files say
	Risks      []SetRisk     `json:"risks"`      // of the train
	Investment []Investment  `json:"investment"` // targets of the train
	Teams      []SetTeam     `json:"teams"`      // of a train, in the order of the settings

	Connection SetConnection `json:"connection"`
}

// SetItems counts open items of levels from story up; open is what is neither
// done nor removed.
type SetItems struct {
	TotalOpen   int `json:"total_open"`
	Active      int `json:"active"`
	Blocked     int `json:"blocked"`
	Stories     int `json:"stories"` // on the story level, bugs and enablers too
	Features    int `json:"features"`
	Bugs        int `json:"bugs"`
	Enablers    int `json:"enablers"`    // on the story level
	Unestimated int `json:"unestimated"` // on the story level

	// WithoutParent are open stories without a feature that are ordinary work;
	// SAFe allows bugs and enablers to have none.
	WithoutParent         int `json:"without_parent"`
	EnablersWithoutParent int `json:"enablers_without_parent"`
	BugsWithoutParent     int `json:"bugs_without_parent"`
	WithoutTeam           int `json:"without_team"`      // of a connection
	WithoutIncrement      int `json:"without_increment"` // features

	// Ready are stories that wait to be begun and of which no policy of the
	// practice readiness has an open finding.
	Ready   int `json:"ready"`
	Waiting int `json:"waiting"` // stories that wait to be begun
	Stale   int `json:"stale"`   // open items untouched for 180 days
}

// SetPoints adds up the points of open stories.
type SetPoints struct {
	Open    float64 `json:"open"`
	Ready   float64 `json:"ready"`
	Waiting float64 `json:"waiting"`
	Active  float64 `json:"active"`
}

// Week counts open and closed items by the week, from Monday on, in which that
// happened.
type Week struct {
	Start   string `json:"start"`
	Created int    `json:"created"`
	Closed  int    `json:"closed"`
}

// Flow is what was closed in the last twelve weeks, on the story level.
type Flow struct {
	Closed   int      `json:"closed"`
	Reopened int      `json:"reopened"`
	Carried  int      `json:"carried"`
	LeadDays *float64 `json:"lead_days_median,omitempty"` // from creation to done
}

// NamedCount is how many items name something.
type NamedCount struct {
	Name  string `json:"name"`
	Items int    `json:"items"`
}

// SetIteration is an iteration with the team's stories in it.
type SetIteration struct {
	Name        string    `json:"name"`
	Start       string    `json:"start"`
	End         string    `json:"end"`
	State       string    `json:"state"` // "past", "active", "future"
	Items       int       `json:"items"`
	Points      float64   `json:"points"`
	DoneItems   int       `json:"done_items"`
	DonePoints  float64   `json:"done_points"`
	Carried     int       `json:"carried"` // went on in a later one, or were left open in it
	Unestimated int       `json:"unestimated"`
	UnreadyAll  int       `json:"unready_all"`        // not begun and not ready
	Unready     []Summary `json:"unready"`            // at most 20 of them, of iterations not past
	Capacity    *float64  `json:"capacity,omitempty"` // points, as the planning files say
}

// Velocity is what the team finished in its last iterations; no medians where
// there were none.
type Velocity struct {
	Points     *float64 `json:"points_median,omitempty"` // no key either when no finished story has points
	Items      *float64 `json:"items_median,omitempty"`
	Iterations int      `json:"iterations"` // how many that was, at most six
}

// SetState is a state of the tracker with the open items of one level in it.
type SetState struct {
	Name     string           `json:"name"`
	Category backlog.Category `json:"category"`
	Level    backlog.Level    `json:"level"`
	Items    int              `json:"items"`
	Since    string           `json:"since"`  // since when the longest waits
	Sample   []Since          `json:"sample"` // at most ten, the longest first
}

// Since is an item and since when it is in its state.
type Since struct {
	Item  Summary `json:"item"`
	Since string  `json:"since"`
}

// Active lists work in progress, the oldest first.
type Active struct {
	Stories  []Since `json:"stories"`  // at most 30
	Features []Since `json:"features"` // at most 30
}

// Blocked is open work that says it is blocked, by its state or a label, or
// that is in progress though what it waits for is not done.
type Blocked struct {
	Item  Summary   `json:"item"`
	Why   string    `json:"why"`   // "state", "label", "link"
	Since string    `json:"since"` // since when it is in its state
	By    []Summary `json:"by"`    // what it waits for, at most five
}

// Mix is what sort of stories there are: closed in the last twelve weeks, and
// planned in the current increment, closed ones too.
type Mix struct {
	Closed  MixPart `json:"closed"`
	Planned MixPart `json:"planned"`
}

// MixPart divides stories. A story without a theme has that of its feature.
type MixPart struct {
	All    Amount      `json:"all"`
	Kinds  Kinds       `json:"kinds"`
	Themes []NamedPart `json:"themes"` // by name; the name is empty for no theme
}

// Kinds divides stories by kind.
type Kinds struct {
	Business Amount `json:"business"`
	Enabler  Amount `json:"enabler"`
	Bug      Amount `json:"bug"`
	Spike    Amount `json:"spike"`
	Chore    Amount `json:"chore"`
}

// Amount is how many items, and their points.
type Amount struct {
	Items  int     `json:"items"`
	Points float64 `json:"points"`
}

// NamedPart is the amount of one theme.
type NamedPart struct {
	Name string `json:"name"`
	Amount
}

// Duplicate is two open items of a team that say the same.
type Duplicate struct {
	Items []Summary `json:"items"`
	Same  float64   `json:"same"` // share of words in common, 0.8 to 1
	What  string    `json:"what"` // "title", "story"
}

// StoryForms says how the stories of a team are worded.
type StoryForms struct {
	Stories int         `json:"stories"` // open ones on the story level that are no bugs
	Common  string      `json:"common"`  // the most common form; empty without stories
	Share   float64     `json:"share"`   // of the stories that have it, 0 to 1
	Forms   []StoryForm `json:"forms"`   // every form, the most common first
}

// StoryForm is one way to word a story: the parts that it has.
type StoryForm struct {
	Form   string    `json:"form"` // "role, means, ends", "role, means", "none" …
	Items  int       `json:"items"`
	Sample []Summary `json:"sample"` // at most ten; empty for the most common
}
