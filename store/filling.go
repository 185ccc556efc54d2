package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/trackwarden/trackwarden/backlog"
)

// filling collects which changed items lost, got back or kept the values of
// their fields, so that it is noticed when values vanish from many at once.
type filling struct {
	lost, found []filled
	kept        map[fieldOf]int
}

type fieldOf struct {
	project, kind string
	field         backlog.Field
}

type filled struct {
	item int64
	fieldOf
}

// compare looks at an item before and after a change. In another project, or
// as another type, it has other fields: that proves nothing.
func (f *filling) compare(item int64, before, after *standing) {
	if !before.counted() || !after.counted() || before.project != after.project || before.kind != after.kind {
		return
	}
	for _, field := range backlog.Fields() {
		if !field.Custom() {
			continue
		}
		of := fieldOf{after.project, after.kind, field}
		switch had, has := before.filled.Has(field), after.filled.Has(field); {
		case had && has:
			if f.kept == nil {
				f.kept = map[fieldOf]int{}
			}
			f.kept[of]++
		case had:
			f.lost = append(f.lost, filled{item, of})
		case has:
			f.found = append(f.found, filled{item, of})
		}
	}
}

// countFields keeps what was collected.
func (c *commit) countFields(ctx context.Context) error {
	c.changes.Emptied += len(c.filling.lost)
	for _, l := range c.filling.lost {
		if _, err := c.tx.ExecContext(ctx, `INSERT INTO emptied (item, field, site, project, type) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (item, field) DO NOTHING`, l.item, int(l.field), c.site.number, l.project, l.kind); err != nil {
			return err
		}
	}
	for _, l := range c.filling.found {
		if _, err := c.tx.ExecContext(ctx, `DELETE FROM emptied WHERE item = $1 AND field = $2`, l.item, int(l.field)); err != nil {
			return err
		}
	}
	for of, n := range c.filling.kept {
		if _, err := c.tx.ExecContext(ctx, `INSERT INTO kept (site, project, type, field, items) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (site, project, type, field) DO UPDATE SET items = kept.items + excluded.items`, c.site.number, of.project, of.kind, int(of.field), n); err != nil {
			return err
		}
	}
	return nil
}

// Emptied lists the fields that changed items lost since the last census of
// their project, with how many lost and kept them.
func (db *DB) Emptied(ctx context.Context, site backlog.SiteID) ([]backlog.Emptied, error) {
	var all []backlog.Emptied
	err := db.read(ctx, func(q querier) error {
		p, known, err := db.site(ctx, q, site)
		if err != nil || !known {
			return err
		}
		return each(ctx, q, func(rows *sql.Rows) error {
			var e backlog.Emptied
			err := rows.Scan(&e.Project, &e.Type, &e.Field, &e.Lost, &e.Kept)
			all = append(all, e)
			return err
		}, `SELECT e.project, e.type, e.field, COUNT(*), COALESCE(MAX(k.items), 0) FROM emptied e
			LEFT JOIN kept k ON k.site = e.site AND k.project = e.project AND k.type = e.type AND k.field = e.field
			WHERE e.site = $1 GROUP BY e.project, e.type, e.field`, p.number)
	})
	if err != nil {
		return nil, fmt.Errorf("count emptied fields: %w", err)
	}
	return all, nil
}

// EmptiedItems lists the items of a project that lost fields which are
// suspended there.
func (db *DB) EmptiedItems(ctx context.Context, project backlog.ProjectID, limit int) ([]backlog.ItemID, error) {
	var all []backlog.ItemID
	err := db.read(ctx, func(q querier) error {
		p, known, err := db.site(ctx, q, project.Site)
		if err != nil || !known {
			return err
		}
		return each(ctx, q, func(rows *sql.Rows) error {
			id := backlog.ItemID{Site: project.Site}
			err := rows.Scan(&id.ID)
			all = append(all, id)
			return err
		}, `SELECT DISTINCT i.remote_id FROM emptied e JOIN item i ON i.id = e.item
			JOIN suspension s ON s.site = e.site AND s.project = e.project AND s.type = e.type AND s.field = e.field
			WHERE e.site = $1 AND e.project = $2 ORDER BY i.remote_id LIMIT $3`, p.number, project.ID, limit)
	})
	if err != nil {
		return nil, fmt.Errorf("list emptied items: %w", err)
	}
	return all, nil
}

// CountAnew begins a new period of counting lost fields in a project, except
// for those that are suspended.
func (db *DB) CountAnew(ctx context.Context, project backlog.ProjectID) error {
	return db.write(ctx, func(t *tx) error {
		p, err := db.mustSite(ctx, t, project.Site)
		if err != nil {
			return err
		}
		for _, table := range []string{"emptied", "kept"} {
			if _, err := t.ExecContext(ctx, `DELETE FROM `+table+` WHERE site = $1 AND project = $2 AND NOT EXISTS
				(SELECT 1 FROM suspension s WHERE s.site = `+table+`.site AND s.project = `+table+`.project AND s.type = `+table+`.type AND s.field = `+table+`.field)`,
				p.number, project.ID); err != nil {
				return fmt.Errorf("count fields anew: %w", err)
			}
		}
		return nil
	})
}
