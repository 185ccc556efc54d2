package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/trackwarden/trackwarden/backlog"
)

// Layouts lists how the types of a site were built when they were last as they
// should be.
func (db *DB) Layouts(ctx context.Context, site backlog.SiteID) ([]backlog.Layout, error) {
	var all []backlog.Layout
	err := db.read(ctx, func(q querier) error {
		p, known, err := db.site(ctx, q, site)
		if err != nil || !known {
			return err
		}
		return each(ctx, q, func(rows *sql.Rows) error {
			var l backlog.Layout
			var fields int64
			var names string
			if err := rows.Scan(&l.Project, &l.Type, &fields, &names); err != nil {
				return err
			}
			l.Fields = backlog.FieldSet(fields)
			all = append(all, l)
			return decode(names, &all[len(all)-1].Names)
		}, `SELECT project, type, fields, names FROM layout WHERE site = $1`, p.number)
	})
	if err != nil {
		return nil, fmt.Errorf("load layouts: %w", err)
	}
	return all, nil
}

// SaveLayouts keeps how types are built, in place of what was kept of them.
func (db *DB) SaveLayouts(ctx context.Context, site backlog.SiteID, layouts []backlog.Layout) error {
	return db.write(ctx, func(t *tx) error {
		p, err := db.mustSite(ctx, t, site)
		if err != nil {
			return err
		}
		for _, l := range layouts {
			names, err := encode(l.Names)
			if err != nil {
				return err
			}
			if _, err := t.ExecContext(ctx, `INSERT INTO layout (site, project, type, fields, names) VALUES ($1, $2, $3, $4, $5)
				ON CONFLICT (site, project, type) DO UPDATE SET fields = excluded.fields, names = excluded.names`,
				p.number, l.Project, l.Type, int64(l.Fields), names); err != nil {
				return fmt.Errorf("save layout of %s: %w", l.Type, err)
			}
		}
		return nil
	})
}

// Suspensions lists the fields of every site that cannot be trusted now.
func (db *DB) Suspensions(ctx context.Context) ([]backlog.Suspension, error) {
	var all []backlog.Suspension
	err := db.read(ctx, func(q querier) error {
		return each(ctx, q, func(rows *sql.Rows) error {
			var s backlog.Suspension
			var since int64
			err := rows.Scan(&s.Connection, &s.Project.ID, &s.Project.Key, &s.Project.Name, &s.Type, &s.Field, &s.Cause, &s.Reason, &since)
			s.Since = fromMicros(since)
			all = append(all, s)
			return err
		}, `SELECT s.connection, x.project, COALESCE(p.key, x.project), COALESCE(p.name, ''), x.type, x.field, x.cause, x.reason, x.since
			FROM suspension x JOIN site s ON s.id = x.site LEFT JOIN project p ON p.site = x.site AND p.remote_id = x.project
			ORDER BY s.connection, 3, x.type, x.field`)
	})
	if err != nil {
		return nil, fmt.Errorf("load suspensions: %w", err)
	}
	return all, nil
}

// Suspend notes that a field cannot be trusted; fresh is false when that was
// known.
func (db *DB) Suspend(ctx context.Context, site backlog.SiteID, s backlog.Suspension) (fresh bool, err error) {
	err = db.write(ctx, func(t *tx) error {
		p, err := db.mustSite(ctx, t, site)
		if err != nil {
			return err
		}
		n, err := t.ExecContext(ctx, `INSERT INTO suspension (site, project, type, field, cause, reason, since) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
			p.number, s.Project.ID, s.Type, int(s.Field), string(s.Cause), cleanText(s.Reason), micros(s.Since))
		fresh = n == 1
		return err
	})
	if err != nil {
		return false, fmt.Errorf("suspend %s: %w", s.Field, err)
	}
	return fresh, nil
}

// Lift notes that a field can be trusted again.
func (db *DB) Lift(ctx context.Context, site backlog.SiteID, s backlog.Suspension) error {
	return db.write(ctx, func(t *tx) error {
		p, err := db.mustSite(ctx, t, site)
		if err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, `DELETE FROM suspension WHERE site = $1 AND project = $2 AND type = $3 AND field = $4`,
			p.number, s.Project.ID, s.Type, int(s.Field)); err != nil {
			return fmt.Errorf("lift suspension of %s: %w", s.Field, err)
		}
		return nil
	})
}
