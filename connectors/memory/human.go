package memory

import (
	"fmt"
	"slices"

	"github.com/trackwarden/trackwarden/backlog"
)

// Human is the same tracker as people use it, for tests: nothing here goes
// through the contract. Items are named by ItemID.ID; unknown ones are left
// alone.
type Human struct{ t *Tracker }

// Human gives the people's side of the tracker.
func (t *Tracker) Human() Human { return Human{t} }

// fault is what goes wrong with the next Send.
type fault int

const (
	none fault = iota
	loseRequest
	loseAnswer
)

// edit changes a record as a person does: it counts as a change, not as a
// write of ours.
func (h Human) edit(id string, change func(*record)) {
	h.t.mu.Lock()
	defer h.t.mu.Unlock()
	if r := h.t.records[id]; r != nil {
		before := r.item
		change(r)
		h.t.touch(r)
		r.note(before, r.item.Changed)
	}
}

// Change edits anything of an item.
func (h Human) Change(id string, change func(*backlog.Item)) {
	h.edit(id, func(r *record) { change(&r.item) })
}

// HumanEdit gives an item another title.
func (h Human) HumanEdit(id, title string) {
	h.Change(id, func(item *backlog.Item) { item.Title = title })
}

// HumanState moves an item on to done, or back to its beginning when it is done.
func (h Human) HumanState(id string) {
	h.Change(id, func(item *backlog.Item) {
		done := backlog.State{Category: backlog.Done, Native: "Done"}
		if item.State.Category == backlog.Done {
			done = backlog.State{Category: backlog.ToDo, Native: "To Do"}
		}
		item.State = done
	})
}

// HumanLabel adds a label to an item or removes it.
func (h Human) HumanLabel(id, label string, add bool) {
	change := backlog.Change{RemoveLabels: []string{label}}
	if add {
		change = backlog.Change{AddLabels: []string{label}}
	}
	h.Change(id, func(item *backlog.Item) { item.Labels = relabel(item.Labels, change) })
}

// HumanEditComment puts text at the beginning of a comment.
func (h Human) HumanEditComment(id, comment, text string) {
	h.edit(id, func(r *record) {
		i := slices.IndexFunc(r.comments, func(c backlog.Comment) bool { return c.ID == comment })
		if i >= 0 {
			c := &r.comments[i]
			c.Text, c.Edited, c.Changed = text+"\n\n"+c.Text, true, h.t.now()
		}
	})
}

// HumanDeleteComment deletes a comment.
func (h Human) HumanDeleteComment(id, comment string) {
	h.edit(id, func(r *record) {
		r.comments = slices.DeleteFunc(r.comments, func(c backlog.Comment) bool { return c.ID == comment })
	})
}

// CopyComments copies all comments of an item to an item, as a clone, an import
// or a request that came late does. They keep what they say of themselves.
func (h Human) CopyComments(from, to string) {
	var copied []backlog.Comment
	h.look(from, func(r *record) { copied = slices.Clone(r.comments) })
	h.edit(to, func(r *record) {
		for i, c := range copied {
			c.ID = fmt.Sprintf("%d.%d", h.t.changes+1, i)
			r.comments = append(r.comments, c)
		}
	})
}

// Delete deletes an item. It stays known as gone.
func (h Human) Delete(id string) { h.edit(id, func(r *record) { r.deleted = true }) }

// Move takes an item out of every project of the site and gives it a new key.
func (h Human) Move(id string) {
	h.Change(id, func(item *backlog.Item) {
		item.Project = backlog.Project{ID: "elsewhere", Key: "ELSE", Name: "Elsewhere"}
		item.Key = "ELSE-" + id
	})
}

// LoseNextAnswer breaks the next Send, after it was applied or before.
func (h Human) LoseNextAnswer(afterApply bool) {
	h.t.mu.Lock()
	defer h.t.mu.Unlock()
	h.t.fault = loseRequest
	if afterApply {
		h.t.fault = loseAnswer
	}
}

// Comments counts the comments of an item.
func (h Human) Comments(id string) (n int) {
	h.look(id, func(r *record) { n = len(r.comments) })
	return n
}

// Labels lists the labels of an item.
func (h Human) Labels(id string) (labels []string) {
	h.look(id, func(r *record) { labels = slices.Clone(r.item.Labels) })
	return labels
}

// Writes counts what came through Send and was applied.
func (h Human) Writes() int {
	h.t.mu.Lock()
	defer h.t.mu.Unlock()
	return h.t.writes
}

func (h Human) look(id string, see func(*record)) {
	h.t.mu.Lock()
	defer h.t.mu.Unlock()
	if r := h.t.records[id]; r != nil {
		see(r)
	}
}
