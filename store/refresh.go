package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// StaleContext lists items outside the scope of a site that open items in scope
// point to, in any tracker, and that were not asked for since a time; hidden
// ones too.
func (db *DB) StaleContext(ctx context.Context, site backlog.SiteID, since time.Time, limit int) ([]backlog.ItemID, error) {
	var all []backlog.ItemID
	err := db.read(ctx, func(q querier) error {
		p, known, err := db.site(ctx, q, site)
		if err != nil || !known {
			return err
		}
		return each(ctx, q, func(rows *sql.Rows) error {
			id := backlog.ItemID{Site: site}
			err := rows.Scan(&id.ID)
			all = append(all, id)
			return err
		}, `SELECT c.remote_id FROM item c LEFT JOIN asked a ON a.ref = $1 || c.remote_id
			WHERE c.site = $2 AND c.presence IN ('context', 'hidden') AND COALESCE(a.at, 0) < $3
			AND EXISTS (SELECT 1 FROM link l JOIN item i ON i.id = l.from_item
				WHERE l.to_item = c.id AND i.presence IN ('found', 'moved') AND i.state NOT IN ('done', 'removed'))
			ORDER BY c.id LIMIT $4`, "id:"+string(site)+"/", p.number, micros(since), limit)
	})
	if err != nil {
		return nil, fmt.Errorf("list stale context: %w", err)
	}
	return all, nil
}
