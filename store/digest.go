package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// InDigest puts an item into the digest from now on: the report tells of it, and
// it gets no comment of its own for a while.
func (db *DB) InDigest(ctx context.Context, id backlog.ItemID) error {
	return db.write(ctx, func(t *tx) error {
		row, err := db.rowOf(ctx, t, id)
		if err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, `INSERT INTO digest (item, since) VALUES ($1, $2) ON CONFLICT (item) DO UPDATE SET since = excluded.since`,
			row, micros(db.clock())); err != nil {
			return fmt.Errorf("put into the digest: %w", err)
		}
		return t.owe(ctx, []int64{row})
	})
}

// Digest lists the items that were put into the digest since a time and bear no
// comment of ours.
func (db *DB) Digest(ctx context.Context, since time.Time) (map[backlog.ItemID]bool, error) {
	all := map[backlog.ItemID]bool{}
	err := db.read(ctx, func(q querier) error {
		return each(ctx, q, func(rows *sql.Rows) error {
			var id backlog.ItemID
			err := rows.Scan(&id.Site, &id.ID)
			all[id] = true
			return err
		}, `SELECT s.remote_id, i.remote_id FROM digest d JOIN item i ON i.id = d.item JOIN site s ON s.id = i.site
			WHERE d.since > $1 AND NOT EXISTS (SELECT 1 FROM owned o WHERE o.item = i.id AND o.kind = 'comment')`, micros(since))
	})
	if err != nil {
		return nil, fmt.Errorf("load the digest: %w", err)
	}
	return all, nil
}

func digestOf(ctx context.Context, q querier, all map[int64]*backlog.Candidate, list []int64) error {
	return among(ctx, q, func(rows *sql.Rows) error {
		var item, since int64
		err := rows.Scan(&item, &since)
		all[item].Digest = fromMicros(since)
		return err
	}, `SELECT item, since FROM digest WHERE item IN (%s)`, list)
}
