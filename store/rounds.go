package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"

	"github.com/trackwarden/trackwarden/backlog"
)

// ErrRoundOpen means that a sweep of the round has not ended.
var ErrRoundOpen = errors.New("a sweep of the round has not ended")

// sweep is a row of the open round.
type sweep struct {
	backlog.Sweep
	ended bool
	mark  backlog.Mark
}

// Round tells what is left of a round that was cut off, each sweep with the
// position that it reached, and the mark of the last complete round. A round
// that only lacked its end is ended here.
func (db *DB) Round(ctx context.Context, site backlog.SiteID) (open []backlog.Sweep, mark backlog.Mark, err error) {
	err = db.write(ctx, func(t *tx) error {
		p, err := db.mustSite(ctx, t, site)
		if err != nil {
			return err
		}
		sweeps, err := loadSweeps(ctx, t, p.number)
		if err != nil {
			return err
		}
		for _, s := range sweeps {
			if !s.ended {
				open = append(open, s.Sweep)
			}
		}
		if len(sweeps) > 0 && len(open) == 0 {
			if err := endRound(ctx, t, p.number, sweeps); err != nil {
				return err
			}
		}
		mark, err = loadMark(ctx, t, p.number)
		return err
	})
	return open, mark, err
}

// BeginRound opens a round of these sweeps, in place of any that was open.
func (db *DB) BeginRound(ctx context.Context, site backlog.SiteID, sweeps []backlog.Sweep) error {
	return db.write(ctx, func(t *tx) error {
		p, err := db.mustSite(ctx, t, site)
		if err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, `DELETE FROM sweep WHERE site = $1`, p.number); err != nil {
			return fmt.Errorf("drop old round: %w", err)
		}
		for turn, s := range sweeps {
			if _, err := t.ExecContext(ctx, `INSERT INTO sweep (site, name, turn, position, stage, total) VALUES ($1, $2, $3, $4, $5, $6)`,
				p.number, s.Name, turn, s.Position, s.Stage, s.Total); err != nil {
				return fmt.Errorf("save sweep %s: %w", s.Name, err)
			}
		}
		return nil
	})
}

// EndRound makes what the sweeps reached the new mark; ErrRoundOpen while one
// has not ended.
func (db *DB) EndRound(ctx context.Context, site backlog.SiteID) error {
	return db.write(ctx, func(t *tx) error {
		p, err := db.mustSite(ctx, t, site)
		if err != nil {
			return err
		}
		sweeps, err := loadSweeps(ctx, t, p.number)
		if err != nil {
			return err
		}
		return endRound(ctx, t, p.number, sweeps)
	})
}

// Reached tells what the sweeps of the open round that have ended brought: how
// many they are, and how many items.
func (db *DB) Reached(ctx context.Context, site backlog.SiteID) (ended, items int, err error) {
	err = db.read(ctx, func(q querier) error {
		p, err := db.mustSite(ctx, q, site)
		if err != nil {
			return err
		}
		return each(ctx, q, func(rows *sql.Rows) error { return rows.Scan(&ended, &items) },
			`SELECT COUNT(*), COALESCE(SUM(items), 0) FROM sweep WHERE site = $1 AND ended = 1`, p.number)
	})
	return ended, items, err
}

// endRound takes the union of the sweeps' marks over the old one.
func endRound(ctx context.Context, t *tx, site int64, sweeps []sweep) error {
	mark, err := loadMark(ctx, t, site)
	if err != nil {
		return err
	}
	for _, s := range sweeps {
		if !s.ended {
			return fmt.Errorf("%w: %s", ErrRoundOpen, s.Name)
		}
		maps.Copy(mark, s.mark)
	}
	text, err := encode(mark)
	if err != nil {
		return err
	}
	if _, err := t.ExecContext(ctx, `UPDATE site SET mark = $1 WHERE id = $2`, text, site); err != nil {
		return fmt.Errorf("save mark: %w", err)
	}
	if _, err := t.ExecContext(ctx, `DELETE FROM sweep WHERE site = $1`, site); err != nil {
		return fmt.Errorf("drop round: %w", err)
	}
	return nil
}

func loadSweeps(ctx context.Context, q querier, site int64) (all []sweep, err error) {
	err = each(ctx, q, func(rows *sql.Rows) error {
		var s sweep
		var mark string
		if err := rows.Scan(&s.Name, &s.Position, &s.Stage, &s.Total, &s.Items, &s.ended, &mark); err != nil {
			return err
		}
		all = append(all, s)
		return decode(mark, &all[len(all)-1].mark)
	}, `SELECT name, position, stage, total, items, ended, mark FROM sweep WHERE site = $1 ORDER BY turn`, site)
	if err != nil {
		return nil, fmt.Errorf("load round: %w", err)
	}
	return all, nil
}

func loadMark(ctx context.Context, q querier, site int64) (backlog.Mark, error) {
	text, err := one[string](ctx, q, `SELECT mark FROM site WHERE id = $1`, site)
	if err != nil {
		return nil, fmt.Errorf("load mark: %w", err)
	}
	mark := backlog.Mark{}
	return mark, decode(text, &mark)
}

// advance saves how far a sweep is, in the transaction of its page.
func (t *tx) advance(ctx context.Context, site int64, name string, page backlog.Page) error {
	mark := "{}"
	if page.Last && page.Mark != nil {
		var err error
		if mark, err = encode(page.Mark); err != nil {
			return err
		}
	}
	ended := 0
	if page.Last {
		ended = 1
	}
	n, err := t.ExecContext(ctx, `UPDATE sweep SET position = CASE WHEN $1 = '' THEN position ELSE $1 END, ended = $2, mark = $3,
		items = items + $4, total = CASE WHEN $5 > 0 THEN $5 ELSE total END
		WHERE site = $6 AND name = $7 AND ended = 0`, page.Position, ended, mark, page.Count(), page.Total, site, name)
	if err != nil {
		return fmt.Errorf("save position: %w", err)
	}
	if n == 0 {
		return fmt.Errorf("save position: sweep %s is not open; another process may have begun a new round", name)
	}
	return nil
}
