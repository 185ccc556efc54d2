package jira

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

// comment is a comment as it came, its body in wiki markup.
type comment struct {
	ID         ident           `json:"id"`
	Body       json.RawMessage `json:"body"`
	Author     user            `json:"author"`
	Editor     user            `json:"updateAuthor"`
	Created    string          `json:"created"`
	Updated    string          `json:"updated"`
	Properties []property      `json:"properties"`
	Public     *bool           `json:"jsdPublic"` // whether customers see it, in a service project
}

type property struct {
	Key   string          `json:"key"`
	Value json.RawMessage `json:"value"`
}

// Comments implements backlog.Reader. Ours are those that our account wrote
// and that carry a marker: the comment property, or the link in the last line
// should the property have got lost. One that somebody else edited may have lost
// both.
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
	exposed, err := t.customersSee(ctx, m, id.ID, written)
	if err != nil {
		return nil, fmt.Errorf("read comments: %w", err)
	}
	var ours []backlog.Comment
	for _, c := range written {
		marker, ok := markers[c.ID]
		if !ok {
			marker, ok = c.read()
		}
		edited := c.Editor.id() != "" && c.Editor.id() != m.account.ID
		if !ok && !edited {
			continue
		}
		changed, _ := parseTime(c.Updated)
		ours = append(ours, backlog.Comment{
			ID: string(c.ID), Marker: marker, Text: bodyText(c.Body), Changed: changed, Edited: edited,
			Exposed: exposed && c.Public != nil && *c.Public,
		})
	}
	return ours, nil
}

// writtenBy reads all of an account's comments on an issue, oldest first.
func (t *Tracker) writtenBy(ctx context.Context, account, issueID string) ([]comment, error) {
	all, err := t.remarks(ctx, issueID)
	if rest.NotOffered(err) {
		all, err = t.embedded(ctx, issueID, err)
	}
	return slices.DeleteFunc(all, func(c comment) bool { return c.Author.id() != account }), err
}

// remarksOf is the path of an issue's comments.
func remarksOf(issueID string) string { return issuePath(issueID) + "/comment" }

// remarks lists all comments on an issue.
func (t *Tracker) remarks(ctx context.Context, issueID string) ([]comment, error) {
	var all []comment
	for start, seen := 0, map[ident]bool{}; ; {
		var page remarksPage
		query := url.Values{"orderBy": {"created"}, "maxResults": {"100"}, "startAt": {strconv.Itoa(start)}}
		if err := t.get(ctx, remarksOf(issueID), query, &page); err != nil {
			return nil, err
		}
		before := len(all)
		for _, c := range page.Comments {
			if !seen[c.ID] {
				seen[c.ID], all = true, append(all, c)
			}
		}
		start += len(page.Comments)
		if page.Total != nil && start >= *page.Total || len(all) == before { // the second where a site knows no pages
			return all, nil
		}
	}
}

type remarksPage struct {
	Total    *int      `json:"total"`
	Comments []comment `json:"comments"`
}

// embedded reads the comments as a field of the issue, which holds a few only,
// where the site does not list them.
func (t *Tracker) embedded(ctx context.Context, issueID string, cause error) ([]comment, error) {
	var raw issue
	if err := t.get(ctx, issuePath(issueID), url.Values{"fields": {"comment"}}, &raw); rest.NotOffered(err) {
		return nil, cause // the issue is not there
	} else if err != nil {
		return nil, err
	}
	var page remarksPage
	if err := raw.Fields.into("comment", &page); err != nil {
		return nil, err
	}
	if page.Total == nil || *page.Total > len(page.Comments) {
		return nil, fmt.Errorf("%w: the issue is there and its comments cannot be listed; allow the account to read them: %s", backlog.ErrUnavailable, cause)
	}
	return page.Comments, nil
}

// markers reads our comment property of up to 1,000 comments at once.
func (t *Tracker) markers(ctx context.Context, list []comment) (map[ident]backlog.Marker, error) {
	markers := map[ident]backlog.Marker{}
	for batch := range slices.Chunk(list, 1000) {
		var ids []json.Number
		for _, c := range batch {
			if !isKey(string(c.ID)) { // it takes numbers only
				ids = append(ids, json.Number(c.ID))
			}
		}
		var page struct {
			Values []comment `json:"values"`
		}
		err := t.ask(ctx, "rest/api/3/comment/list?expand=properties", map[string]any{"ids": ids}, &page)
		if rest.NotOffered(err) {
			return t.markersSingly(ctx, list)
		}
		if err != nil {
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

// markersSingly reads the property of each comment whose footer does not tell:
// somebody may have edited it away.
func (t *Tracker) markersSingly(ctx context.Context, list []comment) (map[ident]backlog.Marker, error) {
	markers := map[ident]backlog.Marker{}
	for _, c := range list {
		if _, told := c.read(); told {
			continue
		}
		var p property
		err := t.get(ctx, "rest/api/2/comment/"+url.PathEscape(string(c.ID))+"/properties/"+propertyKey, nil, &p)
		if rest.NotOffered(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		c.Properties = []property{p}
		if marker, ok := c.marker(); ok {
			markers[c.ID] = marker
		}
	}
	return markers, nil
}

// read is the marker that came with a comment: as a property, in its footer.
func (c comment) read() (backlog.Marker, bool) {
	if marker, ok := c.marker(); ok {
		return marker, true
	}
	if marker, ok := readFooter(bodyText(c.Body)); ok {
		return marker, true
	}
	return readLastLink(c.Body)
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

// bodyText is a comment's body as it came; a document is read as Markdown.
func bodyText(raw json.RawMessage) string {
	var value any
	if json.Unmarshal(raw, &value) != nil {
		return ""
	}
	return flat(value)
}
