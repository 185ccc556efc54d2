package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// Removals are remembered for planning for so long.
const removedFor = 24 * time.Hour

// removed notes that somebody took an annotation of ours off.
func (t *tx) removed(ctx context.Context, item int64, kind backlog.OwnedKind, value string) error {
	_, err := t.ExecContext(ctx, `INSERT INTO removal (item, kind, value, at) VALUES ($1, $2, $3, $4)`, item, string(kind), value, micros(t.db.clock()))
	if err != nil {
		return fmt.Errorf("note removal: %w", err)
	}
	return nil
}

func (db *DB) removalsOf(ctx context.Context, q querier, all map[int64]*backlog.Candidate, list []int64) error {
	return among(ctx, q, func(rows *sql.Rows) error {
		var item, at int64
		var r backlog.Removal
		err := rows.Scan(&item, &r.Kind, &r.Value, &at)
		r.At = fromMicros(at)
		all[item].Removals = append(all[item].Removals, r)
		return err
	}, `SELECT item, kind, value, at FROM removal WHERE at > $1 AND item IN (%s) ORDER BY at`, list, micros(db.clock().Add(-removedFor)))
}

// RemovedFrom counts the items of a site from which somebody took annotations
// of ours off since a time.
func (db *DB) RemovedFrom(ctx context.Context, site backlog.SiteID, since time.Time) (items int, err error) {
	err = db.read(ctx, func(q querier) error {
		p, known, err := db.site(ctx, q, site)
		if err != nil || !known {
			return err
		}
		items, err = one[int](ctx, q, `SELECT COUNT(DISTINCT r.item) FROM removal r JOIN item i ON i.id = r.item WHERE r.at >= $1 AND i.site = $2`, micros(since), p.number)
		return err
	})
	return items, err
}

// React commits what planning made of what others did to our annotations on an
// item, and returns how many findings were dismissed by it. Planning looks at
// the item again.
func (db *DB) React(ctx context.Context, id backlog.ItemID, r backlog.Reaction) (dismissed int, err error) {
	err = db.write(ctx, func(t *tx) error {
		row, err := db.rowOf(ctx, t, id)
		if err != nil {
			return err
		}
		for _, f := range r.Dismiss {
			items, err := t.dismiss(ctx, f)
			if err != nil {
				return err
			}
			dismissed += len(items)
		}
		for _, o := range r.Gone {
			if err := t.removed(ctx, row, o.Kind, o.Value); err != nil {
				return err
			}
		}
		for _, o := range r.Forget {
			if err := t.disown(ctx, row, o); err != nil {
				return fmt.Errorf("give up annotation: %w", err)
			}
		}
		for _, o := range r.Adopt {
			if err := t.adopt(ctx, o); err != nil {
				return fmt.Errorf("adopt annotation: %w", err)
			}
		}
		return t.oweIf(ctx, []int64{row}, "")
	})
	return dismissed, err
}

// adopt takes an annotation into the books. If the intent that wrote it is in
// them, that says since when it stands and what it speaks of.
func (t *tx) adopt(ctx context.Context, o backlog.Owned) error {
	var created int64
	var text string
	if err := each(ctx, t, func(rows *sql.Rows) error { return rows.Scan(&created, &text) },
		`SELECT created, change FROM intent WHERE id = $1`, o.Intent); err != nil {
		return err
	}
	if text != "" {
		var change backlog.Change
		if err := decode(text, &change); err != nil {
			return err
		}
		o.Since, o.Told = fromMicros(created), fromMicros(created)
		if !change.Seen.IsZero() {
			o.Since, o.Told = change.Seen, change.Seen
		}
		if change.Comment != nil {
			o.Shows = change.Comment.Shows
		}
	}
	_, err := t.own(ctx, o)
	return err
}

// TakeBackDismissals makes findings speak again that were dismissed since a
// time because annotations were taken off: it turned out that this was done to
// many items at once. What was taken off twice stays dismissed.
func (db *DB) TakeBackDismissals(ctx context.Context, site backlog.SiteID, since time.Time) error {
	return db.write(ctx, func(t *tx) error {
		p, err := db.mustSite(ctx, t, site)
		if err != nil {
			return err
		}
		items, err := column[int64](ctx, t, `UPDATE finding SET dismissed = 0 WHERE dismissed >= $1 AND item IN (
			SELECT r.item FROM removal r JOIN item i ON i.id = r.item WHERE r.at >= $1 AND i.site = $2)
			AND item NOT IN (SELECT item FROM removal WHERE at > $3 GROUP BY item, kind, lower(value) HAVING COUNT(*) > 1)
			RETURNING item`, micros(since), p.number, micros(db.clock().Add(-removedFor)))
		if err != nil {
			return fmt.Errorf("take dismissals back: %w", err)
		}
		return t.owe(ctx, items)
	})
}
