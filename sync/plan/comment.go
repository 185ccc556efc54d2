package plan

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"github.com/trackwarden/trackwarden/backlog"
)

// comment decides what to do with our one comment on the item: post it, edit
// it, or leave it, and why it is left. One that is there twice is deleted
// first.
func comment(v backlog.View, asked []backlog.Finding, s Settings, w World) (*backlog.CommentChange, string) {
	standing, there := current(v, s)
	switch {
	case standing.Edited:
		return nil, "a person edited our comment: it is left as it is"
	case !there && contested(v, w, backlog.OwnedComment, ""):
		return nil, ""
	case !there && !due(asked, s, w):
		return nil, ""
	case !there && digested(v, s, w):
		return nil, inDigest
	case len(asked) == 0 && (saysAllClear(v) || !allClear(v, s)):
		return nil, ""
	}
	hash := gist(asked, v, s)
	switch {
	case hash == standing.Marker.Hash:
		return nil, ""
	case !s.Rights[v.Project.ID].Comment:
		return nil, "we may not comment in this project"
	}
	return &backlog.CommentChange{
		ID: standing.ID, Markdown: Comment(asked, v, s), Shows: policiesOf(asked),
		Marker: backlog.Marker{Owner: s.Owner, Item: v.ID.ID, Hash: hash},
	}, ""
}

// heal deletes the newest of our comments that is there once too often, and one
// that customers see.
func heal(v backlog.View, s Settings) *backlog.CommentChange {
	if !v.Fresh {
		return nil
	}
	kept, extra := ourComments(v, s)
	if kept != nil && kept.Exposed && !kept.Edited {
		extra = append(extra, *kept)
	}
	if len(extra) == 0 {
		return nil
	}
	return &backlog.CommentChange{ID: extra[len(extra)-1].ID, Delete: true}
}

// allClear reports whether the comment may say so: something was fixed since
// it was posted, and no finding that may write is still open,
// but for those that a person does not want to hear of.
func allClear(v backlog.View, s Settings) bool {
	for _, f := range v.Open {
		if s.Policies[f.Policy].Writes && f.Dismissed.IsZero() {
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

// bookedComment is our comment as the books have it.
func bookedComment(owned []backlog.Owned) (backlog.Owned, bool) {
	i := slices.IndexFunc(owned, func(o backlog.Owned) bool { return o.Kind == backlog.OwnedComment })
	if i < 0 {
		return backlog.Owned{}, false
	}
	return owned[i], true
}

// ourComments finds the comment of ours that stays, nil when there is none, and
// those that are there once too often: a request that came late, or a process
// that did not know of another. The oldest stays, because everybody who looks
// comes to that; but what a person wrote into is never taken away, so that
// stays before others.
func ourComments(v backlog.View, s Settings) (kept *backlog.Comment, extra []backlog.Comment) {
	booked, _ := bookedComment(v.Owned)
	var mine []backlog.Comment // oldest first
	for _, c := range v.Comments {
		if c.Marker.Owner == s.Owner && c.Marker.Item == v.ID.ID || c.ID == booked.Value && booked.Value != "" {
			mine = append(mine, c)
		}
	}
	for i := range mine {
		if kept == nil || mine[i].Edited && !kept.Edited {
			kept = &mine[i]
		}
	}
	for _, c := range mine {
		if c.ID != kept.ID && !c.Edited {
			extra = append(extra, c)
		}
	}
	return kept, extra
}

// current is our comment as it is now: as it was just read, or as it is
// believed to be while only planning. Its hash is that of what we said.
func current(v backlog.View, s Settings) (c backlog.Comment, there bool) {
	booked, known := bookedComment(v.Owned)
	if !v.Fresh {
		return backlog.Comment{ID: booked.Value, Marker: backlog.Marker{Hash: booked.Hash}}, known
	}
	kept, _ := ourComments(v, s)
	if kept == nil {
		return c, false
	}
	c = *kept
	if known && booked.Value == c.ID {
		c.Marker.Hash = booked.Hash
	}
	return c, true
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
