package store

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// Usage counts, per site, project and type, how often each known field is
// filled on the items in scope that changed at a time or later.
func (db *DB) Usage(ctx context.Context, since time.Time) ([]backlog.Usage, error) {
	var all []backlog.Usage
	err := db.read(ctx, func(q querier) error {
		if err := db.learn(ctx, q); err != nil {
			return err
		}
		return each(ctx, q, func(rows *sql.Rows) error {
			var site, filled int64
			var u backlog.Usage
			if err := rows.Scan(&site, &u.Project, &u.Type, &filled, &u.Items); err != nil {
				return err
			}
			p, _ := db.sites.number(site)
			u.Site = p.id
			all = addUsage(all, u, backlog.FieldSet(filled))
			return nil
		}, `SELECT i.site, i.project, i.type, i.filled, COUNT(*) FROM item i
			WHERE i.presence IN ('found', 'moved') AND i.updated >= $1
			GROUP BY i.site, i.project, i.type, i.filled ORDER BY i.site, i.project, i.type`, micros(since))
	})
	return all, err
}

// addUsage adds the count of one combination of filled fields to the last
// entry, or to a new one.
func addUsage(all []backlog.Usage, u backlog.Usage, filled backlog.FieldSet) []backlog.Usage {
	last := len(all) - 1
	if last < 0 || all[last].Site != u.Site || all[last].Project != u.Project || all[last].Type != u.Type {
		all = append(all, backlog.Usage{Site: u.Site, Project: u.Project, Type: u.Type, Filled: map[backlog.Field]int{}})
		last++
	}
	all[last].Items += u.Items
	for _, f := range backlog.Fields() {
		if filled.Has(f) {
			all[last].Filled[f] += u.Items
		}
	}
	return all
}

// Iterations lists the iterations that open items in scope sit in, by their
// start, unscheduled ones first.
func (db *DB) Iterations(ctx context.Context, site backlog.SiteID) ([]backlog.Iteration, error) {
	var all []backlog.Iteration
	err := db.read(ctx, func(q querier) error {
		p, known, err := db.site(ctx, q, site)
		if err != nil || !known {
			return err
		}
		sat, err := satIn(ctx, q, p.number)
		if err != nil {
			return err
		}
		return each(ctx, q, func(rows *sql.Rows) error {
			var key, data string
			if err := rows.Scan(&key, &data); err != nil || !sat[key] {
				return err
			}
			var it backlog.Iteration
			if err := decode(data, &it); err != nil {
				return err
			}
			all = append(all, it)
			return nil
		}, `SELECT remote_id, data FROM iteration WHERE site = $1 ORDER BY remote_id`, p.number)
	})
	slices.SortStableFunc(all, func(a, b backlog.Iteration) int { return a.Start.Compare(b.Start) })
	return all, err
}

// satIn are the keys of the iterations that open items sit in.
func satIn(ctx context.Context, q querier, site int64) (map[string]bool, error) {
	all := map[string]bool{}
	err := each(ctx, q, func(rows *sql.Rows) error {
		var text string
		if err := rows.Scan(&text); err != nil {
			return err
		}
		var keys []string
		if err := decode(text, &keys); err != nil {
			return err
		}
		for _, key := range keys {
			all[key] = true
		}
		return nil
	}, `SELECT DISTINCT iterations FROM item WHERE site = $1 AND iterations <> '' AND state NOT IN ('done', 'removed') AND presence IN ('found', 'moved')`, site)
	return all, err
}
