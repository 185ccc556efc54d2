package jira

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/trackwarden/trackwarden/backlog"
)

// A backfill is read in parts by when issues were created, which never
// changes, so that many requests can be under way also for one big project.
// Each part may end with a page that is not full, so there must not be many:
// about partsOfAll for the whole backfill, and none under smallestPart issues.
const (
	partsOfAll   = 24
	smallestPart = 2000
	atOnce       = 8 // parts that are read, and counts that are asked for, at once
)

// backfills makes the sweeps of a backfill from their common beginning. Counts
// only decide where to cut: the parts of a project meet without a gap, and the
// first and the last are open, so they hold every issue whatever was counted.
func (t *Tracker) backfills(ctx context.Context, m *model, begin position) ([]backlog.Sweep, error) {
	totals := make([]int, len(m.projects))
	err := eachOf(ctx, len(totals), func(ctx context.Context, i int) (err error) {
		totals[i], err = t.count(ctx, t.settings.jql(m.projects[i].Key))
		return err
	})
	if err != nil {
		return nil, err
	}
	whole := 0
	for _, n := range totals {
		whole += max(n, 0)
	}
	share := shareOf(whole, len(m.projects))
	var sweeps []backlog.Sweep
	sizes := map[string]int{}
	for i, p := range m.projects {
		begin.Project, begin.Total = p.ID, totals[i]
		parts, err := t.parts(ctx, p.Key, begin, goals(totals, i, share), share/20)
		if err != nil {
			return nil, err
		}
		for n, part := range parts {
			name := "backfill " + p.Key
			if len(parts) > 1 {
				name = fmt.Sprintf("backfill %s %02d/%02d", p.Key, n+1, len(parts))
			}
			sweeps, sizes[name] = append(sweeps, sweep(name, part)), part.Total
		}
	}
	// The largest are begun first, so that the small ones fill up what is left.
	slices.SortStableFunc(sweeps, func(a, b backlog.Sweep) int { return sizes[b.Name] - sizes[a.Name] })
	return sweeps, nil
}

// shareOf is after how many issues the row of all projects is cut. What is cut
// so divides into atOnce equal loads, however large the projects are, with no
// more parts than projects and cuts.
func shareOf(whole, projects int) int {
	shares := max((partsOfAll-projects+1)/atOnce, 1) * atOnce
	shares = min(shares, (whole+smallestPart/2)/smallestPart)
	return ceil(whole, max(shares, 1))
}

func ceil(n, by int) int { return (n + by - 1) / by }

// goals are the cuts that fall into one project, counted from its beginning.
// None is near its ends: a part of a few issues is hardly worth a page.
func goals(totals []int, project, share int) (cuts []int) {
	before := 0
	for _, n := range totals[:project] {
		before += max(n, 0)
	}
	for cut := share; share > 0 && cut < before+totals[project]; cut += share {
		if at := cut - before; at > share/8 && at < totals[project]-share/8 {
			cuts = append(cuts, at)
		}
	}
	return cuts
}

// parts cuts the backfill of one project near the goals.
func (t *Tracker) parts(ctx context.Context, key string, all position, goals []int, tolerance int) ([]position, error) {
	if len(goals) == 0 {
		return []position{all}, nil
	}
	first, err := t.oldest(ctx, key)
	if err != nil {
		return nil, err
	}
	if first.IsZero() || first.UnixMilli() >= all.Started {
		return []position{all}, nil
	}
	before := curve{{first.UnixMilli(), 0}, {all.Started + 1, all.Total}}
	before, err = before.towards(goals, tolerance, func(times []int64) ([]int, error) {
		counts := make([]int, len(times))
		err := eachOf(ctx, len(times), func(ctx context.Context, i int) (err error) {
			counts[i], err = t.count(ctx, t.settings.jql(key)+createdWithin(0, times[i]))
			return err
		})
		return counts, err
	})
	return all.cut(before, goals), err
}

// cut makes the parts between the moments that come nearest to the goals.
func (p position) cut(before curve, goals []int) []position {
	var cuts curve
	for _, goal := range goals {
		if c := before.nearest(goal); c.at > before[0].at && c.at < before[len(before)-1].at && !slices.Contains(cuts, c) {
			cuts = append(cuts, c)
		}
	}
	var parts []position
	from, counted := int64(0), 0
	for _, c := range append(cuts, point{0, p.Total}) {
		part := p
		part.From, part.To, part.Total = from, c.at, max(c.count-counted, 1)
		parts = append(parts, part)
		from, counted = c.at, c.count
	}
	return parts
}

// oldest is when the first issue of a project was created; zero when nobody
// can tell.
func (t *Tracker) oldest(ctx context.Context, key string) (time.Time, error) {
	issues, err := t.first(ctx, t.settings.jql(key)+forwards, "created")
	if err != nil || len(issues) == 0 {
		return time.Time{}, err
	}
	var one issue
	if err := json.Unmarshal(issues[0], &one); err != nil {
		return time.Time{}, fmt.Errorf("read the oldest issue: %w", err)
	}
	return optionalTime(one.Fields, "created"), nil
}

// first reads a field of the first issue of a query.
func (t *Tracker) first(ctx context.Context, jql, field string) ([]json.RawMessage, error) {
	if t.server.Load() {
		found, err := t.searchFrom(ctx, jql, []string{field}, 0, 1)
		return found.Issues, err
	}
	found, err := t.search(ctx, jql, []string{field}, 1, "")
	return found.Issues, err
}

// createdWithin is a condition on when an issue was created; 0 is open. Unquoted
// epoch milliseconds are absolute, whatever the account's time zone.
func createdWithin(from, to int64) string {
	condition := ""
	if from != 0 {
		condition += fmt.Sprintf(" AND created >= %d", from)
	}
	if to != 0 {
		condition += fmt.Sprintf(" AND created < %d", to)
	}
	return condition
}

// eachOf does something for each index, a few at once.
func eachOf(ctx context.Context, n int, do func(ctx context.Context, i int) error) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	for i := range n {
		group.Go(func() error { return do(ctx, i) })
	}
	return group.Wait()
}
