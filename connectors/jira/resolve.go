package jira

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

// Resolve implements backlog.Writer. A step was applied when what it leaves
// behind is there: the issue property or the comment's marker with its intent.
func (t *Tracker) Resolve(ctx context.Context, s backlog.Step) (backlog.Receipt, error) {
	var p payload
	if err := json.Unmarshal(s.Payload, &p); err != nil {
		return backlog.Receipt{}, fmt.Errorf("understand step: %w", err)
	}
	var receipt backlog.Receipt
	var err error
	switch {
	case p.What == setLabels:
		receipt, err = t.resolveLabels(ctx, s, p)
	case p.What == forget:
		receipt = t.resolveForgetting(ctx, s)
	case p.deletes():
		receipt = t.resolveDeletion(ctx, s, p)
	default:
		receipt, err = t.resolveComment(ctx, s, p)
	}
	if err != nil {
		receipt = unread(err)
	}
	receipt.Recovered = true
	return receipt, nil
}

// unread is the outcome of a step when what it leaves behind could not be read.
func unread(err error) backlog.Receipt {
	if rest.Status(err) == http.StatusNotFound {
		return backlog.Receipt{Outcome: backlog.Refused, Refusal: backlog.Absent, Reason: "the issue is not there or hidden from us"}
	}
	return backlog.Receipt{Outcome: backlog.Unknown, Reason: err.Error()}
}

// resolveForgetting reads the issue with the record.
func (t *Tracker) resolveForgetting(ctx context.Context, s backlog.Step) backlog.Receipt {
	_, record, err := t.own(ctx, s.Item.ID)
	switch {
	case err != nil:
		return unread(err)
	case record.Owner != "":
		return notApplied("the ownership record is still on the issue")
	}
	return backlog.Receipt{Outcome: backlog.Applied}
}

// resolveDeletion lists the comments of the issue: one that is not found by its
// id alone may be hidden together with the issue.
func (t *Tracker) resolveDeletion(ctx context.Context, s backlog.Step, p payload) backlog.Receipt {
	all, err := t.remarks(ctx, s.Item.ID)
	if rest.NotOffered(err) {
		all, err = t.embedded(ctx, s.Item.ID, err)
	}
	switch {
	case err != nil:
		return unread(err)
	case slices.ContainsFunc(all, func(c comment) bool { return string(c.ID) == p.Comment }):
		return notApplied("the comment is still there")
	}
	return backlog.Receipt{Outcome: backlog.Applied, Comment: p.Comment}
}

// resolveLabels asks for both halves of the request, because nobody promises
// that Jira applies labels and property together. A person may have undone a
// part of it since: the record and one label prove it, else the others would be
// on the issue and belong to nobody. Where labels were only removed, the record
// alone does: one that is there was put back, and is theirs.
func (t *Tracker) resolveLabels(ctx context.Context, s backlog.Step, p payload) (backlog.Receipt, error) {
	labels, record, err := t.own(ctx, s.Item.ID)
	if err != nil {
		return backlog.Receipt{}, err
	}
	done, undone := 0, ""
	note := func(label string, as bool) {
		if as {
			done++
		} else {
			undone = label
		}
	}
	for _, label := range p.Add {
		note(label, slices.Contains(labels, label))
	}
	for _, label := range p.Remove {
		note(label, !slices.Contains(labels, label))
	}
	switch {
	case record.Intent != s.Intent && !p.Bare:
		return notApplied("the ownership record on the issue is another one"), nil
	case undone != "" && (done == 0 && len(p.Add) > 0 || p.Bare):
		return notApplied("the label " + undone + " is not as it was to be"), nil
	}
	return backlog.Receipt{Outcome: backlog.Applied}, nil
}

func (t *Tracker) resolveComment(ctx context.Context, s backlog.Step, p payload) (backlog.Receipt, error) {
	ours, err := t.Comments(ctx, s.Item)
	if err != nil {
		return backlog.Receipt{}, err
	}
	for _, c := range ours {
		if c.Marker == p.Marker && (p.Comment == "" || p.Comment == c.ID) {
			return backlog.Receipt{Outcome: backlog.Applied, Comment: c.ID}, nil
		}
	}
	return notApplied("no comment carries this intent"), nil
}

// notApplied says that nothing of the step is there.
func notApplied(why string) backlog.Receipt {
	return backlog.Receipt{Outcome: backlog.Refused, Refusal: backlog.Absent, Reason: "not applied: " + why}
}
