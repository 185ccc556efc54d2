package jira

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

// Send implements backlog.Writer.
func (t *Tracker) Send(ctx context.Context, s backlog.Step) (backlog.Receipt, error) {
	var p payload
	if err := json.Unmarshal(s.Payload, &p); err != nil {
		return backlog.Receipt{}, fmt.Errorf("understand step: %w", err)
	}
	p = t.spoken(p)
	path := p.Path
	if p.Query != "" {
		path += "?" + p.Query
	}
	var answer struct {
		ID     ident `json:"id"`
		Public *bool `json:"jsdPublic"`
	}
	var into, body any
	if p.What == setComment && !p.deletes() {
		into = &answer
	}
	if p.Body != nil {
		body = p.Body
	}
	header, err := t.call(ctx, p.Method, path, body, into)
	receipt := rest.Outcome(err)
	if err == nil {
		receipt.RequestID = rest.RequestID(header)
		receipt.Comment = string(answer.ID)
		receipt.Exposed = p.Internal && answer.Public != nil && *answer.Public
	}
	if receipt.Refusal == backlog.Invalid && lacksPermission(err) {
		receipt.Refusal = backlog.Denied
	}
	if p.What == forget && receipt.Refusal == backlog.Absent {
		return t.resolveForgetting(ctx, s), nil
	}
	if p.deletes() && receipt.Refusal == backlog.Absent {
		return t.resolveDeletion(ctx, s, p), nil
	}
	if p.What == setLabels && !p.Bare && receipt.Refusal == backlog.Invalid && refusesProperties(err) {
		t.bare.Store(true)
		receipt.Refusal = backlog.Stale // planned anew, it says less
	}
	return receipt, nil
}

var aboutProperties = regexp.MustCompile(`(?i)\bpropert(y|ies)\b`)

// refusesProperties recognises a site that takes labels, and no properties in
// the same request.
func refusesProperties(err error) bool {
	e, ok := rest.AsError(err)
	return ok && e.Status == http.StatusBadRequest && aboutProperties.Match(e.Body)
}

func (t *Tracker) bareProblems() []string {
	if !t.bare.Load() {
		return nil
	}
	return []string{"Jira refuses issue properties in PUT rest/api/2/issue/ID: labels are written without the record of whose they are, which is then kept in our own store only."}
}

var permission = regexp.MustCompile(`(?i)\bpermission`)

// lacksPermission recognises the 400 by which Jira says that we may not
// comment or edit.
func lacksPermission(err error) bool {
	e, ok := rest.AsError(err)
	return ok && permission.Match(e.Body)
}

// spoken is the request in the version of the API that the site offers.
func (t *Tracker) spoken(p payload) payload {
	read := issuePath("1")
	if p.What == setComment {
		read = remarksOf("1")
	}
	if t.ways.known(wayOf(http.MethodGet, read)) != 1 {
		return p
	}
	p.Path = counterpart(p.Path)
	if p.What == setComment && !p.deletes() {
		p.Body = p.commentBody(toDocument(p.Text, footerAddress(p.Page, p.Marker)))
	}
	return p
}
