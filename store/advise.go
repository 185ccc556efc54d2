package store

import (
	"context"
	"fmt"
)

// advice is what SQLite is told of indexes: the table, the index, and how many
// rows there are, then how many have the same first column, the same first two,
// and so on. It is told and not measured, so that a statement is carried out the
// same way in a small store and in a large one.
//
// Without it SQLite takes it that ten items are of one site, and walks over all
// of them rather than looking up a few hundred.
var advice = [][3]any{
	{"item", "sqlite_autoindex_item_1", "1000000 500000 1"},
	{"item", "item_census", "1000000 500000 10000 5000 1"},
	{"item", "item_judged", "1000000 500000 1 1 1 1 1"},
	{"intent", "intent_open", "100 1"},
}

// advise gives the advice, unless this file has it.
func (db *DB) advise(ctx context.Context) error {
	if _, err := db.conn.ExecContext(ctx, `ANALYZE sqlite_schema`); err != nil { // makes the table of advice, or reads it
		return fmt.Errorf("read statistics: %w", err)
	}
	given := false
	err := db.write(ctx, func(t *tx) error {
		for _, a := range advice {
			n, err := one[int](ctx, t, `SELECT COUNT(*) FROM sqlite_stat1 WHERE tbl = $1 AND idx = $2 AND stat = $3`, a[:]...)
			if err != nil {
				return err
			}
			given = given || n == 0
		}
		if !given {
			return nil
		}
		if _, err := t.ExecContext(ctx, `DELETE FROM sqlite_stat1`); err != nil {
			return err
		}
		for _, a := range advice {
			if _, err := t.ExecContext(ctx, `INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ($1, $2, $3)`, a[:]...); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil && given {
		_, err = db.conn.ExecContext(ctx, `ANALYZE sqlite_schema`)
	}
	if err != nil {
		return fmt.Errorf("give statistics: %w", err)
	}
	return nil
}
