package store

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"

	"github.com/trackwarden/trackwarden/backlog"
)

// How an item's findings end without being cured, and how its absence ends.
const (
	becauseGone     = "gone"
	becauseDeparted = "departed"
)

// part ends what the page brought about items that left the scope, came back
// into it, or are no longer judged.
func (c *commit) part(ctx context.Context) error {
	left := set{}
	for id := range c.departed {
		left.add(id)
	}
	if err := c.depart(ctx, left); err != nil {
		return err
	}
	for id, project := range c.departed {
		if _, err := c.tx.ExecContext(ctx, `UPDATE absence SET project = $1 WHERE item = $2`, project, id); err != nil {
			return fmt.Errorf("note departure: %w", err)
		}
	}
	if len(c.returned) == 0 {
		return nil
	}
	return execAmong(ctx, c.tx, `UPDATE absence SET ended = $1, state = 'back' WHERE ended = 0 AND item IN (%s)`,
		slices.Sorted(maps.Keys(c.returned)), micros(c.tx.db.clock()))
}

// depart makes context of items: they are shown to the policies of others and
// neither judged nor written on. Their open findings are retired; what is ours
// on them is left there.
func (c *commit) depart(ctx context.Context, items set) error {
	if len(items) == 0 {
		return nil
	}
	rows := slices.Sorted(maps.Keys(items))
	if _, err := place(ctx, c, backlog.Context, `presence IN ('found', 'moved', 'missing') AND id IN (%s)`, rows); err != nil {
		return fmt.Errorf("take out of scope: %w", err)
	}
	for _, id := range rows {
		delete(c.judge, id)
	}
	return c.retire(ctx, rows, becauseDeparted)
}

// retire closes the open findings of items that are no longer judged, without
// claiming a cure, and notes when they left.
func (c *commit) retire(ctx context.Context, rows []int64, why string) error {
	now := micros(c.tx.db.clock())
	if err := execAmong(ctx, c.tx, `UPDATE finding SET closed = $1, retired = $2 WHERE closed = 0 AND item IN (%s)`, rows, now, why); err != nil {
		return fmt.Errorf("retire findings: %w", err)
	}
	if err := execAmong(ctx, c.tx, `INSERT INTO absence (item, site, project, state, since, censuses, at, ended)
		SELECT i.id, i.site, i.project, CAST($1 AS TEXT), CAST($2 AS BIGINT), 0, CAST($2 AS BIGINT), CAST($2 AS BIGINT) FROM item i WHERE i.id IN (%s)
		ON CONFLICT (item) DO UPDATE SET project = excluded.project, state = excluded.state, ended = excluded.ended`, rows, why, now); err != nil {
		return fmt.Errorf("note departure: %w", err)
	}
	return c.unmark(ctx, rows)
}

// unmark takes items off the list of those that are to be judged.
func (c *commit) unmark(ctx context.Context, rows []int64) error {
	if err := execAmong(ctx, c.tx, `DELETE FROM dirty WHERE kind = 'item' AND subject IN
		(SELECT s.remote_id || '/' || i.remote_id FROM item i JOIN site s ON s.id = i.site WHERE i.id IN (%s))`, rows); err != nil {
		return fmt.Errorf("clear marks: %w", err)
	}
	return nil
}

// place puts items where they are now and returns those that were elsewhere;
// where names the rows, with %s for the list. Their neighbours are judged again.
func place[T any](ctx context.Context, c *commit, presence backlog.Presence, where string, list []T, args ...any) (rows []int64, err error) {
	err = among(ctx, c.tx, func(r *sql.Rows) error {
		var id int64
		var from standing
		err := r.Scan(append([]any{&id}, from.into()...)...)
		to := from
		to.presence = presence
		c.tallies.moved(&from, &to)
		rows = append(rows, id)
		c.noisy.add(id)
		c.turned.add(id)
		c.owed.add(id)
		c.changes.Changed++
		c.changes.LinksChanged = true
		return err
	}, `SELECT id, `+standingColumns+` FROM item WHERE `+where, list, args...)
	if err != nil {
		return nil, err
	}
	return rows, execAmong(ctx, c.tx, `UPDATE item SET presence = $1 WHERE id IN (%s)`, rows, string(presence))
}

