package plan

import (
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// Settings is how one connection wants to be written on.
type Settings struct {
	Connection string
	Owner      string // the installation's name in our markers
	All        bool   // horizon: every item, not only what is planned
	// AfterCreation and AfterEdit are how long an item must have been left
	// alone before a finding is written; weekends do not count.
	AfterCreation, AfterEdit time.Duration
	Comment                  CommentRule
	Words                    *Words // of comments; nil: the built-in ones
	Umbrella, Prefix         string // labels: "hygiene", "hygiene:"
	Policies                 map[string]Policy
	Organisation             backlog.Organisation
	Rights                   map[string]backlog.Rights // by project id
	HelpURL                  string                    // where policies and exemptions are explained
	Zone                     *time.Location
	Budget                   Budget
	Silence                  backlog.Silence // labels of people that want nothing of us on an item
	Freeze                   bool            // leave what is ours on such an item as it is
	History                  bool            // the tracker tells what became of items before: it is waited for
	Links                    bool            // links are read apart from the items: they are waited for
}

// Budget bounds how many items are changed; 0 is no bound. PerProjectDay of a
// project in Ramp is what it says there, if that is less.
type Budget struct {
	PerProjectDay, PerHour int
	PerPersonDay           int            // new comments on the items of one person
	Ramp                   map[string]int // by project id
}

// CommentRule says when a first comment is posted: on so many errors or
// warnings that have been open so long, always with the labels, or never.
type CommentRule struct {
	Always, Never    bool
	Errors, Warnings int
	OpenFor          time.Duration // weekends do not count
}

// Policy is what planning has to know of a policy.
type Policy struct {
	ID, Title, Remedy, Label string
	Severity                 backlog.Severity
	Writes                   bool // may it write, or does it report only
}

// World is what is true for every item of one plan.
type World struct {
	Now        time.Time
	Iterations []backlog.Iteration // those that open items of the site sit in
	// Bulk says that many items lost annotations of ours within an hour: that
	// is somebody cleaning up, not their opinion about the findings.
	Bulk bool
}
