package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
)

// Dirty lists items of these connections that have to be judged again, those
// that wait longest first.
func (db *DB) Dirty(ctx context.Context, connections []string, limit int) (all []backlog.Dirty, err error) {
	err = db.read(ctx, func(q querier) error {
		all, err = db.dirty(ctx, q, connections, limit)
		return err
	})
	return all, err
}

func (db *DB) dirty(ctx context.Context, q querier, connections []string, limit int) ([]backlog.Dirty, error) {
	var all []backlog.Dirty
	if err := db.learn(ctx, q); err != nil {
		return nil, err
	}
	for _, site := range db.sites.named(connections) {
		if len(all) >= limit {
			break
		}
		if err := each(ctx, q, func(rows *sql.Rows) error {
			d := backlog.Dirty{Subject: backlog.Subject{Kind: backlog.ItemSubject}, Item: backlog.ItemID{Site: site.id}}
			err := rows.Scan(&d.Subject.ID, &d.Seq, &d.Number)
			d.Item.ID = strings.TrimPrefix(d.Subject.ID, string(site.id)+"/")
			all = append(all, d)
			return err
		}, `SELECT subject, seq, item FROM dirty WHERE site = $1 ORDER BY seq, item LIMIT $2`, site.number, limit-len(all)); err != nil {
			return nil, fmt.Errorf("list dirty items: %w", err)
		}
	}
	return all, nil
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
