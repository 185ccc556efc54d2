package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/trackwarden/trackwarden/backlog"
)

// row is a stored item with its number in the tables.
type row struct {
	id int64
	backlog.Stored
}

// storedColumns are what scanStored reads, of the table item as i.
const storedColumns = `i.id, i.site, i.presence, i.cycle, i.activity, i.data, i.history, i.remote_links`

// rawItem is a stored item before it is decoded.
type rawItem struct {
	id, site, activity                     int64
	presence, cycle, data, history, remote string
}

func (r *rawItem) into() []any {
	return []any{&r.id, &r.site, &r.presence, &r.cycle, &r.activity, &r.data, &r.history, &r.remote}
}

func (r *rawItem) decode(connection string) (*row, error) {
	stored := &row{id: r.id, Stored: backlog.Stored{Connection: connection, Presence: backlog.Presence(r.presence)}}
	if err := decode(r.data, &stored.Item); err != nil {
		return nil, err
	}
	if err := addRemote(&stored.Item, r.remote); err != nil {
		return nil, err
	}
	stored.Activity = fromMicros(r.activity)
	return stored, errors.Join(decode(r.cycle, &stored.Cycle), decode(r.history, &stored.History))
}

// loadItems loads stored items; where names the rows, with %s for the list.
func (db *DB) loadItems(ctx context.Context, q querier, where string, list []any, args ...any) ([]*row, error) {
	var raw []rawItem
	err := among(ctx, q, func(rows *sql.Rows) error {
		raw = append(raw, rawItem{})
		return rows.Scan(raw[len(raw)-1].into()...)
	}, `SELECT `+storedColumns+` FROM item i WHERE `+where, list, args...)
	if err != nil {
		return nil, fmt.Errorf("load items: %w", err)
	}
	all := make([]*row, len(raw))
	for i := range raw {
		site, err := db.siteOf(ctx, q, raw[i].site)
		if err != nil {
			return nil, err
		}
		if all[i], err = raw[i].decode(site.connection); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// bySite sorts identities by the number of their site. Those of unknown sites
// are left out.
func (db *DB) bySite(ctx context.Context, q querier, ids []backlog.ItemID) (map[int64][]any, error) {
	all := map[int64][]any{}
	for _, id := range ids {
		p, known, err := db.site(ctx, q, id.Site)
		if err != nil {
			return nil, err
		}
		if known {
			all[p.number] = append(all[p.number], id.ID)
		}
	}
	return all, nil
}

// rowOf finds the row of an item.
func (db *DB) rowOf(ctx context.Context, q querier, id backlog.ItemID) (int64, error) {
	p, known, err := db.site(ctx, q, id.Site)
	if err != nil {
		return 0, err
	}
	number := int64(0)
	if known {
		number, err = one[int64](ctx, q, `SELECT id FROM item WHERE site = $1 AND remote_id = $2`, p.number, id.ID)
	}
	if !known || errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("item %s is not stored", id)
	}
	return number, err
}
