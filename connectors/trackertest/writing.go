package trackertest

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
)

// What we write in this tour.
const (
	ourLabel   = "hygiene"
	ourSecond  = "hygiene:no-acceptance-criteria"
	humanLabel = "from-a-person"

	firstText  = "**Backlog check: 1 gap**\n\n1. **No acceptance criteria.** Enough: two checks."
	secondText = "Backlog check: all clear since 26 Nov 2026. Thank you."
)

func hash(markdown string) string {
	sum := sha256.Sum256([]byte(markdown))
	return hex.EncodeToString(sum[:12])
}

// Labels are added and removed one by one, never set: whatever a person put
// there stays, even when it came between our reading and our writing.
func relabel(s *story) {
	id, foreign := s.seed.Rich.ID.ID, s.seed.Rich.Labels
	s.apply(s.relabelling(s.item(id), "relabel-1", []string{ourLabel, ourSecond}, nil))
	s.labelled(id, append(slices.Clone(foreign), ourLabel, ourSecond)...)
	s.apply(s.relabelling(s.item(id), "relabel-2", nil, []string{ourSecond}))
	s.labelled(id, append(slices.Clone(foreign), ourLabel)...)

	planned := s.relabelling(s.item(id), "relabel-3", []string{ourSecond}, []string{ourLabel})
	s.World.HumanLabel(id, humanLabel, true)
	if !s.try(planned) {
		s.apply(s.relabelling(s.item(id), "relabel-4", []string{ourSecond}, []string{ourLabel}))
	}
	s.labelled(id, append(slices.Clone(foreign), ourSecond, humanLabel)...)

	s.World.HumanLabel(id, humanLabel, false)
	s.apply(s.relabelling(s.item(id), "relabel-5", nil, []string{ourSecond}))
	s.labelled(id, foreign...)
}

// try sends a change that may be outdated. It is applied, or refused as stale
// before anything was written.
func (s *story) try(c backlog.Change) (applied bool) {
	s.Helper()
	before := s.World.Writes()
	for i, step := range s.steps(c) {
		receipt := s.send(step)
		switch {
		case receipt.Outcome == backlog.Applied:
		case i == 0 && receipt.Outcome == backlog.Refused && receipt.Refusal == backlog.Stale:
			s.wrote(before, 0)
			return false
		default:
			s.Fatalf("step %q on an outdated revision: %+v, want applied or refused as stale", step.Summary, receipt)
		}
	}
	return true
}

// Our one comment carries a marker that says whose it is and what it shows. It
// is found again by it and edited in place.
func comment(s *story) {
	id := s.seed.Rich.ID.ID
	before := s.World.Comments(id)
	if found := s.ours(id); len(found) > 0 {
		s.Fatalf("there are comments of ours before we wrote one: %+v", found)
	}
	item := s.item(id)
	receipt := s.apply(s.commenting(item, "comment-1", "", firstText))
	posted := s.only(id)
	if posted.ID == "" || receipt.Comment != posted.ID {
		s.Errorf("the receipt names comment %q, want %q", receipt.Comment, posted.ID)
	}
	s.shows(posted, s.marker(item, "comment-1", firstText), "No acceptance criteria")

	s.apply(s.commenting(s.item(id), "comment-2", posted.ID, secondText))
	edited := s.only(id)
	if edited.ID != posted.ID {
		s.Errorf("the edit made comment %s of %s", edited.ID, posted.ID)
	}
	s.shows(edited, s.marker(item, "comment-2", secondText), "all clear")
	if got := s.World.Comments(id) - before; got != 1 {
		s.Errorf("the item got %d comments, want 1", got)
	}
	if others := s.ours(s.seed.Plain); len(others) > 0 {
		s.Errorf("another item has comments of ours: %+v", others)
	}
}

// shows checks a comment that only we have touched.
func (s *story) shows(c backlog.Comment, marker backlog.Marker, text string) {
	s.Helper()
	if c.Marker != marker {
		s.Errorf("the marker is %+v, want %+v", c.Marker, marker)
	}
	if !strings.Contains(c.Text, text) {
		s.Errorf("the comment does not show %q: %q", text, c.Text)
	}
	if c.Edited || c.Changed.IsZero() {
		s.Errorf("edited by others: %t, changed %v; want our own at a known time", c.Edited, c.Changed)
	}
}