// obscure notes which context items cannot be read any more: their neighbours
// know them no longer.
func (c *commit) obscure(ctx context.Context, hidden []string) error {
	_, err := place(ctx, c, backlog.Hidden, `site = $1 AND presence = 'context' AND remote_id IN (%s)`, hidden, c.site.number)
	return err
}

// end counts and marks what a commit did that came with no items.
func (c *commit) end(ctx context.Context) error {
	if err := c.tally(ctx); err != nil {
		return fmt.Errorf("count: %w", err)
	}
	if err := c.lack(ctx); err != nil {
		return err
	}
	if err := c.saveTurned(ctx); err != nil {
		return fmt.Errorf("note dependencies: %w", err)
	}
	if err := c.tx.owe(ctx, slices.Sorted(maps.Keys(c.owed))); err != nil {
		return err
	}
	return c.mark(ctx)
}

// LeaveScope takes all items of a project out of the scope, and tells how many
// there were.
func (db *DB) LeaveScope(ctx context.Context, connection string, project backlog.ProjectID) (n int, err error) {
	err = db.write(ctx, func(t *tx) error {
		c, err := t.commit(ctx, connection, project.Site, fromFetch)
		if err != nil {
			return err
		}
		items := set{}
		if err := each(ctx, t, func(rows *sql.Rows) error {
			var id int64
			err := rows.Scan(&id)
			items.add(id)
			return err
		}, `SELECT id FROM item WHERE site = $1 AND project = $2 AND presence IN ('found', 'moved', 'missing')`, c.site.number, project.ID); err != nil {
			return fmt.Errorf("list items: %w", err)
		}
		n = len(items)
		if err := c.depart(ctx, items); err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, `UPDATE project SET departed = $1 WHERE site = $2 AND remote_id = $3`, micros(db.clock()), c.site.number, project.ID); err != nil {
			return fmt.Errorf("note departure: %w", err)
		}
		return c.end(ctx)
	})
	return n, err
}

// LeftBehind lists what is ours on items of a site that left the scope.
func (db *DB) LeftBehind(ctx context.Context, site backlog.SiteID) ([]backlog.LeftBehind, error) {
	var all []backlog.LeftBehind
	err := db.read(ctx, func(q querier) error {
		p, known, err := db.site(ctx, q, site)
		if err != nil || !known {
			return err
		}
		last := int64(0)
		rows := map[int64]int{}
		err = each(ctx, q, func(r *sql.Rows) error {
			var row int64
			l := backlog.LeftBehind{Item: backlog.ItemID{Site: site}}
			err := r.Scan(&row, &l.Item.ID, &l.Key, &l.URL)
			if row != last {
				rows[row], last = len(all), row
				all = append(all, l)
			}
			return err
		}, `SELECT i.id, i.remote_id, i.key, i.url FROM owned o JOIN item i ON i.id = o.item
			WHERE i.site = $1 AND i.presence IN ('context', 'hidden') AND o.kind IN ('label', 'comment') ORDER BY i.key, i.id`, p.number)
		if err != nil {
			return err
		}
		return among(ctx, q, func(r *sql.Rows) error {
			row, o, err := scanOwned(r)
			if err != nil {
				return err
			}
			at := rows[row]
			o.Item = all[at].Item
			all[at].Owned = append(all[at].Owned, o)
			return nil
		}, `SELECT `+ownedColumns+` FROM owned o WHERE o.kind IN ('label', 'comment') AND o.item IN (%s) ORDER BY o.item, o.kind, o.value`, slices.Sorted(maps.Keys(rows)))
	})
	if err != nil {
		return nil, fmt.Errorf("list what is left behind: %w", err)
	}
	return all, nil
}
