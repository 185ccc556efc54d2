package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/trackwarden/trackwarden/backlog"
)

// reserve takes what a change costs from its budgets, in the transaction that
// commits to the change. A *backlog.OverBudget says which one is used up.
func (t *tx) reserve(ctx context.Context, charges []backlog.Charge) error {
	for _, c := range charges {
		n, err := t.ExecContext(ctx, `INSERT INTO budget (scope, period, used) SELECT $1, $2, $3 WHERE $3 <= $4
			ON CONFLICT (scope, period) DO UPDATE SET used = budget.used + excluded.used WHERE budget.used + excluded.used <= $4`,
			c.Scope, c.Period, c.Cost, c.Limit)
		if err != nil {
			return fmt.Errorf("reserve budget: %w", err)
		}
		if n == 0 {
			return &backlog.OverBudget{Charge: c}
		}
	}
	return nil
}

// release gives back what a change would have cost of which nothing was sent.
func (t *tx) release(ctx context.Context, charges []backlog.Charge) error {
	for _, c := range charges {
		if _, err := t.ExecContext(ctx, `UPDATE budget SET used = used - $1 WHERE scope = $2 AND period = $3`, c.Cost, c.Scope, c.Period); err != nil {
			return fmt.Errorf("release budget: %w", err)
		}
	}
	return nil
}

// Used is how much of a budget is reserved.
func (db *DB) Used(ctx context.Context, scope, period string) (used int, err error) {
	err = db.read(ctx, func(q querier) error {
		used, err = one[int](ctx, q, `SELECT used FROM budget WHERE scope = $1 AND period = $2`, scope, period)
		return err
	})
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return used, err
}
