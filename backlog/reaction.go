package backlog

import "time"

// Removal is an annotation of ours that somebody else took off an item.
type Removal struct {
	Kind  OwnedKind // OwnedLabel or OwnedComment
	Value string
	At    time.Time // when it was noticed
}

// Looked is when the comments of an item were read last; zero when never.
type Looked struct {
	Revision string // of the item then
	At       time.Time
	// Late is since when a comment of ours may still arrive whose answer was
	// lost; zero when none may.
	Late time.Time
}

// Reaction is what planning makes of what others did to our annotations on an
// item. It changes the books only, and all of it at once.
type Reaction struct {
	Dismiss []int64 // findings that a person does not want to hear of
	Forget  []Owned // annotations that are no longer there, or no longer ours
	Gone    []Owned // those of them whose removal is noticed only now
	Adopt   []Owned // annotations that are ours and were not in the books
}

// Empty reports whether there is nothing to be noted.
func (r Reaction) Empty() bool {
	return len(r.Dismiss) == 0 && len(r.Forget) == 0 && len(r.Gone) == 0 && len(r.Adopt) == 0
}
