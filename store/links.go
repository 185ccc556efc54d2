package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
)

// parentLink is the type under which an item's parent is kept as a link.
const parentLink = "parent"

// link is a row of the table link. Its first four parts identify it.
type link struct {
	from           int64
	kind, side, to string // type, direction, address of the target
	key            string // upper case; empty where the address carries an id
	target         int64  // the target's row; 0 while it is not known

	ref backlog.Ref // only of rows that are about to be resolved
}

type linkID struct {
	from           int64
	kind, side, to string
}

func (l *link) id() linkID { return linkID{l.from, l.kind, l.side, l.to} }

// linksOf are the links of an arriving item, its parent among them.
func linksOf(from int64, item *backlog.Item) []*link {
	var all []*link
	seen := map[linkID]bool{}
	add := func(kind, side string, ref backlog.Ref) {
		l := &link{from: from, kind: kind, side: side, to: ref.Address(), ref: ref}
		if ref.ID.IsZero() {
			l.key = strings.ToUpper(ref.Key)
		}
		if !seen[l.id()] {
			seen[l.id()] = true
			all = append(all, l)
		}
	}
	if item.Parent != nil {
		add(parentLink, string(backlog.Outward), *item.Parent)
	}
	for _, l := range item.Links {
		add(string(l.Type), string(l.Direction), l.To)
	}
	return all
}

// link brings the link rows of new and changed items up to date.
func (c *commit) link(ctx context.Context) error {
	var added []*link
	for _, k := range c.fresh {
		added = append(added, linksOf(k.id, &k.now.item)...)
	}
	more, err := c.relink(ctx)
	if err != nil {
		return err
	}
	added = append(added, more...)
	if err := c.resolve(ctx, added); err != nil {
		return err
	}
	for _, l := range added {
		if _, err := c.tx.ExecContext(ctx, `INSERT INTO link (from_item, type, direction, to_ref, to_key, to_item) VALUES ($1, $2, $3, $4, $5, $6)`,
			l.from, l.kind, l.side, l.to, l.key, nullable(l.target)); err != nil {
			return fmt.Errorf("add link: %w", err)
		}
		c.moved(l)
	}
	return nil
}

// relink removes the links that changed items no longer have, and returns
// those that they got.
func (c *commit) relink(ctx context.Context) (added []*link, err error) {
	if len(c.changed) == 0 {
		return nil, nil
	}
	ids := make([]int64, len(c.changed))
	for i, k := range c.changed {
		ids[i] = k.id
	}
	before, err := loadLinks(ctx, c.tx, `from_item IN (%s)`, ids)
	if err != nil {
		return nil, err
	}
	old := make(map[linkID]*link, len(before))
	for _, l := range before {
		old[l.id()] = l
	}
	for _, k := range c.changed {
		for _, l := range linksOf(k.id, &k.now.item) {
			if _, had := old[l.id()]; !had {
				added = append(added, l)
			}
			delete(old, l.id())
		}
	}
	for _, l := range old {
		if _, err := c.tx.ExecContext(ctx, `DELETE FROM link WHERE from_item = $1 AND type = $2 AND direction = $3 AND to_ref = $4`, l.from, l.kind, l.side, l.to); err != nil {
			return nil, fmt.Errorf("remove link: %w", err)
		}
		c.moved(l)
	}
	return added, nil
}

// moved notes that a link came, went or found another target.
func (c *commit) moved(l *link) {
	if l.target != 0 {
		c.ends.add(l.target)
	} else {
		c.lacks.add(l.from)
	}
	if l.kind == string(backlog.Blocks) {
		c.turned.add(l.from)
		c.changes.LinksChanged = true
	}
}

func loadLinks[T any](ctx context.Context, q querier, where string, list []T) ([]*link, error) {
	var all []*link
	err := among(ctx, q, func(rows *sql.Rows) error {
		l := &link{}
		all = append(all, l)
		return rows.Scan(&l.from, &l.kind, &l.side, &l.to, &l.key, &l.target)
	}, `SELECT from_item, type, direction, to_ref, to_key, COALESCE(to_item, 0) FROM link WHERE `+where, list)
	if err != nil {
		return nil, fmt.Errorf("load links: %w", err)
	}
	return all, nil
}

// nullable is a reference to a row, or nothing.
func nullable(row int64) any {
	if row == 0 {
		return nil
	}
	return row
}
