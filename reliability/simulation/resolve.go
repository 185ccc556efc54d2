package simulation

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/trackwarden/trackwarden/backlog"
)

// Resolve finds out by reading what became of a step, in the way in which the
// connector of the same manner does.
func (c *client) Resolve(_ context.Context, s backlog.Step) (backlog.Receipt, error) {
	var q request
	if err := json.Unmarshal(s.Payload, &q); err != nil {
		return backlog.Receipt{}, fmt.Errorf("read step: %w", err)
	}
	if err := c.ask("look for %s", q); err != nil {
		return backlog.Receipt{Outcome: backlog.Unknown, Reason: err.Error()}, nil
	}
	r := c.records[q.Item]
	if r.hidden.After(c.now) {
		return backlog.Receipt{Outcome: backlog.Unknown, Reason: "the item cannot be seen"}, nil
	}
	receipt := r.trace(q)
	if receipt.Outcome == backlog.Applied && c.confused(r, q) {
		c.already[q.step()] = true
		c.report.Limits["tags set again that books that were set back knew nothing of"]++
	}
	if receipt.Outcome == backlog.Refused && c.overwritten(r, q) {
		r.abandon(q.Intent)
	}
	receipt.Recovered = true
	c.tell("it was %s", receipt.Outcome)
	return receipt, nil
}

// confused reports whether a later write of ours set the same tags on the same
// revision, without a comment that would tell who it was. Who knows of the later
// one never asks; books that were set back do.
func (c *client) confused(r *record, q request) bool {
	return c.rewound > 0 && q.What == "patch" && q.Text == "" && q.Rev < len(r.revisions) && r.revisions[q.Rev].intent != q.Intent
}

// overwritten reports whether the record of a write that was applied was replaced
// by that of a later one, of which books that were set back know nothing.
func (c *client) overwritten(r *record, q request) bool {
	return c.rewound > 0 && q.What == "labels" && slices.ContainsFunc(c.writes, func(x write) bool { return x.void && x.intent == r.property.Intent })
}

// abandon leaves the labels of an intent to nobody.
func (r *record) abandon(intent string) {
	for i, t := range r.labels {
		if t.by == ours && t.intent == intent {
			r.labels[i].by = orphan
		}
	}
}

func (r *record) trace(q request) backlog.Receipt {
	switch q.What {
	case "labels":
		return r.traceLabels(q)
	case "forget":
		return found(r.property.Owner == "", "")
	case "patch":
		return r.tracePatch(q)
	}
	i := r.remark(q.Comment)
	if q.Delete {
		return found(i < 0, q.Comment)
	}
	id := r.marked(q)
	return found(id != "", id)
}

// traceLabels wants the record and at least one label, if any was added: people
// may have undone the rest.
func (r *record) traceLabels(q request) backlog.Receipt {
	done := len(q.Add) == 0
	for _, l := range q.Add {
		done = done || r.tag(l) >= 0
	}
	for _, l := range q.Remove {
		done = done || r.tag(l) < 0
	}
	return found(done && r.property.Intent == q.Intent, "")
}

// tracePatch looks for the comment, else at the one revision that the request
// can have made.
func (r *record) tracePatch(q request) backlog.Receipt {
	if id := r.marked(q); q.Text != "" && id != "" {
		return found(true, id)
	}
	if r.rev == q.Rev {
		return found(false, "")
	}
	made := r.revisions[q.Rev]
	if !made.us || q.Tags != nil && !slices.Equal(made.tags, *q.Tags) || (q.Text != "") != (made.comment != "") || made.marker.Intent != q.Marker.Intent {
		return refuse(backlog.Stale, "somebody else was faster")
	}
	return found(true, made.comment)
}

func (r *record) marked(q request) string {
	for _, x := range r.comments {
		if x.marker == q.Marker && (q.Comment == "" || x.id == q.Comment) {
			return x.id
		}
	}
	return ""
}

func found(applied bool, comment string) backlog.Receipt {
	if !applied {
		return refuse(backlog.Absent, "not applied")
	}
	return backlog.Receipt{Outcome: backlog.Applied, Comment: comment}
}
