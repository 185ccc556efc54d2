package store

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// Usage counts, per site, project and type, how often each known field is
// filled on the items in scope that changed at a time or later. Times are
// rounded down to whole periods of four weeks, so that the counts are kept and
// not taken: 180 days are between 180 and 208. A zero time is exact.
func (db *DB) Usage(ctx context.Context, since time.Time) ([]backlog.Usage, error) {
	where, from := `period >= $1`, periodOf(micros(since))
	if since.IsZero() {
		where, from = `period = $1`, ever
	}
	var all []backlog.Usage
	err := db.read(ctx, func(q querier) error {
		if err := db.learn(ctx, q); err != nil {
			return err
		}
		at := map[useOf]int{}
		return each(ctx, q, func(rows *sql.Rows) error {
			var of useOf
			var text string
			if err := rows.Scan(&of.site, &of.project, &of.kind, &text); err != nil {
				return err
			}
			counts, err := unpack(text)
			if err != nil || counts[0] == 0 {
				return err
			}
			i, known := at[of]
			if !known {
				i, at[of] = len(all), len(all)
				p, _ := db.sites.number(of.site)
				all = append(all, backlog.Usage{Site: p.id, Project: of.project, Type: of.kind, Filled: map[backlog.Field]int{}})
			}
			addUsage(&all[i], counts)
			return nil
		}, `SELECT site, project, type, counts FROM field_use WHERE `+where+` ORDER BY site, project, type`, from)
	})
	return all, err
}

type useOf struct {
	site          int64
	project, kind string
}

func addUsage(u *backlog.Usage, counts []int) {
	u.Items += counts[0]
	for f, n := range counts[1:] {
		if n > 0 {
			u.Filled[backlog.Field(f)] += n
		}
	}
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
	}, `SELECT iterations FROM seat WHERE site = $1 AND items > 0`, site)
	return all, err
}
