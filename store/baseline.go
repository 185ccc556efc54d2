package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/trackwarden/trackwarden/backlog"
)

// FreezeBaseline keeps what is planned for an increment. What was frozen before
// stays as it is.
func (db *DB) FreezeBaseline(ctx context.Context, b backlog.Baseline) error {
	data, err := encode(b)
	if err != nil {
		return err
	}
	return db.write(ctx, func(t *tx) error {
		_, err := t.ExecContext(ctx, `INSERT INTO baseline (train, increment, frozen, data) VALUES ($1, $2, $3, $4) ON CONFLICT (train, increment) DO NOTHING`,
			cleanText(b.Train), cleanText(b.Increment), b.Frozen, data)
		if err != nil {
			return fmt.Errorf("freeze %s: %w", b.Increment, err)
		}
		return nil
	})
}

// Baselines loads what was frozen.
func (db *DB) Baselines(ctx context.Context) ([]backlog.Baseline, error) {
	var all []backlog.Baseline
	err := db.read(ctx, func(q querier) error {
		all = nil
		return each(ctx, q, func(rows *sql.Rows) error {
			var data string
			var b backlog.Baseline
			if err := rows.Scan(&data); err != nil {
				return err
			}
			if err := decode(data, &b); err != nil {
				return err
			}
			all = append(all, b)
			return nil
		}, `SELECT data FROM baseline ORDER BY train, frozen, increment`)
	})
	if err != nil {
		return nil, fmt.Errorf("load baselines: %w", err)
	}
	return all, nil
}
