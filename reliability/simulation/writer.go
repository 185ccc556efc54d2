package simulation

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// request is what a step asks of the tracker, as it goes over the wire.
type request struct {
	Intent  string         `json:"intent"`
	N       int            `json:"n"`
	Item    string         `json:"item"`
	What    string         `json:"what"` // labels, forget, comment; patch
	Add     []string       `json:"add,omitempty"`
	Remove  []string       `json:"remove,omitempty"`
	Record  backlog.Record `json:"record,omitzero"`
	Rev     int            `json:"rev,omitempty"`  // patch: tested
	Tags    *[]string      `json:"tags,omitempty"` // patch: the whole list
	Comment string         `json:"comment,omitempty"`
	Delete  bool           `json:"delete,omitempty"`
	Text    string         `json:"text,omitempty"`
	Marker  backlog.Marker `json:"marker,omitzero"`
}

func (q request) posts() bool { return q.Text != "" && q.Comment == "" }

func (q request) step() string { return q.Intent + "/" + strconv.Itoa(q.N) }

// Steps makes the requests of a change in the tracker's manner.
func (c *client) Steps(change backlog.Change) []backlog.Step {
	requests := jiraRequests(change)
	if c.manner == azure {
		requests = azureRequests(change)
	}
	steps := make([]backlog.Step, len(requests))
	for i, q := range requests {
		q.Intent, q.N, q.Item = change.Intent, i, change.Item.ID
		payload, _ := json.Marshal(q) // texts and numbers: cannot fail
		steps[i] = backlog.Step{
			Intent: change.Intent, N: i, Item: change.Item, Summary: q.What, Payload: payload,
			Labels: q.What == "labels" || q.Tags != nil, Comment: q.Text != "" || q.Delete,
		}
	}
	return steps
}

// jiraRequests set labels and record by verbs, then write the comment.
func jiraRequests(change backlog.Change) (all []request) {
	labels := len(change.AddLabels)+len(change.RemoveLabels) > 0
	posts := change.Comment != nil && change.Comment.ID == "" && !change.Comment.Delete
	if labels || posts && len(change.Record.Labels) == 0 {
		all = append(all, request{What: "labels", Add: change.AddLabels, Remove: change.RemoveLabels, Record: change.Record})
	}
	if change.Forget {
		all = append(all, request{What: "forget"})
	}
	if change.Comment != nil {
		all = append(all, commentRequest(change.Comment))
	}
	return all
}

// azureRequests set tags and post a first comment at once; a comment that is
// there is edited apart.
func azureRequests(change backlog.Change) (all []request) {
	patch := request{What: "patch", Rev: number(change.Base)}
	if len(change.AddLabels)+len(change.RemoveLabels) > 0 {
		tags := slices.DeleteFunc(slices.Clone(change.Present), func(l string) bool { return slices.Contains(change.RemoveLabels, l) })
		for _, l := range change.AddLabels {
			if !slices.Contains(tags, l) {
				tags = append(tags, l)
			}
		}
		patch.Tags = &tags
	}
	edits := change.Comment != nil && change.Comment.ID != ""
	if change.Comment != nil && !edits {
		patch.Text, patch.Marker = change.Comment.Markdown, change.Comment.Marker
	}
	if patch.Tags != nil || patch.Text != "" {
		all = append(all, patch)
	}
	if edits {
		all = append(all, commentRequest(change.Comment))
	}
	return all
}

func commentRequest(c *backlog.CommentChange) request {
	if c.Delete {
		return request{What: "comment", Comment: c.ID, Delete: true}
	}
	return request{What: "comment", Comment: c.ID, Text: c.Markdown, Marker: c.Marker}
}

// Send makes the request once. What may go wrong on the way is drawn.
func (c *client) Send(ctx context.Context, s backlog.Step) (backlog.Receipt, error) {
	var q request
	if err := json.Unmarshal(s.Payload, &q); err != nil {
		return backlog.Receipt{}, fmt.Errorf("read step: %w", err)
	}
	patience, began := patienceOf(ctx), c.now
	if err := c.happen(); err != nil {
		return backlog.Receipt{}, err
	}
	if c.now.Sub(began) > patience {
		c.count("gave-up")
		c.tell("%s gives up %s", c.home.name, s.Summary)
		return lost(), nil
	}
	c.report.Requests++
	c.committed(ctx, c.home, q)
	return c.carry(q, patience)
}

// patienceOf is how long the request may take, in whole seconds of the clock on
// the wall: the only thing here that is measured by that.
func patienceOf(ctx context.Context) time.Duration {
	deadline, bounded := ctx.Deadline()
	if !bounded {
		return time.Hour
	}
	return time.Until(deadline).Round(time.Second)
}

// carry brings a request to the tracker and its answer back, or not.
func (c *client) carry(q request, patience time.Duration) (backlog.Receipt, error) {
	pass := c.home.began
	switch {
	case c.strikes("lost"):
		c.tell("%s %s: lost", c.home.name, q)
		return lost(), nil
	case c.strikes("throttled"):
		return refuse(backlog.Throttled, "429"), nil
	case c.strikes("denied"):
		return refuse(backlog.Denied, "403"), nil
	case c.strikes("stale"):
		return refuse(backlog.Stale, "409"), nil
	case c.strikes("late"):
		c.postpone(q, pass, patience+time.Duration(c.between(0, int((quarantine-patience)/time.Second)-2))*time.Second)
		c.advance(patience)
		return lost(), nil
	case q.posts() && q.Tags == nil && c.strikes("late-long"):
		c.postpone(q, pass, quarantine+time.Duration(c.between(1, 300))*time.Minute)
		c.advance(patience)
		return lost(), nil
	}
	receipt := c.apply(c.home.name, q, pass, false, c.read[q.Item], c.comments[q.Item])
	switch {
	case c.strikes("lost-applied"):
		return lost(), nil
	case c.strikes("crash"):
		c.home.die()
		return lost(), errDead
	}
	return receipt, nil
}

func (c *client) postpone(q request, pass time.Time, after time.Duration) {
	c.tell("%s %s: comes in %s", c.home.name, q, after)
	w, name, books := c.world, c.home.name, c.rewound
	w.deliver(after, func() {
		known := len(w.writes)
		w.apply(name, q, pass, true, 0, 0)
		if w.rewound != books && len(w.writes) > known { // older books came in between
			w.writes[known].void = true
		}
	})
}

func lost() backlog.Receipt {
	return backlog.Receipt{Outcome: backlog.Unknown, Reason: "the connection broke"}
}

func refuse(why backlog.Refusal, reason string) backlog.Receipt {
	return backlog.Receipt{Outcome: backlog.Refused, Refusal: why, Reason: reason}
}

func (q request) String() string {
	text := q.Intent + " on " + q.Item + ": " + q.What
	if q.Tags != nil {
		text += fmt.Sprintf(" tags %v", *q.Tags)
	}
	if len(q.Add)+len(q.Remove) > 0 {
		text += fmt.Sprintf(" +%v -%v", q.Add, q.Remove)
	}
	switch {
	case q.Delete:
		text += " delete " + q.Comment
	case q.Text != "":
		text += fmt.Sprintf(" text %q %s", q.Comment, q.Marker.Hash)
	}
	return text
}
