package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

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

// retracted is the scope of the stop that taking everything back puts on a
// connection: it stops all writing there but for that.
const retracted = "retracted/"

// BeginRetraction stops all writing within a connection but for what takes back
// what we wrote, until SwitchOn. Stops that stand already do not hinder it; one
// that comes later does.
func (db *DB) BeginRetraction(ctx context.Context, connection string) error {
	return db.writeDurably(ctx, func(t *tx) error {
		_, err := t.ExecContext(ctx, `INSERT INTO switch (scope, since, reason) VALUES ($1, $2, $3)
			ON CONFLICT (scope) DO UPDATE SET since = excluded.since`, retracted+connection, micros(db.clock()), "everything was taken back there by trackwarden retract")
		return err
	})
}

// SwitchOn lets writing go on within a scope, also after everything was taken
// back there; false when it was not stopped.
func (db *DB) SwitchOn(ctx context.Context, scope string) (stopped bool, err error) {
	err = db.writeDurably(ctx, func(t *tx) error {
		n, err := t.ExecContext(ctx, `DELETE FROM switch WHERE scope = $1 OR $1 <> '' AND scope = $2`, scope, retracted+scope)
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
			s.Scope, s.Since = strings.TrimPrefix(s.Scope, retracted), fromMicros(since)
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
	return t.stopped(ctx, `SELECT reason FROM switch WHERE scope IN ('', $1, $2) ORDER BY scope`, connection)
}

// calledOff refuses to take anything more back when a stop came after that was
// begun, or writing was let go on.
func (t *tx) calledOff(ctx context.Context, connection string) error {
	began, err := column[int64](ctx, t, `SELECT since FROM switch WHERE scope = $1`, retracted+connection)
	switch {
	case err != nil:
		return fmt.Errorf("load stops: %w", err)
	case len(began) == 0:
		return fmt.Errorf("%w: taking back was called off by trackwarden resume", backlog.ErrPaused)
	}
	return t.stopped(ctx, fmt.Sprintf(`SELECT reason FROM switch WHERE scope IN ('', $1) AND scope <> $2 AND since > %d ORDER BY scope`, began[0]), connection)
}

func (t *tx) stopped(ctx context.Context, query, connection string) error {
	reason, stopped := "", false
	err := each(ctx, t, func(rows *sql.Rows) error {
		stopped = true
		return rows.Scan(&reason)
	}, query, connection, retracted+connection)
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
