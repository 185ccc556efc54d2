package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/trackwarden/trackwarden/backlog"
)

// BeginWalk starts to judge everything of a connection on a basis and for a
// day, or goes on where such a walk stopped. A walk on another basis or for
// another day begins at the first item, and so does one that is asked for
// again. A connection without a site has nothing to walk over.
//
// New items have higher numbers than all that were there before: they lie ahead
// of the walk, even of one that is over, and so they need no mark.
func (db *DB) BeginWalk(ctx context.Context, connection, basis, today string, again bool) (backlog.Walk, error) {
	walk := backlog.Walk{Connection: connection, Basis: cleanText(basis), Today: today}
	err := db.write(ctx, func(t *tx) error {
		if err := db.learn(ctx, t); err != nil {
			return err
		}
		for _, site := range db.sites.named([]string{connection}) {
			begun := false
			if err := each(ctx, t, func(rows *sql.Rows) error {
				begun = true
				return rows.Scan(&walk.Reached)
			}, `SELECT position FROM walk WHERE site = $1 AND basis = $2 AND today = $3`, site.number, walk.Basis, today); err != nil {
				return fmt.Errorf("load walk: %w", err)
			}
			if begun && !again {
				return nil
			}
			walk.Reached = 0
			if _, err := t.ExecContext(ctx, `INSERT INTO walk (site, basis, today, position) VALUES ($1, $2, $3, 0)
				ON CONFLICT (site) DO UPDATE SET basis = excluded.basis, today = excluded.today, position = 0`, site.number, walk.Basis, today); err != nil {
				return fmt.Errorf("begin walk: %w", err)
			}
		}
		return nil
	})
	return walk, err
}

// SaveWalked stores what a batch of a walk said, and how far the walk has
// come. Marks that were there when the batch was loaded are answered by it.
func (db *DB) SaveWalked(ctx context.Context, walk backlog.Walk, judged []backlog.Judged) error {
	return db.write(ctx, func(t *tx) error {
		if err := t.saveJudged(ctx, judged); err != nil {
			return err
		}
		for _, site := range db.sites.named([]string{walk.Connection}) {
			if _, err := t.ExecContext(ctx, `DELETE FROM dirty WHERE site = $1 AND seq <= $2 AND item > (SELECT position FROM walk WHERE site = $1) AND item <= $3`,
				site.number, walk.Seq, walk.Reached); err != nil {
				return fmt.Errorf("clear marks: %w", err)
			}
			if _, err := t.ExecContext(ctx, `UPDATE walk SET position = $1 WHERE site = $2 AND basis = $3 AND today = $4 AND position < $1`,
				walk.Reached, site.number, walk.Basis, walk.Today); err != nil {
				return fmt.Errorf("save position: %w", err)
			}
		}
		return nil
	})
}
