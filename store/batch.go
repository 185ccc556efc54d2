package store

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"

	"github.com/trackwarden/trackwarden/backlog"
)

// head is what of an item is not in its brief, because it changes without it.
type head struct {
	id, site, activity int64
	level              backlog.Level
	presence           backlog.Presence
	cycle              string
}

const headColumns = `i.id, i.site, i.level, i.presence, i.activity, i.cycle`

func (h *head) into() []any {
	return []any{&h.id, &h.site, &h.level, &h.presence, &h.activity, &h.cycle}
}

// Marked loads the subjects of these connections that were marked to be judged
// again, those that wait longest first, with what the policies of their level
// read. A subject that is no longer judged has a mark and no family.
func (db *DB) Marked(ctx context.Context, connections []string, limit int, reads map[backlog.Level]backlog.Reads) (backlog.Batch, error) {
	var b backlog.Batch
	err := db.read(ctx, func(q querier) error {
		var err error
		if b.Marks, err = db.dirty(ctx, q, connections, limit); err != nil {
			return err
		}
		numbers := make([]int64, len(b.Marks))
		for i, m := range b.Marks {
			numbers[i] = m.Number
		}
		heads := make(map[int64]head, len(numbers))
		err = among(ctx, q, func(rows *sql.Rows) error {
			var h head
			err := rows.Scan(h.into()...)
			heads[h.id] = h
			return err
		}, `SELECT `+headColumns+` FROM item i WHERE `+judged+` AND i.id IN (%s)`, numbers)
		if err != nil {
			return fmt.Errorf("load items: %w", err)
		}
		var own []head
		for _, n := range numbers {
			if h, ok := heads[n]; ok {
				own = append(own, h)
			}
		}
		b.Families, err = db.brieflyFamilies(ctx, q, own, reads)
		return err
	})
	return b, err
}

// Ahead loads the next items of a walk with what the policies of their level
// read. The batch says where the walk stands when they are judged; without
// items the walk is over.
func (db *DB) Ahead(ctx context.Context, walk backlog.Walk, limit int, reads map[backlog.Level]backlog.Reads) (backlog.Batch, error) {
	b := backlog.Batch{Walk: walk}
	err := db.read(ctx, func(q querier) error {
		if err := db.learn(ctx, q); err != nil {
			return err
		}
		var heads []head
		for _, site := range db.sites.named([]string{walk.Connection}) {
			if err := each(ctx, q, func(rows *sql.Rows) error {
				heads = append(heads, head{})
				return rows.Scan(heads[len(heads)-1].into()...)
			}, `SELECT `+headColumns+` FROM item i WHERE `+judged+` AND i.site = $1 AND i.id > $2 ORDER BY i.id LIMIT $3`,
				site.number, walk.Reached, limit); err != nil {
				return fmt.Errorf("list items: %w", err)
			}
		}
		if len(heads) == 0 {
			return nil
		}
		var err error
		if b.Walk.Seq, err = one[int64](ctx, q, `SELECT value FROM counter WHERE name = 'dirty'`); err != nil {
			return fmt.Errorf("load counter: %w", err)
		}
		b.Walk.Reached = heads[len(heads)-1].id
		b.Families, err = db.brieflyFamilies(ctx, q, heads, reads)
		return err
	})
	return b, err
}

// brieflyFamilies loads items with as much of their neighbours as is read, and
// their open findings.
func (db *DB) brieflyFamilies(ctx context.Context, q querier, heads []head, reads map[backlog.Level]backlog.Reads) ([]backlog.Family, error) {
	ids := make([]int64, len(heads))
	for i := range heads {
		ids[i] = heads[i].id
	}
	own, err := db.loadRows(ctx, q, ids, reads)
	if err != nil {
		return nil, err
	}
	rows := make([]*row, 0, len(heads))
	for i := range heads {
		r := own[heads[i].id]
		r.Presence, r.Activity = heads[i].presence, fromMicros(heads[i].activity)
		if err := decode(heads[i].cycle, &r.Cycle); err != nil {
			return nil, err
		}
		rows = append(rows, r)
	}
	k := newKin(rows, reads)
	if err := k.loadNeighbours(ctx, q, func(missing []int64) ([]*row, error) {
		return db.loadOthers(ctx, q, missing)
	}); err != nil {
		return nil, err
	}
	open, err := openOfItems(ctx, q, ids)
	families := make([]backlog.Family, len(rows))
	for i, r := range rows {
		families[i] = k.family(r)
		families[i].Open = open[r.id]
	}
	return families, err
}

// loadOthers loads neighbours that can be seen, as judging sees them.
func (db *DB) loadOthers(ctx context.Context, q querier, ids []int64) ([]*row, error) {
	presence := make(map[int64]backlog.Presence, len(ids))
	err := among(ctx, q, func(rows *sql.Rows) error {
		var id int64
		var p backlog.Presence
		err := rows.Scan(&id, &p)
		presence[id] = p
		return err
	}, `SELECT id, presence FROM item WHERE presence NOT IN ('gone', 'hidden') AND id IN (%s)`, ids)
	if err != nil {
		return nil, fmt.Errorf("load neighbours: %w", err)
	}
	found, err := db.loadRows(ctx, q, slices.Collect(maps.Keys(presence)), nil)
	rows := make([]*row, 0, len(found))
	for id, r := range found {
		r.Presence = presence[id]
		rows = append(rows, r)
	}
	return rows, err
}

// loadRows loads items as judging sees them.
func (db *DB) loadRows(ctx context.Context, q querier, ids []int64, reads map[backlog.Level]backlog.Reads) (map[int64]*row, error) {
	briefs, err := db.loadBriefs(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	rows := make(map[int64]*row, len(briefs))
	for id, b := range briefs {
		site, err := db.siteOf(ctx, q, b.site)
		if err != nil {
			return nil, err
		}
		b.Connection, b.ID.Site = site.connection, site.id
		if b.Custom = nil; reads[b.Level].Custom {
			if err := decode(b.custom, &b.Custom); err != nil {
				return nil, err
			}
		}
		rows[id] = &b.row
	}
	return rows, nil
}

func openOfItems(ctx context.Context, q querier, ids []int64) (map[int64][]backlog.Finding, error) {
	open := map[int64][]backlog.Finding{}
	err := among(ctx, q, func(rows *sql.Rows) error {
		var item int64
		var raw rawFinding
		if err := rows.Scan(append([]any{&item}, raw.into()...)...); err != nil {
			return err
		}
		f, err := raw.decode()
		open[item] = append(open[item], f)
		return err
	}, `SELECT f.item, `+findingColumns+` FROM finding f WHERE f.closed = 0 AND f.item IN (%s) ORDER BY f.id`, ids)
	if err != nil {
		return nil, fmt.Errorf("load findings: %w", err)
	}
	return open, nil
}
