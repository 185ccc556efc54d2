package store

import (
	"context"
	"database/sql"
	"io/fs"
)

// Raw runs SQL on the connection that writes, behind the store's back.
func (db *DB) Raw(ctx context.Context, query string, args ...any) error {
	_, err := db.conn.ExecContext(ctx, query, args...)
	return err
}

// RawValue reads one value on the connection that writes.
func RawValue[T any](ctx context.Context, db *DB, query string, args ...any) (T, error) {
	var value T
	err := db.conn.QueryRowContext(ctx, query, args...).Scan(&value)
	return value, err
}

// Migrate brings a file up to other migrations than ours.
func Migrate(ctx context.Context, path string, files fs.FS) error {
	pool, err := sql.Open("sqlite", address(path, "_txlock=immediate"))
	if err != nil {
		return err
	}
	defer func() { _ = pool.Close() }()
	return migrateTo(ctx, pool, files)
}

// Migrations are ours.
func Migrations() (fs.FS, error) { return migrations() }

// DuringDurable reads a value inside a durable transaction.
func DuringDurable(ctx context.Context, db *DB, query string) (value int, err error) {
	err = db.writeDurably(ctx, func(t *tx) error {
		value, err = one[int](ctx, t, query)
		return err
	})
	return value, err
}

// Positional is how statements reach SQLite.
func Positional(query string) string { return positional(query) }

// Plan tells how SQLite carries a query out for a reader.
func Plan(ctx context.Context, db *DB, query string, args ...any) (steps []string, err error) {
	err = db.read(ctx, func(q querier) error {
		return each(ctx, q, func(rows *sql.Rows) error {
			var id, parent, unused int
			var step string
			err := rows.Scan(&id, &parent, &unused, &step)
			steps = append(steps, step)
			return err
		}, `EXPLAIN QUERY PLAN `+query, args...)
	})
	return steps, err
}

// TakeReaders takes all connections that read, until they are released.
func TakeReaders(db *DB) (release func()) {
	var taken []*reader
	for range manyReaders {
		taken = append(taken, <-db.reads.free)
	}
	return func() {
		for _, r := range taken {
			db.reads.free <- r
		}
	}
}
