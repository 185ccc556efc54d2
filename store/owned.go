package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
)

const ownedColumns = `o.item, o.kind, o.value, o.hash, o.shows, o.intent, o.since, o.told`

func scanOwned(rows *sql.Rows) (item int64, o backlog.Owned, err error) {
	var since, told int64
	var shows string
	if err := rows.Scan(&item, &o.Kind, &o.Value, &o.Hash, &shows, &o.Intent, &since, &told); err != nil {
		return 0, o, err
	}
	o.Since, o.Told = fromMicros(since), fromMicros(told)
	return item, o, decode(shows, &o.Shows)
}

// Owned lists what is ours on an item.
func (db *DB) Owned(ctx context.Context, id backlog.ItemID) ([]backlog.Owned, error) {
	var all []backlog.Owned
	err := db.read(ctx, func(q querier) error {
		p, known, err := db.site(ctx, q, id.Site)
		if err != nil || !known {
			return err
		}
		return each(ctx, q, func(rows *sql.Rows) error {
			_, o, err := scanOwned(rows)
			o.Item = id
			all = append(all, o)
			return err
		}, `SELECT `+ownedColumns+` FROM owned o JOIN item i ON i.id = o.item WHERE i.site = $1 AND i.remote_id = $2 ORDER BY o.kind, o.since, o.value`, p.number, id.ID)
	})
	return all, err
}

// settleOwned notes what a step made ours and what it took away. An annotation
// that was ours before, such as a comment that was edited, keeps its date.
func (t *tx) settleOwned(ctx context.Context, r backlog.StepResult) error {
	for _, o := range r.Disown {
		row, err := t.db.rowOf(ctx, t, o.Item)
		if err != nil {
			return err
		}
		if err := t.disown(ctx, row, o); err != nil {
			return fmt.Errorf("give up annotation: %w", err)
		}
	}
	var items []int64
	for _, o := range r.Own {
		row, err := t.own(ctx, o)
		if err != nil {
			return fmt.Errorf("keep annotation: %w", err)
		}
		items = append(items, row)
	}
	return t.owe(ctx, items)
}

// disown strikes an annotation out. What was taken off may be spelt otherwise
// than what we put on: Azure DevOps spells a tag as it was first made.
func (t *tx) disown(ctx context.Context, row int64, o backlog.Owned) error {
	var values []string
	if err := each(ctx, t, func(rows *sql.Rows) error {
		var value string
		err := rows.Scan(&value)
		if strings.EqualFold(value, o.Value) {
			values = append(values, value)
		}
		return err
	}, `SELECT value FROM owned WHERE item = $1 AND kind = $2`, row, string(o.Kind)); err != nil {
		return err
	}
	for _, value := range values {
		if _, err := t.ExecContext(ctx, `DELETE FROM owned WHERE item = $1 AND kind = $2 AND value = $3`, row, string(o.Kind), value); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) own(ctx context.Context, o backlog.Owned) (row int64, err error) {
	if row, err = t.db.rowOf(ctx, t, o.Item); err != nil {
		return 0, err
	}
	shows, err := encode(o.Shows)
	if err != nil {
		return 0, err
	}
	since := cmp.Or(micros(o.Since), micros(t.db.clock()))
	told := cmp.Or(micros(o.Told), since)
	_, err = t.ExecContext(ctx, `INSERT INTO owned (item, kind, value, hash, shows, intent, since, told) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (item, kind, value) DO UPDATE SET hash = excluded.hash, shows = excluded.shows, intent = excluded.intent, told = excluded.told`,
		row, string(o.Kind), o.Value, o.Hash, shows, o.Intent, since, told)
	return row, err
}
