package backlog

// Planning is what people plan by and no tracker holds: it comes from the
// settings and from small files beside them.
type Planning struct {
	Objectives []Objective
	Capacity   []Capacity
	Risks      []PlanRisk
	Investment []Investment
}

// Objective is what a team, or a whole train, wants to have reached by the end
// of an increment.
type Objective struct {
	Train, Team, Increment string // Team is empty for the train's own
	Title                  string
	Planned                *float64 // business value, 1 to 10; nil: nobody gave one
	Actual                 *float64 // given at Inspect & Adapt; nil before
	Committed              bool     // otherwise a stretch objective
	Measure                string   // how one will know; may be empty
}

// Capacity is how many points a team can do in an iteration, by its name.
type Capacity struct {
	Team, Iteration string
	Increment       string // may be empty: then the dates of the iteration say it
	Points          float64
}

// PlanRisk is a risk to a train's plan.
type PlanRisk struct {
	Train, Increment string // the increment may be empty
	Title            string
	ROAM             string // "resolved", "owned", "accepted", "mitigated"; empty: not dealt with
	Owner            string // may be empty
	Raised           string // YYYY-MM-DD; may be empty
}

// Investment is the share of its work, in percent, that a train wants to put
// into a kind of work or a theme; one of the two is filled. The kind of
// ordinary work is called "business".
type Investment struct {
	Train, Kind, Theme string
	Share              float64
}
