package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// Acquire takes or prolongs the lease of a scope, unless somebody else holds
// it; it returns the lease as it then stands. Every new holding has a higher
// term. Times are those of the database's clock.
func (db *DB) Acquire(ctx context.Context, scope, holder string, term time.Duration) (lease backlog.Lease, ours bool, err error) {
	err = db.writeDurably(ctx, func(t *tx) error {
		if lease, err = t.lease(ctx, scope); err != nil {
			return err
		}
		now := db.clock()
		switch held := now.Before(lease.Until); {
		case held && lease.Holder != holder:
			return nil
		case !held || lease.Holder == "":
			lease.Term++
		}
		ours, lease.Holder, lease.Until = true, holder, now.Add(term)
		_, err := t.ExecContext(ctx, `INSERT INTO lease (scope, holder, term, until) VALUES ($1, $2, $3, $4)
			ON CONFLICT (scope) DO UPDATE SET holder = excluded.holder, term = excluded.term, until = excluded.until`,
			scope, holder, lease.Term, micros(lease.Until))
		return err
	})
	if err != nil {
		return lease, false, fmt.Errorf("acquire lease of %s: %w", scope, err)
	}
	return lease, ours, nil
}

// Release ends a lease that is still ours, so that others need not wait for
// its end.
func (db *DB) Release(ctx context.Context, lease backlog.Lease) error {
	return db.write(ctx, func(t *tx) error {
		_, err := t.ExecContext(ctx, `UPDATE lease SET until = 0 WHERE scope = $1 AND holder = $2 AND term = $3`, lease.Scope, lease.Holder, lease.Term)
		return err
	})
}

func (t *tx) lease(ctx context.Context, scope string) (backlog.Lease, error) {
	lease := backlog.Lease{Scope: scope}
	err := each(ctx, t, func(rows *sql.Rows) error {
		var until int64
		err := rows.Scan(&lease.Holder, &lease.Term, &until)
		lease.Until = fromMicros(until)
		return err
	}, `SELECT holder, term, until FROM lease WHERE scope = $1`, scope)
	return lease, err
}

// fenced refuses what belongs to an earlier term of its scope's lease, or to a
// lease that has run out. Term 0 needs no lease.
func (t *tx) fenced(ctx context.Context, scope string, term int64) error {
	if term == 0 {
		return nil
	}
	lease, err := t.lease(ctx, scope)
	if err != nil {
		return fmt.Errorf("load lease: %w", err)
	}
	if lease.Term != term || !t.db.clock().Before(lease.Until) {
		return backlog.ErrFenced
	}
	return nil
}
