package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/trackwarden/trackwarden/backlog"
)

// MarkNeighbours makes dirty the items that are linked to one of a project, in
// whichever direction and wherever they are.
func (db *DB) MarkNeighbours(ctx context.Context, reason string, of backlog.Source) error {
	return db.write(ctx, func(t *tx) error {
		found := set{}
		if err := each(ctx, t, func(rows *sql.Rows) error {
			var from, to int64
			err := rows.Scan(&from, &to)
			found.add(from)
			found.add(to)
			return err
		}, `SELECT l.from_item, l.to_item FROM site s JOIN item i ON i.site = s.id JOIN link l ON l.from_item = i.id
				WHERE s.connection = $1 AND i.project_key = $2 AND l.to_item IS NOT NULL
			UNION SELECT l.from_item, l.to_item FROM site s JOIN item i ON i.site = s.id JOIN link l ON l.to_item = i.id
				WHERE s.connection = $1 AND i.project_key = $2`, of.Connection, of.Project); err != nil {
			return fmt.Errorf("find neighbours: %w", err)
		}
		return t.markItems(ctx, cleanText(reason), found)
	})
}
