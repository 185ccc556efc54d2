package store

import (
	"context"
	"database/sql"

	"github.com/trackwarden/trackwarden/backlog"
)

// maybeColumns are storedColumns where there may be no item.
const maybeColumns = `COALESCE(i.id, 0), COALESCE(i.site, 0), COALESCE(i.presence, ''), COALESCE(i.cycle, ''), COALESCE(i.activity, 0), COALESCE(i.data, ''), COALESCE(i.history, ''), COALESCE(i.remote_links, '')`

// itemReader reads rows that end with the columns of an item. An item is
// decoded once for all the rows of it that follow each other.
type itemReader struct {
	db   *DB
	last *row
}

func (db *DB) itemReader(ctx context.Context, q querier) (*itemReader, error) {
	return &itemReader{db: db}, db.learn(ctx, q)
}

// scan reads a row: first the columns asked for, then the item, which is nil
// when there is none.
func (r *itemReader) scan(rows *sql.Rows, columns ...any) (*backlog.Stored, error) {
	var raw rawItem
	if err := rows.Scan(append(columns, raw.into()...)...); err != nil {
		return nil, err
	}
	if raw.id == 0 {
		return nil, nil
	}
	if r.last == nil || r.last.id != raw.id {
		site, _ := r.db.sites.number(raw.site)
		decoded, err := raw.decode(site.connection)
		if err != nil {
			return nil, err
		}
		r.last = decoded
	}
	return &r.last.Stored, nil
}
