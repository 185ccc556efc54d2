package backlog

import (
	"errors"
	"time"
)

// What bounds writing: budgets, a lease and a switch. The store holds them in
// the same transactions that let a request leave, so that no crash and no
// second process gets around them.

// Charge is what a change costs of a budget: a scope, such as a project, has a
// limit in each period, such as a day.
type Charge struct {
	Scope  string `json:"scope"`
	Period string `json:"period"`
	Cost   int    `json:"cost"`
	Limit  int    `json:"limit"`
	What   string `json:"what"` // the budget, for people: "50 changes per project and day"
}

// OverBudget says which budget a change would have overdrawn.
type OverBudget struct{ Charge Charge }

// Error names the budget.
func (e *OverBudget) Error() string { return "the budget is used up: " + e.Charge.What }

// Lease is the right to write within a scope, a connection, for a while. The
// term grows with every holder, so that what an earlier one still sends or
// records is told apart.
type Lease struct {
	Scope, Holder string
	Term          int64
	Until         time.Time
}

// Switch is a stop that a person has put on writing, for one connection or,
// with an empty scope, for all.
type Switch struct {
	Scope  string
	Since  time.Time
	Reason string
}

// ErrFenced means that the lease is no longer ours: somebody else writes now.
var ErrFenced = errors.New("another process writes here now")

// ErrPaused means that a person has switched writing off.
var ErrPaused = errors.New("writing is paused")
