package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/trackwarden/trackwarden/backlog"
)

// Dirty lists items of these connections that have to be judged again, those
// that wait longest first.
func (db *DB) Dirty(ctx context.Context, connections []string, limit int) ([]backlog.Dirty, error) {
	var all []backlog.Dirty
	err := db.read(ctx, func(q querier) error {
		if err := db.learn(ctx, q); err != nil {
			return err
		}
		for _, site := range db.sites.named(connections) {
			if len(all) >= limit {
				return nil
			}
			if err := each(ctx, q, func(rows *sql.Rows) error {
				d := backlog.Dirty{Subject: backlog.Subject{Kind: backlog.ItemSubject}, Item: backlog.ItemID{Site: site.id}}
				err := rows.Scan(&d.Subject.ID, &d.Seq, &d.Item.ID)
				all = append(all, d)
				return err
			}, `SELECT d.subject, d.seq, i.remote_id FROM dirty d JOIN item i ON i.id = d.item
				WHERE d.site = $1 ORDER BY d.seq, d.item LIMIT $2`, site.number, limit-len(all)); err != nil {
				return fmt.Errorf("list dirty items: %w", err)
			}
		}
		return nil
	})
	return all, err
}

// named finds the pinned sites of connections, in that order.
func (c *siteCache) named(connections []string) []pinned {
	c.mu.RLock()
	defer c.mu.RUnlock()
	byName := make(map[string]pinned, len(c.byID))
	for _, p := range c.byID {
		byName[p.connection] = p
	}
	var all []pinned
	for _, name := range connections {
		if p, ok := byName[name]; ok {
			all = append(all, p)
		}
	}
	return all
}
