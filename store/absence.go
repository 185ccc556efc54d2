package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// The scope's query has to leave an item out so often before it counts as
// outside: an index that lags may leave it out once.
const unlistedTwice = 2

// departedFor is how long it is told that an item left.
const departedFor = 7 * 24 * time.Hour

// NoteUnseen takes in what a census that can be trusted did not list. A missing
// item is frozen: it is no longer judged, and its findings stay. Once enough
// censuses over enough time lacked it, it is gone. An item that the query does
// not fit any more leaves the scope. What an earlier census lacked and this one
// did not is back.
func (db *DB) NoteUnseen(ctx context.Context, connection string, u backlog.Unseen) (changes backlog.Changes, err error) {
	err = db.write(ctx, func(t *tx) error {
		c, err := t.commit(ctx, connection, u.Project.Site, fromFetch)
		if err != nil {
			return err
		}
		for _, list := range []struct {
			state string
			ids   []backlog.ItemID
		}{{"missing", u.Missing}, {"unlisted", u.Unlisted}} {
			if err := c.absent(ctx, list.state, list.ids, u.At); err != nil {
				return err
			}
		}
		if err := c.back(ctx, u); err != nil {
			return err
		}
		if err := c.conclude(ctx, u); err != nil {
			return err
		}
		changes = c.changes
		return c.end(ctx)
	})
	if err != nil {
		return changes, fmt.Errorf("note what was not seen: %w", err)
	}
	return changes, nil
}

// absent counts the items as lacking once more. Only missing ones are frozen.
func (c *commit) absent(ctx context.Context, state string, ids []backlog.ItemID, at time.Time) error {
	remote := make([]string, len(ids))
	for i, id := range ids {
		remote[i] = id.ID
	}
	err := execAmong(ctx, c.tx, `INSERT INTO absence (item, site, project, state, since, censuses, at)
		SELECT i.id, i.site, i.project, CAST($1 AS TEXT), CAST($2 AS BIGINT), 1, CAST($2 AS BIGINT) FROM item i
		WHERE i.site = $3 AND i.remote_id IN (%s)
		ON CONFLICT (item) DO UPDATE SET
			since = CASE WHEN absence.ended > 0 OR absence.state <> excluded.state THEN excluded.since ELSE absence.since END,
			censuses = CASE WHEN absence.ended > 0 OR absence.state <> excluded.state THEN 1 ELSE absence.censuses + 1 END,
			project = excluded.project, state = excluded.state, at = excluded.at, ended = 0`, remote, state, micros(at), c.site.number)
	if err != nil || state != "missing" {
		return err
	}
	rows, err := place(ctx, c, backlog.Missing, `site = $1 AND presence IN ('found', 'moved') AND remote_id IN (%s)`, remote, c.site.number)
	if err != nil {
		return err
	}
	return c.unmark(ctx, rows)
}

// back ends the absences of the project that this census did not see.
func (c *commit) back(ctx context.Context, u backlog.Unseen) error {
	_, err := c.tx.ExecContext(ctx, `UPDATE absence SET ended = $1, state = 'back' WHERE site = $2 AND ended = 0 AND at < $1 AND item IN
		(SELECT id FROM item WHERE site = $2 AND project = $3 AND presence <> 'missing')`, micros(u.At), c.site.number, u.Project.ID)
	return err
}

// conclude gives up what was lacking often and long enough.
func (c *commit) conclude(ctx context.Context, u backlog.Unseen) error {
	var gone []backlog.ItemID
	outside := set{}
	err := each(ctx, c.tx, func(rows *sql.Rows) error {
		var row int64
		var state string
		id := backlog.ItemID{Site: c.site.id}
		err := rows.Scan(&row, &id.ID, &state)
		if state == "missing" {
			gone = append(gone, id)
		} else {
			outside.add(row)
		}
		return err
	}, `SELECT i.id, i.remote_id, a.state FROM absence a JOIN item i ON i.id = a.item
		WHERE a.site = $1 AND a.ended = 0 AND a.at = $2 AND i.project = $3
		AND (a.state = 'missing' AND a.censuses >= $4 AND a.since <= $5 OR a.state = 'unlisted' AND a.censuses >= $6)`,
		c.site.number, micros(u.At), u.Project.ID, u.Censuses, micros(u.At.Add(-u.Over)), unlistedTwice)
	if err != nil {
		return err
	}
	if err := c.depart(ctx, outside); err != nil {
		return err
	}
	return c.remove(ctx, gone)
}

// Absences counts what is missing and what left lately, by the id of the
// project.
func (db *DB) Absences(ctx context.Context, site backlog.SiteID) (map[string]backlog.Absences, error) {
	all := map[string]backlog.Absences{}
	err := db.read(ctx, func(q querier) error {
		p, known, err := db.site(ctx, q, site)
		if err != nil || !known {
			return err
		}
		return each(ctx, q, func(rows *sql.Rows) error {
			var project, state string
			var n int
			err := rows.Scan(&project, &state, &n)
			a := all[project]
			if state == "missing" {
				a.Missing += n
			} else {
				a.Departed += n
			}
			all[project] = a
			return err
		}, `SELECT a.project, a.state, COUNT(*) FROM absence a
			WHERE a.site = $1 AND (a.ended = 0 AND a.state = 'missing' OR a.ended >= $2 AND a.state IN ('gone', 'departed'))
			GROUP BY a.project, a.state`, p.number, max(1, micros(db.clock().Add(-departedFor))))
	})
	if err != nil {
		return nil, fmt.Errorf("count absences: %w", err)
	}
	return all, nil
}
