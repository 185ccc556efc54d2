package store

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"

	"github.com/trackwarden/trackwarden/backlog"
)

// saveTurned notes whose place in the graph of dependencies a commit changed.
func (c *commit) saveTurned(ctx context.Context) error {
	if len(c.turned) == 0 {
		return nil
	}
	seq, err := c.tx.sequence(ctx)
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(c.turned)) {
		if _, err := c.tx.ExecContext(ctx, `INSERT INTO turned (item, seq) VALUES ($1, $2) ON CONFLICT (item) DO UPDATE SET seq = excluded.seq`, id, seq); err != nil {
			return err
		}
	}
	return nil
}

// TurnAll asks for cycles to be looked for everywhere.
func (db *DB) TurnAll(ctx context.Context) error {
	return db.write(ctx, func(t *tx) error {
		seq, err := t.sequence(ctx)
		if err != nil {
			return err
		}
		_, err = t.ExecContext(ctx, `INSERT INTO turned (item, seq)
			SELECT DISTINCT from_item, CAST($1 AS BIGINT) FROM link WHERE type = 'blocks' AND to_item IS NOT NULL
			UNION SELECT id, CAST($1 AS BIGINT) FROM item WHERE cycle <> ''
			ON CONFLICT (item) DO UPDATE SET seq = excluded.seq`, seq)
		return err
	})
}

// Turned lists items whose place in the graph of dependencies changed since
// cycles were looked for, with those that form a cycle with one of them so
// far. SetCycles takes seq back.
func (db *DB) Turned(ctx context.Context, limit int) (items []backlog.ItemID, seq int64, err error) {
	err = db.read(ctx, func(q querier) error {
		if seq, err = one[int64](ctx, q, `SELECT value FROM counter WHERE name = 'dirty'`); err != nil {
			return err
		}
		if err := db.learn(ctx, q); err != nil {
			return err
		}
		return each(ctx, q, func(rows *sql.Rows) error {
			var site int64
			var id backlog.ItemID
			err := rows.Scan(&site, &id.ID)
			p, _ := db.sites.number(site)
			id.Site = p.id
			items = append(items, id)
			return err
		}, `WITH next AS (SELECT item FROM turned ORDER BY item LIMIT $1)
			SELECT i.site, i.remote_id FROM item i WHERE i.id IN (SELECT item FROM next)
			UNION SELECT m.site, m.remote_id FROM item m WHERE m.cycle <> '' AND m.cycle IN
				(SELECT i.cycle FROM item i JOIN next n ON n.item = i.id WHERE i.cycle <> '')`, limit)
	})
	if err != nil {
		return nil, 0, fmt.Errorf("list turned items: %w", err)
	}
	return items, seq, nil
}

// Blocked lists whom these items block, each pair once, whichever side tells
// it. Items that are gone block nobody.
func (db *DB) Blocked(ctx context.Context, items []backlog.ItemID) ([]backlog.Edge, error) {
	var edges []backlog.Edge
	seen := map[backlog.Edge]bool{}
	err := db.read(ctx, func(q querier) error {
		sites, err := db.bySite(ctx, q, items)
		if err != nil {
			return err
		}
		if err := db.learn(ctx, q); err != nil {
			return err
		}
		for site, remote := range sites {
			from, _ := db.sites.number(site)
			scan := func(rows *sql.Rows) error {
				var toSite int64
				edge := backlog.Edge{From: backlog.ItemID{Site: from.id}}
				if err := rows.Scan(&edge.From.ID, &toSite, &edge.To.ID); err != nil {
					return err
				}
				to, _ := db.sites.number(toSite)
				edge.To.Site = to.id
				if !seen[edge] {
					seen[edge] = true
					edges = append(edges, edge)
				}
				return nil
			}
			for _, side := range []string{
				`l.from_item = f.id AND l.direction = 'outward' JOIN item t ON t.id = l.to_item`,
				`l.to_item = f.id AND l.direction = 'inward' JOIN item t ON t.id = l.from_item`,
			} {
				if err := among(ctx, q, scan, `SELECT f.remote_id, t.site, t.remote_id FROM item f JOIN link l ON l.type = 'blocks' AND l.to_item IS NOT NULL AND `+side+`
					WHERE f.site = $1 AND f.presence <> 'gone' AND t.presence <> 'gone' AND f.remote_id IN (%s)`, remote, site); err != nil {
					return fmt.Errorf("load dependencies: %w", err)
				}
			}
		}
		return nil
	})
	return edges, err
}

// SetCycles says of the items that were looked at which keys form the cycle
// that they are in; those without one are in none. Whose cycle came, went or
// changed becomes dirty. Seq is of the Turned that was looked at.
func (db *DB) SetCycles(ctx context.Context, looked []backlog.ItemID, cycles map[backlog.ItemID][]string, seq int64) error {
	return db.write(ctx, func(t *tx) error {
		sites, err := db.bySite(ctx, t, looked)
		if err != nil {
			return err
		}
		for number, remote := range sites {
			if err := t.setCycles(ctx, number, remote, cycles, seq); err != nil {
				return fmt.Errorf("save cycles: %w", err)
			}
		}
		return nil
	})
}

func (t *tx) setCycles(ctx context.Context, number int64, remote []any, cycles map[backlog.ItemID][]string, seq int64) error {
	site, err := t.db.siteOf(ctx, t, number)
	if err != nil {
		return err
	}
	var rows []int64
	now, changed := map[int64]string{}, set{}
	if err := among(ctx, t, func(r *sql.Rows) error {
		var row int64
		var id, before, text string
		if err := r.Scan(&row, &id, &before); err != nil {
			return err
		}
		if keys := cycles[backlog.ItemID{Site: site.id, ID: id}]; len(keys) > 0 {
			if text, err = encode(keys); err != nil {
				return err
			}
		}
		rows = append(rows, row)
		if text != before {
			now[row] = text
			changed.add(row)
		}
		return nil
	}, `SELECT id, remote_id, cycle FROM item WHERE site = $1 AND remote_id IN (%s)`, remote, number); err != nil {
		return err
	}
	for row, text := range now {
		if _, err := t.ExecContext(ctx, `UPDATE item SET cycle = $1 WHERE id = $2`, text, row); err != nil {
			return err
		}
	}
	if err := execAmong(ctx, t, `DELETE FROM turned WHERE seq <= $1 AND item IN (%s)`, rows, seq); err != nil {
		return err
	}
	return t.markItems(ctx, becauseCycle, changed)
}
