package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"

	"github.com/trackwarden/trackwarden/backlog"
)

// Candidates lists the items of a site that have open findings or bear an
// annotation of ours, by project and key.
func (db *DB) Candidates(ctx context.Context, site backlog.SiteID) ([]backlog.Candidate, error) {
	var all []backlog.Candidate
	err := db.read(ctx, func(q querier) error {
		p, known, err := db.site(ctx, q, site)
		if err != nil || !known {
			return err
		}
		all, err = db.candidates(ctx, q, `i.site = $1`, p.number)
		return err
	})
	slices.SortFunc(all, func(a, b backlog.Candidate) int {
		return cmp.Or(cmp.Compare(a.Project.Key, b.Project.Key), cmp.Compare(len(a.Key), len(b.Key)), cmp.Compare(a.Key, b.Key))
	})
	return all, err
}

// Candidate loads one item as planning sees it; false when there is nothing to
// plan on it: no open finding and nothing of ours.
func (db *DB) Candidate(ctx context.Context, id backlog.ItemID) (backlog.Candidate, bool, error) {
	var all []backlog.Candidate
	err := db.read(ctx, func(q querier) error {
		p, known, err := db.site(ctx, q, id.Site)
		if err != nil || !known {
			return err
		}
		all, err = db.candidates(ctx, q, `i.site = $1 AND i.remote_id = $2`, p.number, id.ID)
		return err
	})
	if err != nil || len(all) == 0 {
		return backlog.Candidate{}, false, err
	}
	return all[0], true, nil
}

// candidates collects what planning needs of the items that where names.
func (db *DB) candidates(ctx context.Context, q querier, where string, args ...any) ([]backlog.Candidate, error) {
	all := map[int64]*backlog.Candidate{}
	for _, part := range []struct {
		name string
		load func(context.Context, querier, map[int64]*backlog.Candidate, string, ...any) error
	}{
		{"items", db.candidateItems},
		{"open findings", openOf},
		{"annotations", ownedOf},
		{"fixed findings", fixedOf},
		{"open changes", busyOf},
		{"refused changes", parkedOf},
	} {
		if err := part.load(ctx, q, all, where, args...); err != nil {
			return nil, fmt.Errorf("load %s: %w", part.name, err)
		}
	}
	list := make([]backlog.Candidate, 0, len(all))
	for _, id := range slices.Sorted(maps.Keys(all)) {
		list = append(list, *all[id])
	}
	return list, nil
}

func (db *DB) candidateItems(ctx context.Context, q querier, all map[int64]*backlog.Candidate, where string, args ...any) error {
	items, err := db.itemReader(ctx, q)
	if err != nil {
		return err
	}
	return each(ctx, q, func(rows *sql.Rows) error {
		item, err := items.scan(rows)
		if err != nil {
			return err
		}
		all[items.last.id] = &backlog.Candidate{Stored: *item}
		return nil
	}, `SELECT `+maybeColumns+` FROM item i WHERE `+where+` AND i.level <> '' AND i.presence IN ('found', 'moved', 'missing')
		AND (EXISTS (SELECT 1 FROM finding f WHERE f.item = i.id AND f.closed = 0) OR EXISTS (SELECT 1 FROM owned o WHERE o.item = i.id))`, args...)
}

func openOf(ctx context.Context, q querier, all map[int64]*backlog.Candidate, where string, args ...any) error {
	return eachFinding(ctx, q, all, func(c *backlog.Candidate, f backlog.Finding) { c.Open = append(c.Open, f) },
		`finding f JOIN item i ON i.id = f.item WHERE `+where+` AND f.closed = 0 ORDER BY f.id`, args...)
}

// fixedOf loads the findings that were closed since our comment was posted:
// those that it may have spoken of.
func fixedOf(ctx context.Context, q querier, all map[int64]*backlog.Candidate, where string, args ...any) error {
	return eachFinding(ctx, q, all, func(c *backlog.Candidate, f backlog.Finding) { c.Fixed = append(c.Fixed, f) },
		`owned o JOIN item i ON i.id = o.item JOIN finding f ON f.item = o.item
		WHERE `+where+` AND o.kind = 'comment' AND f.closed > 0 AND f.closed >= o.since ORDER BY f.closed, f.id`, args...)
}

func eachFinding(ctx context.Context, q querier, all map[int64]*backlog.Candidate, hand func(*backlog.Candidate, backlog.Finding), from string, args ...any) error {
	return each(ctx, q, func(rows *sql.Rows) error {
		var item int64
		var raw rawFinding
		if err := rows.Scan(append([]any{&item}, raw.into()...)...); err != nil {
			return err
		}
		f, err := raw.decode()
		if c := all[item]; c != nil {
			hand(c, f)
		}
		return err
	}, `SELECT f.item, `+findingColumns+` FROM `+from, args...)
}

func ownedOf(ctx context.Context, q querier, all map[int64]*backlog.Candidate, where string, args ...any) error {
	return each(ctx, q, func(rows *sql.Rows) error {
		item, o, err := scanOwned(rows)
		if c := all[item]; c != nil {
			o.Item = c.ID
			c.Owned = append(c.Owned, o)
		}
		return err
	}, `SELECT `+ownedColumns+` FROM owned o JOIN item i ON i.id = o.item WHERE `+where+` ORDER BY o.item, o.kind, o.since, o.value`, args...)
}

func busyOf(ctx context.Context, q querier, all map[int64]*backlog.Candidate, where string, args ...any) error {
	return each(ctx, q, func(rows *sql.Rows) error {
		var item int64
		err := rows.Scan(&item)
		if c := all[item]; c != nil {
			c.Busy = true
		}
		return err
	}, `SELECT n.item FROM intent n JOIN item i ON i.id = n.item WHERE `+where+` AND n.`+isOpen, args...)
}

func parkedOf(ctx context.Context, q querier, all map[int64]*backlog.Candidate, where string, args ...any) error {
	return each(ctx, q, func(rows *sql.Rows) error {
		var item int64
		var hash, why string
		err := rows.Scan(&item, &hash, &why)
		if c := all[item]; c != nil {
			c.Parked, c.ParkedWhy = hash, why // the last one counts
		}
		return err
	}, `SELECT n.item, n.content_hash, n.reason FROM intent n JOIN item i ON i.id = n.item
		WHERE `+where+` AND n.refusal = 'invalid' ORDER BY n.closed, n.id`, args...)
}
