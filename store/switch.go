package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/trackwarden/trackwarden/backlog"
)

// SwitchOff stops writing within a scope, from the next request of whatever
// process on. A stop that stands already keeps its time and gets the reason.
func (db *DB) SwitchOff(ctx context.Context, scope, reason string) error {
	return db.writeDurably(ctx, func(t *tx) error {
		_, err := t.ExecContext(ctx, `INSERT INTO switch (scope, since, reason) VALUES ($1, $2, $3)
			ON CONFLICT (scope) DO UPDATE SET reason = excluded.reason`, scope, micros(db.clock()), cleanText(reason))
		return err
	})
}

// SwitchOn lets writing go on within a scope; false when it was not stopped.
func (db *DB) SwitchOn(ctx context.Context, scope string) (stopped bool, err error) {
	err = db.writeDurably(ctx, func(t *tx) error {
		n, err := t.ExecContext(ctx, `DELETE FROM switch WHERE scope = $1`, scope)
		stopped = n > 0
		return err
	})
	return stopped, err
}

// Switches lists the stops that stand, that for all first.
func (db *DB) Switches(ctx context.Context) ([]backlog.Switch, error) {
	var all []backlog.Switch
	err := db.read(ctx, func(q querier) error {
		return each(ctx, q, func(rows *sql.Rows) error {
			var s backlog.Switch
			var since int64
			err := rows.Scan(&s.Scope, &since, &s.Reason)
			s.Since = fromMicros(since)
			all = append(all, s)
			return err
		}, `SELECT scope, since, reason FROM switch ORDER BY scope`)
	})
	if err != nil {
		return nil, fmt.Errorf("load stops: %w", err)
	}
	return all, nil
}

// switchedOff refuses when a stop stands for a connection or for all.
func (t *tx) switchedOff(ctx context.Context, connection string) error {
	reason, stopped := "", false
	err := each(ctx, t, func(rows *sql.Rows) error {
		stopped = true
		return rows.Scan(&reason)
	}, `SELECT reason FROM switch WHERE scope IN ('', $1) ORDER BY scope`, connection)
	switch {
	case err != nil:
		return fmt.Errorf("load stops: %w", err)
	case !stopped:
		return nil
	case reason == "":
		return backlog.ErrPaused
	}
	return fmt.Errorf("%w: %s", backlog.ErrPaused, reason)
}
