package store

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// owe notes whose past has to be read: what is new or was changed by a person.
// Our own writing leaves the past as it is known.
func (c *commit) owe(ctx context.Context) error {
	if err := c.oweHistory(ctx, slices.Sorted(maps.Keys(c.judge))); err != nil {
		return fmt.Errorf("note whose past is to be read: %w", err)
	}
	var ours, known []int64
	for _, k := range c.changed {
		if c.judge.has(k.id) {
			known = append(known, k.id)
		} else {
			ours = append(ours, k.id)
		}
	}
	if err := execAmong(ctx, c.tx, `UPDATE item SET history_rev = rev WHERE history_rev <> ''
		AND NOT EXISTS (SELECT 1 FROM history_due d WHERE d.item = item.id) AND id IN (%s)`, ours); err != nil {
		return fmt.Errorf("keep what is known of the past: %w", err)
	}
	return c.outdate(ctx, known)
}

func (c *commit) oweHistory(ctx context.Context, items []int64) error {
	if len(items) == 0 {
		return nil
	}
	seq, err := c.tx.sequence(ctx)
	if err != nil {
		return err
	}
	return execAmong(ctx, c.tx, `INSERT INTO history_due (item, site, active, updated, seq)
		SELECT i.id, i.site, CASE WHEN i.state = 'in_progress' THEN 1 ELSE 0 END, i.updated, CAST($1 AS BIGINT) FROM item i
		WHERE `+judged+` AND i.rev <> i.history_rev AND i.id IN (%s)
		ON CONFLICT (item) DO UPDATE SET active = excluded.active, updated = excluded.updated, seq = excluded.seq`, items, seq)
}

// outdate takes out of the pasts of items what may no longer be so. What was
// counted only grows.
func (c *commit) outdate(ctx context.Context, items []int64) error {
	stale := map[int64]string{}
	err := among(ctx, c.tx, func(rows *sql.Rows) error {
		var id int64
		var text string
		err := rows.Scan(&id, &text)
		stale[id] = text
		return err
	}, `SELECT id, history FROM item WHERE history <> '' AND rev <> history_rev AND id IN (%s)`, items)
	if err != nil {
		return fmt.Errorf("load pasts: %w", err)
	}
	for id, text := range stale {
		var h backlog.History
		if err := decode(text, &h); err != nil {
			return err
		}
		h.StateSince, h.Activity = time.Time{}, time.Time{}
		if text, err = encode(h); err != nil {
			return err
		}
		if _, err := c.tx.ExecContext(ctx, `UPDATE item SET history = $1 WHERE id = $2`, text, id); err != nil {
			return fmt.Errorf("save past: %w", err)
		}
	}
	return nil
}

// HistoryDue lists items whose past was not read for their present revision:
// those that are being worked on first, then what came last; of one page, what
// changed last.
func (db *DB) HistoryDue(ctx context.Context, site backlog.SiteID, limit int) ([]backlog.PastDue, error) {
	var due []backlog.PastDue
	err := db.read(ctx, func(q querier) error {
		p, err := db.mustSite(ctx, q, site)
		if err != nil {
			return err
		}
		for _, active := range []int{1, 0} {
			if len(due) >= limit {
				return nil
			}
			if err := each(ctx, q, func(rows *sql.Rows) error {
				d := backlog.PastDue{ID: backlog.ItemID{Site: site}}
				var activity int64
				var data string
				if err := rows.Scan(&d.ID.ID, &d.Revision, &activity, &data); err != nil {
					return err
				}
				var item struct{ Created, Changed time.Time }
				err := decode(data, &item)
				d.Created, d.Changed, d.Activity = item.Created, item.Changed, fromMicros(activity)
				due = append(due, d)
				return err
			}, `SELECT i.remote_id, i.rev, i.activity, i.data FROM history_due d JOIN item i ON i.id = d.item
				WHERE d.site = $1 AND d.active = $2 AND `+judged+` ORDER BY d.seq DESC, d.updated DESC LIMIT $3`, p.number, active, limit-len(due)); err != nil {
				return fmt.Errorf("list items whose past is to be read: %w", err)
			}
		}
		return nil
	})
	return due, err
}

// CommitHistory keeps what was read of the past of a site's items and returns
// how many now look different to who judges them: these become dirty. What was
// read for a revision that is no longer the present one is not kept.
func (db *DB) CommitHistory(ctx context.Context, site backlog.SiteID, read []backlog.Remembered) (changed int, err error) {
	err = db.write(ctx, func(t *tx) error {
		p, err := db.mustSite(ctx, t, site)
		if err != nil {
			return err
		}
		differ, told := set{}, set{}
		for _, r := range read {
			if err := t.remember(ctx, p.number, r, differ, told); err != nil {
				return fmt.Errorf("keep the past of item %s: %w", r.ID, err)
			}
		}
		changed = len(differ)
		if err := t.markItems(ctx, becauseHistory, differ); err != nil {
			return err
		}
		return t.owe(ctx, slices.Sorted(maps.Keys(told))) // they may have waited for this
	})
	return changed, err
}

const becauseHistory = "history"

// remember keeps the past of one item, and notes that it is told and whether it
// says anything new.
func (t *tx) remember(ctx context.Context, site int64, r backlog.Remembered, differ, told set) error {
	var id, activity int64
	var before string
	err := each(ctx, t, func(rows *sql.Rows) error { return rows.Scan(&id, &activity, &before) },
		`SELECT id, activity, history FROM item WHERE site = $1 AND remote_id = $2 AND rev = $3`, site, r.ID.ID, r.Revision)
	if err != nil || id == 0 {
		return err
	}
	told.add(id)
	now, active := "", activity
	if r.History != nil {
		if now, err = encode(r.History); err != nil {
			return err
		}
		if !r.History.Activity.IsZero() {
			active = micros(r.History.Activity)
		}
	}
	if now != before || active != activity {
		differ.add(id)
	}
	if _, err := t.ExecContext(ctx, `UPDATE item SET history = $1, history_rev = rev, activity = $2 WHERE id = $3`, now, active, id); err != nil {
		return err
	}
	if _, err = t.ExecContext(ctx, `DELETE FROM history_due WHERE item = $1`, id); err != nil {
		return err
	}
	return t.dropBriefs(ctx, []int64{id})
}
