package azuredevops

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

// batch of a feed. The token is kept even from the last batch: the next round
// goes on there.
type batch struct {
	Values []change `json:"values"`
	Token  string   `json:"continuationToken"`
	Next   string   `json:"nextLink"`
	Last   *bool    `json:"isLastBatch"`
}

// change is a row of either feed: a revision, or a link with its two ends.
type change struct {
	ID            whole          `json:"id"`
	Fields        map[string]any `json:"fields"`
	Deleted       bool           `json:"isDeleted"`
	Source        whole          `json:"sourceId"`
	SourceProject string         `json:"sourceProjectId"`
	Target        whole          `json:"targetId"`
	TargetProject string         `json:"targetProjectId"`
}

// maxEmpty is how many batches in a row may hold nothing, as they may where
// much of the organisation is hidden from us, before a feed is not believed.
const maxEmpty = 100

// follow reads what a feed says has changed: one page for each of its batches.
func (t *Tracker) follow(ctx context.Context, at position, yield func(backlog.Page, error) bool) error {
	m, err := t.known(ctx)
	if err != nil {
		return err
	}
	empty, seen, learnt := 0, map[string]bool{}, false
	for {
		b, err := t.nextBatch(ctx, &at)
		if rest.NotOffered(err) && !at.Start.IsZero() {
			return t.withoutFeed(ctx, m, at, yield)
		}
		if err != nil {
			return err
		}
		t.absent.clear(at.Kind)
		last := *b.Last
		if empty++; len(b.Values) > 0 {
			empty = 0
		}
		if !last && (b.Token == "" || seen[b.Token] || b.Token == at.Token || empty > maxEmpty) {
			return fmt.Errorf("%w: the feed of %s does not get on", backlog.ErrIncomplete, at.Kind)
		}
		seen[b.Token] = true
		if m.foreign(b.Values) && !learnt {
			learnt = true
			if m, err = t.learn(ctx); err != nil {
				return err
			}
		}
		page, err := t.changed(ctx, m, b.Values)
		if err != nil {
			return err
		}
		if b.Token != "" {
			at.Token, at.Start = b.Token, t.http.Now()
		}
		page.Position = at.String()
		if page.Last = last; last {
			page.Mark = backlog.Mark{at.Kind: at.mark()}
		}
		if !yield(page, nil) || last {
			return nil
		}
	}
}

// nextBatch asks for what follows the position. A token that the tracker does
// not take any more is given up for the time when it was given.
func (t *Tracker) nextBatch(ctx context.Context, at *position) (batch, error) {
	b, err := t.ask(ctx, *at)
	if rest.Status(err) == http.StatusBadRequest && at.Token != "" && !at.Start.IsZero() {
		t.log.Warn("feed token refused; going back to when it was given",
			"connection", t.settings.Connection, "feed", at.Kind, "start", at.Start, "cause", message(err))
		at.Token, at.Start = "", at.Start.Add(-early)
		b, err = t.ask(ctx, *at)
	}
	if err != nil {
		return b, err
	}
	if b.Last == nil || b.Values == nil {
		return b, fmt.Errorf("%w: the answer is no batch of the feed", backlog.ErrIncomplete)
	}
	if next, err := url.Parse(b.Next); b.Token == "" && err == nil {
		b.Token = next.Query().Get("continuationToken")
	}
	return b, nil
}

func (t *Tracker) ask(ctx context.Context, at position) (b batch, err error) {
	query := url.Values{}
	if at.Token != "" { // never together with a time
		query.Set("continuationToken", at.Token)
	} else {
		query.Set("startDateTime", at.Start.UTC().Format(time.RFC3339))
	}
	c := call{method: http.MethodGet, at: "b5b5b6d0-0308-40a1-b3f4-b9bb3c66878f", version: "7.1", query: query}
	if at.Kind == revisionsFeed {
		c.at = "f828fe59-dd87-495d-a17c-7a8d6211ca6c"
		query.Set("includeLatestOnly", "true")
		query.Set("includeDeleted", "true")
		query.Set("fields", "System.TeamProject,System.IsDeleted,System.IterationPath,System.WorkItemType")
		query.Set("$maxPageSize", strconv.Itoa(t.settings.BatchSize))
	}
	_, err = t.do(ctx, c, &b)
	return b, err
}

// changed reads the work items of our projects that a batch speaks of. Those
// that it calls deleted are gone; of all others only the ids are believed.
func (t *Tracker) changed(ctx context.Context, m *model, rows []change) (backlog.Page, error) {
	deleted := map[int]bool{} // by id; a later row of one knows better
	for _, row := range rows {
		if row.ID != 0 && m.inScope(scalar(row.Fields["System.TeamProject"])) != nil {
			deleted[int(row.ID)] = row.deleted()
		}
		for id, project := range map[int]string{int(row.Source): row.SourceProject, int(row.Target): row.TargetProject} {
			if id != 0 && (project == "" || m.byID(strings.ToLower(project)) != nil) {
				deleted[id] = false
			}
		}
	}
	var ids, gone []int
	for _, id := range slices.Sorted(maps.Keys(deleted)) {
		if deleted[id] {
			gone = append(gone, id)
		} else {
			ids = append(ids, id)
		}
	}
	var kept []int
	for part := range slices.Chunk(ids, t.settings.BatchSize) {
		within, err := t.within(ctx, part)
		if err != nil {
			return backlog.Page{}, err
		}
		kept = append(kept, within...)
	}
	page, err := t.page(ctx, m, kept, false)
	for _, id := range gone {
		page.Gone = append(page.Gone, m.item(id))
	}
	return page, err
}

func (c change) deleted() bool { return c.Deleted || scalar(c.Fields["System.IsDeleted"]) == "true" }

// foreign reports whether a batch speaks of a project, an iteration or a type
// that we do not know: it is new, or one of ours under a new name.
func (m *model) foreign(rows []change) bool {
	return slices.ContainsFunc(rows, func(row change) bool {
		name := scalar(row.Fields["System.TeamProject"])
		if _, visible := m.visible[strings.ToLower(name)]; name != "" && !visible {
			return true
		}
		p := m.inScope(name)
		return p != nil && !p.knows(scalar(row.Fields["System.IterationPath"]), scalar(row.Fields["System.WorkItemType"]))
	})
}

// knows reports whether an iteration and a type of an item were there when the
// project was read.
func (p *project) knows(iteration, typeName string) bool {
	_, dated := p.iterations[strings.ToLower(iteration)]
	_, typed := p.byName[strings.ToLower(typeName)]
	dated = dated || iteration == "" || strings.EqualFold(iteration, p.Name) || p.nodes == nil
	return dated && (typed || typeName == "" || p.untyped)
}
