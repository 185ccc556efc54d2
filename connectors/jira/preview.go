package jira

import (
	"encoding/json"

	"github.com/trackwarden/trackwarden/backlog"
)

// Rendered is the body of the comment that a change would post or edit, as Jira
// would be sent it: wiki markup, or a document where the site is known to take
// nothing else. It is empty when the change writes no comment. It makes no request.
func (t *Tracker) Rendered(c backlog.Change) string {
	if c.Comment == nil || c.Comment.Delete {
		return ""
	}
	var sent struct {
		Body json.RawMessage `json:"body"`
	}
	var wiki string
	_ = json.Unmarshal(t.spoken(t.commentPayload(c)).Body, &sent) // it was encoded just now
	if json.Unmarshal(sent.Body, &wiki) == nil {
		return wiki
	}
	return string(sent.Body)
}
