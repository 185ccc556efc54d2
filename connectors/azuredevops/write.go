package azuredevops

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
)

// payload is one request, with what is needed to look for it afterwards. A
// Comment id makes it an edit of that comment, or its deletion; else it is a PATCH of the work
// item that sets the tags, adds a comment, or both at once.
type payload struct {
	Project string          `json:"project"` // id
	Rev     int             `json:"rev"`     // that the work item must still have
	Tags    *[]string       `json:"tags,omitempty"`
	Had     bool            `json:"had,omitempty"` // there are tags to replace
	HTML    string          `json:"html,omitempty"`
	Marker  *backlog.Marker `json:"marker,omitempty"`
	Comment string          `json:"comment,omitempty"`
	Delete  bool            `json:"delete,omitempty"`
	Quiet   bool            `json:"quiet,omitempty"`
}

// Steps makes one request of a first write, and a second one only to edit a
// comment that is there already.
func (t *Tracker) Steps(c backlog.Change) []backlog.Step {
	var steps []backlog.Step
	for _, p := range []payload{t.onItem(c), t.onComment(c)} {
		summary := p.summary()
		if summary == "" {
			continue
		}
		encoded, _ := json.Marshal(p) // texts and numbers: cannot fail
		steps = append(steps, backlog.Step{
			Intent: c.Intent, N: len(steps), Item: c.Item, Summary: summary,
			Labels: p.Tags != nil, Comment: p.HTML != "" || p.Delete, Payload: encoded,
		})
	}
	return steps
}

// onItem is the PATCH of the work item: tags when they change, and a comment
// when it is the first.
func (t *Tracker) onItem(c backlog.Change) payload {
	rev, _ := strconv.Atoi(c.Base) // revision 0 exists nowhere: such a write is refused as stale
	p := payload{Project: c.Project.ID, Rev: rev, Quiet: c.Quiet}
	if tags := retag(c.Present, c.AddLabels, c.RemoveLabels); !slices.Equal(tags, c.Present) {
		p.Tags, p.Had = &tags, len(c.Present) > 0
	}
	if c.Comment != nil && c.Comment.ID == "" && !c.Comment.Delete {
		t.fill(&p, c)
	}
	return p
}

// onComment is the edit or deletion of a comment that is there already.
func (t *Tracker) onComment(c backlog.Change) payload {
	p := payload{Project: c.Project.ID}
	if c.Comment != nil && c.Comment.ID != "" {
		p.Comment, p.Delete = c.Comment.ID, c.Comment.Delete
		if !p.Delete {
			t.fill(&p, c)
		}
	}
	return p
}

func (t *Tracker) fill(p *payload, c backlog.Change) {
	p.Marker = &c.Comment.Marker
	p.HTML = t.markup.html(c.Comment.Markdown, t.settings.footer(c.Comment.Marker))
}

// summary is what the request does, for people; empty when it does nothing.
func (p payload) summary() string {
	switch {
	case p.Delete:
		return "delete comment"
	case p.Comment != "":
		return "edit comment"
	case p.Tags != nil && p.HTML != "":
		return "set tags and post comment"
	case p.Tags != nil:
		return "set tags"
	case p.HTML != "":
		return "post comment"
	}
	return ""
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
