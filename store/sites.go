package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"

	"github.com/trackwarden/trackwarden/backlog"
)

// siteCache knows the numbers of the pinned sites. They never change.
type siteCache struct {
	mu       sync.RWMutex
	byID     map[backlog.SiteID]pinned
	byNumber map[int64]pinned
}

// pinned is a site with its number in the tables.
type pinned struct {
	number     int64
	id         backlog.SiteID
	connection string
}

func (c *siteCache) add(p pinned) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byID == nil {
		c.byID, c.byNumber = map[backlog.SiteID]pinned{}, map[int64]pinned{}
	}
	c.byID[p.id], c.byNumber[p.number] = p, p
}

func (c *siteCache) id(id backlog.SiteID) (pinned, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	p, ok := c.byID[id]
	return p, ok
}

func (c *siteCache) number(n int64) (pinned, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	p, ok := c.byNumber[n]
	return p, ok
}

// learn reads every pinned site, also those that another process pinned.
func (db *DB) learn(ctx context.Context, q querier) error {
	err := each(ctx, q, func(rows *sql.Rows) error {
		var p pinned
		if err := rows.Scan(&p.number, &p.id, &p.connection); err != nil {
			return err
		}
		db.sites.add(p)
		return nil
	}, `SELECT id, remote_id, connection FROM site`)
	if err != nil {
		return fmt.Errorf("load sites: %w", err)
	}
	return nil
}

// site finds a pinned site; false when it is not.
func (db *DB) site(ctx context.Context, q querier, id backlog.SiteID) (pinned, bool, error) {
	if p, ok := db.sites.id(id); ok {
		return p, true, nil
	}
	if err := db.learn(ctx, q); err != nil {
		return pinned{}, false, err
	}
	p, ok := db.sites.id(id)
	return p, ok, nil
}

// mustSite is site where it has to be pinned.
func (db *DB) mustSite(ctx context.Context, q querier, id backlog.SiteID) (pinned, error) {
	p, ok, err := db.site(ctx, q, id)
	if err == nil && !ok {
		err = fmt.Errorf("site %s was never pinned", id)
	}
	return p, err
}

// siteOf finds the site of a stored row.
func (db *DB) siteOf(ctx context.Context, q querier, number int64) (pinned, error) {
	if p, ok := db.sites.number(number); ok {
		return p, nil
	}
	if err := db.learn(ctx, q); err != nil {
		return pinned{}, err
	}
	p, ok := db.sites.number(number)
	if !ok {
		return pinned{}, fmt.Errorf("no site has the number %d", number)
	}
	return p, nil
}

// PinSite remembers at first contact which site a connection leads to, and
// later only accepts that one. The rest of the Site is kept as it is now.
func (db *DB) PinSite(ctx context.Context, connection string, site backlog.Site) error {
	data, err := encode(site)
	if err != nil {
		return err
	}
	return db.write(ctx, func(t *tx) error {
		if err := db.learn(ctx, t); err != nil {
			return err
		}
		if err := db.sites.admits(connection, site.ID); err != nil {
			return err
		}
		if _, known := db.sites.id(site.ID); known {
			_, err := t.ExecContext(ctx, `UPDATE site SET name = $1, data = $2 WHERE remote_id = $3`, cleanText(site.Name), data, site.ID)
			return err
		}
		number, err := t.next(ctx, "site", 1)
		if err != nil {
			return err
		}
		_, err = t.ExecContext(ctx, `INSERT INTO site (id, kind, remote_id, name, connection, data) VALUES ($1, $2, $3, $4, $5, $6)`,
			number, site.Kind, site.ID, cleanText(site.Name), connection, data)
		return err
	})
}

// admits checks a connection and its site against what is pinned.
func (c *siteCache) admits(connection string, id backlog.SiteID) error {
	c.mu.RLock()
	defer c.mu.RUnlock()
	for _, p := range c.byID {
		switch {
		case p.connection == connection && p.id != id:
			return fmt.Errorf("connection %s now leads to another site (%s, before %s): correct its address, or give the new site a new connection name", connection, id, p.id)
		case p.id == id && p.connection != connection:
			return fmt.Errorf("connections %s and %s lead to the same site (%s): list all projects in one of them, or give the connection its old name back", p.connection, connection, id)
		}
	}
	return nil
}

// Site is what the connection's site said of itself last; false before the
// first contact.
func (db *DB) Site(ctx context.Context, connection string) (backlog.Site, bool, error) {
	var site backlog.Site
	err := db.read(ctx, func(q querier) error {
		data, err := one[string](ctx, q, `SELECT data FROM site WHERE connection = $1`, connection)
		if err != nil {
			return err
		}
		return decode(data, &site)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return site, false, nil
	}
	return site, err == nil, err
}

// Sites lists every pinned site by its connection.
func (db *DB) Sites(ctx context.Context) (map[string]backlog.Site, error) {
	sites := map[string]backlog.Site{}
	err := db.read(ctx, func(q querier) error {
		return each(ctx, q, func(rows *sql.Rows) error {
			var connection, data string
			if err := rows.Scan(&connection, &data); err != nil {
				return err
			}
			var site backlog.Site
			if err := decode(data, &site); err != nil {
				return err
			}
			sites[connection] = site
			return nil
		}, `SELECT connection, data FROM site`)
	})
	return sites, err
}
