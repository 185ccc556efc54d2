package backlog

import (
	"cmp"
	"time"
)

// Coverage says how much of a project one pass really saw, so that no number
// built on it looks better than it is.
type Coverage struct {
	Connection string        `json:"connection"`
	Project    string        `json:"project"` // key
	Seen       int           `json:"seen"`
	Expected   int           `json:"expected"`
	Basis      string        `json:"basis"` // how expected was known
	State      CoverageState `json:"state"`
	AsOf       time.Time     `json:"asOf"` // the tracker's clock when it was last seen whole
	Reason     string        `json:"reason,omitempty"`
	Census     time.Time     `json:"census,omitzero"`    // when the identities were last counted, by our clock
	Missing    int           `json:"missing,omitempty"`  // items that the tracker does not show any more; frozen
	Departed   int           `json:"departed,omitempty"` // items that left the scope or were given up in the last week
}

// CoverageState is complete, or not, or in doubt.
type CoverageState string

// The states. Suspect freezes findings: nothing is resolved on such data.
const (
	Complete CoverageState = "complete"
	Suspect  CoverageState = "suspect"
	Failed   CoverageState = "failed"
)

// Source is where data came from: a project, by its key, of a connection.
// Trust in data is given or withdrawn per source.
type Source struct{ Connection, Project string }

// Compare orders sources by connection and project.
func (s Source) Compare(other Source) int {
	return cmp.Or(cmp.Compare(s.Connection, other.Connection), cmp.Compare(s.Project, other.Project))
}
