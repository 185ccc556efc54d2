package jira

import (
	"cmp"
	"encoding/json"
	"net/http"
	"net/url"

	"github.com/trackwarden/trackwarden/backlog"
)

// payload is a step as it is stored: the request, and what to look for when
// its answer is lost.
type payload struct {
	What    string          `json:"what"` // labels, comment or forget
	Method  string          `json:"method"`
	Path    string          `json:"path"`
	Query   string          `json:"query,omitempty"`
	Body    json.RawMessage `json:"body"`
	Add     []string        `json:"add,omitempty"`
	Remove  []string        `json:"remove,omitempty"`
	Bare    bool            `json:"bare,omitempty"`    // without the ownership record
	Comment string          `json:"comment,omitempty"` // id of the comment that is edited or deleted
	Text    string          `json:"text,omitempty"`    // of a comment, in Markdown
	Page    string          `json:"page,omitempty"`    // of the issue, for the comment's footer
	Marker  backlog.Marker  `json:"marker,omitzero"`
	// Internal says that the answer has to say that no customer sees the comment.
	Internal bool `json:"internal,omitempty"`
}

const (
	setLabels  = "labels"
	setComment = "comment"
	forget     = "forget" // the ownership record
)

// Steps implements backlog.Writer: labels and the ownership record in one
// request, then the comment, so that a failure in between leaves silence and
// not a second comment.
func (t *Tracker) Steps(c backlog.Change) []backlog.Step {
	var payloads []payload
	if needsRecord(c) && (!t.bare.Load() || len(c.AddLabels)+len(c.RemoveLabels) > 0) {
		payloads = append(payloads, t.labelsPayload(c))
	}
	if c.Forget && !t.bare.Load() {
		payloads = append(payloads, payload{What: forget, Method: http.MethodDelete, Path: issuePath(c.Item.ID) + "/properties/" + propertyKey})
	}
	if c.Comment != nil {
		payloads = append(payloads, t.commentPayload(c))
	}
	steps := make([]backlog.Step, len(payloads))
	for i, p := range payloads {
		steps[i] = backlog.Step{
			Intent: c.Intent, N: i, Item: c.Item, Summary: p.summary(), Payload: encode(p),
			Labels: p.What == setLabels, Comment: p.What == setComment,
		}
	}
	return steps
}

// needsRecord reports whether the first request has something to say: labels
// change, or this is our first trace on the item. Without it a second write
// would tell Jira nothing new.
func needsRecord(c backlog.Change) bool {
	if len(c.AddLabels)+len(c.RemoveLabels) > 0 {
		return true
	}
	return c.Comment != nil && c.Comment.ID == "" && !c.Comment.Delete && len(c.Record.Labels) == 0
}

func (p payload) summary() string {
	switch {
	case p.What == setLabels && len(p.Add)+len(p.Remove) == 0:
		return "write ownership record"
	case p.What == setLabels:
		return "set labels"
	case p.What == forget:
		return "delete ownership record"
	case p.deletes():
		return "delete comment"
	case p.Comment != "":
		return "edit comment"
	}
	return "post comment"
}

func (t *Tracker) labelsPayload(c backlog.Change) payload {
	record := c.Record
	record.Owner = cmp.Or(record.Owner, t.settings.Owner)
	record.Intent = cmp.Or(c.Intent, record.Intent)
	body := map[string]any{}
	bare := t.bare.Load() || c.Forget // it is deleted next
	if !bare {
		body["properties"] = []property{{Key: propertyKey, Value: encode(record)}}
	}
	var verbs []map[string]string
	for _, label := range c.AddLabels {
		verbs = append(verbs, map[string]string{"add": label})
	}
	for _, label := range c.RemoveLabels {
		verbs = append(verbs, map[string]string{"remove": label})
	}
	if len(verbs) > 0 {
		body["update"] = map[string]any{"labels": verbs}
	}
	return payload{
		What: setLabels, Method: http.MethodPut, Path: issuePath(c.Item.ID), Query: silently(c),
		Body: encode(body), Add: c.AddLabels, Remove: c.RemoveLabels, Bare: bare,
	}
}

// commentPayload posts, edits or deletes.
func (t *Tracker) commentPayload(c backlog.Change) payload {
	if c.Comment.Delete {
		return payload{What: setComment, Method: http.MethodDelete, Path: remarksOf(c.Item.ID) + "/" + url.PathEscape(c.Comment.ID), Comment: c.Comment.ID}
	}
	marker := c.Comment.Marker
	marker.Owner = cmp.Or(marker.Owner, t.settings.Owner)
	marker.Intent = cmp.Or(c.Intent, marker.Intent)
	p := payload{What: setComment, Method: http.MethodPost, Path: remarksOf(c.Item.ID), Comment: c.Comment.ID, Text: c.Comment.Markdown, Marker: marker}
	if p.Comment != "" {
		p.Method, p.Path, p.Query = http.MethodPut, p.Path+"/"+url.PathEscape(p.Comment), silently(c)
	}
	p.Page, p.Internal = t.pageOf(c.Key), t.internal(c)
	p.Body = p.commentBody(toWiki(p.Text) + " " + footer(p.Page, marker))
	return p
}

// deletes reports whether a comment is taken away.
func (p payload) deletes() bool { return p.What == setComment && p.Method == http.MethodDelete }

func (p payload) commentBody(text any) json.RawMessage {
	return encode(map[string]any{
		"body": text,
		"properties": []property{
			{Key: propertyKey, Value: encode(p.Marker)},
			{Key: internalComment, Value: json.RawMessage(`{"internal":true}`)},
		},
	})
}

func issuePath(id string) string { return "rest/api/2/issue/" + url.PathEscape(id) }

// pageOf is the address of an issue's page, also before the site was described.
func (t *Tracker) pageOf(key string) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.model != nil {
		return t.model.page(key)
	}
	return (&model{base: t.settings.URL}).page(key)
}

// silently keeps Jira from mailing the watchers, where that is allowed.
func silently(c backlog.Change) string {
	if c.Quiet {
		return "notifyUsers=false"
	}
	return ""
}

func encode(v any) json.RawMessage {
	encoded, err := json.Marshal(v)
	if err != nil { // texts, lists and maps of them always encode
		return json.RawMessage("null")
	}
	return encoded
}
