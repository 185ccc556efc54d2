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

// Edges lists who blocks whom among the stored items, each pair once.
func (db *DB) Edges(ctx context.Context) ([]backlog.Edge, error) {
	var edges []backlog.Edge
	seen := map[backlog.Edge]bool{}
	err := db.read(ctx, func(q querier) error {
		if err := db.learn(ctx, q); err != nil {
			return err
		}
		return each(ctx, q, func(rows *sql.Rows) error {
			var side string
			var fromSite, toSite int64
			var edge backlog.Edge
			if err := rows.Scan(&side, &fromSite, &edge.From.ID, &toSite, &edge.To.ID); err != nil {
				return err
			}
			from, _ := db.sites.number(fromSite)
			to, _ := db.sites.number(toSite)
			edge.From.Site, edge.To.Site = from.id, to.id
			if side == string(backlog.Inward) {
				edge.From, edge.To = edge.To, edge.From
			}
			if !seen[edge] {
				seen[edge] = true
				edges = append(edges, edge)
			}
			return nil
		}, `SELECT l.direction, f.site, f.remote_id, t.site, t.remote_id
			FROM link l JOIN item f ON f.id = l.from_item JOIN item t ON t.id = l.to_item
			WHERE l.type = 'blocks' AND l.to_item IS NOT NULL AND f.presence <> 'gone' AND t.presence <> 'gone'
			ORDER BY l.from_item, l.to_item`)
	})
	return edges, err
}

// SetCycles says for every item of a dependency cycle which keys form it.
// Items that entered one, left one or are in a different one become dirty.
func (db *DB) SetCycles(ctx context.Context, cycles map[backlog.ItemID][]string) error {
	return db.write(ctx, func(t *tx) error {
		before, err := loadCycles(ctx, t)
		if err != nil {
			return err
		}
		now := make(map[int64]string, len(cycles))
		for id, keys := range cycles {
			row, err := db.rowOf(ctx, t, id)
			if err != nil {
				return err
			}
			if now[row], err = encode(keys); err != nil {
				return err
			}
		}
		changed := set{}
		for row := range before {
			if _, still := now[row]; !still {
				now[row] = ""
			}
		}
		for row, text := range now {
			if text == before[row] {
				continue
			}
			changed.add(row)
			if _, err := t.ExecContext(ctx, `UPDATE item SET cycle = $1 WHERE id = $2`, text, row); err != nil {
				return fmt.Errorf("save cycle: %w", err)
			}
		}
		return t.markItems(ctx, becauseCycle, changed)
	})
}

func loadCycles(ctx context.Context, q querier) (map[int64]string, error) {
	cycles := map[int64]string{}
	err := each(ctx, q, func(rows *sql.Rows) error {
		var row int64
		var text string
		err := rows.Scan(&row, &text)
		cycles[row] = text
		return err
	}, `SELECT id, cycle FROM item WHERE cycle <> ''`)
	if err != nil {
		return nil, fmt.Errorf("load cycles: %w", err)
	}
	return cycles, nil
}
