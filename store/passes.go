package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// BeginPass notes that a pass over a connection begins now, and numbers it.
// The site is empty while the connection was never reached.
func (db *DB) BeginPass(ctx context.Context, connection string, site backlog.SiteID) (id int64, err error) {
	err = db.write(ctx, func(t *tx) error {
		if id, err = t.next(ctx, "pass", 1); err != nil {
			return err
		}
		_, err := t.ExecContext(ctx, `INSERT INTO pass (id, connection, site, started) VALUES ($1, $2, $3, $4)`, id, connection, string(site), micros(db.clock()))
		return err
	})
	return id, err
}

// EndPass notes how a pass ended and how much it covered. A zero Ended is now.
// Of a project that is named twice, what is said last is kept.
func (db *DB) EndPass(ctx context.Context, pass backlog.PassRecord) error {
	ended := micros(pass.Ended)
	if ended == 0 {
		ended = micros(db.clock())
	}
	return db.write(ctx, func(t *tx) error {
		n, err := t.ExecContext(ctx, `UPDATE pass SET ended = $1, problem = $2 WHERE id = $3 AND ended = 0`, ended, cleanText(pass.Problem), pass.ID)
		if err != nil {
			return fmt.Errorf("end pass: %w", err)
		}
		if n == 0 {
			return fmt.Errorf("pass %d has ended already, or never began", pass.ID)
		}
		for _, c := range pass.Coverage {
			if _, err := t.ExecContext(ctx, `INSERT INTO coverage (pass, connection, project, seen, expected, basis, state, as_of, reason, census, missing, departed)
				VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
				ON CONFLICT (pass, project) DO UPDATE SET seen = excluded.seen, expected = excluded.expected, basis = excluded.basis,
				state = excluded.state, as_of = excluded.as_of, reason = excluded.reason, census = excluded.census,
				missing = excluded.missing, departed = excluded.departed`,
				pass.ID, c.Connection, c.Project, c.Seen, c.Expected, cleanText(c.Basis), string(c.State), micros(c.AsOf), cleanText(c.Reason), micros(c.Census), c.Missing, c.Departed); err != nil {
				return fmt.Errorf("save coverage of %s: %w", c.Project, err)
			}
		}
		return t.prune(ctx, pass.Connection)
	})
}

// Passes are kept for this long, and the last one for ever.
const passesKept = 90 * 24 * time.Hour

// prune forgets the old passes of a connection, all but the newest that ended.
// What the last census found is kept with the projects.
func (t *tx) prune(ctx context.Context, connection string) error {
	const old = `connection = $1 AND ended < $2 AND started < $2 AND id < (SELECT MAX(id) FROM pass WHERE connection = $1 AND ended > 0)`
	before := micros(t.db.clock().Add(-passesKept))
	if _, err := t.ExecContext(ctx, `DELETE FROM coverage WHERE pass IN (SELECT id FROM pass WHERE `+old+`)`, connection, before); err != nil {
		return fmt.Errorf("forget old coverage: %w", err)
	}
	if _, err := t.ExecContext(ctx, `DELETE FROM pass WHERE `+old, connection, before); err != nil {
		return fmt.Errorf("forget old passes: %w", err)
	}
	return nil
}

// LastPasses finds the newest ended pass of each connection.
func (db *DB) LastPasses(ctx context.Context) (map[string]backlog.PassRecord, error) {
	passes := map[string]backlog.PassRecord{}
	err := db.read(ctx, func(q querier) error {
		err := each(ctx, q, func(rows *sql.Rows) error {
			var p backlog.PassRecord
			var started, ended int64
			err := rows.Scan(&p.ID, &p.Connection, &p.Site, &started, &ended, &p.Problem)
			p.Started, p.Ended = fromMicros(started), fromMicros(ended)
			passes[p.Connection] = p
			return err
		}, `SELECT id, connection, site, started, ended, problem FROM pass
			WHERE id IN (SELECT (SELECT MAX(id) FROM pass WHERE pass.connection = site.connection AND ended > 0) FROM site)`)
		if err != nil {
			return fmt.Errorf("load passes: %w", err)
		}
		for connection, p := range passes {
			if p.Coverage, err = loadCoverage(ctx, q, p.ID); err != nil {
				return err
			}
			passes[connection] = p
		}
		return nil
	})
	return passes, err
}

func loadCoverage(ctx context.Context, q querier, pass int64) ([]backlog.Coverage, error) {
	var all []backlog.Coverage
	err := each(ctx, q, func(rows *sql.Rows) error {
		var c backlog.Coverage
		var asOf, census int64
		err := rows.Scan(&c.Connection, &c.Project, &c.Seen, &c.Expected, &c.Basis, &c.State, &asOf, &c.Reason, &census, &c.Missing, &c.Departed)
		c.AsOf, c.Census = fromMicros(asOf), fromMicros(census)
		all = append(all, c)
		return err
	}, `SELECT connection, project, seen, expected, basis, state, as_of, reason, census, missing, departed FROM coverage WHERE pass = $1 ORDER BY project`, pass)
	if err != nil {
		return nil, fmt.Errorf("load coverage: %w", err)
	}
	return all, nil
}
