package backlog

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"
)

// ContentHash changes when anything of the item changes.
func (i Item) ContentHash() string {
	i.Activity = time.Time{}
	return digest(i)
}

// SubstanceHash ignores what our own writing changes: labels, the time of the
// last change and the revision. The same substance before and after a write of
// ours means that nobody else edited the item in between.
func (i Item) SubstanceHash() string {
	i.Labels, i.Changed, i.Activity, i.Revision = nil, time.Time{}, time.Time{}, ""
	return digest(i)
}

// SummaryHash changes when the item's neighbours may have to be judged again:
// it covers everything that a Summary is made of.
func (i Item) SummaryHash() string {
	return digest([]any{
		i.Key, i.URL, i.Title, i.Type, i.Level, i.State, i.Project, i.Components, i.Labels,
		i.Area, i.Iterations, i.Versions, i.Theme, i.Parent, i.Kind, i.Points, i.Priority, i.Due,
	})
}

func digest(v any) string {
	encoded, err := json.Marshal(v)
	if err != nil { // only custom values could fail, and they come from JSON
		encoded = []byte(err.Error())
	}
	sum := sha256.Sum256(encoded)
	return hex.EncodeToString(sum[:12])
}
