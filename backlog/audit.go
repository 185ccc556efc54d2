package backlog

import (
	"encoding/json"
	"time"
)

// AuditEntry is one row of the audit log: a write that a tracker applied or
// refused. Rows of a site are chained: Hash is SHA-256, in hexadecimal, over
// the hash before, in hexadecimal, and the row in its canonical form.
type AuditEntry struct {
	Connection string
	Site       SiteID
	Seq        int64  // from 1, without gaps
	Step       string // INTENT/N
	At         time.Time
	Item       ItemID
	Key        string
	Summary    string // "set labels", "post comment"
	Policies   []string
	Base       string    // the item's revision that it was planned on
	Revision   string    // the item's revision afterwards, where the tracker said it
	Rules      string    // the revision of the policies that judged the item
	Input      string    // hash of what they saw
	Sent       time.Time // when the request left
	Receipt    Receipt
	Before     json.RawMessage
	After      json.RawMessage
	Prev, Hash string
	Canonical  json.RawMessage // what was hashed
}

// AuditFilter narrows the audit log; its zero value asks for everything.
type AuditFilter struct {
	Connection string
	Item       ItemID
	Since      time.Time
}
