package memory

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"github.com/trackwarden/trackwarden/backlog"
)

// Steps makes one request of a change: it is applied as a whole or not at all.
func (t *Tracker) Steps(c backlog.Change) []backlog.Step {
	if c.Empty() {
		return nil
	}
	payload, _ := json.Marshal(c) // a Change holds nothing that could fail
	return []backlog.Step{{
		Intent: c.Intent, Item: c.Item, Summary: "set labels and comment",
		Labels: true, Comment: c.Comment != nil, Payload: payload,
	}}
}

// Send applies a step once. What a fault swallows is unknown, and it is never
// tried again here: only Resolve may tell.
func (t *Tracker) Send(ctx context.Context, s backlog.Step) (backlog.Receipt, error) {
	c, err := open(ctx, s)
	if err != nil {
		return backlog.Receipt{}, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	lost := t.fault
	t.fault = none
	if lost == loseRequest {
		return backlog.Receipt{Outcome: backlog.Unknown, Reason: "the connection broke"}, nil
	}
	receipt := t.apply(c)
	if lost == loseAnswer {
		return backlog.Receipt{Outcome: backlog.Unknown, Reason: "the connection broke"}, nil
	}
	return receipt, nil
}

// Resolve looks for what the step would have left behind: its comment, which
// names the intent, or its labels.
func (t *Tracker) Resolve(ctx context.Context, s backlog.Step) (backlog.Receipt, error) {
	c, err := open(ctx, s)
	if err != nil {
		return backlog.Receipt{}, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	r := t.find(c.Item)
	if r == nil || r.deleted {
		return refuse(backlog.Absent, "the item is not there"), nil
	}
	quiet := c.Comment == nil || c.Comment.Delete && r.at(c.Comment.ID) < 0
	if quiet && slices.Equal(r.item.Labels, relabel(r.item.Labels, c)) {
		return backlog.Receipt{Outcome: backlog.Applied, Revision: r.item.Revision, Recovered: true}, nil
	}
	for _, comment := range r.comments {
		if c.Comment != nil && !c.Comment.Delete && comment.Marker == c.Comment.Marker {
			return backlog.Receipt{Outcome: backlog.Applied, Revision: r.item.Revision, Comment: comment.ID, Recovered: true}, nil
		}
	}
	return refuse(backlog.Absent, "nothing of the step is on the item"), nil
}

// apply changes the item, or says why not before anything is changed.
func (t *Tracker) apply(c backlog.Change) backlog.Receipt {
	r := t.find(c.Item)
	if r == nil || r.deleted {
		return refuse(backlog.Absent, "the item is not there")
	}
	if c.Base != r.item.Revision {
		return refuse(backlog.Stale, "somebody changed the item since revision "+c.Base)
	}
	comment := ""
	switch {
	case c.Comment == nil:
	case c.Comment.Delete:
		if !r.drop(c) {
			return backlog.Receipt{Outcome: backlog.Applied, Revision: r.item.Revision} // it was done before
		}
	default:
		place, ok := r.place(c.Comment.ID, strconv.Itoa(t.changes+1))
		if !ok {
			return refuse(backlog.Absent, "the comment is not there")
		}
		place.Text, place.Marker, place.Edited, place.Changed = c.Comment.Markdown, c.Comment.Marker, false, t.now()
		comment = place.ID
	}
	r.item.Labels = relabel(r.item.Labels, c)
	t.touch(r)
	r.events = append(r.events, backlog.Event{At: r.item.Changed, Ours: true})
	t.writes++
	return backlog.Receipt{Outcome: backlog.Applied, Revision: r.item.Revision, Comment: comment}
}

// drop deletes the change's comment; false when nothing at all is left to do.
func (r *record) drop(c backlog.Change) bool {
	i := r.at(c.Comment.ID)
	if i >= 0 {
		r.comments = slices.Delete(r.comments, i, i+1)
	}
	return i >= 0 || !slices.Equal(r.item.Labels, relabel(r.item.Labels, c))
}

// at is the place of a comment, -1 when it is not there.
func (r *record) at(id string) int {
	return slices.IndexFunc(r.comments, func(c backlog.Comment) bool { return c.ID == id })
}

// place finds the comment to edit; when no id is given it makes a fresh one.
func (r *record) place(id, fresh string) (*backlog.Comment, bool) {
	if id == "" {
		r.comments = append(r.comments, backlog.Comment{ID: fresh})
		return &r.comments[len(r.comments)-1], true
	}
	i := r.at(id)
	if i < 0 {
		return nil, false
	}
	return &r.comments[i], true
}

// relabel adds and removes what the change names and leaves all others alone.
func relabel(labels []string, c backlog.Change) []string {
	kept := slices.DeleteFunc(slices.Clone(labels), func(l string) bool { return slices.Contains(c.RemoveLabels, l) })
	for _, l := range c.AddLabels {
		if !slices.Contains(kept, l) {
			kept = append(kept, l)
		}
	}
	return kept
}

func open(ctx context.Context, s backlog.Step) (c backlog.Change, err error) {
	if err := ctx.Err(); err != nil {
		return c, err
	}
	if err := json.Unmarshal(s.Payload, &c); err != nil {
		return c, fmt.Errorf("read step: %w", err)
	}
	return c, nil
}

func refuse(why backlog.Refusal, reason string) backlog.Receipt {
	return backlog.Receipt{Outcome: backlog.Refused, Refusal: why, Reason: reason}
}
