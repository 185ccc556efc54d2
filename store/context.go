package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// A reference that led nowhere is asked for again after this.
const askAgain = 24 * time.Hour

// Unresolved lists parents and link ends of open items in scope that are not
// stored and were not asked for within a day; those with an identity first.
func (db *DB) Unresolved(ctx context.Context, limit int) ([]backlog.Ref, error) {
	var refs []backlog.Ref
	err := db.read(ctx, func(q querier) error {
		return each(ctx, q, func(rows *sql.Rows) error {
			var address, key string
			if err := rows.Scan(&address, &key); err != nil {
				return err
			}
			refs = append(refs, refOf(address, key))
			return nil
		}, `SELECT l.to_ref, MAX(l.to_key) FROM link l JOIN item i ON i.id = l.from_item LEFT JOIN asked a ON a.ref = l.to_ref
			WHERE l.to_item IS NULL AND `+judged+` AND i.state NOT IN ('done', 'removed') AND COALESCE(a.at, 0) < $1
			GROUP BY l.to_ref ORDER BY l.to_ref LIMIT $2`, micros(db.clock().Add(-askAgain)), limit)
	})
	return refs, err
}

// refOf reads an address back. An item's own id holds no slash in any tracker.
func refOf(address, key string) backlog.Ref {
	kind, rest, _ := strings.Cut(address, ":")
	switch kind {
	case "id":
		cut := strings.LastIndex(rest, "/")
		return backlog.Ref{ID: backlog.ItemID{Site: backlog.SiteID(rest[:max(cut, 0)]), ID: rest[cut+1:]}}
	case "url":
		return backlog.Ref{URL: rest, Key: key}
	}
	return backlog.Ref{Key: rest}
}

// Asked remembers that these references were asked for now.
func (db *DB) Asked(ctx context.Context, refs []backlog.Ref) error {
	return db.write(ctx, func(t *tx) error {
		for _, ref := range refs {
			if _, err := t.ExecContext(ctx, `INSERT INTO asked (ref, at) VALUES ($1, $2) ON CONFLICT (ref) DO UPDATE SET at = excluded.at`,
				ref.Address(), micros(db.clock())); err != nil {
				return fmt.Errorf("remember %s: %w", ref.Label(), err)
			}
		}
		return nil
	})
}

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
