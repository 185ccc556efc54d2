package store

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// Candidate loads one item as planning sees it; false when there is nothing to
// plan on it: no open finding and nothing of ours.
func (db *DB) Candidate(ctx context.Context, id backlog.ItemID) (backlog.Candidate, bool, error) {
	var all []backlog.Candidate
	err := db.read(ctx, func(q querier) error {
		p, known, err := db.site(ctx, q, id.Site)
		if err != nil || !known {
			return err
		}
		all, _, err = db.candidates(ctx, q, `i.remote_id IN (%s) AND i.site = `+strconv.FormatInt(p.number, 10), []any{id.ID})
		return err
	})
	if err != nil || len(all) == 0 || len(all[0].Open)+len(all[0].Owned) == 0 && all[0].Look.Late.IsZero() {
		return backlog.Candidate{}, false, err
	}
	return all[0], true, nil
}

// candidates collects what planning needs of some items, with their rows.
func (db *DB) candidates(ctx context.Context, q querier, where string, list []any) ([]backlog.Candidate, []int64, error) {
	return db.gather(ctx, q, `i.level <> '' AND i.presence IN ('found', 'moved', 'missing') AND `+where, list)
}

// gather does so wherever the items are.
func (db *DB) gather(ctx context.Context, q querier, where string, list []any) ([]backlog.Candidate, []int64, error) {
	items, err := db.loadItems(ctx, q, where, list)
	if err != nil {
		return nil, nil, err
	}
	all := make([]backlog.Candidate, len(items))
	byRow := make(map[int64]*backlog.Candidate, len(items))
	rows := make([]int64, len(items))
	for i, item := range items {
		all[i].Stored, rows[i] = item.Stored, item.id
		byRow[item.id] = &all[i]
	}
	for _, part := range []struct {
		name string
		load func(context.Context, querier, map[int64]*backlog.Candidate, []int64) error
	}{
		{"open findings", openOf}, {"annotations", ownedOf}, {"fixed findings", fixedOf},
		{"open changes", busyOf}, {"pasts that are due", pastDueOf}, {"links that are due", linksDueOf}, {"refused changes", db.parkedOf},
		{"removals", db.removalsOf}, {"when comments were read", lookOf},
		{"the digest", digestOf},
	} {
		if err := part.load(ctx, q, byRow, rows); err != nil {
			return nil, nil, fmt.Errorf("load %s: %w", part.name, err)
		}
	}
	return all, rows, nil
}

func openOf(ctx context.Context, q querier, all map[int64]*backlog.Candidate, rows []int64) error {
	return eachFinding(ctx, q, all, rows, func(c *backlog.Candidate, f backlog.Finding) { c.Open = append(c.Open, f) },
		`finding f WHERE f.closed = 0 AND f.item IN (%s) ORDER BY f.id`)
}

// fixedOf loads the findings that were closed since our comment was posted:
// those that it may have spoken of.
func fixedOf(ctx context.Context, q querier, all map[int64]*backlog.Candidate, rows []int64) error {
	return eachFinding(ctx, q, all, rows, func(c *backlog.Candidate, f backlog.Finding) { c.Fixed = append(c.Fixed, f) },
		`owned o JOIN finding f ON f.item = o.item
		WHERE o.kind = 'comment' AND f.closed > 0 AND f.retired = '' AND f.closed >= o.since AND o.item IN (%s) ORDER BY f.closed, f.id`)
}

func eachFinding(ctx context.Context, q querier, all map[int64]*backlog.Candidate, list []int64, hand func(*backlog.Candidate, backlog.Finding), from string) error {
	return among(ctx, q, func(rows *sql.Rows) error {
		var item int64
		var raw rawFinding
		if err := rows.Scan(append([]any{&item}, raw.into()...)...); err != nil {
			return err
		}
		f, err := raw.decode()
		hand(all[item], f)
		return err
	}, `SELECT f.item, `+findingColumns+` FROM `+from, list)
}

func ownedOf(ctx context.Context, q querier, all map[int64]*backlog.Candidate, list []int64) error {
	return among(ctx, q, func(rows *sql.Rows) error {
		item, o, err := scanOwned(rows)
		if err != nil {
			return err
		}
		c := all[item]
		o.Item = c.ID
		c.Owned = append(c.Owned, o)
		return nil
	}, `SELECT `+ownedColumns+` FROM owned o WHERE o.item IN (%s) ORDER BY o.item, o.kind, o.since, o.value`, list)
}

func pastDueOf(ctx context.Context, q querier, all map[int64]*backlog.Candidate, list []int64) error {
	return among(ctx, q, func(rows *sql.Rows) error {
		var item int64
		err := rows.Scan(&item)
		all[item].PastDue = true
		return err
	}, `SELECT item FROM history_due WHERE item IN (%s)`, list)
}

func linksDueOf(ctx context.Context, q querier, all map[int64]*backlog.Candidate, list []int64) error {
	return among(ctx, q, func(rows *sql.Rows) error {
		var item int64
		err := rows.Scan(&item)
		all[item].LinksDue = true
		return err
	}, `SELECT i.id FROM item i WHERE `+linksDue+` AND i.id IN (%s)`, list)
}

func busyOf(ctx context.Context, q querier, all map[int64]*backlog.Candidate, list []int64) error {
	return among(ctx, q, func(rows *sql.Rows) error {
		var item int64
		var open bool
		if err := rows.Scan(&item, &open); err != nil {
			return err
		}
		all[item].Known++
		all[item].Busy = all[item].Busy || open
		return nil
	}, `SELECT item, `+isOpen+` FROM intent WHERE item IN (%s)`, list)
}

// A denied change is tried again after this: rights may have been granted. Until
// then it does not stand in the way of the other items of its project.
const deniedFor = 24 * time.Hour

func (db *DB) parkedOf(ctx context.Context, q querier, all map[int64]*backlog.Candidate, list []int64) error {
	return among(ctx, q, func(rows *sql.Rows) error {
		var item int64
		var hash, why, refusal string
		var closed int64
		if err := rows.Scan(&item, &hash, &why, &refusal, &closed); err != nil {
			return err
		}
		c := all[item] // the last one counts
		c.Parked, c.ParkedWhy, c.ParkedUntil = hash, why, time.Time{}
		if backlog.Refusal(refusal) == backlog.Denied {
			c.ParkedUntil = fromMicros(closed).Add(deniedFor)
		}
		return nil
	}, `SELECT item, content_hash, reason, refusal, closed FROM intent WHERE (refusal = 'invalid' OR refusal = 'denied' AND closed > $1) AND item IN (%s) ORDER BY closed, id`,
		list, micros(db.clock().Add(-deniedFor)))
}
