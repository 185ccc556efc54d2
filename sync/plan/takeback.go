package plan

import (
	"slices"

	"github.com/trackwarden/trackwarden/backlog"
)

// silenced plans an item that people want to be left alone: what is ours on it
// is taken back, or left as it is.
func silenced(v backlog.View, s Settings, w World) (backlog.Planned, string) {
	if s.Freeze {
		return backlog.Planned{}, ""
	}
	planned, held := takeBack(v, s, w)
	planned.Why = []string{"a label on it says that it wants to be left alone"}
	if len(planned.RemoveLabels) == 0 && planned.Comment == nil {
		return nothing(planned), held
	}
	if v.Parked != "" && v.Parked == planned.ContentHash() {
		return nothing(planned), "the tracker refused exactly this before: " + v.ParkedWhy
	}
	return planned, held
}

// TakeBack plans to take everything that we wrote off an item, whatever is
// found on it: labels, comments, and the record of whose they are. A comment
// that a person wrote into stays theirs.
func TakeBack(v backlog.View, s Settings, w World) (backlog.Planned, string) {
	if v.Busy {
		return backlog.Planned{}, "an earlier write has no known outcome yet"
	}
	planned, held := takeBack(v, s, w)
	planned.Retract = true
	planned.Why = []string{"everything that we wrote is taken back"}
	return planned, held
}

func takeBack(v backlog.View, s Settings, w World) (backlog.Planned, string) {
	change, held := begin(v, s), ""
	change.RemoveLabels = present(ownedLabels(v.Owned, backlog.OwnedLabel), v.Labels)
	mine := standing(v, s)
	if theirs := slices.IndexFunc(mine, func(c backlog.Comment) bool { return c.Edited }); theirs >= 0 {
		held = "a person wrote into our comment: it is left as it is"
	}
	mine = slices.DeleteFunc(mine, func(c backlog.Comment) bool { return c.Edited })
	if len(mine) > 0 {
		change.Comment = &backlog.CommentChange{ID: mine[len(mine)-1].ID, Delete: true}
	}
	change.Forget = len(mine) <= 1
	change.Charges = charges(v, change, s, w)
	planned := backlog.Planned{Change: change, Connection: s.Connection, Title: v.Title, URL: v.URL}
	planned.Look = mustLook(v, w)
	planned.React.Forget = lost(v, s)
	return planned, held
}

// lost are the annotations of the books that are not on the item any more.
func lost(v backlog.View, s Settings) (all []backlog.Owned) {
	kept, _ := ourComments(v, s)
	for _, o := range v.Owned {
		switch o.Kind {
		case backlog.OwnedComment:
			if v.Fresh && kept == nil {
				all = append(all, o)
			}
		case backlog.RefusedLabel:
			all = append(all, o)
		case backlog.OwnedLabel:
			if !contains(v.Labels, o.Value) {
				all = append(all, o)
			}
		}
	}
	return all
}

// standing are our comments on the item: as they were just read, or the one
// that is believed to be there.
func standing(v backlog.View, s Settings) []backlog.Comment {
	if !v.Fresh {
		c, there := current(v, s)
		if !there {
			return nil
		}
		return []backlog.Comment{c}
	}
	kept, extra := ourComments(v, s)
	if kept != nil {
		extra = append([]backlog.Comment{*kept}, extra...)
	}
	return extra
}
