package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
)

// readers are connections that cannot write. Each keeps its statements: to
// prepare one costs more than to run it.
type readers struct {
	pool *sql.DB
	free chan *reader // whoever takes one gives it back
}

// reader is one of them. It is connected when it is wanted first.
type reader struct {
	conn       *sql.Conn
	statements map[string]*sql.Stmt
}

// openReaders gives so many readers of a file.
func openReaders(path string, many int, parameters ...string) (*readers, error) {
	pool, err := sql.Open("sqlite", address(path, append(parameters, "_pragma=query_only(1)")...))
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(many)
	r := &readers{pool: pool, free: make(chan *reader, many)}
	for range many {
		r.free <- &reader{}
	}
	return r, nil
}

// close waits for those who read and closes all connections. Who reads
// afterwards is told so.
func (r *readers) close() error {
	if r == nil {
		return nil
	}
	var all []*reader
	var errs []error
	for range cap(r.free) {
		one := <-r.free
		all, errs = append(all, one), append(errs, one.close())
	}
	errs = append(errs, r.pool.Close())
	for _, one := range all {
		r.free <- one
	}
	return errors.Join(errs...)
}

// snapshot runs queries on one state of the database.
func (r *readers) snapshot(ctx context.Context, do func(querier) error) error {
	var one *reader
	select {
	case one = <-r.free:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { r.free <- one }()
	snapshot, err := one.begin(ctx, r.pool)
	if err != nil {
		return fmt.Errorf("begin to read: %w", err)
	}
	defer func() { _ = snapshot.Rollback() }() // nothing to lose
	return do(one)
}

// begin begins to read. A connection that went bad is replaced once.
func (r *reader) begin(ctx context.Context, pool *sql.DB) (*sql.Tx, error) {
	if r.conn != nil {
		tx, err := r.conn.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
		if !errors.Is(err, driver.ErrBadConn) && !errors.Is(err, sql.ErrConnDone) {
			return tx, err
		}
		_ = r.close() // it is of no use any more
	}
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, err
	}
	r.conn, r.statements = conn, map[string]*sql.Stmt{}
	return conn.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
}

func (r *reader) close() error {
	var errs []error
	for _, s := range r.statements {
		errs = append(errs, s.Close())
	}
	if r.conn != nil {
		errs = append(errs, r.conn.Close())
	}
	r.conn, r.statements = nil, nil
	return errors.Join(errs...)
}

// QueryContext runs a query.
func (r *reader) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s, known := r.statements[query]
	if !known {
		var err error
		if s, err = r.conn.PrepareContext(ctx, positional(query)); err != nil {
			return nil, fmt.Errorf("prepare statement: %w", err)
		}
		r.statements[query] = s
	}
	return s.QueryContext(ctx, args...)
}
