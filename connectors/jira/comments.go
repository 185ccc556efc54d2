package jira

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
)

// comment is a comment as it came, its body in wiki markup.
type comment struct {
	ID         string          `json:"id"`
	Body       json.RawMessage `json:"body"`
	Author     user            `json:"author"`
	Editor     user            `json:"updateAuthor"`
	Updated    string          `json:"updated"`
	Properties []property      `json:"properties"`
}

type property struct {
	Key   string          `json:"key"`
	Value json.RawMessage `json:"value"`
}

// Comments implements backlog.Reader. Ours are those that our account wrote
// and that carry a marker: the comment property, or the link in the last line
// should the property have got lost.
func (t *Tracker) Comments(ctx context.Context, id backlog.ItemID) ([]backlog.Comment, error) {
	m, err := t.known(ctx)
	if err != nil {
		return nil, fmt.Errorf("read comments: %w", err)
	}
	written, err := t.writtenBy(ctx, m.account.ID, id.ID)
	if err != nil {
		return nil, fmt.Errorf("read comments: %w", err)
	}
	markers, err := t.markers(ctx, written)
	if err != nil {
		return nil, fmt.Errorf("read markers: %w", err)
	}
	var ours []backlog.Comment
	for _, c := range written {
		text := bodyText(c.Body)
		marker, ok := markers[c.ID]
		if !ok {
			marker, ok = readFooter(text)
		}
		if !ok {
			continue
		}
		changed, _ := parseTime(c.Updated)
		ours = append(ours, backlog.Comment{
			ID: c.ID, Marker: marker, Text: text, Changed: changed,
			Edited: c.Editor.AccountID != "" && c.Editor.AccountID != m.account.ID,
		})
	}
	return ours, nil
}

// writtenBy reads all of an account's comments on an issue, oldest first.
func (t *Tracker) writtenBy(ctx context.Context, account, issueID string) ([]comment, error) {
	var theirs []comment
	for start := 0; ; {
		var page struct {
			Total    int       `json:"total"`
			Comments []comment `json:"comments"`
		}
		query := url.Values{"orderBy": {"created"}, "maxResults": {"100"}, "startAt": {strconv.Itoa(start)}}
		if err := t.get(ctx, "rest/api/2/issue/"+url.PathEscape(issueID)+"/comment", query, &page); err != nil {
			return nil, err
		}
		for _, c := range page.Comments {
			if c.Author.AccountID == account {
				theirs = append(theirs, c)
			}
		}
		if start += len(page.Comments); start >= page.Total || len(page.Comments) == 0 {
			return theirs, nil
		}
	}
}

// markers reads our comment property of up to 1,000 comments at once.
func (t *Tracker) markers(ctx context.Context, list []comment) (map[string]backlog.Marker, error) {
	markers := map[string]backlog.Marker{}
	for batch := range slices.Chunk(list, 1000) {
		ids := make([]json.Number, len(batch))
		for i, c := range batch {
			ids[i] = json.Number(c.ID)
		}
		var page struct {
			Values []comment `json:"values"`
		}
		if err := t.ask(ctx, "rest/api/3/comment/list?expand=properties", map[string]any{"ids": ids}, &page); err != nil {
			return nil, err
		}
		for _, c := range page.Values {
			if marker, ok := c.marker(); ok {
				markers[c.ID] = marker
			}
		}
	}
	return markers, nil
}

func (c comment) marker() (backlog.Marker, bool) {
	for _, p := range c.Properties {
		var marker backlog.Marker
		if p.Key == propertyKey && json.Unmarshal(p.Value, &marker) == nil && marker.Owner != "" {
			return marker, true
		}
	}
	return backlog.Marker{}, false
}

// footer is the marker as a link to the issue's own page, in the last line of
// the comment. What follows the # never leaves the reader's browser.
func footer(page string, m backlog.Marker) string {
	parts := []string{m.Owner, m.Item, m.Intent, m.Hash}
	for i, part := range parts {
		parts[i] = url.QueryEscape(part)
	}
	return "[¶|" + page + "#trackwarden:" + strings.Join(parts, ":") + "]"
}

var footerLink = regexp.MustCompile(`\[¶\|[^\]|\s]*#trackwarden:([^:\]|\s]+):([^:\]|\s]+):([^:\]|\s]*):([^:\]|\s]*)\]`)

// readFooter finds the marker in a comment's text. Text that the comment quotes
// cannot pass for it, because its brackets are escaped.
func readFooter(text string) (backlog.Marker, bool) {
	m := footerLink.FindStringSubmatch(text)
	if m == nil {
		return backlog.Marker{}, false
	}
	for i := range m {
		m[i], _ = url.QueryUnescape(m[i])
	}
	return backlog.Marker{Owner: m[1], Item: m[2], Intent: m[3], Hash: m[4]}, true
}

// bodyText is a comment's body as it came; a document is read as Markdown.
func bodyText(raw json.RawMessage) string {
	var value any
	if json.Unmarshal(raw, &value) != nil {
		return ""
	}
	return flat(value)
}
