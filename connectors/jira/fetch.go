package jira

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

// fetchSize is how many issues one bulk fetch may ask for.
const fetchSize = 100

// Fetch implements backlog.Reader by POST rest/api/2/issue/bulkfetch. The
// OpenAPI document has its v3 twin only; v3 would answer with documents where
// the sweeps read wiki markup, and the same issue would seem to change with
// the way it was read. A site without it is asked for every issue by itself,
// and by v3 only where not even that is offered. Jira leaves out what is
// missing and what is forbidden without a word: such an issue is hidden, never
// gone.
func (t *Tracker) Fetch(ctx context.Context, ids ...backlog.ItemID) ([]backlog.Sighting, error) {
	m, err := t.known(ctx)
	if err != nil {
		return nil, fmt.Errorf("fetch issues: %w", err)
	}
	sightings := make([]backlog.Sighting, 0, len(ids))
	for batch := range slices.Chunk(ids, fetchSize) {
		seen, err := t.fetchBatch(ctx, m, batch)
		if err != nil {
			return nil, fmt.Errorf("fetch issues: %w", err)
		}
		sightings = append(sightings, seen...)
	}
	return sightings, nil
}

func (t *Tracker) fetchBatch(ctx context.Context, m *model, ids []backlog.ItemID) ([]backlog.Sighting, error) {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = id.ID
	}
	answer, err := t.fetchRaw(ctx, names, m.fields.wanted())
	if err != nil {
		return nil, err
	}
	page := t.convertAll(m, answer.Issues)
	for _, e := range answer.Errors {
		page.Broken = append(page.Broken, backlog.Broken{ID: m.id(e.ID), Key: string(e.ID), Err: fmt.Errorf("read issue: Jira could not give it: %s", e.Message)})
	}
	sightings := make([]backlog.Sighting, len(ids))
	for i, id := range ids {
		if sightings[i], err = t.sight(ctx, m, id, page); err != nil {
			return nil, err
		}
	}
	return sightings, nil
}

// fetched are issues as they came, and those that Jira could not give.
type fetched struct {
	Issues []json.RawMessage `json:"issues"`
	Errors []struct {
		ID      ident  `json:"id"`
		Message string `json:"errorMessage"`
	} `json:"issueErrors"`
}

// fetchRaw reads some fields of up to fetchSize issues by their ids or keys.
func (t *Tracker) fetchRaw(ctx context.Context, names, fields []string) (answer fetched, err error) {
	question := map[string]any{"issueIdsOrKeys": names, "fields": fields}
	bulk := func(path string) func() error {
		return func() error { return t.post(ctx, path, question, &answer) }
	}
	query := url.Values{"fields": {strings.Join(fields, ",")}}
	singly := func() (err error) { answer.Issues, err = t.singles(ctx, names, query); return err }
	err = t.ways.try("bulkfetch", bulk("rest/api/2/issue/bulkfetch"), singly, bulk("rest/api/3/issue/bulkfetch"))
	if unreadable(err) {
		err = singly()
	}
	return answer, err
}

// sight says what became of one identity. An old key leads to an issue that
// answers under its new key, so a key that is not in the answer is asked for
// by itself.
func (t *Tracker) sight(ctx context.Context, m *model, asked backlog.ItemID, page backlog.Page) (backlog.Sighting, error) {
	if s, ok := m.match(asked, page); ok || !isKey(asked.ID) {
		return s, nil
	}
	page, err := t.fetchKey(ctx, m, asked.ID)
	if err != nil {
		return backlog.Sighting{}, err
	}
	if len(page.Items) == 1 {
		return m.sighting(asked, page.Items[0]), nil
	}
	s, _ := m.match(asked, page)
	return s, nil
}

func (t *Tracker) fetchKey(ctx context.Context, m *model, key string) (backlog.Page, error) {
	raws, err := t.singles(ctx, []string{key}, url.Values{"fields": {strings.Join(m.fields.wanted(), ",")}})
	if err != nil {
		return backlog.Page{}, err
	}
	return t.convertAll(m, raws), nil
}

// singles reads issues one by one, several at a time, without those that Jira
// does not find. Of one that nobody can read there is only the name.
func (t *Tracker) singles(ctx context.Context, names []string, query url.Values) ([]json.RawMessage, error) {
	raws := make([]json.RawMessage, len(names))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(parallel)
	for i, name := range names {
		group.Go(func() error {
			err := t.get(ctx, "rest/api/2/issue/"+url.PathEscape(name), query, &raws[i])
			switch {
			case rest.Status(err) == http.StatusNotFound:
				return nil
			case unreadable(err):
				raws[i], err = json.Marshal(linked{ID: ident(name), Key: name}) // no more than its name: told of as broken
			}
			return err
		})
	}
	err := group.Wait()
	return slices.DeleteFunc(raws, func(raw json.RawMessage) bool { return raw == nil }), err
}

// match looks for an identity in what came; hidden when it is not there.
func (m *model) match(asked backlog.ItemID, page backlog.Page) (backlog.Sighting, bool) {
	if asked.Site != m.site {
		return backlog.Sighting{ID: asked, Presence: backlog.Hidden}, true
	}
	for _, item := range page.Items {
		if item.ID == asked || strings.EqualFold(item.Key, asked.ID) {
			return m.sighting(asked, item), true
		}
	}
	for _, b := range page.Broken {
		if b.ID == asked || strings.EqualFold(b.Key, asked.ID) {
			return backlog.Sighting{ID: asked, Presence: backlog.Damaged, Err: b.Err}, true
		}
	}
	return backlog.Sighting{ID: asked, Presence: backlog.Hidden}, false
}

// sighting tells an issue in scope from one that was moved out of it.
func (m *model) sighting(asked backlog.ItemID, item backlog.Item) backlog.Sighting {
	presence := backlog.Found
	if !m.inScope(item.Project.ID) {
		presence = backlog.Moved
	}
	return backlog.Sighting{ID: asked, Presence: presence, Item: item}
}

func isKey(id string) bool {
	return strings.ContainsFunc(id, func(r rune) bool { return r < '0' || r > '9' })
}

// own reads one issue's labels and our property, fresh.
func (t *Tracker) own(ctx context.Context, id string) (labels []string, record backlog.Record, err error) {
	var raw issue
	query := url.Values{"fields": {"labels"}, "properties": {propertyKey}}
	if err := t.get(ctx, "rest/api/2/issue/"+url.PathEscape(id), query, &raw); err != nil {
		return nil, record, fmt.Errorf("read issue: %w", err)
	}
	err = raw.Fields.into("labels", &labels)
	if stored := raw.Properties[propertyKey]; len(stored) > 0 {
		err = errors.Join(err, json.Unmarshal(stored, &record))
	}
	return labels, record, err
}
