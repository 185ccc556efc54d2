package azuredevops

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

// Send makes the request once. Its error means that nothing was sent.
func (t *Tracker) Send(ctx context.Context, s backlog.Step) (backlog.Receipt, error) {
	p, id, err := openStep(s)
	if err != nil {
		return backlog.Receipt{}, err
	}
	// Also finds out beforehand whether we are let in.
	if _, err := t.known(ctx); err != nil {
		return backlog.Receipt{}, fmt.Errorf("%s: %w", s.Summary, err)
	}
	if err := ctx.Err(); err != nil {
		return backlog.Receipt{}, fmt.Errorf("%s: %w", s.Summary, err)
	}
	switch {
	case p.Delete:
		return t.deleteComment(ctx, id, p), nil
	case p.Comment != "":
		return t.editComment(ctx, id, p), nil
	}
	return t.patch(ctx, id, p), nil
}

func openStep(s backlog.Step) (p payload, id int, err error) {
	if err := json.Unmarshal(s.Payload, &p); err != nil {
		return p, 0, fmt.Errorf("read step: %w", err)
	}
	id, ok := number(s.Item)
	if !ok {
		return p, 0, fmt.Errorf("read step: %q is no work item", s.Item.ID)
	}
	return p, id, nil
}

func (t *Tracker) patch(ctx context.Context, id int, p payload) backlog.Receipt {
	query := url.Values{}
	if p.Quiet {
		query.Set("suppressNotifications", "true")
	}
	var w workItem
	header, err := t.do(ctx, call{
		method: http.MethodPatch, at: "72c7ddf8-2cdc-4f60-90cd-ab71c14a399b", version: "7.1", query: query,
		route: map[string]string{"id": strconv.Itoa(id)}, body: p.document(), media: "application/json-patch+json",
	}, &w)
	receipt := outcome(err)
	if receipt.Outcome != backlog.Applied {
		return receipt
	}
	receipt.RequestID = rest.RequestID(header)
	if w.ID != id || w.Rev <= p.Rev || p.HTML != "" && w.CommentID == 0 {
		// A good answer that does not say what was done. Only reading can tell.
		receipt.Outcome, receipt.Reason = backlog.Unknown, "the answer does not say what was written"
		return receipt
	}
	receipt.Revision = strconv.Itoa(w.Rev)
	if p.HTML != "" {
		receipt.Comment = strconv.Itoa(w.CommentID)
	}
	return receipt
}

func (t *Tracker) editComment(ctx context.Context, id int, p payload) backlog.Receipt {
	var answer remark
	header, err := t.do(ctx, call{
		method: http.MethodPatch, at: commentsAt, version: commentsVersion,
		route: map[string]string{"project": p.Project, "workItemId": strconv.Itoa(id), "commentId": p.Comment},
		body:  map[string]string{"text": p.HTML},
	}, &answer)
	receipt := outcome(err)
	if receipt.Outcome == backlog.Applied {
		receipt.Comment, receipt.RequestID = p.Comment, rest.RequestID(header)
	}
	return receipt
}

// deleteComment deletes one; that it is not found is looked into, because a
// work item that we may not see hides its comments too.
func (t *Tracker) deleteComment(ctx context.Context, id int, p payload) backlog.Receipt {
	var nothing raw
	header, err := t.do(ctx, call{
		method: http.MethodDelete, at: commentsAt, version: commentsVersion,
		route: map[string]string{"project": p.Project, "workItemId": strconv.Itoa(id), "commentId": p.Comment},
	}, &nothing)
	receipt := outcome(err)
	switch {
	case receipt.Outcome == backlog.Applied:
		receipt.Comment, receipt.RequestID = p.Comment, rest.RequestID(header)
	case receipt.Refusal == backlog.Absent:
		return t.resolveDeletion(ctx, id, p)
	}
	return receipt
}

// outcome reads what became of a write. A stale revision is 412 as a rule; its
// code is believed under any status.
func outcome(err error) backlog.Receipt {
	receipt := rest.Outcome(err)
	e, ok := rest.AsError(err)
	if !ok || receipt.Outcome != backlog.Refused {
		return receipt
	}
	for _, code := range []string{"VS403351", "TF26071"} {
		if strings.Contains(string(e.Body), code) {
			receipt.Refusal = backlog.Stale
		}
	}
	return receipt
}
