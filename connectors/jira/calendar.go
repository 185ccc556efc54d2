package jira

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

// calendar remembers what tells an issue's past: the categories of statuses,
// and the sprints that issues have left. The zero value remembers nothing.
type calendar struct {
	mu       sync.Mutex
	at       time.Time // of the statuses, by the server's clock
	statuses statusNames
	sprints  map[string]sprintAt
}

// So many sprints are remembered at the most; what is forgotten is asked for
// again.
const maxSprints = 10000

type sprintAt struct {
	at time.Time
	it backlog.Iteration
}

// statusNames are the categories of the site's statuses by id, and by name in
// lower case.
type statusNames struct{ byID, byName map[string]backlog.Category }

// statusCategories lists the statuses of the whole site, which include those
// that only one project has, once an hour.
func (t *Tracker) statusCategories(ctx context.Context) (statusNames, error) {
	t.calendar.mu.Lock()
	kept, at := t.calendar.statuses, t.calendar.at
	t.calendar.mu.Unlock()
	if now := t.http.Now(); kept.byID != nil && now.Sub(at) < layoutKeep {
		return kept, nil
	}
	var list []struct {
		ID   ident  `json:"id"`
		Name string `json:"name"`
		statusCategory
	}
	err := t.get(ctx, "rest/api/2/status", nil, &list)
	if err != nil && !rest.NotOffered(err) { // else they are guessed from their names
		return kept, fmt.Errorf("list statuses: %w", err)
	}
	fresh := statusNames{byID: map[string]backlog.Category{}, byName: map[string]backlog.Category{}}
	for _, s := range list {
		category := s.category(s.Name)
		fresh.byID[string(s.ID)], fresh.byName[strings.ToLower(s.Name)] = category, category
	}
	t.calendar.mu.Lock()
	t.calendar.statuses, t.calendar.at = fresh, t.http.Now()
	t.calendar.mu.Unlock()
	return fresh, nil
}

func (n statusNames) event(i changeItem) backlog.Event {
	return backlog.Event{
		Field: backlog.StateEvent, From: string(i.Before), To: string(i.After),
		FromCategory: n.category(i.From, i.Before), ToCategory: n.category(i.To, i.After),
	}
}

// category of a status that may no longer exist: then its name tells.
func (n statusNames) category(id, name words) backlog.Category {
	if c, ok := n.byID[string(id)]; ok {
		return c
	}
	if c, ok := n.byName[strings.ToLower(string(name))]; ok {
		return c
	}
	return categoryOf(string(name))
}

// sprint asks for a sprint. One that is closed never changes; the others are
// believed for an hour. One that is not shown to us has no dates.
func (t *Tracker) sprint(ctx context.Context, id string) (backlog.Iteration, error) {
	now := t.http.Now()
	t.calendar.mu.Lock()
	kept, ok := t.calendar.sprints[id]
	t.calendar.mu.Unlock()
	if ok && (kept.it.State == "closed" || now.Sub(kept.at) < layoutKeep) {
		return kept.it, nil
	}
	var raw json.RawMessage
	err := t.get(ctx, "rest/agile/1.0/sprint/"+url.PathEscape(id), nil, &raw)
	if err != nil && !rest.NotOffered(err) {
		return backlog.Iteration{}, fmt.Errorf("read sprint %s: %w", id, err)
	}
	it := backlog.Iteration{ID: id}
	for _, s := range sprintsIn(raw) {
		it = s.iteration()
	}
	t.calendar.mu.Lock()
	defer t.calendar.mu.Unlock()
	if t.calendar.sprints == nil || len(t.calendar.sprints) >= maxSprints {
		t.calendar.sprints = map[string]sprintAt{}
	}
	t.calendar.sprints[id] = sprintAt{now, it}
	return it, nil
}
