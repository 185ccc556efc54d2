package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// Setting reads a small fact; empty when it was never set.
func (db *DB) Setting(ctx context.Context, key string) (string, error) {
	var value string
	err := db.read(ctx, func(q querier) (err error) {
		value, err = one[string](ctx, q, `SELECT value FROM setting WHERE key = $1`, key)
		return err
	})
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, err
}

// SetSetting keeps a small fact, such as the day that was judged last.
func (db *DB) SetSetting(ctx context.Context, key, value string) error {
	return db.write(ctx, func(t *tx) error { return t.setSetting(ctx, key, value) })
}

func (t *tx) setSetting(ctx context.Context, key, value string) error {
	_, err := t.ExecContext(ctx, `INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value`, key, cleanText(value))
	return err
}

// SaveSnapshot keeps how things stood in a week ("2026-W48"), in place of what
// was kept of it before.
func (db *DB) SaveSnapshot(ctx context.Context, week string, rows []backlog.SnapshotRow) error {
	return db.write(ctx, func(t *tx) error {
		if _, err := t.ExecContext(ctx, `DELETE FROM snapshot WHERE week = $1`, week); err != nil {
			return fmt.Errorf("drop old snapshot: %w", err)
		}
		for _, r := range rows {
			counts, err := encode(r.Counts)
			if err != nil {
				return err
			}
			if _, err := t.ExecContext(ctx, `INSERT INTO snapshot (week, team, policy, severity, counts) VALUES ($1, $2, $3, $4, $5)`,
				week, r.Team, r.Policy, string(r.Severity), counts); err != nil {
				return fmt.Errorf("save snapshot of %s: %w", r.Policy, err)
			}
		}
		return nil
	})
}

// Snapshot loads what was kept of a week; nothing when it was not.
func (db *DB) Snapshot(ctx context.Context, week string) ([]backlog.SnapshotRow, error) {
	var all []backlog.SnapshotRow
	err := db.read(ctx, func(q querier) error {
		return each(ctx, q, func(rows *sql.Rows) error {
			var r backlog.SnapshotRow
			var counts string
			if err := rows.Scan(&r.Team, &r.Policy, &r.Severity, &counts); err != nil {
				return err
			}
			if err := decode(counts, &r.Counts); err != nil {
				return err
			}
			all = append(all, r)
			return nil
		}, `SELECT team, policy, severity, counts FROM snapshot WHERE week = $1 ORDER BY team, policy, severity`, week)
	})
	return all, err
}

// Slot claims a schedule's slot for a recipient, once for ever: fresh is true
// for the one who gets it.
func (db *DB) Slot(ctx context.Context, schedule string, at time.Time, recipient string) (fresh bool, err error) {
	err = db.write(ctx, func(t *tx) error {
		n, err := t.ExecContext(ctx, `INSERT INTO slot (schedule, at, recipient, state) VALUES ($1, $2, $3, 'claimed') ON CONFLICT DO NOTHING`, schedule, micros(at), recipient)
		fresh = n == 1
		return err
	})
	return fresh, err
}

// ReleaseSlot gives a claimed slot back, because the work it was claimed for
// failed and has left nothing behind.
func (db *DB) ReleaseSlot(ctx context.Context, schedule string, at time.Time, recipient string) error {
	return db.write(ctx, func(t *tx) error {
		_, err := t.ExecContext(ctx, `DELETE FROM slot WHERE schedule = $1 AND at = $2 AND recipient = $3`, schedule, micros(at), recipient)
		return err
	})
}
