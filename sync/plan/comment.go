package plan

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"github.com/trackwarden/trackwarden/backlog"
)

// comment decides what to do with our one comment on the item: post it, edit
// it, or leave it, and why it is left.
func comment(v backlog.View, asked []backlog.Finding, s Settings, w World) (*backlog.CommentChange, string) {
	current, state := ourComment(v, s)
	switch {
	case state == deletedByPerson:
		return nil, "a person deleted our comment"
	case state == editedByPerson:
		return nil, "a person edited our comment: it is left as it is"
	case state == none && !due(asked, s, w):
		return nil, ""
	case len(asked) == 0 && (saysAllClear(v) || !allClear(v, s)):
		return nil, ""
	}
	markdown := Comment(asked, v, s)
	hash := hashOf(markdown)
	switch {
	case hash == current.Marker.Hash:
		return nil, ""
	case !s.Rights[v.Project.ID].Comment:
		return nil, "we may not comment in this project"
	}
	return &backlog.CommentChange{
		ID: current.ID, Markdown: markdown, Shows: policiesOf(asked),
		Marker: backlog.Marker{Owner: s.Owner, Item: v.ID.ID, Hash: hash},
	}, ""
}

// allClear reports whether the comment may say so: something was fixed since
// it was posted, and no finding that may write is still open.
func allClear(v backlog.View, s Settings) bool {
	for _, f := range v.Open {
		if s.Policies[f.Policy].Writes {
			return false
		}
	}
	return len(v.Fixed) > 0
}

// saysAllClear reports whether the comment in the books speaks of no policy.
// It is not edited only because another finding came and went unspoken.
func saysAllClear(v backlog.View) bool {
	return slices.ContainsFunc(v.Owned, func(o backlog.Owned) bool { return o.Kind == backlog.OwnedComment && len(o.Shows) == 0 })
}

type commentState int

const (
	none commentState = iota
	standing
	deletedByPerson
	editedByPerson
)

// ourComment finds our comment: the one in the books, or one on the item that
// carries our marker and is not in the books, which is then adopted.
func ourComment(v backlog.View, s Settings) (backlog.Comment, commentState) {
	var booked backlog.Owned
	for _, o := range v.Owned {
		if o.Kind == backlog.OwnedComment {
			booked = o
		}
	}
	if !v.Fresh {
		if booked.Value == "" {
			return backlog.Comment{}, none
		}
		return backlog.Comment{ID: booked.Value, Marker: backlog.Marker{Hash: booked.Hash}}, standing
	}
	for _, c := range v.Comments { // oldest first
		foreign := c.Marker.Owner != s.Owner || c.Marker.Item != v.ID.ID
		if foreign || booked.Value != "" && c.ID != booked.Value {
			continue
		}
		if c.Edited {
			return c, editedByPerson
		}
		if booked.Value != "" {
			c.Marker.Hash = booked.Hash
		}
		return c, standing
	}
	if booked.Value != "" {
		return backlog.Comment{}, deletedByPerson
	}
	return backlog.Comment{}, none
}

// due reports whether the findings weigh enough, for long enough, for a first
// comment.
func due(asked []backlog.Finding, s Settings, w World) bool {
	if s.Comment.Always || s.Comment.Never {
		return s.Comment.Always && len(asked) > 0
	}
	errors, warnings := 0, 0
	for _, f := range asked {
		if workingTime(f.Opened, w.Now, s.Zone) < s.Comment.OpenFor {
			continue
		}
		switch f.Severity {
		case backlog.Error:
			errors++
		case backlog.Warning:
			warnings++
		}
	}
	return errors >= max(1, s.Comment.Errors) || warnings >= max(1, s.Comment.Warnings)
}

func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:8])
}
