package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/trackwarden/trackwarden/backlog"
)

// ParentProjects lists the other projects in which the items of one have their
// parents, in order. It looks at all items of the project.
func (db *DB) ParentProjects(ctx context.Context, of backlog.Source) ([]backlog.Source, error) {
	var all []backlog.Source
	err := db.read(ctx, func(q querier) error {
		return each(ctx, q, func(rows *sql.Rows) error {
			var s backlog.Source
			err := rows.Scan(&s.Connection, &s.Project)
			if s != of {
				all = append(all, s)
			}
			return err
		}, `SELECT DISTINCT ps.connection, p.project_key
			FROM site s JOIN item i ON i.site = s.id JOIN link l ON l.from_item = i.id AND l.type = '`+parentLink+`'
			JOIN item p ON p.id = l.to_item JOIN site ps ON ps.id = p.site
			WHERE s.connection = $1 AND i.project_key = $2 ORDER BY 1, 2`, of.Connection, of.Project)
	})
	if err != nil {
		return nil, fmt.Errorf("list projects of parents: %w", err)
	}
	return all, nil
}
