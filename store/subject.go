package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
)

// itemOf reads the identity out of an item subject.
func itemOf(s backlog.Subject) (backlog.ItemID, bool) {
	cut := strings.LastIndex(s.ID, "/")
	if s.Kind != backlog.ItemSubject || cut < 0 {
		return backlog.ItemID{}, false
	}
	return backlog.ItemID{Site: backlog.SiteID(s.ID[:cut]), ID: s.ID[cut+1:]}, true
}

// subjectRows finds the rows of those subjects that are stored items.
func (db *DB) subjectRows(ctx context.Context, q querier, subjects []backlog.Subject) (map[backlog.Subject]int64, error) {
	var ids []backlog.ItemID
	for _, s := range subjects {
		if id, ok := itemOf(s); ok {
			ids = append(ids, id)
		}
	}
	sites, err := db.bySite(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	found := make(map[backlog.Subject]int64, len(ids))
	for number, remote := range sites {
		site, err := db.siteOf(ctx, q, number)
		if err != nil {
			return nil, err
		}
		err = among(ctx, q, func(rows *sql.Rows) error {
			var row int64
			var id string
			err := rows.Scan(&row, &id)
			item := backlog.ItemID{Site: site.id, ID: id}
			found[backlog.Subject{Kind: backlog.ItemSubject, ID: item.String()}] = row
			return err
		}, `SELECT id, remote_id FROM item WHERE site = $1 AND remote_id IN (%s)`, remote, number)
		if err != nil {
			return nil, fmt.Errorf("find items: %w", err)
		}
	}
	return found, nil
}

// byKind sorts the ids of subjects by their kind.
func byKind(subjects []backlog.Subject) map[backlog.SubjectKind][]any {
	all := map[backlog.SubjectKind][]any{}
	for _, s := range subjects {
		all[s.Kind] = append(all[s.Kind], s.ID)
	}
	return all
}
