package jira

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/trackwarden/trackwarden/connectors/rest"
)

// changelogPage is how many entries one answer may have.
const changelogPage = 1000

// addChangelogs reads the changelogs of issues: of all at once, where a site
// does not offer that of each by itself, and where it does not even offer that,
// as a part of the issue.
func (t *Tracker) addChangelogs(ctx context.Context, issues map[string]*past) error {
	switch {
	case len(issues) == 0:
		return nil
	case t.server.Load(): // has no other way
		return t.each(ctx, issues, t.expandChangelog)
	}
	return t.ways.try("changelog",
		func() error { return t.bulkChangelogs(ctx, issues) },
		func() error { return t.each(ctx, issues, t.listChangelog) },
		func() error { return t.each(ctx, issues, t.expandChangelog) })
}

// bulkChangelogs reads all pages of the changelogs of all issues. No fields
// are named: what is not asked for could not count as activity.
func (t *Tracker) bulkChangelogs(ctx context.Context, issues map[string]*past) error {
	question := map[string]any{"issueIdsOrKeys": slices.Sorted(maps.Keys(issues)), "maxResults": changelogPage}
	entries := map[string][]entry{}
	for guard, token := newGuard(0, ""), ""; ; {
		var answer struct {
			Issues []struct {
				ID      ident   `json:"issueId"`
				Entries []entry `json:"changeHistories"`
			} `json:"issueChangeLogs"`
			Next string `json:"nextPageToken"`
		}
		if token != "" {
			question["nextPageToken"] = token
		}
		if err := t.post(ctx, "rest/api/3/changelog/bulkfetch", question, &answer); err != nil {
			return err
		}
		for _, i := range answer.Issues {
			entries[string(i.ID)] = append(entries[string(i.ID)], i.Entries...)
		}
		if err := guard.check(answer.Next, len(answer.Issues)); err != nil {
			return fmt.Errorf("read changelogs: %w", err)
		}
		if token = answer.Next; token == "" {
			break
		}
	}
	for id, p := range issues { // one that never changed may be left out
		p.entries, p.told = entries[id], true
	}
	return nil
}

// each reads the changelogs of issues one by one, a few at once. One that is
// not found is not told of, unless none is.
func (t *Tracker) each(ctx context.Context, issues map[string]*past, read func(context.Context, string, *past) error) error {
	var mu sync.Mutex
	var absent error
	told := false
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(parallel)
	for id, p := range issues {
		group.Go(func() error {
			err := read(ctx, id, p)
			mu.Lock()
			defer mu.Unlock()
			if rest.Status(err) == http.StatusNotFound {
				absent = err
				return nil
			}
			p.told = err == nil
			told = told || p.told
			return err
		})
	}
	if err := group.Wait(); err != nil || told {
		return err
	}
	return absent
}

// listChangelog pages through the changelog of one issue.
func (t *Tracker) listChangelog(ctx context.Context, id string, p *past) error {
	p.entries = nil
	for {
		var page struct {
			Last    bool    `json:"isLast"`
			Total   int     `json:"total"`
			Entries []entry `json:"values"`
		}
		query := url.Values{"startAt": {strconv.Itoa(len(p.entries))}, "maxResults": {"100"}}
		if err := t.get(ctx, issuePath(id)+"/changelog", query, &page); err != nil {
			return err
		}
		p.entries = append(p.entries, page.Entries...)
		if page.Last || len(page.Entries) == 0 || len(p.entries) >= page.Total {
			p.cut = len(p.entries) < page.Total
			return nil
		}
	}
}

// expandChangelog reads the changelog that comes with the issue, which may be
// only its newest part.
func (t *Tracker) expandChangelog(ctx context.Context, id string, p *past) error {
	var answer struct {
		Changelog *struct {
			Total   int     `json:"total"`
			Entries []entry `json:"histories"`
		} `json:"changelog"`
	}
	if err := t.get(ctx, issuePath(id), url.Values{"fields": {"id"}, "expand": {"changelog"}}, &answer); err != nil {
		return err
	}
	p.cut = true
	if answer.Changelog != nil {
		p.entries = answer.Changelog.Entries
		p.cut = answer.Changelog.Total > len(p.entries)
	}
	return nil
}
