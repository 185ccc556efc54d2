package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// Pauses are the pauses that are still in force, by connection and class.
func (db *DB) Pauses(ctx context.Context) ([]backlog.Pause, error) {
	return db.pauses(ctx, `SELECT connection, class, until, reason FROM pace WHERE until > $1`, micros(db.clock()))
}

func (db *DB) pauses(ctx context.Context, query string, arg any) ([]backlog.Pause, error) {
	var all []backlog.Pause
	err := explain(db.path, db.gates.snapshot(ctx, func(q querier) error {
		return each(ctx, q, func(rows *sql.Rows) error {
			var p backlog.Pause
			var until int64
			if err := rows.Scan(&p.Connection, &p.Class, &until, &p.Reason); err != nil {
				return err
			}
			p.Until = fromMicros(until)
			all = append(all, p)
			return nil
		}, query, arg)
	}))
	if err != nil {
		return nil, fmt.Errorf("load pauses: %w", err)
	}
	slices.SortFunc(all, func(a, b backlog.Pause) int {
		return cmp.Or(cmp.Compare(a.Connection, b.Connection), cmp.Compare(a.Class, b.Class))
	})
	return all, nil
}

// Pace is the gate of one connection, shared by all processes on the database.
// It may be used from several goroutines.
type Pace struct {
	db         *DB
	connection string
	clock      func() time.Time

	mu    sync.Mutex
	read  time.Time // when known was read
	known map[string]backlog.Pause
}

// fresh is how long what was read counts. A request asks about several classes
// one after the other, and that is one query; it is shorter than any request
// to a tracker is on its way.
const fresh = 2 * time.Millisecond

// keep is how long a pause that is over stays in the table.
const keep = 24 * time.Hour

// Pace returns the gate of a connection. Its clock is the one that pauses are
// told in, the real one: whoever waits, waits in real time.
func (db *DB) Pace(connection string, clock func() time.Time) *Pace {
	return &Pace{db: db, connection: connection, clock: clock}
}

// Until says until when requests of a class wait, and why; zero when nobody
// has asked for a pause, and possibly in the past when it is over.
func (p *Pace) Until(ctx context.Context, class string) (time.Time, string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if now := p.clock(); p.known == nil || now.Before(p.read) || now.Sub(p.read) > fresh {
		all, err := p.db.pauses(ctx, `SELECT connection, class, until, reason FROM pace WHERE connection = $1`, p.connection)
		if err != nil {
			return time.Time{}, "", err
		}
		p.read, p.known = now, make(map[string]backlog.Pause, len(all))
		for _, pause := range all {
			p.known[pause.Class] = pause
		}
	}
	return p.known[class].Until, p.known[class].Reason, nil
}

// Pause lets requests of a class wait, in every process. It never shortens a
// pause. When it returns, whoever asks sees it.
func (p *Pace) Pause(ctx context.Context, class string, until time.Time, reason string) error {
	err := p.db.write(ctx, func(t *tx) error {
		if _, err := t.ExecContext(ctx, `DELETE FROM pace WHERE connection = $1 AND until < $2`, p.connection, micros(p.clock().Add(-keep))); err != nil {
			return err
		}
		// A microsecond more: a pause must not end early by being cut to what is stored.
		_, err := t.ExecContext(ctx, `INSERT INTO pace (connection, class, until, reason) VALUES ($1, $2, $3, $4)
			ON CONFLICT (connection, class) DO UPDATE SET until = excluded.until, reason = excluded.reason
			WHERE excluded.until > pace.until`, p.connection, class, micros(until)+1, reason)
		return err
	})
	if err != nil {
		return fmt.Errorf("note pause of %s: %w", p.connection, err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.known = nil
	return nil
}
