package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// A comment whose answer was lost is expected for so long.
const lateFor = 24 * time.Hour

// awaitLate notes that the comment of a step may still arrive: its answer was
// lost, so whatever reading shows now may not be the last word.
func (t *tx) awaitLate(ctx context.Context, s sentStep, r backlog.StepResult) error {
	posts := s.step.Comment && s.change.Comment != nil && s.change.Comment.ID == ""
	if !posts || r.Receipt.Outcome != backlog.Unknown && !r.Receipt.Recovered {
		return nil
	}
	row, err := t.db.rowOf(ctx, t, s.change.Item)
	if err != nil {
		return err
	}
	if _, err = t.ExecContext(ctx, `INSERT INTO look (item, rev, at, late) VALUES ($1, '', $2, $2)
		ON CONFLICT (item) DO UPDATE SET rev = '', late = excluded.late`, row, micros(s.sent)); err != nil {
		return err
	}
	return t.owe(ctx, []int64{row})
}

// Looked notes that the comments of an item were just read, at a revision of
// it.
func (db *DB) Looked(ctx context.Context, id backlog.ItemID, revision string) error {
	return db.write(ctx, func(t *tx) error {
		row, err := db.rowOf(ctx, t, id)
		if err != nil {
			return err
		}
		now := micros(db.clock())
		_, err = t.ExecContext(ctx, `INSERT INTO look (item, rev, at) VALUES ($1, $2, $3)
			ON CONFLICT (item) DO UPDATE SET rev = excluded.rev, at = excluded.at,
			late = CASE WHEN look.late > $4 THEN look.late ELSE 0 END`, row, cleanText(revision), now, now-lateFor.Microseconds())
		if err != nil {
			return fmt.Errorf("note that comments were read: %w", err)
		}
		return nil
	})
}

// following keeps valid, over our own writing, what was read apart from an item:
// its comments and links. That writing made the new revision, and nobody else
// did anything.
func (c *commit) following(ctx context.Context, remote string, commit func() error) error {
	var before string
	if err := each(ctx, c.tx, func(rows *sql.Rows) error { return rows.Scan(&before) },
		`SELECT rev FROM item WHERE site = $1 AND remote_id = $2`, c.site.number, remote); err != nil {
		return err
	}
	if err := commit(); err != nil {
		return err
	}
	for _, k := range c.changed {
		if c.judge.has(k.id) {
			continue
		}
		if _, err := c.tx.ExecContext(ctx, `UPDATE look SET rev = $1 WHERE item = $2 AND rev = $3`, k.now.item.Revision, k.id, before); err != nil {
			return fmt.Errorf("keep when comments were read: %w", err)
		}
		if _, err := c.tx.ExecContext(ctx, `UPDATE item SET remote_rev = rev WHERE id = $1 AND remote_rev = $2`, k.id, before); err != nil {
			return fmt.Errorf("keep when links were read: %w", err)
		}
	}
	return nil
}

func lookOf(ctx context.Context, q querier, all map[int64]*backlog.Candidate, list []int64) error {
	return among(ctx, q, func(rows *sql.Rows) error {
		var item, at, late int64
		var l backlog.Looked
		err := rows.Scan(&item, &l.Revision, &at, &late)
		l.At, l.Late = fromMicros(at), fromMicros(late)
		all[item].Look = l
		return err
	}, `SELECT item, rev, at, late FROM look WHERE item IN (%s)`, list)
}
