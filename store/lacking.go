package store

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// A reference that led nowhere is asked for again after this.
const askAgain = 24 * time.Hour

// lack lists what the links of items lead to that is not stored. What is listed
// already stays as it is.
func (c *commit) lack(ctx context.Context) error {
	if err := execAmong(ctx, c.tx, `INSERT INTO lacking (ref, at)
		SELECT l.to_ref, COALESCE(MAX(a.at), 0) FROM link l LEFT JOIN asked a ON a.ref = l.to_ref
		WHERE l.to_item IS NULL AND l.from_item IN (%s) GROUP BY l.to_ref ON CONFLICT (ref) DO NOTHING`, slices.Sorted(maps.Keys(c.lacks))); err != nil {
		return fmt.Errorf("list unknown link ends: %w", err)
	}
	return nil
}

// Unresolved lists parents and link ends of open items in scope that are not
// stored and were not asked for within a day; those with an identity first. It
// looks at what was listed as lacking and not at all links, and strikes off what
// it is not asked for.
func (db *DB) Unresolved(ctx context.Context, limit int) (refs []backlog.Ref, err error) {
	idle := false
	before := micros(db.clock().Add(-askAgain))
	if err := db.read(ctx, func(q querier) error {
		due, err := column[int](ctx, q, `SELECT 1 FROM lacking WHERE at < $1 LIMIT 1`, before)
		idle = len(due) == 0
		return err
	}); err != nil || idle {
		return nil, err
	}
	err = db.write(ctx, func(t *tx) error {
		if _, err := t.ExecContext(ctx, `UPDATE lacking SET at = 0 WHERE at > 0 AND at < $1`, before); err != nil {
			return fmt.Errorf("list what is due again: %w", err)
		}
		for last := ""; len(refs) < limit; {
			listed, err := column[string](ctx, t, `SELECT ref FROM lacking WHERE at = 0 AND ref > $1 ORDER BY ref LIMIT $2`, last, longest)
			if err != nil || len(listed) == 0 {
				return err
			}
			last = listed[len(listed)-1]
			found, err := t.missed(ctx, listed)
			if err != nil {
				return err
			}
			refs = append(refs, found...)
		}
		return nil
	})
	return refs[:min(limit, len(refs))], err
}

// missed returns those of some listed references that open items in scope have,
// in order, and strikes off the others.
func (t *tx) missed(ctx context.Context, listed []string) (refs []backlog.Ref, err error) {
	wanted := make(map[string]bool, len(listed))
	err = among(ctx, t, func(rows *sql.Rows) error {
		var address, key string
		err := rows.Scan(&address, &key)
		wanted[address] = true
		refs = append(refs, refOf(address, key))
		return err
	}, `SELECT l.to_ref, MAX(l.to_key) FROM link l JOIN item i ON i.id = l.from_item
		WHERE l.to_item IS NULL AND `+judged+` AND i.state NOT IN ('done', 'removed') AND l.to_ref IN (%s)
		GROUP BY l.to_ref ORDER BY l.to_ref`, listed)
	if err != nil {
		return nil, fmt.Errorf("look at unknown link ends: %w", err)
	}
	idle := slices.DeleteFunc(listed, func(ref string) bool { return wanted[ref] })
	return refs, execAmong(ctx, t, `DELETE FROM lacking WHERE ref IN (%s)`, idle)
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
	now := micros(db.clock())
	return db.write(ctx, func(t *tx) error {
		for _, ref := range refs {
			if _, err := t.ExecContext(ctx, `INSERT INTO asked (ref, at) VALUES ($1, $2) ON CONFLICT (ref) DO UPDATE SET at = excluded.at`, ref.Address(), now); err != nil {
				return fmt.Errorf("remember %s: %w", ref.Label(), err)
			}
			if _, err := t.ExecContext(ctx, `UPDATE lacking SET at = $1 WHERE ref = $2`, now, ref.Address()); err != nil {
				return fmt.Errorf("remember %s: %w", ref.Label(), err)
			}
		}
		return nil
	})
}
