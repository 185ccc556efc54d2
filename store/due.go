package store

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

const (
	owing = `INSERT INTO due (item, site, at, seq) SELECT i.id, i.site, 0, CAST($1 AS BIGINT) FROM item i WHERE `
	anew  = ` ON CONFLICT (item) DO UPDATE SET at = excluded.at, seq = excluded.seq`

	hasFindings = `EXISTS (SELECT 1 FROM finding f WHERE f.item = i.id AND f.closed = 0)`
	hasOurs     = `(EXISTS (SELECT 1 FROM owned o WHERE o.item = i.id) OR EXISTS (SELECT 1 FROM look k WHERE k.item = i.id AND k.late > 0))`
)

// owe notes that planning has to look at items again, as far as there is
// anything to plan on them.
func (t *tx) owe(ctx context.Context, items []int64) error {
	return t.oweIf(ctx, items, ` AND (`+hasFindings+` OR `+hasOurs+`)`)
}

// oweJudged does so after a judgement. Of an item whose findings neither came,
// stayed nor went, only what is ours on it may ask for something.
func (t *tx) oweJudged(ctx context.Context, judged []backlog.Judged, number func(backlog.Judged) int64) error {
	var said, silent []int64
	for _, j := range judged {
		row := number(j)
		switch {
		case row == 0:
		case len(j.Opened)+len(j.Kept)+j.Stayed+len(j.Closed) > 0:
			said = append(said, row)
		default:
			silent = append(silent, row)
		}
	}
	if err := t.oweIf(ctx, said, ""); err != nil {
		return err
	}
	return t.oweIf(ctx, silent, ` AND `+hasOurs)
}

func (t *tx) oweIf(ctx context.Context, items []int64, and string) error {
	if len(items) == 0 {
		return nil
	}
	seq, err := t.sequence(ctx)
	if err == nil {
		err = execAmong(ctx, t, owing+`i.id IN (%s)`+and+anew, items, seq)
	}
	if err != nil {
		return fmt.Errorf("note what to plan: %w", err)
	}
	return nil
}

// OweAll notes that planning has to look at everything of a site again,
// because what it goes by has changed, and keeps under a key what that is now.
func (db *DB) OweAll(ctx context.Context, site backlog.SiteID, key, basis string) error {
	return db.write(ctx, func(t *tx) error {
		p, err := db.mustSite(ctx, t, site)
		if err != nil {
			return err
		}
		seq, err := t.sequence(ctx)
		if err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, owing+`i.site = $2 AND i.id IN (`+candidateRows+`)`+anew, seq, p.number); err != nil {
			return fmt.Errorf("note what to plan: %w", err)
		}
		return t.setSetting(ctx, key, basis)
	})
}

// candidateRows are the items that there may be something to plan on.
const candidateRows = `SELECT item FROM finding WHERE closed = 0 AND item IS NOT NULL UNION SELECT item FROM owned UNION SELECT item FROM look WHERE late > 0`

// So many candidates are in memory at a time.
const candidateBatch = 500

// EachCandidate hands over the items of a site that have open findings or bear
// an annotation of ours: all of them, or those that planning has not looked at
// since something about them changed or their time came. The answer is when to
// look again if nothing changes: zero for never, a time that has come for in
// the next pass. It is only heeded for those that are due.
func (db *DB) EachCandidate(ctx context.Context, site backlog.SiteID, due bool, look func(backlog.Candidate) time.Time) error {
	next := db.everyCandidate
	if due {
		next = db.dueCandidates
	}
	for from := (cursor{at: -1}); ; {
		batch, err := next(ctx, site, &from)
		if err != nil {
			return fmt.Errorf("load candidates: %w", err)
		}
		if len(batch.items) == 0 {
			return nil
		}
		again := make(map[int64]time.Time, len(batch.items))
		for i, c := range batch.candidates {
			again[batch.rows[i]] = look(c)
		}
		if due {
			if err := db.settleDue(ctx, batch, again); err != nil {
				return fmt.Errorf("note what was planned: %w", err)
			}
		}
	}
}

// cursor is how far a listing of candidates is.
type cursor struct{ at, item int64 }

// planned is a batch of items; candidates and rows are those of them that there
// is something to plan on.
type planned struct {
	items      []int64
	seq        int64
	rows       []int64
	candidates []backlog.Candidate
}

func (db *DB) everyCandidate(ctx context.Context, site backlog.SiteID, from *cursor) (b planned, err error) {
	return db.nextCandidates(ctx, site, from, `SELECT 0, item FROM (
		SELECT item FROM (SELECT DISTINCT item FROM finding WHERE closed = 0 AND item > $2 ORDER BY item LIMIT $3) f
		UNION SELECT item FROM (SELECT DISTINCT item FROM owned WHERE item > $2 ORDER BY item LIMIT $3) o
		UNION SELECT item FROM (SELECT item FROM look WHERE late > 0 AND item > $2 ORDER BY item LIMIT $3) l) c WHERE $1 > 0 ORDER BY item LIMIT $3`)
}

func (db *DB) dueCandidates(ctx context.Context, site backlog.SiteID, from *cursor) (b planned, err error) {
	return db.nextCandidates(ctx, site, from, `SELECT at, item FROM due WHERE site = $1 AND at <= $4 AND (at > $5 OR at = $5 AND item > $2) ORDER BY at, item LIMIT $3`,
		micros(db.clock()), from.at)
}

func (db *DB) nextCandidates(ctx context.Context, site backlog.SiteID, from *cursor, query string, args ...any) (b planned, err error) {
	err = db.read(ctx, func(q querier) error {
		p, known, err := db.site(ctx, q, site)
		if err != nil || !known {
			return err
		}
		if b.seq, err = one[int64](ctx, q, `SELECT value FROM counter WHERE name = 'dirty'`); err != nil {
			return err
		}
		if err := each(ctx, q, func(rows *sql.Rows) error {
			err := rows.Scan(&from.at, &from.item)
			b.items = append(b.items, from.item)
			return err
		}, query, append([]any{p.number, from.item, candidateBatch}, args...)...); err != nil {
			return err
		}
		items := make([]any, len(b.items))
		for i, item := range b.items {
			items[i] = item
		}
		b.candidates, b.rows, err = db.candidates(ctx, q, `i.id IN (%s) AND i.site = `+strconv.FormatInt(p.number, 10), items)
		return err
	})
	return b, err
}

// settleDue takes items off the list, or notes when they are due again. One
// that was put on the list anew since it was read stays on it.
func (db *DB) settleDue(ctx context.Context, b planned, again map[int64]time.Time) error {
	now := db.clock()
	return db.write(ctx, func(t *tx) error {
		var done []int64
		for _, item := range b.items {
			at := int64(0) // at once
			switch next := again[item]; {
			case next.IsZero():
				done = append(done, item)
				continue
			case next.After(now):
				at = micros(next.Add(time.Microsecond - 1)) // never too early
			}
			if _, err := t.ExecContext(ctx, `UPDATE due SET at = $1 WHERE item = $2 AND seq <= $3 AND at <> $1`, at, item, b.seq); err != nil {
				return err
			}
		}
		return execAmong(ctx, t, `DELETE FROM due WHERE seq <= $1 AND item IN (%s)`, done, b.seq)
	})
}
