package jira

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

// found is one page of a search. Each issue is kept raw, so that a broken one
// does not take the page with it.
type found struct {
	Issues   []json.RawMessage
	Next     string
	Last     *bool
	Warnings []struct {
		Type string `json:"type"`
	} `json:"warnings"`
}

func (f *found) take(name string, value []byte) error {
	switch name {
	case "issues":
		f.Issues = nil
		return elements(value, &f.Issues)
	case "nextPageToken":
		return json.Unmarshal(value, &f.Next)
	case "isLast":
		return json.Unmarshal(value, &f.Last)
	case "warnings":
		return json.Unmarshal(value, &f.Warnings)
	}
	return nil
}

// search reads one page by rest/api/2/search/jql. A site without it is asked by
// v3, which has documents for texts and so comes last.
func (t *Tracker) search(ctx context.Context, jql string, fields []string, size int, token string) (found, error) {
	question := map[string]any{"jql": jql, "fields": fields, "maxResults": size}
	if token != "" {
		question["nextPageToken"] = token
	}
	var answer found
	post := func(path string) func() error {
		return func() error { return t.post(ctx, path, question, &answer) }
	}
	get := func(path string) func() error {
		query := url.Values{"jql": {jql}, "fields": {strings.Join(fields, ",")}, "maxResults": {strconv.Itoa(size)}}
		if token != "" {
			query.Set("nextPageToken", token)
		}
		return func() error { _, err := t.call(ctx, http.MethodGet, path+"?"+query.Encode(), nil, &answer); return err }
	}
	const v2, v3 = "rest/api/2/search/jql", "rest/api/3/search/jql"
	if err := t.ways.try("search", post(v2), get(v2), post(v3), get(v3)); err != nil {
		return answer, t.explained(err)
	}
	if answer.Last != nil && !*answer.Last && answer.Next == "" {
		return answer, fmt.Errorf("search: %w: Jira says that there are more and not where", backlog.ErrIncomplete)
	}
	if len(answer.Warnings) > 0 {
		return answer, fmt.Errorf("search: %w: Jira warns of %s, the result may be cut; narrow the scope", backlog.ErrIncomplete, answer.Warnings[0].Type)
	}
	return answer, nil
}

// uncounted is how many issues a query has where a site does not count.
const uncounted = -1

// count asks the index how many issues a query has; on Cloud, roughly.
func (t *Tracker) count(ctx context.Context, jql string) (int, error) {
	if t.server.Load() {
		found, err := t.searchFrom(ctx, condition(jql), []string{"id"}, 0, 0)
		return found.Total, err
	}
	var answer struct {
		Count int `json:"count"`
	}
	err := t.ask(ctx, "rest/api/3/search/approximate-count", map[string]string{"jql": condition(jql)}, &answer)
	if rest.NotOffered(err) {
		return uncounted, nil
	}
	if err != nil {
		return 0, t.explained(err)
	}
	return answer.Count, nil
}

// explained tells what to do about a search that Jira cannot understand: the
// only part of it that is not ours is the query of the settings.
func (t *Tracker) explained(err error) error {
	if rest.Status(err) == http.StatusBadRequest && t.settings.Query != "" {
		return fmt.Errorf("search: Jira does not accept it; check the query %q in the settings: %w", t.settings.Query, err)
	}
	return fmt.Errorf("search: %w", err)
}

// convertAll reads the issues of an answer; those that cannot be read are
// named.
func (t *Tracker) convertAll(m *model, raws []json.RawMessage) backlog.Page {
	var page backlog.Page
	for _, raw := range raws {
		item, broken := t.convertOne(m, raw)
		if broken != nil {
			page.Broken = append(page.Broken, *broken)
			continue
		}
		page.Items = append(page.Items, item)
	}
	return page
}

func (t *Tracker) convertOne(m *model, raw json.RawMessage) (backlog.Item, *backlog.Broken) {
	native, err := parseIssue(raw)
	if err == nil {
		var item backlog.Item
		if item, err = m.convert(native, t.settings); err == nil {
			return item, nil
		}
	}
	if native.ID == "" { // not even that could be read with the rest
		var name linked
		_ = json.Unmarshal(raw, &name)
		native.ID, native.Key = name.ID, name.Key
	}
	return backlog.Item{}, &backlog.Broken{ID: m.id(native.ID), Key: native.Key, Err: fmt.Errorf("read issue %s: %w", native.Key, err)}
}
