package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// An approval that was not used within this time is forgotten: nobody remembers
// what it was about.
const approvalHolds = 7 * 24 * time.Hour

// SavePlans keeps the plans of a connection that wait for an approval, in place
// of those that did before. A plan waits since its project first had one.
func (db *DB) SavePlans(ctx context.Context, connection string, parked []backlog.Parked) error {
	return db.write(ctx, func(t *tx) error {
		if _, err := t.ExecContext(ctx, `DELETE FROM approved WHERE at < $1`, micros(db.clock().Add(-approvalHolds))); err != nil {
			return fmt.Errorf("forget old approvals: %w", err)
		}
		since, hashes := map[backlog.ProjectID]int64{}, map[string]bool{}
		err := each(ctx, t, func(rows *sql.Rows) error {
			var project backlog.ProjectID
			var hash string
			var at int64
			err := rows.Scan(&project.Site, &project.ID, &hash, &at)
			since[project], hashes[hash] = at, true
			return err
		}, `SELECT site, project, hash, since FROM parked WHERE connection = $1`, connection)
		if err != nil {
			return fmt.Errorf("load parked plans: %w", err)
		}
		if len(hashes) == len(parked) && !slices.ContainsFunc(parked, func(p backlog.Parked) bool { return !hashes[p.Hash] }) {
			return nil // as before
		}
		if _, err := t.ExecContext(ctx, `DELETE FROM parked WHERE connection = $1`, connection); err != nil {
			return fmt.Errorf("clear parked plans: %w", err)
		}
		for _, p := range parked {
			if err := t.park(ctx, connection, p, since[p.Project]); err != nil {
				return fmt.Errorf("park plan of %s: %w", p.Key, err)
			}
		}
		return nil
	})
}

func (t *tx) park(ctx context.Context, connection string, p backlog.Parked, since int64) error {
	text, err := encode(p.Plan)
	if err != nil {
		return err
	}
	if since == 0 {
		since = micros(t.db.clock())
	}
	_, err = t.ExecContext(ctx, `INSERT INTO parked (connection, site, project, key, hash, items, changes, removals, since, plan)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		connection, string(p.Project.Site), p.Project.ID, p.Key, p.Hash, p.Items, p.Changes, p.Removals, since, text)
	return err
}

// Plans are those that wait for an approval; an empty connection asks for all.
func (db *DB) Plans(ctx context.Context, connection string) (all []backlog.Parked, err error) {
	err = db.read(ctx, func(q querier) error {
		all, err = parkedPlans(ctx, q, connection)
		return err
	})
	return all, err
}

func parkedPlans(ctx context.Context, q querier, connection string) ([]backlog.Parked, error) {
	var all []backlog.Parked
	err := each(ctx, q, func(rows *sql.Rows) error {
		var p backlog.Parked
		var since int64
		var text string
		if err := rows.Scan(&p.Connection, &p.Project.Site, &p.Project.ID, &p.Key, &p.Hash, &p.Items, &p.Changes, &p.Removals, &since, &text); err != nil {
			return err
		}
		p.Since = fromMicros(since)
		err := decode(text, &p.Plan)
		all = append(all, p)
		return err
	}, `SELECT connection, site, project, key, hash, items, changes, removals, since, plan FROM parked
		WHERE $1 = '' OR connection = $1 ORDER BY connection, key`, connection)
	if err != nil {
		return nil, fmt.Errorf("load parked plans: %w", err)
	}
	return all, nil
}

// Approve lets the plan with a hash be written, exactly as it is: what is
// planned otherwise by then is not approved. It wraps backlog.ErrNotParked when
// no such plan waits.
func (db *DB) Approve(ctx context.Context, hash string) (approved backlog.Parked, err error) {
	err = db.writeDurably(ctx, func(t *tx) error {
		all, err := parkedPlans(ctx, t, "")
		if err != nil {
			return err
		}
		for _, p := range all {
			if p.Hash == hash {
				approved = p
				return t.approve(ctx, p)
			}
		}
		return fmt.Errorf("%w: %s", backlog.ErrNotParked, hash)
	})
	return approved, err
}

func (t *tx) approve(ctx context.Context, p backlog.Parked) error {
	for _, c := range p.Plan.Changes {
		if _, err := t.ExecContext(ctx, `INSERT INTO approved (connection, item, content, at) VALUES ($1, $2, $3, $4)
			ON CONFLICT (connection, item) DO UPDATE SET content = excluded.content, at = excluded.at`,
			p.Connection, c.Item.String(), c.ContentHash(), micros(t.db.clock())); err != nil {
			return fmt.Errorf("approve: %w", err)
		}
	}
	_, err := t.ExecContext(ctx, `DELETE FROM parked WHERE connection = $1 AND hash = $2`, p.Connection, p.Hash)
	return err
}

// Approved are the contents that were approved, by item.
func (db *DB) Approved(ctx context.Context, connection string) (map[string]string, error) {
	all := map[string]string{}
	err := db.read(ctx, func(q querier) error {
		return each(ctx, q, func(rows *sql.Rows) error {
			var item, content string
			err := rows.Scan(&item, &content)
			all[item] = content
			return err
		}, `SELECT item, content FROM approved WHERE connection = $1 AND at >= $2`, connection, micros(db.clock().Add(-approvalHolds)))
	})
	if err != nil {
		return nil, fmt.Errorf("load approvals: %w", err)
	}
	return all, nil
}
