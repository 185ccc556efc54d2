package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
)

// resolve finds the targets of links among the stored items: by identity, by
// address, or by a key that exactly one item has.
func (c *commit) resolve(ctx context.Context, links []*link) error {
	byID := map[backlog.SiteID]map[string][]*link{}
	byURL, byKey := map[string][]*link{}, map[string][]*link{}
	for _, l := range links {
		l.target = 0
		switch {
		case !l.ref.ID.IsZero():
			site := l.ref.ID.Site
			if byID[site] == nil {
				byID[site] = map[string][]*link{}
			}
			byID[site][l.ref.ID.ID] = append(byID[site][l.ref.ID.ID], l)
		default:
			if l.ref.URL != "" {
				url := strings.TrimSuffix(l.ref.URL, "/")
				byURL[url] = append(byURL[url], l)
			}
			if l.key != "" {
				byKey[l.key] = append(byKey[l.key], l)
			}
		}
	}
	for site, wanted := range byID {
		if err := c.resolveIDs(ctx, site, wanted); err != nil {
			return fmt.Errorf("find items by id: %w", err)
		}
	}
	if err := c.aim(ctx, byURL, `SELECT url, MIN(id), 1 FROM item WHERE url IN (%s) GROUP BY url`); err != nil {
		return fmt.Errorf("find items by address: %w", err)
	}
	if err := c.aim(ctx, byKey, `SELECT upper(key), MIN(id), COUNT(*) FROM item WHERE presence <> 'gone' AND upper(key) IN (%s) GROUP BY upper(key)`); err != nil {
		return fmt.Errorf("find items by key: %w", err)
	}
	return nil
}

// resolveIDs finds items of one site by id, and by key where a key stands in
// place of the id.
func (c *commit) resolveIDs(ctx context.Context, site backlog.SiteID, wanted map[string][]*link) error {
	p, known, err := c.tx.db.site(ctx, c.tx, site)
	if err != nil || !known {
		return err
	}
	if err := c.aim(ctx, wanted, `SELECT remote_id, id, 1 FROM item WHERE site = $1 AND remote_id IN (%s)`, p.number); err != nil {
		return err
	}
	left := map[string][]*link{}
	for id, links := range wanted {
		if links[0].target == 0 {
			left[strings.ToUpper(id)] = links
		}
	}
	return c.aim(ctx, left, `SELECT upper(key), MIN(id), COUNT(*) FROM item WHERE site = $1 AND presence <> 'gone' AND upper(key) IN (%s) GROUP BY upper(key)`, p.number)
}

// aim points links that have no target yet at what a query finds. It answers
// with what was asked for, the item, and how many items that fits.
func (c *commit) aim(ctx context.Context, wanted map[string][]*link, query string, args ...any) error {
	if len(wanted) == 0 {
		return nil
	}
	names := make([]string, 0, len(wanted))
	for name := range wanted {
		names = append(names, name)
	}
	return among(ctx, c.tx, func(rows *sql.Rows) error {
		var name string
		var item, count int64
		if err := rows.Scan(&name, &item, &count); err != nil {
			return err
		}
		for _, l := range wanted[name] {
			if l.target == 0 && count == 1 {
				l.target = item
			}
		}
		return nil
	}, query, names, args...)
}

// welcome points the links that waited for new or renamed items at them, and
// makes their sources dirty.
func (c *commit) welcome(ctx context.Context) error {
	targets, keys := map[string]int64{}, []string{}
	for _, list := range [][]*known{c.fresh, c.changed} {
		for _, k := range list {
			if k.renamed {
				for _, address := range k.now.addresses() {
					targets[address] = k.id
				}
				keys = append(keys, strings.ToUpper(k.now.item.Key))
			}
		}
	}
	if err := c.welcomeByAddress(ctx, targets); err != nil {
		return err
	}
	return c.welcomeByKey(ctx, keys)
}

func (c *commit) welcomeByAddress(ctx context.Context, targets map[string]int64) error {
	addresses := make([]string, 0, len(targets))
	for address := range targets {
		addresses = append(addresses, address)
	}
	waiting, err := loadLinks(ctx, c.tx, `to_item IS NULL AND to_ref IN (%s)`, addresses)
	if err != nil {
		return err
	}
	for _, l := range waiting {
		if err := c.retarget(ctx, l, targets[l.to]); err != nil {
			return err
		}
	}
	return nil
}

// welcomeByKey looks again at all links that go by these keys: a second item
// with the same key makes them ambiguous.
func (c *commit) welcomeByKey(ctx context.Context, keys []string) error {
	links, err := loadLinks(ctx, c.tx, `to_key <> '' AND to_key IN (%s)`, keys)
	if err != nil || len(links) == 0 {
		return err
	}
	before := make([]int64, len(links))
	for i, l := range links {
		before[i] = l.target
		l.ref = backlog.Ref{Key: l.key}
		if url, ok := strings.CutPrefix(l.to, "url:"); ok {
			l.ref.URL = url
		}
	}
	if err := c.resolve(ctx, links); err != nil {
		return err
	}
	for i, l := range links {
		if l.target != before[i] {
			c.ends.add(before[i])
			if err := c.retarget(ctx, l, l.target); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *commit) retarget(ctx context.Context, l *link, target int64) error {
	l.target = target
	if _, err := c.tx.ExecContext(ctx, `UPDATE link SET to_item = $1 WHERE from_item = $2 AND type = $3 AND direction = $4 AND to_ref = $5`,
		nullable(target), l.from, l.kind, l.side, l.to); err != nil {
		return fmt.Errorf("point link: %w", err)
	}
	c.ends.add(l.from)
	c.moved(l)
	return nil
}
