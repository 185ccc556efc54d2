package azuredevops

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

// sights reads work items whole and says of each id what was found, by id. It
// reads up to BatchSize in one request; those that the answer leaves out are
// asked for singly, because the reasons differ. Items outside the scope are
// converted only when asked for.
func (t *Tracker) sights(ctx context.Context, m *model, ids []int, outside bool) (map[int]backlog.Sighting, error) {
	found := make(map[int]backlog.Sighting, len(ids))
	answer, err := t.batch(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("read work items: %w", err)
	}
	err = eachItem(answer, func(w workItem, err error) {
		if w.ID != 0 {
			found[w.ID] = t.sight(ctx, m, w, err, outside)
		}
	})
	if err != nil {
		return nil, fmt.Errorf("read work items: %w: %w", backlog.ErrUnavailable, err)
	}
	for _, id := range ids {
		if _, ok := found[id]; ok {
			continue
		}
		if found[id], err = t.lookFor(ctx, m, id, outside); err != nil {
			return nil, fmt.Errorf("read work item %d: %w", id, err)
		}
	}
	return found, nil
}

// eachItem goes through the work items of an answer.
func eachItem(answer raw, yield func(w workItem, err error)) error {
	if len(answer) == 0 {
		return nil
	}
	return rest.Members(answer, func(name, value []byte) error {
		if string(name) != "value" {
			return nil
		}
		return rest.Members(value, func(_, item []byte) error {
			yield(parseItem(item))
			return nil
		})
	})
}

// batch reads work items with everything that is known of them. When one of
// them makes the whole answer unreadable, or there is no such request, there is
// none, and each is asked for singly.
func (t *Tracker) batch(ctx context.Context, ids []int) (answer raw, err error) {
	if len(ids) == 0 {
		return nil, nil
	}
	_, err = t.do(ctx, call{
		method: http.MethodPost, at: "908509b6-4248-4475-a1cd-829139ba419f", version: "7.1",
		body: map[string]any{"ids": ids, "$expand": "all", "errorPolicy": "omit"},
	}, &answer)
	if rest.NotOffered(err) {
		_, err = t.do(ctx, call{
			method: http.MethodGet, at: "72c7ddf8-2cdc-4f60-90cd-ab71c14a399b", version: "7.1",
			query: url.Values{"ids": {list(ids)}, "$expand": {"all"}, "errorPolicy": {"omit"}},
		}, &answer)
	}
	if unreadable(err) || rest.NotOffered(err) {
		t.log.Warn("a batch of work items cannot be read; asking for each", "connection", t.settings.Connection, "items", len(ids), "error", err)
		return nil, nil
	}
	return answer, err
}

func list(ids []int) string {
	words := make([]string, len(ids))
	for i, id := range ids {
		words[i] = strconv.Itoa(id)
	}
	return strings.Join(words, ",")
}

// unreadable reports whether a good answer had a body that no one can read.
func unreadable(err error) bool {
	e, ok := rest.AsError(err)
	return ok && e.Status == http.StatusOK && !errors.Is(err, backlog.ErrUnauthorized)
}

// sight converts a work item, or says why it could not be read.
func (t *Tracker) sight(ctx context.Context, m *model, w workItem, broken error, outside bool) backlog.Sighting {
	s := backlog.Sighting{ID: m.item(w.ID), Presence: backlog.Damaged, Err: broken}
	if broken != nil {
		return s
	}
	name := w.text("System.TeamProject")
	p := m.inScope(name)
	s.Presence = backlog.Found
	if p == nil {
		s.Presence = backlog.Moved
		if !outside {
			return s
		}
		if p = t.project(ctx, m, name); p == nil {
			p = &project{Project: backlog.Project{Key: name, Name: name}}
		}
	}
	item, err := t.reader(m).item(w, p)
	if err != nil {
		s.Presence, s.Err = backlog.Damaged, err
		return s
	}
	s.Item = item
	return s
}

// lookFor asks for a single work item that a batch left out: it may be there
// all the same, in the recycle bin, or out of our sight.
func (t *Tracker) lookFor(ctx context.Context, m *model, id int, outside bool) (backlog.Sighting, error) {
	s := backlog.Sighting{ID: m.item(id)}
	w, err := t.single(ctx, id, "all")
	switch {
	case unreadable(err):
		s.Presence, s.Err = backlog.Damaged, err
		return s, nil
	case err == nil:
		return t.sight(ctx, m, w, nil, outside), nil
	case rest.Status(err) == http.StatusForbidden:
		s.Presence = backlog.Hidden
		return s, nil
	case rest.Status(err) != http.StatusNotFound:
		return s, err
	}
	deleted, err := t.recycled(ctx, id)
	s.Presence = backlog.Hidden
	if deleted {
		s.Presence = backlog.Gone
	}
	return s, err
}

func (t *Tracker) single(ctx context.Context, id int, expand string) (workItem, error) {
	var source raw
	_, err := t.do(ctx, call{
		method: http.MethodGet, at: "72c7ddf8-2cdc-4f60-90cd-ab71c14a399b", version: "7.1",
		route: map[string]string{"id": strconv.Itoa(id)}, query: url.Values{"$expand": {expand}},
	}, &source)
	if err != nil {
		return workItem{}, err
	}
	w, err := parseItem(source)
	if err == nil && w.ID != id {
		err = fmt.Errorf("%w: asked for work item %d and got %d", backlog.ErrUnavailable, id, w.ID)
	}
	return w, err
}

// recycled reports whether a work item is in the recycle bin: the only proof
// of a deletion. Destroyed ones leave none.
func (t *Tracker) recycled(ctx context.Context, id int) (bool, error) {
	var deleted json.RawMessage // its id is a number or a text
	_, err := t.do(ctx, call{
		method: http.MethodGet, at: "b70d8d39-926c-465e-b927-b1bf0e5ca0e0", version: "7.1",
		route: map[string]string{"id": strconv.Itoa(id)},
	}, &deleted)
	if rest.NotOffered(err) {
		return false, nil
	}
	return err == nil, err
}
