package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// Settings say where the database is.
type Settings struct {
	Path string // of the file; it is made if it is not there, its folder is not
}

// DB is an open database. Its methods may be called from several goroutines.
type DB struct {
	path  string
	clock func() time.Time
	log   *slog.Logger

	reads  *readers
	gates  *readers // one, for pauses (pace.go)
	writes *sql.DB
	conn   *sql.Conn // the one connection of writes

	turn       chan struct{}        // holds a token while somebody writes
	statements map[string]*sql.Stmt // prepared on conn; only used while holding turn
	packing    []byte               // for packing briefs; only used while holding turn

	sites siteCache
}

const manyReaders = 4

// How long opening waits for another process that is opening too.
const (
	patience = 10 * time.Second
	pause    = 100 * time.Millisecond
)

// Open opens the database, checks it and brings its tables up to date. An
// error that wraps ErrUnusable is one sentence for people.
func Open(ctx context.Context, s Settings, clock func() time.Time, log *slog.Logger) (*DB, error) {
	patient, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		db, err := openOnce(ctx, s, clock, log)
		if err == nil || !transient(err) {
			return db, err
		}
		select {
		case <-patient.Done():
			return nil, err
		case <-time.After(pause):
			log.Debug("open database again", "path", s.Path, "error", err)
		}
	}
}

func openOnce(ctx context.Context, s Settings, clock func() time.Time, log *slog.Logger) (*DB, error) {
	if err := inspect(ctx, s.Path); err != nil {
		return nil, err
	}
	db := &DB{path: s.Path, clock: clock, log: log, turn: make(chan struct{}, 1), statements: map[string]*sql.Stmt{}}
	if err := db.open(ctx); err != nil {
		return nil, errors.Join(explain(s.Path, err), db.Close())
	}
	return db, nil
}

// open opens both pools. The driver sorts pragmas by name: the journal's mode
// has to be a parameter of its own, or the file is made before its pages have
// their size. What a statement would undo is kept in memory, not in a file.
func (db *DB) open(ctx context.Context) (err error) {
	if db.writes, err = sql.Open("sqlite", address(db.path, "_txlock=immediate", "_pragma=page_size(8192)", "_journal_mode=WAL", "_pragma=wal_autocheckpoint(4000)", "_pragma=synchronous(NORMAL)", "_pragma=foreign_keys(1)", "_pragma=cache_size(-32000)", "_pragma=temp_store(MEMORY)")); err != nil {
		return err
	}
	db.writes.SetMaxOpenConns(1)
	if err := migrate(ctx, db.writes); err != nil {
		return err
	}
	if db.conn, err = db.writes.Conn(ctx); err != nil {
		return err
	}
	if err := db.probe(ctx); err != nil {
		return err
	}
	if err := db.advise(ctx); err != nil {
		return err
	}
	if db.reads, err = openReaders(db.path, manyReaders); err != nil {
		return err
	}
	// Whoever reads after a commit empties the cache of the connection first, which
	// costs as much as there is in it; pauses are read before every request.
	db.gates, err = openReaders(db.path, 1, "_pragma=cache_size(10)")
	return err
}

// probe takes the write lock and writes nothing, so that a read-only file is
// found at once and not in the middle of a pass.
func (db *DB) probe(ctx context.Context) error {
	return db.write(ctx, func(t *tx) error {
		_, err := t.ExecContext(ctx, `UPDATE counter SET value = value WHERE name = 'dirty'`)
		return err
	})
}

// Path is the file that the database is in.
func (db *DB) Path() string { return db.path }

// Close closes the file. What was committed stays.
func (db *DB) Close() error {
	var errs []error
	for _, s := range db.statements {
		errs = append(errs, s.Close())
	}
	if db.conn != nil {
		errs = append(errs, db.conn.Close())
	}
	errs = append(errs, db.reads.close(), db.gates.close())
	if db.writes != nil {
		errs = append(errs, db.writes.Close())
	}
	return errors.Join(errs...)
}

// address is the driver's name for a file.
func address(path string, parameters ...string) string {
	escaped := strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(path)
	return "file:" + escaped + "?" + strings.Join(append([]string{"_pragma=busy_timeout(10000)"}, parameters...), "&")
}

// touch makes an empty file that only its owner may read: it will hold the
// texts of tickets.
func touch(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("open file: %w", err)
	}
	return f.Close()
}