// What was written is recognized when it is read again, so that the same wish
// asks for nothing: the second pass writes nothing.
func repeat(s *story) {
	id := s.seed.Rich.ID.ID
	c := s.commenting(s.item(id), "repeat-1", "", firstText)
	c.AddLabels = []string{ourLabel}
	s.apply(c)
	before := s.World.Writes()
	again := s.replan(c)
	if !again.Empty() {
		s.Errorf("planned again it would still write: %+v %+v", again, again.Comment)
	}
	if steps := s.steps(again); len(steps) > 0 {
		s.Errorf("an empty change makes %d requests", len(steps))
	}
	s.wrote(before, 0)
}

// replan asks for the same once more, on the item as it is now: labels that
// are there are not added, a comment that shows the text is not written.
func (s *story) replan(c backlog.Change) backlog.Change {
	s.Helper()
	item := s.item(c.Item.ID)
	again := s.change(item, c.Intent+"-again")
	for _, l := range c.AddLabels {
		if !slices.Contains(item.Labels, l) {
			again.AddLabels = append(again.AddLabels, l)
		}
	}
	for _, l := range c.RemoveLabels {
		if slices.Contains(item.Labels, l) {
			again.RemoveLabels = append(again.RemoveLabels, l)
		}
	}
	if found := s.only(c.Item.ID); found.Edited || found.Marker.Hash != c.Comment.Marker.Hash {
		again.Comment = c.Comment
		again.Comment.ID = found.ID
	}
	return again
}

// People may write into our comment, edit the item and set labels; we notice
// and leave it there.
func humanEditsSurvive(s *story) {
	id := s.seed.Rich.ID.ID
	s.apply(s.commenting(s.item(id), "human-1", "", firstText))
	ours := s.only(id)
	s.World.HumanEditComment(id, ours.ID, "We discuss this on Thursday.")
	s.World.HumanEdit(id, "A title from a person")
	s.World.HumanLabel(id, humanLabel, true)

	edited := s.only(id)
	if !edited.Edited || edited.ID != ours.ID || edited.Marker != ours.Marker {
		s.Errorf("after a person's edit the comment reads as %+v, want it ours, unchanged in its marker and edited", edited)
	}
	s.apply(s.relabelling(s.item(id), "human-2", []string{ourLabel}, nil))
	if text := s.only(id).Text; !strings.Contains(text, "We discuss this on Thursday.") {
		s.Errorf("the person's words are gone from the comment: %q", text)
	}
	if title := s.item(id).Title; title != "A title from a person" {
		s.Errorf("the person's title became %q", title)
	}
	s.labelled(id, append(slices.Clone(s.seed.Rich.Labels), ourLabel, humanLabel)...)
}

// What we wrote can be taken back, and then nothing tells of us. A comment that
// is not there is deleted already, and a lost answer is found out by reading.
func takeBack(s *story) {
	id := s.seed.Rich.ID.ID
	before := s.World.Comments(id)
	c := s.commenting(s.item(id), "back-1", "", firstText)
	c.AddLabels = []string{ourLabel}
	s.apply(c)
	first := s.only(id).ID
	s.apply(s.commenting(s.item(id), "back-2", "", secondText)) // as a late request would
	if all := s.ours(id); len(all) != 2 || all[0].ID != first {
		s.Fatalf("our comments are %+v, want two and %s before the other", all, first)
	}
	second := s.ours(id)[1].ID

	back := s.deleting(s.item(id), "back-3", first)
	back.RemoveLabels = []string{ourLabel}
	s.apply(back)
	if rest := s.only(id); rest.ID != second {
		s.Errorf("comment %s is left, want %s", rest.ID, second)
	}
	s.labelled(id, s.seed.Rich.Labels...)

	again := s.steps(s.deleting(s.item(id), "back-4", first))
	writes := s.World.Writes()
	if r := s.send(again[0]); r.Outcome != backlog.Applied {
		s.Errorf("a comment that was deleted before: %+v, want applied", r)
	}
	s.wrote(writes, 0)
	s.only(id)

	lost := s.lose(s.deleting(s.item(id), "back-5", second), false)
	if r := s.resolve(lost); r.Outcome != backlog.Refused {
		s.Errorf("a deletion that never arrived resolves to %+v, want refused", r)
	}
	lost = s.lose(s.deleting(s.item(id), "back-6", second), true)
	if r := s.resolve(lost); r.Outcome != backlog.Applied || !r.Recovered {
		s.Errorf("a deletion whose answer was lost resolves to %+v, want applied and recovered", r)
	}
	s.there(id, before, 0)
}

// deleting plans to take a comment of ours away.
func (s *story) deleting(item backlog.Item, intent, id string) backlog.Change {
	c := s.change(item, intent)
	c.Comment = &backlog.CommentChange{ID: id, Delete: true}
	return c
}
