package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"github.com/trackwarden/trackwarden/backlog"
)

// Compare holds the identities that a census of a project listed, without
// their site, against what is stored of that project. It sorts the list.
func (db *DB) Compare(ctx context.Context, project backlog.ProjectID, listed []string) (backlog.Comparison, error) {
	var c backlog.Comparison
	slices.Sort(listed)
	known := make([]bool, len(listed))
	err := db.read(ctx, func(q querier) error {
		p, err := db.mustSite(ctx, q, project.Site)
		if err != nil {
			return err
		}
		return each(ctx, q, func(rows *sql.Rows) error {
			var id string
			var presence backlog.Presence
			if err := rows.Scan(&id, &presence); err != nil {
				return err
			}
			if presence != backlog.Missing {
				c.Held++
			}
			at, found := slices.BinarySearch(listed, id)
			switch {
			case !found && presence == backlog.Missing:
				c.Still = append(c.Still, backlog.ItemID{Site: project.Site, ID: id})
			case !found:
				c.Absent = append(c.Absent, backlog.ItemID{Site: project.Site, ID: id})
			case presence != backlog.Missing:
				known[at] = true
			}
			return nil
		}, `SELECT remote_id, presence FROM item WHERE site = $1 AND project = $2 AND presence IN ('found', 'moved', 'missing')`, p.number, project.ID)
	})
	if err != nil {
		return c, fmt.Errorf("compare with the store: %w", err)
	}
	for i, id := range listed {
		if !known[i] && (i == 0 || listed[i-1] != id) {
			c.Lacking = append(c.Lacking, backlog.ItemID{Site: project.Site, ID: id})
		}
	}
	return c, nil
}

// Renamed lists the items of a project that are stored under another key of it
// than it has now.
func (db *DB) Renamed(ctx context.Context, project backlog.ProjectID, key string) ([]backlog.ItemID, error) {
	var all []backlog.ItemID
	err := db.read(ctx, func(q querier) error {
		p, err := db.mustSite(ctx, q, project.Site)
		if err != nil {
			return err
		}
		return each(ctx, q, func(rows *sql.Rows) error {
			id := backlog.ItemID{Site: project.Site}
			err := rows.Scan(&id.ID)
			all = append(all, id)
			return err
		}, `SELECT remote_id FROM item WHERE site = $1 AND project = $2 AND project_key <> $3 AND presence IN ('found', 'moved', 'missing')`, p.number, project.ID, key)
	})
	return all, err
}
