package store

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"

	"github.com/trackwarden/trackwarden/backlog"
)

// linksDue is true of open items whose links that are kept apart were not read
// for their present revision. Context counts: it may be part of a cycle.
const linksDue = `i.remote_rev <> i.rev AND i.level <> '' AND i.presence IN ('found', 'moved', 'context') AND i.state NOT IN ('done', 'removed')`

// addRemote makes an item whole with the links that are kept apart from it.
func addRemote(item *backlog.Item, remote string) error {
	if remote == "" {
		return nil
	}
	var links []backlog.RemoteLink
	if err := decode(remote, &links); err != nil {
		return err
	}
	item.AddRemote(links)
	return nil
}

// LinksDue lists open items whose links that are kept apart have to be read:
// those that were read before and have changed, the last first, then those that
// were not, the newest first.
func (db *DB) LinksDue(ctx context.Context, site backlog.SiteID, limit int) ([]backlog.LinksDue, error) {
	var due []backlog.LinksDue
	err := db.read(ctx, func(q querier) error {
		p, err := db.mustSite(ctx, q, site)
		if err != nil {
			return err
		}
		for _, order := range []string{`i.remote_rev > '' ORDER BY i.updated DESC`, `i.remote_rev = '' ORDER BY i.id DESC`} {
			if err := each(ctx, q, func(rows *sql.Rows) error {
				d := backlog.LinksDue{ID: backlog.ItemID{Site: site}}
				err := rows.Scan(&d.ID.ID, &d.Revision)
				due = append(due, d)
				return err
			}, `SELECT i.remote_id, i.rev FROM item i WHERE i.site = $1 AND `+linksDue+` AND `+order+` LIMIT $2`, p.number, limit-len(due)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list items whose links are to be read: %w", err)
	}
	return due, nil
}

// CommitLinks keeps what was read of the links of a site's items and returns of
// how many they are not what they were: these and the ends become dirty. What
// was read for a revision that is no longer the present one is not kept.
func (db *DB) CommitLinks(ctx context.Context, connection string, site backlog.SiteID, read []backlog.LinksRead) (changed int, err error) {
	err = db.write(ctx, func(t *tx) error {
		c, err := t.commit(ctx, connection, site, fromFetch)
		if err != nil {
			return err
		}
		for _, r := range read {
			if err := c.keepLinks(ctx, r); err != nil {
				return fmt.Errorf("keep the links of item %s: %w", r.ID, err)
			}
		}
		changed = len(c.changed)
		return c.rejoin(ctx)
	})
	return changed, err
}

// ForgetLinks drops the links of a site that are no longer read.
func (db *DB) ForgetLinks(ctx context.Context, connection string, site backlog.SiteID) error {
	const linked = `SELECT id FROM item WHERE site = $1 AND remote_links <> ''`
	var rows []int64
	err := db.read(ctx, func(q querier) error {
		p, err := db.mustSite(ctx, q, site)
		if err == nil {
			rows, err = column[int64](ctx, q, linked, p.number)
		}
		return err
	})
	if err != nil || len(rows) == 0 {
		return err
	}
	return db.write(ctx, func(t *tx) error {
		c, err := t.commit(ctx, connection, site, fromFetch)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := c.setLinks(ctx, row, nil); err != nil {
				return fmt.Errorf("forget links: %w", err)
			}
		}
		if err := execAmong(ctx, t, `UPDATE item SET remote_rev = '' WHERE id IN (%s)`, rows); err != nil {
			return fmt.Errorf("forget links: %w", err)
		}
		return c.rejoin(ctx)
	})
}

// keepLinks keeps the links of one item if they are still asked for.
func (c *commit) keepLinks(ctx context.Context, r backlog.LinksRead) error {
	rows, err := column[int64](ctx, c.tx, `SELECT i.id FROM item i WHERE i.site = $1 AND i.remote_id = $2 AND i.rev = $3 AND `+linksDue,
		c.site.number, r.ID.ID, r.Revision)
	if err != nil || len(rows) == 0 {
		return err
	}
	c.owed.add(rows[0]) // planning may have waited for this
	if r.Known {
		if err := c.setLinks(ctx, rows[0], r.Links); err != nil {
			return err
		}
	}
	_, err = c.tx.ExecContext(ctx, `UPDATE item SET remote_rev = rev WHERE id = $1`, rows[0])
	return err
}

// setLinks gives an item other links, unless they are those that it has.
func (c *commit) setLinks(ctx context.Context, row int64, links []backlog.RemoteLink) error {
	now := ""
	if len(links) > 0 {
		var err error
		if now, err = encode(links); err != nil {
			return err
		}
	}
	k := &known{id: row, now: &arrival{}}
	var data, before string
	if err := each(ctx, c.tx, func(r *sql.Rows) error {
		return r.Scan(append([]any{&data, &before, &k.summary}, k.into()...)...)
	}, `SELECT data, remote_links, summary_hash, `+standingColumns+` FROM item WHERE id = $1`, row); err != nil || now == before {
		return err
	}
	item := &k.now.item
	if err := decode(data, item); err != nil {
		return err
	}
	if err := addRemote(item, now); err != nil {
		return err
	}
	from := k.standing
	k.filled = item.Filled
	c.tallies.moved(&from, &k.standing)
	summary := item.SummaryHash()
	if summary != k.summary {
		c.noisy.add(row)
	}
	c.judge.add(row)
	c.owed.add(row)
	c.changed = append(c.changed, k)
	_, err := c.tx.ExecContext(ctx, `UPDATE item SET remote_links = $1, filled = $2, parent = $3, summary_hash = $4 WHERE id = $5`,
		now, int64(item.Filled), k.now.parent(), summary, row)
	return err
}

// rejoin brings everything up to date that hangs on the links of changed items.
func (c *commit) rejoin(ctx context.Context) error {
	rows := set{}
	for _, k := range c.changed {
		rows.add(k.id)
	}
	if err := c.tx.dropBriefs(ctx, slices.Sorted(maps.Keys(rows))); err != nil {
		return err
	}
	if err := c.link(ctx); err != nil {
		return fmt.Errorf("store links: %w", err)
	}
	return c.end(ctx)
}
