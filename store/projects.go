package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/trackwarden/trackwarden/backlog"
)

// Projects lists the projects of a site that are or were in scope, by key.
func (db *DB) Projects(ctx context.Context, site backlog.SiteID) ([]backlog.KnownProject, error) {
	var all []backlog.KnownProject
	err := db.read(ctx, func(q querier) error {
		p, known, err := db.site(ctx, q, site)
		if err != nil || !known {
			return err
		}
		return each(ctx, q, func(rows *sql.Rows) error {
			var k backlog.KnownProject
			var census, tried, departed int64
			err := rows.Scan(&k.ID, &k.Key, &k.Name, &census, &k.Size, &k.Gap, &k.Basis, &k.Note, &k.State, &k.Doubt, &tried, &k.Strikes, &k.Accepted, &departed)
			k.Census, k.Tried, k.Departed = fromMicros(census), fromMicros(tried), fromMicros(departed)
			all = append(all, k)
			return err
		}, `SELECT remote_id, key, name, census, size, gap, basis, note, state, doubt, tried, strikes, accepted, departed
			FROM project WHERE site = $1 ORDER BY key, remote_id`, p.number)
	})
	if err != nil {
		return nil, fmt.Errorf("load projects: %w", err)
	}
	return all, nil
}

// SaveProject keeps what is known of a project, in place of what was.
func (db *DB) SaveProject(ctx context.Context, site backlog.SiteID, k backlog.KnownProject) error {
	return db.write(ctx, func(t *tx) error {
		p, err := db.mustSite(ctx, t, site)
		if err != nil {
			return err
		}
		accepted := 0
		if k.Accepted {
			accepted = 1
		}
		_, err = t.ExecContext(ctx, `INSERT INTO project (site, remote_id, key, name, census, size, gap, basis, note, state, doubt, tried, strikes, accepted, departed)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
			ON CONFLICT (site, remote_id) DO UPDATE SET key = excluded.key, name = excluded.name, census = excluded.census, size = excluded.size,
			gap = excluded.gap, basis = excluded.basis, note = excluded.note, state = excluded.state, doubt = excluded.doubt, tried = excluded.tried,
			strikes = excluded.strikes, accepted = excluded.accepted, departed = excluded.departed`,
			p.number, k.ID, k.Key, cleanText(k.Name), micros(k.Census), k.Size, k.Gap, cleanText(k.Basis), cleanText(k.Note), string(k.State),
			cleanText(k.Doubt), micros(k.Tried), k.Strikes, accepted, micros(k.Departed))
		if err != nil {
			return fmt.Errorf("save project %s: %w", k.Key, err)
		}
		return nil
	})
}

// Accept takes what the tracker shows now for right: the next census of the
// project (of every project, when none is named) is not held against what was
// there before, suspended fields are trusted again, and how types are built is
// learnt anew. It tells how many projects that concerns.
func (db *DB) Accept(ctx context.Context, connection, projectKey string) (n int64, err error) {
	err = db.write(ctx, func(t *tx) error {
		const which = ` site = (SELECT id FROM site WHERE connection = $1) AND %s IN
			(SELECT remote_id FROM project WHERE site = (SELECT id FROM site WHERE connection = $1) AND ($2 = '' OR upper(key) = upper($2)))`
		if n, err = t.ExecContext(ctx, `UPDATE project SET accepted = 1, strikes = 0, tried = 0, census = 0 WHERE`+fmt.Sprintf(which, "remote_id"), connection, projectKey); err != nil {
			return fmt.Errorf("accept project: %w", err)
		}
		for _, table := range []string{"suspension", "layout", "emptied", "kept"} {
			if _, err := t.ExecContext(ctx, `DELETE FROM `+table+` WHERE`+fmt.Sprintf(which, "project"), connection, projectKey); err != nil {
				return fmt.Errorf("accept %s: %w", table, err)
			}
		}
		return nil
	})
	return n, err
}

// Canaries lists the items behind a site's canaries, as far as they were found.
func (db *DB) Canaries(ctx context.Context, site backlog.SiteID) ([]backlog.Canary, error) {
	var all []backlog.Canary
	err := db.read(ctx, func(q querier) error {
		p, known, err := db.site(ctx, q, site)
		if err != nil || !known {
			return err
		}
		return each(ctx, q, func(rows *sql.Rows) error {
			c := backlog.Canary{Item: backlog.ItemID{Site: site}}
			err := rows.Scan(&c.Key, &c.Item.ID, &c.Project)
			all = append(all, c)
			return err
		}, `SELECT key, remote_id, project FROM canary WHERE site = $1 ORDER BY key`, p.number)
	})
	return all, err
}

// SaveCanary remembers the item behind a canary's key.
func (db *DB) SaveCanary(ctx context.Context, c backlog.Canary) error {
	return db.write(ctx, func(t *tx) error {
		p, err := db.mustSite(ctx, t, c.Item.Site)
		if err != nil {
			return err
		}
		_, err = t.ExecContext(ctx, `INSERT INTO canary (site, key, remote_id, project) VALUES ($1, $2, $3, $4)
			ON CONFLICT (site, key) DO UPDATE SET remote_id = excluded.remote_id, project = excluded.project`, p.number, c.Key, c.Item.ID, c.Project)
		return err
	})
}
