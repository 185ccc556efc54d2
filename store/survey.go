package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/trackwarden/trackwarden/backlog"
)

// Survey hands over every item that is judged, of all sites, in the order in
// which they were first stored, so many at a time: the items, who is whose
// parent and what is found on them come in one query each. An item is unready
// when one of the policies named has an open finding on it that nobody
// dismissed. What is handed over must not be kept.
func (db *DB) Survey(ctx context.Context, policies []string, hand func(*backlog.Surveyed) error) error {
	for after, more := int64(0), true; more; {
		err := db.read(ctx, func(q querier) error {
			batch, err := db.survey(ctx, q, after, policies)
			if err != nil {
				return err
			}
			for i := range batch {
				if err := hand(&batch[i]); err != nil {
					return err
				}
				after = batch[i].Number
			}
			more = len(batch) > 0
			return ctx.Err()
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (db *DB) survey(ctx context.Context, q querier, after int64, policies []string) ([]backlog.Surveyed, error) {
	var heads []head
	if err := each(ctx, q, func(rows *sql.Rows) error {
		heads = append(heads, head{})
		return rows.Scan(heads[len(heads)-1].into()...)
	}, `SELECT `+headColumns+` FROM item i WHERE `+judged+` AND i.id > $1 ORDER BY i.id LIMIT $2`, after, longest); err != nil {
		return nil, fmt.Errorf("list items: %w", err)
	}
	ids := make([]int64, len(heads))
	for i := range heads {
		ids[i] = heads[i].id
	}
	own, err := db.loadRows(ctx, q, ids, nil)
	if err != nil {
		return nil, err
	}
	parents, err := loadLinksTo(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	unready, err := unreadyOf(ctx, q, ids, policies)
	if err != nil {
		return nil, err
	}
	batch := make([]backlog.Surveyed, len(heads))
	for i, h := range heads {
		r := own[h.id]
		r.Presence, r.Activity = h.presence, fromMicros(h.activity)
		if err := decode(h.cycle, &r.Cycle); err != nil {
			return nil, err
		}
		batch[i] = backlog.Surveyed{Stored: r.Stored, Number: h.id, Above: parents[h.id], Unready: unready[h.id]}
	}
	return batch, nil
}

// loadLinksTo finds the parents of items, by number.
func loadLinksTo(ctx context.Context, q querier, ids []int64) (map[int64]int64, error) {
	links, err := loadParents(ctx, q, `type = '`+parentLink+`' AND from_item IN (%s)`, ids)
	parents := make(map[int64]int64, len(links))
	for _, l := range links {
		parents[l.from] = l.target
	}
	return parents, err
}

// unreadyOf says on which items one of the policies has an open finding that
// nobody dismissed.
func unreadyOf(ctx context.Context, q querier, ids []int64, policies []string) (map[int64]bool, error) {
	found := map[int64]bool{}
	if len(policies) == 0 {
		return found, nil
	}
	asked := make(map[string]bool, len(policies))
	for _, p := range policies {
		asked[p] = true
	}
	err := among(ctx, q, func(rows *sql.Rows) error {
		var item int64
		var policy string
		err := rows.Scan(&item, &policy)
		if asked[policy] {
			found[item] = true
		}
		return err
	}, `SELECT item, policy FROM finding WHERE closed = 0 AND dismissed = 0 AND item IN (%s)`, ids)
	if err != nil {
		return nil, fmt.Errorf("load findings: %w", err)
	}
	return found, nil
}

// Ties lists all dependencies whose ends are both stored.
func (db *DB) Ties(ctx context.Context) (ties []backlog.Tie, err error) {
	err = db.read(ctx, func(q querier) error {
		ties = nil
		return each(ctx, q, func(rows *sql.Rows) error {
			var t backlog.Tie
			var side backlog.Direction
			err := rows.Scan(&t.From, &side, &t.To)
			if side == backlog.Inward {
				t.From, t.To = t.To, t.From
			}
			ties = append(ties, t)
			return err
		}, `SELECT from_item, direction, to_item FROM link WHERE type = 'blocks' AND to_item IS NOT NULL`)
	})
	if err != nil {
		return nil, fmt.Errorf("load dependencies: %w", err)
	}
	return ties, nil
}

// Numbered loads items by their numbers, as judging sees them; those that
// cannot be seen are left out.
func (db *DB) Numbered(ctx context.Context, numbers []int64) (map[int64]*backlog.Stored, error) {
	found := make(map[int64]*backlog.Stored, len(numbers))
	err := db.read(ctx, func(q querier) error {
		rows, err := db.loadOthers(ctx, q, numbers)
		for _, r := range rows {
			found[r.id] = &r.Stored
		}
		return err
	})
	return found, err
}

// Presences counts the items of a connection by where they are.
func (db *DB) Presences(ctx context.Context, connection string) (map[backlog.Presence]int, error) {
	counts := map[backlog.Presence]int{}
	err := db.read(ctx, func(q querier) error {
		return each(ctx, q, func(rows *sql.Rows) error {
			var p backlog.Presence
			var n int
			err := rows.Scan(&p, &n)
			counts[p] = n
			return err
		}, `SELECT t.presence, SUM(t.items) FROM tally t JOIN site s ON s.id = t.site WHERE s.connection = $1 GROUP BY t.presence`, connection)
	})
	if err != nil {
		return nil, fmt.Errorf("count items: %w", err)
	}
	return counts, nil
}

// Pulse changes whenever something that is judged may have changed.
func (db *DB) Pulse(ctx context.Context) (pulse string, err error) {
	err = db.read(ctx, func(q querier) (err error) {
		pulse, err = one[string](ctx, q, `SELECT (SELECT value FROM counter WHERE name = 'dirty') || '/' || (SELECT value FROM counter WHERE name = 'item')`)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("load counters: %w", err)
	}
	return pulse, nil
}
