package jira

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

// History implements backlog.Historian: what the changelog tells, and the
// comments, which it does not hold. An issue that Jira does not show is not
// known.
func (t *Tracker) History(ctx context.Context, ids ...backlog.ItemID) ([]backlog.Past, error) {
	m, err := t.known(ctx)
	if err != nil {
		return nil, fmt.Errorf("read history: %w", err)
	}
	pasts := make([]backlog.Past, 0, len(ids))
	for batch := range slices.Chunk(ids, fetchSize) {
		some, err := t.pastOf(ctx, m, batch)
		if err != nil {
			return nil, fmt.Errorf("read history: %w", err)
		}
		pasts = append(pasts, some...)
	}
	return pasts, nil
}

// past is what an issue's history is made of.
type past struct {
	issue   issue
	entries []entry
	told    bool // the changelog was given
	cut     bool
}

func (t *Tracker) pastOf(ctx context.Context, m *model, ids []backlog.ItemID) ([]backlog.Past, error) {
	found, err := t.pastIssues(ctx, m, ids)
	if err != nil {
		return nil, err
	}
	if err := t.addChangelogs(ctx, found); err != nil {
		return nil, err
	}
	names, err := t.statusCategories(ctx)
	if err != nil {
		return nil, err
	}
	pasts := make([]backlog.Past, len(ids))
	for i, id := range ids {
		pasts[i] = backlog.Past{ID: id}
		p := found[id.ID]
		if p == nil || !p.told {
			continue
		}
		events, err := t.events(ctx, m, p, names)
		if err != nil {
			return nil, err
		}
		pasts[i] = backlog.Past{ID: id, Known: true, Cut: p.cut, Events: events}
	}
	return pasts, nil
}

// pastIssues reads what of the issues the changelog does not hold, by id.
func (t *Tracker) pastIssues(ctx context.Context, m *model, ids []backlog.ItemID) (map[string]*past, error) {
	var names []string
	for _, id := range ids {
		if id.Site == m.site {
			names = append(names, id.ID)
		}
	}
	if len(names) == 0 {
		return nil, nil
	}
	answer, err := t.fetchRaw(ctx, names, append([]string{"comment"}, m.fields.known[backlog.FieldIteration]...))
	if err != nil {
		return nil, err
	}
	found := map[string]*past{}
	for _, raw := range answer.Issues {
		var p past
		if json.Unmarshal(raw, &p.issue) == nil && p.issue.ID != "" {
			found[string(p.issue.ID)] = &p
		}
	}
	return found, nil
}

// events tells an issue's past in our words, oldest first.
func (t *Tracker) events(ctx context.Context, m *model, p *past, names statusNames) ([]backlog.Event, error) {
	remarks, err := t.remarksIn(ctx, p.issue)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(p.entries, entry.compare)
	var events []backlog.Event
	for _, e := range p.entries {
		events = append(events, m.eventsOf(e, names)...)
	}
	if err := t.markBegun(ctx, m.sprints(p.issue.Fields), events); err != nil {
		return nil, err
	}
	for _, r := range remarks {
		events = append(events, m.said(r)...)
	}
	slices.SortStableFunc(events, func(a, b backlog.Event) int { return a.At.Compare(b.At) })
	return events, nil
}

// remarksIn are an issue's comments: those that came with it, or the newest
// hundred where these are not all.
func (t *Tracker) remarksIn(ctx context.Context, raw issue) ([]comment, error) {
	var page remarksPage
	if err := raw.Fields.into("comment", &page); err != nil {
		return nil, err
	}
	if page.Total == nil || *page.Total <= len(page.Comments) {
		return page.Comments, nil
	}
	embedded := page.Comments
	err := t.get(ctx, remarksOf(string(raw.ID)), map[string][]string{"orderBy": {"-created"}, "maxResults": {"100"}}, &page)
	if rest.NotOffered(err) {
		return embedded, nil
	}
	return page.Comments, err
}

// said is a comment's writing, and its editing if it was edited later.
func (m *model) said(c comment) []backlog.Event {
	var events []backlog.Event
	created, _ := parseTime(c.Created)
	if !created.IsZero() {
		events = append(events, backlog.Event{At: created, Ours: c.Author.id() == m.account.ID})
	}
	if updated, _ := parseTime(c.Updated); updated.Sub(created) > time.Second { // a writing may take two moments
		events = append(events, backlog.Event{At: updated, Ours: cmp.Or(c.Editor.id(), c.Author.id()) == m.account.ID})
	}
	return events
}

// markBegun finds out of each sprint that was left whether it had begun by
// then: from the issue's own sprints, else by asking for it.
func (t *Tracker) markBegun(ctx context.Context, own []backlog.Iteration, events []backlog.Event) error {
	known := map[string]backlog.Iteration{}
	for _, it := range own {
		known[it.ID] = it
	}
	left := map[string]bool{}
	for _, e := range events {
		if _, ok := known[e.From]; !ok && e.Field == backlog.IterationEvent && e.From != "" {
			left[e.From] = true
		}
	}
	for _, id := range slices.Sorted(maps.Keys(left)) {
		it, err := t.sprint(ctx, id)
		if err != nil {
			return err
		}
		known[id] = it
	}
	for i, e := range events {
		it := known[e.From]
		if e.Field == backlog.IterationEvent && !it.Start.IsZero() && it.State != "future" {
			events[i].Begun = !it.Start.After(e.At)
		}
	}
	return nil
}
