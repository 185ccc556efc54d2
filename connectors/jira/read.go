package jira

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"iter"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

// Sweeps implements backlog.Reader: a backfill of every project, in parts by
// creation where it is big, that was not read before or not in this way, and one
// sweep over the changes of all others.
func (t *Tracker) Sweeps(ctx context.Context, since backlog.Mark) ([]backlog.Sweep, error) {
	m, err := t.known(ctx)
	if err != nil {
		return nil, fmt.Errorf("plan sweeps: %w", err)
	}
	now, err := t.now(ctx)
	if err != nil {
		return nil, fmt.Errorf("plan sweeps: %w", err)
	}
	if len(m.projects) == 0 {
		return nil, fmt.Errorf("plan sweeps: %w: no configured project is visible to %s; check scope.projects and the account's permissions", backlog.ErrIncomplete, m.account.Name)
	}
	begin := position{Started: now.UnixMilli(), Scope: t.scope()}
	fresh, sweeps := t.changed(m, since, begin)
	if len(fresh) == 0 {
		return sweeps, nil
	}
	part := *m
	part.projects, begin.Kind = fresh, backfill
	backfills, err := t.backfills(ctx, &part, begin)
	if err != nil {
		return nil, fmt.Errorf("plan sweeps: %w", err)
	}
	return append(backfills, sweeps...), nil
}

// changed makes a sweep over the changes of all projects that were read up to
// the same time: of one that could not be seen for a while, this is earlier. What
// was never read, or in another way, is fresh.
func (t *Tracker) changed(m *model, mark backlog.Mark, begin position) (fresh []backlog.Project, sweeps []backlog.Sweep) {
	upTo := map[int64][]string{}
	for _, p := range m.projects {
		if ms, read := since(mark, p.ID, begin.Scope); read {
			upTo[ms] = append(upTo[ms], p.ID)
		} else {
			fresh = append(fresh, p)
		}
	}
	name := "changes"
	for _, ms := range slices.Backward(slices.Sorted(maps.Keys(upTo))) {
		begin.Kind, begin.Projects = changes, upTo[ms]
		begin.Since = time.UnixMilli(ms).Add(-t.settings.Overlap).UnixMilli()
		sweeps = append(sweeps, sweep(name, begin))
		name = fmt.Sprintf("changes of %d more", len(sweeps))
	}
	return fresh, sweeps
}

// scope is a short name for which issues the sweeps cover and how they are read:
// with other fields or levels, items that nobody edited have to be read again.
func (t *Tracker) scope() string {
	h := fnv.New64a()
	s := t.settings
	reading, err := json.Marshal([]any{s.Query, s.Fields, s.Levels})
	if err != nil { // texts only: cannot fail
		reading = []byte(err.Error())
	}
	h.Write(reading)
	return strconv.FormatUint(h.Sum64(), 36)
}

// Read implements backlog.Reader. When Jira no longer knows the token of the
// next page, the sweep begins again: repeating is allowed, skipping is not.
func (t *Tracker) Read(ctx context.Context, s backlog.Sweep) iter.Seq2[backlog.Page, error] {
	return func(yield func(backlog.Page, error) bool) {
		fail := func(err error) { yield(backlog.Page{}, fmt.Errorf("read %s: %w", s.Name, err)) }
		var p position
		if err := json.Unmarshal([]byte(s.Position), &p); err != nil {
			fail(fmt.Errorf("understand position: %w", err))
			return
		}
		m, err := t.known(ctx)
		if err != nil {
			fail(err)
			return
		}
		for guard := newGuard(p.Pages, p.next()); ; {
			page, next, err := t.page(ctx, m, p)
			if rest.Status(err) == http.StatusBadRequest && p.Token != "" && guard.restart() {
				p.Token, p.Pages = "", 0
				continue
			}
			if err == nil {
				err = guard.check(next.next(), len(page.Items)+len(page.Broken))
			}
			if err != nil {
				fail(err)
				return
			}
			if !yield(page, nil) || page.Last {
				return
			}
			p = next
		}
	}
}

// page reads the page at a position and says where the next one is.
func (t *Tracker) page(ctx context.Context, m *model, p position) (backlog.Page, position, error) {
	switch {
	case p.Done:
		return p.last(backlog.Page{}), p, nil
	case t.server.Load():
		return t.windowPage(ctx, m, p)
	}
	jql, err := t.query(m, p)
	if err != nil {
		return backlog.Page{}, p, err
	}
	var found found
	raws, err := t.whole(ctx, m.fields.wanted(), func(fields []string) (_ []json.RawMessage, err error) {
		found, err = t.search(ctx, jql, fields, t.settings.PageSize, p.Token)
		return found.Issues, err
	})
	if err != nil {
		return backlog.Page{}, p, err
	}
	page := t.convertAll(m, raws)
	p.Token, p.Pages, p.Done = found.Next, p.Pages+1, found.Next == ""
	page.Position, page.Total = p.String(), max(p.Total, 0)
	if p.Done {
		page = p.last(page)
	}
	return page, p, nil
}

// query writes the JQL of a sweep. The order does not change while paging,
// except that an edited issue moves behind everything read so far.
func (t *Tracker) query(m *model, p position) (string, error) {
	where, err := t.where(m, p)
	if p.Kind == changes {
		return where + " ORDER BY updated ASC, key ASC", err
	}
	return where + forwards, err
}

// where is a sweep's condition.
func (t *Tracker) where(m *model, p position) (string, error) {
	if p.Kind == changes {
		// Unquoted epoch milliseconds are absolute; a quoted date would be in
		// the account's time zone and cut to minutes.
		keys := make([]string, len(p.Projects))
		for i, id := range p.Projects {
			project, ok := m.project(id)
			if !ok {
				return "", noProject(id)
			}
			keys[i] = project.Key
		}
		return fmt.Sprintf("%s AND updated >= %d", t.settings.jql(keys...), p.Since), nil
	}
	project, ok := m.project(p.Project)
	if !ok {
		return "", noProject(p.Project)
	}
	return t.settings.jql(project.Key) + createdWithin(p.From, p.To), nil
}

func noProject(id string) error {
	return fmt.Errorf("%w: project %s is no longer in scope or visible", backlog.ErrIncomplete, id)
}

// condition is a query without its order, for counting.
func condition(jql string) string {
	before, _, _ := strings.Cut(jql, " ORDER BY ")
	return before
}
