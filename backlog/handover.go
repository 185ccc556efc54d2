package backlog

import (
	"encoding/json"
	"errors"
)

// ErrBusy means that an item has an open intent already: nothing new is begun
// on it before that one has come to an end.
var ErrBusy = errors.New("another change of this item is not finished")

// ErrOvertaken means that somebody else, perhaps another process, began and
// ended a change of the item after it was planned: plan it anew.
var ErrOvertaken = errors.New("another change of this item came in between")

// StepResult is what became of one step, with everything that is remembered
// together with it.
type StepResult struct {
	Intent  string
	N       int
	Receipt Receipt
	Own     []Owned         // annotations that are ours from now on
	Disown  []Owned         // annotations that are no longer there or no longer ours; Item, Kind and Value count
	Term    int64           // of the lease of who records it; 0: none is needed
	Close   IntentState     // the state in which the intent ends; empty while it stays open
	Before  json.RawMessage // what the step found, for the audit log
	After   json.RawMessage // what it left
}

// SnapshotRow is how one policy stood for one team in one week.
type SnapshotRow struct {
	Team     string // empty: the items of no team
	Policy   string
	Severity Severity
	Counts   SnapshotCounts
}

// SnapshotCounts counts verdicts; Items is how many items were judged.
type SnapshotCounts struct {
	Pass    int `json:"pass"`
	Fail    int `json:"fail"`
	Skipped int `json:"skipped"`
	Exempt  int `json:"exempt"`
	Unknown int `json:"unknown"`
	Items   int `json:"items"`
}
