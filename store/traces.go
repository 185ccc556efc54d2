package store

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/trackwarden/trackwarden/backlog"
)

// traced are the items that bear a trace of ours, wherever they are: something
// on them is ours, or was, and the record of that may still be there.
const traced = `SELECT item FROM owned UNION SELECT n.item FROM intent n WHERE n.state = 'applied'
	AND NOT EXISTS (SELECT 1 FROM intent o WHERE o.item = n.item AND o.state = 'applied' AND o.created >= n.created AND o.change LIKE '%"forget":true%')`

// Trace loads one item with what is ours on it, wherever it is.
func (db *DB) Trace(ctx context.Context, id backlog.ItemID) (backlog.Candidate, bool, error) {
	var all []backlog.Candidate
	err := db.read(ctx, func(q querier) error {
		p, known, err := db.site(ctx, q, id.Site)
		if err != nil || !known {
			return err
		}
		all, _, err = db.gather(ctx, q, `i.remote_id IN (%s) AND i.site = `+strconv.FormatInt(p.number, 10), []any{id.ID})
		return err
	})
	if err != nil || len(all) == 0 {
		return backlog.Candidate{}, false, err
	}
	return all[0], true, nil
}

// EachTrace hands over the items of a site that bear a trace of ours and are
// not gone, in the order in which they were first stored.
func (db *DB) EachTrace(ctx context.Context, site backlog.SiteID, hand func(backlog.Candidate)) error {
	return db.read(ctx, func(q querier) error {
		p, known, err := db.site(ctx, q, site)
		if err != nil || !known {
			return err
		}
		items, err := column[int64](ctx, q, `SELECT i.id FROM item i WHERE i.site = $1 AND i.presence <> 'gone' AND i.id IN (`+traced+`) ORDER BY i.id`, p.number)
		if err != nil {
			return fmt.Errorf("list what bears a trace of ours: %w", err)
		}
		for part := range slices.Chunk(items, candidateBatch) {
			list := make([]any, len(part))
			for i, item := range part {
				list[i] = item
			}
			all, _, err := db.gather(ctx, q, `i.id IN (%s)`, list)
			if err != nil {
				return err
			}
			for _, c := range all {
				hand(c)
			}
		}
		return nil
	})
}
