package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/trackwarden/trackwarden/backlog"
)

// FindingCounts counts the open findings of each connection by policy and
// severity.
func (db *DB) FindingCounts(ctx context.Context) ([]backlog.FindingCount, error) {
	var counts []backlog.FindingCount
	err := db.read(ctx, func(q querier) error {
		return each(ctx, q, func(rows *sql.Rows) error {
			var c backlog.FindingCount
			err := rows.Scan(&c.Connection, &c.Policy, &c.Severity, &c.Open)
			counts = append(counts, c)
			return err
		}, `SELECT s.connection, f.policy, f.severity, COUNT(*)
			FROM finding f JOIN item i ON i.id = f.item JOIN site s ON s.id = i.site
			WHERE f.closed = 0 GROUP BY s.connection, f.policy, f.severity`)
	})
	if err != nil {
		return nil, fmt.Errorf("count findings: %w", err)
	}
	return counts, nil
}
