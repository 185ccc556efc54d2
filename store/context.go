package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/trackwarden/trackwarden/backlog"
)

// NotStored picks those identities that are not stored as items in scope.
func (db *DB) NotStored(ctx context.Context, ids []backlog.ItemID) ([]backlog.ItemID, error) {
	stored := make(map[backlog.ItemID]bool, len(ids))
	err := db.read(ctx, func(q querier) error {
		return db.eachKey(ctx, q, ids, ` AND presence IN ('found', 'moved', 'missing')`, func(id backlog.ItemID, _ string) { stored[id] = true })
	})
	var lacking []backlog.ItemID
	for _, id := range ids {
		if !stored[id] {
			lacking = append(lacking, id)
		}
	}
	return lacking, err
}

// Keys finds the keys of stored items.
func (db *DB) Keys(ctx context.Context, ids []backlog.ItemID) (map[backlog.ItemID]string, error) {
	keys := make(map[backlog.ItemID]string, len(ids))
	err := db.read(ctx, func(q querier) error {
		return db.eachKey(ctx, q, ids, "", func(id backlog.ItemID, key string) { keys[id] = key })
	})
	return keys, err
}

func (db *DB) eachKey(ctx context.Context, q querier, ids []backlog.ItemID, and string, found func(backlog.ItemID, string)) error {
	sites, err := db.bySite(ctx, q, ids)
	if err != nil {
		return err
	}
	for number, remote := range sites {
		site, err := db.siteOf(ctx, q, number)
		if err != nil {
			return err
		}
		err = among(ctx, q, func(rows *sql.Rows) error {
			var id, key string
			err := rows.Scan(&id, &key)
			found(backlog.ItemID{Site: site.id, ID: id}, key)
			return err
		}, `SELECT remote_id, key FROM item WHERE site = $1 AND remote_id IN (%s)`+and, remote, number)
		if err != nil {
			return fmt.Errorf("find items: %w", err)
		}
	}
	return nil
}

// Counts tells how many items in scope are stored of a connection, by the key
// of their project.
func (db *DB) Counts(ctx context.Context, connection string) (map[string]int, error) {
	counts := map[string]int{}
	err := db.read(ctx, func(q querier) error {
		return each(ctx, q, func(rows *sql.Rows) error {
			var project string
			var n int
			err := rows.Scan(&project, &n)
			if n > 0 {
				counts[project] += n
			}
			return err
		}, `SELECT t.project_key, t.items FROM tally t JOIN site s ON s.id = t.site
			WHERE s.connection = $1 AND t.presence IN ('found', 'moved')`, connection)
	})
	return counts, err
}
