package azuredevops

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

// payload is one request, with what is needed to look for it afterwards. A
// Comment id makes it an edit of that comment; else it is a PATCH of the work
// item that sets the tags, adds a comment, or both at once.
type payload struct {
	Project string          `json:"project"` // id
	Rev     int             `json:"rev"`     // that the work item must still have
	Tags    *[]string       `json:"tags,omitempty"`
	Had     bool            `json:"had,omitempty"` // there are tags to replace
	Add     []string        `json:"add,omitempty"`
	Remove  []string        `json:"remove,omitempty"`
	HTML    string          `json:"html,omitempty"`
	Marker  *backlog.Marker `json:"marker,omitempty"`
	Comment string          `json:"comment,omitempty"`
	Quiet   bool            `json:"quiet,omitempty"`
}

// Steps makes one request of a first write, and a second one only to edit a
// comment that is there already.
func (t *Tracker) Steps(c backlog.Change) []backlog.Step {
	rev, _ := strconv.Atoi(c.Base) // revision 0 exists nowhere: such a write is refused as stale
	item := payload{Project: c.Project.ID, Rev: rev, Quiet: c.Quiet, Add: c.AddLabels, Remove: c.RemoveLabels}
	if tags := retag(c.Present, c.AddLabels, c.RemoveLabels); !slices.Equal(tags, c.Present) {
		item.Tags, item.Had = &tags, len(c.Present) > 0
	}
	var edit *payload
	if c.Comment != nil {
		html := t.markup.html(c.Comment.Markdown, t.settings.footer(c.Comment.Marker))
		if c.Comment.ID == "" {
			item.HTML, item.Marker = html, &c.Comment.Marker
		} else {
			edit = &payload{Project: c.Project.ID, HTML: html, Marker: &c.Comment.Marker, Comment: c.Comment.ID}
		}
	}
	var steps []backlog.Step
	add := func(p payload, summary string) {
		encoded, _ := json.Marshal(p) // texts and numbers: cannot fail
		steps = append(steps, backlog.Step{
			Intent: c.Intent, N: len(steps), Item: c.Item, Summary: summary,
			Labels: p.Tags != nil, Comment: p.HTML != "", Payload: encoded,
		})
	}
	switch {
	case item.Tags != nil && item.HTML != "":
		add(item, "set tags and post comment")
	case item.Tags != nil:
		add(item, "set tags")
	case item.HTML != "":
		add(item, "post comment")
	}
	if edit != nil {
		add(*edit, "edit comment")
	}
	return steps
}

// retag adds and removes tags; all others stay as the tracker spells them. Tags
// are the same without regard to case.
func retag(present, add, remove []string) []string {
	has := func(list []string, tag string) bool {
		return slices.ContainsFunc(list, func(t string) bool { return strings.EqualFold(t, tag) })
	}
	tags := slices.DeleteFunc(slices.Clone(present), func(tag string) bool { return has(remove, tag) })
	for _, tag := range add {
		if !has(tags, tag) {
			tags = append(tags, tag)
		}
	}
	return tags
}

// operation is one of a JSON patch document (RFC 6902).
type operation struct {
	Op    string `json:"op"`
	Path  string `json:"path"`
	Value any    `json:"value"`
}

// document is applied as a whole or not at all: the test comes first.
func (p payload) document() []operation {
	ops := []operation{{"test", "/rev", p.Rev}}
	if p.Tags != nil {
		// "add" merges with the tags that are there; only "replace" can remove.
		op := "add"
		if p.Had {
			op = "replace"
		}
		ops = append(ops, operation{op, "/fields/System.Tags", strings.Join(*p.Tags, "; ")})
	}
	if p.HTML != "" {
		ops = append(ops, operation{"add", "/fields/System.History", p.HTML})
	}
	return ops
}

// Send makes the request once. Its error means that nothing was sent.
func (t *Tracker) Send(ctx context.Context, s backlog.Step) (backlog.Receipt, error) {
	p, id, err := openStep(s)
	if err != nil {
		return backlog.Receipt{}, err
	}
	// Also makes the vendor's client fetch its resource locations beforehand.
	if _, err := t.known(ctx); err != nil {
		return backlog.Receipt{}, fmt.Errorf("%s: %w", s.Summary, err)
	}
	if err := ctx.Err(); err != nil {
		return backlog.Receipt{}, fmt.Errorf("%s: %w", s.Summary, err)
	}
	if p.Comment != "" {
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
	if w.ID != id || w.Rev <= p.Rev || p.HTML != "" && w.Comment == nil {
		// A good answer that does not say what was done. Only reading can tell.
		receipt.Outcome, receipt.Reason = backlog.Unknown, "the answer does not say what was written"
		return receipt
	}
	receipt.Revision = strconv.Itoa(w.Rev)
	if p.HTML != "" {
		receipt.Comment = strconv.Itoa(w.Comment.ID)
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
