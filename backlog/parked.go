package backlog

import (
	"errors"
	"time"
)

// Parked is the part of a plan that changes so much of a project at once that
// a person has to approve it. The approval is bound to its hash.
type Parked struct {
	Connection string
	Project    ProjectID
	Key        string // of the project
	Items      int    // that the project has
	Changes    int    // items that would change
	Removals   int    // items from which something would be taken back
	Hash       string
	Since      time.Time
	Plan       Plan
}

// ErrNotParked means that no plan with that hash waits for an approval: there
// never was one, or it is another one now.
var ErrNotParked = errors.New("no plan with this hash waits for an approval")
