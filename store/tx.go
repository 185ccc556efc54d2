package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/trackwarden/trackwarden/failpoint"
)

// querier is what both a reading and a writing transaction can do.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// tx is the writing transaction. Its statements are prepared once and kept
// with the connection. It is never cut off half way: a context that ends is
// looked at before it begins.
type tx struct {
	db  *DB
	seq int64 // of the dirty marks made here; 0 while there are none
}

// write runs one transaction, alone. It is committed when do returns nil.
func (db *DB) write(ctx context.Context, do func(*tx) error) error {
	return db.alone(ctx, func(ctx context.Context) error { return db.transact(ctx, do) })
}

// writeDurably is write for what must outlive a power cut, because a request
// to a tracker hangs on it. Losing a page is harmless: it is read again.
func (db *DB) writeDurably(ctx context.Context, do func(*tx) error) error {
	return db.alone(ctx, func(ctx context.Context) (err error) {
		if _, err := db.conn.ExecContext(ctx, `PRAGMA synchronous = FULL`); err != nil {
			return fmt.Errorf("ask for durable writes: %w", err)
		}
		defer func() {
			_, restore := db.conn.ExecContext(ctx, `PRAGMA synchronous = NORMAL`)
			err = errors.Join(err, restore)
		}()
		return db.transact(ctx, do)
	})
}

// alone waits for the turn to write and does it then.
func (db *DB) alone(ctx context.Context, do func(context.Context) error) error {
	select {
	case db.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-db.turn }()
	if err := ctx.Err(); err != nil {
		return err
	}
	return explain(db.path, do(context.WithoutCancel(ctx)))
}

func (db *DB) transact(ctx context.Context, do func(*tx) error) (err error) {
	under, err := db.conn.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer func() {
		if err != nil {
			_ = under.Rollback() // the first error says more
		}
	}()
	if err := do(&tx{db: db}); err != nil {
		return err
	}
	failpoint.Hit("before commit")
	if err := under.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	failpoint.Hit("after commit")
	return nil
}

func (t *tx) prepare(ctx context.Context, query string) (*sql.Stmt, error) {
	if s, ok := t.db.statements[query]; ok {
		return s, nil
	}
	s, err := t.db.conn.PrepareContext(ctx, positional(query))
	if err != nil {
		return nil, fmt.Errorf("prepare statement: %w", err)
	}
	t.db.statements[query] = s
	return s, nil
}

// ExecContext runs a statement and tells how many rows it changed.
func (t *tx) ExecContext(ctx context.Context, query string, args ...any) (int64, error) {
	ctx = context.WithoutCancel(ctx)
	s, err := t.prepare(ctx, query)
	if err != nil {
		return 0, err
	}
	result, err := s.ExecContext(ctx, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// QueryContext runs a query.
func (t *tx) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	ctx = context.WithoutCancel(ctx)
	s, err := t.prepare(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}

// next takes n fresh numbers of a counter and returns the first.
func (t *tx) next(ctx context.Context, counter string, n int) (int64, error) {
	last, err := one[int64](ctx, t, `UPDATE counter SET value = value + $1 WHERE name = $2 RETURNING value`, n, counter)
	if err != nil {
		return 0, fmt.Errorf("take number of %s: %w", counter, err)
	}
	return last - int64(n) + 1, nil
}

// read runs queries on one snapshot of the database.
func (db *DB) read(ctx context.Context, do func(querier) error) error {
	return explain(db.path, db.reads.snapshot(ctx, do))
}

// each hands every row to scan. The rows are read to the end before the next
// statement may run.
func each(ctx context.Context, q querier, scan func(*sql.Rows) error, query string, args ...any) error {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }() // rows.Err has the news
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// column reads one value of every row.
func column[T any](ctx context.Context, q querier, query string, args ...any) (all []T, err error) {
	err = each(ctx, q, func(rows *sql.Rows) error {
		var value T
		err := rows.Scan(&value)
		all = append(all, value)
		return err
	}, query, args...)
	return all, err
}

// one reads one value of one row; sql.ErrNoRows when there is none.
func one[T any](ctx context.Context, q querier, query string, args ...any) (value T, err error) {
	found := false
	err = each(ctx, q, func(rows *sql.Rows) error {
		found = true
		return rows.Scan(&value)
	}, query, args...)
	if err == nil && !found {
		err = sql.ErrNoRows
	}
	return value, err
}
