package jira

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"maps"

	"github.com/trackwarden/trackwarden/backlog"
)

// censusSize is how many issues a page may have when only ids are asked for.
// A Data Center caps them in silence, commonly at 1,000.
const (
	censusSize       = 5000
	serverCensusSize = 1000
)

// Census implements backlog.Reader. It lists the ids of a project's issues
// that the scope's query fits, and is complete when the listing ended by
// itself and is as long as Jira's own count says, give or take what an index
// may lag behind.
func (t *Tracker) Census(ctx context.Context, p backlog.ProjectID) iter.Seq2[backlog.CensusPage, error] {
	return func(yield func(backlog.CensusPage, error) bool) {
		if err := t.census(ctx, p, yield); err != nil {
			yield(backlog.CensusPage{}, fmt.Errorf("count project %s: %w", p.ID, err))
		}
	}
}

func (t *Tracker) census(ctx context.Context, p backlog.ProjectID, yield func(backlog.CensusPage, error) bool) error {
	m, err := t.known(ctx)
	if err != nil {
		return err
	}
	project, ok := m.project(p.ID)
	if !ok || p.Site != m.site {
		return fmt.Errorf("%w: the project is not in scope or not visible", backlog.ErrIncomplete)
	}
	jql := t.settings.jql(project.Key) + forwards
	expected, err := t.count(ctx, jql)
	if err != nil {
		return err
	}
	counted := map[string]bool{}
	return t.listIDs(ctx, m, jql, counted, func(page backlog.CensusPage, last bool) (goOn bool, err error) {
		if last {
			page.Complete, page.Basis, err = t.judge(ctx, m, project.Key, counted, expected)
		}
		return err == nil && yield(page, nil), err
	})
}

// listIDs lists the ids of a query to its end, counts them, and hands on each
// page until told to stop.
func (t *Tracker) listIDs(ctx context.Context, m *model, jql string, counted map[string]bool, each func(page backlog.CensusPage, last bool) (goOn bool, err error)) error {
	var at position
	for guard := newGuard(0, ""); ; {
		page, next, err := t.censusPage(ctx, m, jql, at, counted)
		if err == nil {
			err = guard.check(next.next(), len(page.IDs))
		}
		if err != nil {
			return err
		}
		if goOn, err := each(page, next.Done); err != nil || !goOn || next.Done {
			return err
		}
		at = next
	}
}

func (t *Tracker) censusPage(ctx context.Context, m *model, jql string, at position, counted map[string]bool) (backlog.CensusPage, position, error) {
	raws, next, err := t.idPage(ctx, jql, at)
	if err != nil {
		return backlog.CensusPage{}, at, err
	}
	var page backlog.CensusPage
	for _, raw := range raws {
		var one linked
		if err := json.Unmarshal(raw, &one); err != nil || one.ID == "" {
			return page, at, fmt.Errorf("%w: an issue in the listing has no id", backlog.ErrIncomplete)
		}
		page.IDs = append(page.IDs, m.id(one.ID))
		counted[string(one.ID)] = true
	}
	return page, next, nil
}

// idPage reads little more than ids, many at once.
func (t *Tracker) idPage(ctx context.Context, jql string, at position) (raws []json.RawMessage, next position, err error) {
	if !t.server.Load() {
		answer, err := t.search(ctx, jql, []string{"id"}, censusSize, at.Token)
		return answer.Issues, position{Token: answer.Next, Done: answer.Next == ""}, err
	}
	l := listing{where: condition(jql), by: "created", fields: []string{"created"}, size: serverCensusSize, doubt: 1}
	rows, to, last, err := t.next(ctx, l, at.span)
	for _, r := range rows {
		raws = append(raws, r.raw)
	}
	return raws, position{span: to, Done: last}, err
}

// The orders of a listing.
const (
	forwards  = " ORDER BY created ASC, key ASC"
	backwards = " ORDER BY created DESC, key DESC"
)

// judge decides whether a listing that ended is whole. A site that does not
// count is asked for the same list from its other end: both must agree, and an
// empty one proves nothing.
func (t *Tracker) judge(ctx context.Context, m *model, key string, counted map[string]bool, expected int) (bool, string, error) {
	if expected != uncounted {
		complete, why := basis(len(counted), expected)
		return complete, why, nil
	}
	again := map[string]bool{}
	toTheEnd := func(backlog.CensusPage, bool) (bool, error) { return true, nil }
	if err := t.listIDs(ctx, m, t.settings.jql(key)+backwards, again, toTheEnd); err != nil {
		return false, "", err
	}
	const uncounting = "Jira offers no search/approximate-count"
	if len(counted) == 0 || !maps.Equal(counted, again) {
		return false, fmt.Sprintf("%s, and two listings have %d and %d ids", uncounting, len(counted), len(again)), nil
	}
	return true, fmt.Sprintf("the same %d ids listed to the end from both ends; %s", len(counted), uncounting), nil
}

// basis compares what was listed with what Jira counts. One in a hundred, and
// at least two, may be missing: the count is approximate by its own name.
func basis(listed, expected int) (complete bool, why string) {
	if listed >= expected-max(2, expected/100) {
		return true, fmt.Sprintf("%d ids listed to the end, Jira counts about %d", listed, expected)
	}
	return false, fmt.Sprintf("only %d ids listed, Jira counts about %d", listed, expected)
}
