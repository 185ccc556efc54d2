package backlog

import (
	"encoding/json"
	"time"
)

// Change carries everything that we intend for one item.
type Change struct {
	Intent  string    `json:"intent"` // id of the intent that carries it; empty while only planned
	Item    ItemID    `json:"item"`
	Key     string    `json:"key"`
	Project ProjectID `json:"project"`
	Base    string    `json:"base"` // the revision it was planned on
	Known   int       `json:"-"`    // how many changes of the item we had begun when it was planned

	Present      []string `json:"present"` // the item's labels at that revision
	AddLabels    []string `json:"addLabels"`
	RemoveLabels []string `json:"removeLabels"`

	Comment *CommentChange `json:"comment,omitempty"`
	Record  Record         `json:"record"` // what the item itself shall remember of us, where the tracker can hold it

	Policies []string `json:"policies"` // those that ask
	Quiet    bool     `json:"quiet"`    // suppress notifications; set only where the rights allow it

	// Forget takes the record off the item too, where the tracker holds one:
	// then nothing is left of us. Retract is set where a person asked for that.
	Forget  bool `json:"forget,omitempty"`
	Retract bool `json:"retract,omitempty"`

	Charges []Charge `json:"charges,omitempty"` // what it costs; set when it is carried out
	Term    int64    `json:"term,omitempty"`    // of the lease under which it is carried out; 0: none is needed

	// Seen is when the findings that it speaks of were read: what became of them
	// after that it does not say, however late its request came.
	Seen time.Time `json:"seen,omitzero"`
}

// Empty reports whether nothing would be written.
func (c Change) Empty() bool {
	return len(c.AddLabels) == 0 && len(c.RemoveLabels) == 0 && c.Comment == nil && !c.Forget
}

// ContentHash identifies what would be written, whenever it is planned.
func (c Change) ContentHash() string {
	text := ""
	switch {
	case c.Comment != nil && c.Comment.Delete:
		text = "delete " + c.Comment.ID
	case c.Comment != nil:
		text = c.Comment.Markdown
	}
	return digest([]any{c.Item, c.AddLabels, c.RemoveLabels, text})
}

// CommentChange posts or edits our one comment, or deletes one of ours. An
// empty ID posts. One that is to be deleted and is not there is deleted already.
type CommentChange struct {
	ID       string   `json:"id,omitempty"`
	Delete   bool     `json:"delete,omitempty"` // then only ID counts
	Markdown string   `json:"markdown"`
	Shows    []string `json:"shows,omitempty"` // policies that it speaks of
	Marker   Marker   `json:"marker"`
}

// Record is the ownership record: what on this item is ours.
type Record struct {
	Owner   string   `json:"owner"`
	Item    string   `json:"item"`
	Labels  []string `json:"labels"`
	Comment string   `json:"comment,omitempty"`
	Intent  string   `json:"intent"`
}

// Step is one request of a change. Payload is the connector's own and may be
// stored and sent by another process.
type Step struct {
	Intent  string          `json:"intent"`
	N       int             `json:"n"`
	Item    ItemID          `json:"item"`
	Summary string          `json:"summary"` // for people: "set labels", "post comment"
	Labels  bool            `json:"labels"`  // carries the change's labels and record
	Comment bool            `json:"comment"` // carries the change's comment
	Payload json.RawMessage `json:"payload"`
}

// Outcome says what became of a step.
type Outcome string

// The outcomes. Everything that is not surely applied or surely refused is
// unknown: timeouts, resets, cut answers and every 5xx.
const (
	Applied Outcome = "applied"
	Refused Outcome = "refused"
	Unknown Outcome = "unknown"
)

// Refusal says why a step was refused, so that the next move is clear.
type Refusal string

// The refusals: stale is read again and planned anew; denied makes the project
// read-only; invalid parks the item until its content changes; absent means
// that the item or comment is not there; throttled was not looked at.
const (
	Stale        Refusal = "stale"
	Denied       Refusal = "denied"
	Invalid      Refusal = "invalid"
	Absent       Refusal = "absent"
	Throttled    Refusal = "throttled"
	Unauthorized Refusal = "unauthorized"
)

// Receipt is the answer to a step.
type Receipt struct {
	Outcome   Outcome `json:"outcome"`
	Refusal   Refusal `json:"refusal,omitempty"`
	Reason    string  `json:"reason,omitempty"`    // one sentence, no secrets
	Revision  string  `json:"revision,omitempty"`  // of the item after it, when known
	Comment   string  `json:"comment,omitempty"`   // id of the comment posted or edited
	RequestID string  `json:"requestId,omitempty"` // the tracker's
	Recovered bool    `json:"recovered,omitempty"` // found by Resolve
	Exposed   bool    `json:"exposed,omitempty"`   // customers see the comment, and should not
}
