package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/trackwarden/trackwarden/backlog"
)

// SaveJudgements stores a batch: the judgements, the findings that they open,
// keep and close, and that the subjects are no longer dirty. A subject that
// was marked again since it was listed stays dirty. What says the same as
// before, save for its day, is not written again.
func (db *DB) SaveJudgements(ctx context.Context, judged []backlog.Judged) error {
	return db.write(ctx, func(t *tx) error { return t.saveJudged(ctx, judged) })
}

func (t *tx) saveJudged(ctx context.Context, judged []backlog.Judged) error {
	if err := t.numberJudged(ctx, judged); err != nil {
		return err
	}
	said, err := t.saidBefore(ctx, judged)
	if err != nil {
		return fmt.Errorf("load judgements: %w", err)
	}
	var owed []backlog.Judged
	for i := range judged {
		j := &judged[i]
		again, err := t.saveOne(ctx, j, said)
		if err != nil {
			return fmt.Errorf("save judgement of %s: %w", j.Judgement.Subject.ID, err)
		}
		if again {
			owed = append(owed, *j)
		}
	}
	return t.oweJudged(ctx, owed, func(j backlog.Judged) int64 { return j.Number })
}

// numberJudged finds the items of judgements that come without their number.
func (t *tx) numberJudged(ctx context.Context, judged []backlog.Judged) error {
	var subjects []backlog.Subject
	for _, j := range judged {
		if j.Number == 0 {
			subjects = append(subjects, j.Judgement.Subject)
		}
	}
	rows, err := t.db.subjectRows(ctx, t, subjects)
	if err != nil {
		return err
	}
	for i := range judged {
		if judged[i].Number == 0 {
			judged[i].Number = rows[judged[i].Judgement.Subject]
		}
	}
	return nil
}

// said is a stored judgement as far as it is compared.
type said struct{ revision, team, outcomes string }

// saidBefore loads what was said of items before, by their number.
func (t *tx) saidBefore(ctx context.Context, judged []backlog.Judged) (map[int64]said, error) {
	ids := make([]int64, 0, len(judged))
	for _, j := range judged {
		if j.Number != 0 && !j.Vanished {
			ids = append(ids, j.Number)
		}
	}
	before := make(map[int64]said, len(ids))
	err := among(ctx, t, func(rows *sql.Rows) error {
		var item int64
		var s said
		err := rows.Scan(&item, &s.revision, &s.team, &s.outcomes)
		before[item] = s
		return err
	}, `SELECT item, revision, team, outcomes FROM judgement WHERE item IN (%s)`, ids)
	return before, err
}

// saveOne reports whether planning may have to look at the subject again:
// something about it is new, or it has findings.
func (t *tx) saveOne(ctx context.Context, j *backlog.Judged, before map[int64]said) (owed bool, err error) {
	if !j.Vanished {
		if owed, err = t.saveJudgement(ctx, j, before); err != nil {
			return false, err
		}
	}
	if err := t.saveFindings(ctx, j); err != nil {
		return false, err
	}
	if subject := j.Judgement.Subject; j.DirtySeq > 0 {
		if _, err := t.ExecContext(ctx, `DELETE FROM dirty WHERE kind = $1 AND subject = $2 AND seq <= $3`, string(subject.Kind), subject.ID, j.DirtySeq); err != nil {
			return false, fmt.Errorf("clear mark: %w", err)
		}
	}
	return owed || j.DirtySeq > 0 || len(j.Opened)+len(j.Kept)+j.Stayed+len(j.Closed) > 0, nil
}

func (t *tx) saveFindings(ctx context.Context, j *backlog.Judged) error {
	for _, f := range j.Opened {
		if err := t.openFinding(ctx, f, j.Number); err != nil {
			return fmt.Errorf("open finding: %w", err)
		}
	}
	for _, f := range j.Kept {
		if err := t.keepFinding(ctx, f); err != nil {
			return fmt.Errorf("keep finding: %w", err)
		}
	}
	for _, id := range j.Closed {
		if _, err := t.ExecContext(ctx, `UPDATE finding SET closed = $1 WHERE id = $2 AND closed = 0`, micros(j.At), id); err != nil {
			return fmt.Errorf("close finding: %w", err)
		}
	}
	return nil
}

func (t *tx) saveJudgement(ctx context.Context, judged *backlog.Judged, before map[int64]said) (written bool, err error) {
	j := &judged.Judgement
	outcomes, err := encode(j.Outcomes)
	if err != nil {
		return false, err
	}
	now := said{j.Revision, cleanText(j.Team), outcomes}
	if was, ok := before[judged.Number]; ok && was == now {
		return false, nil
	}
	hash := j.InputHash
	if judged.Input != nil {
		hash = judged.Input()
	}
	_, err = t.ExecContext(ctx, `INSERT INTO judgement (kind, subject, item, revision, input_hash, today, team, outcomes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (kind, subject) DO UPDATE SET item = excluded.item, revision = excluded.revision, input_hash = excluded.input_hash,
		today = excluded.today, team = excluded.team, outcomes = excluded.outcomes`,
		string(j.Subject.Kind), j.Subject.ID, nullable(judged.Number), now.revision, hash, j.Today, now.team, now.outcomes)
	return true, err
}

// What a walk has passed counts as said on its day, as far as it is judged. What
// waits to be judged again does not: it may have come back after the walk.
const (
	judgementColumns = `j.revision, j.input_hash, j.team, CASE WHEN w.today > j.today THEN w.today ELSE j.today END, j.outcomes`
	judgementTables  = `judgement j LEFT JOIN item i ON i.id = j.item LEFT JOIN walk w ON w.site = i.site AND w.position >= i.id AND ` + judged + `
		AND NOT EXISTS (SELECT 1 FROM dirty d WHERE d.kind = j.kind AND d.subject = j.subject)`
)

// EachJudgement hands over what was said of every item that is judged, in the
// order in which the items were first stored, and of every other subject,
// whose item is nil.
func (db *DB) EachJudgement(ctx context.Context, hand func(backlog.Subject, *backlog.Stored, backlog.Judgement) error) error {
	return db.read(ctx, func(q querier) error {
		items, err := db.itemReader(ctx, q)
		if err != nil {
			return err
		}
		return each(ctx, q, func(rows *sql.Rows) error {
			var j backlog.Judgement
			var outcomes string
			item, err := items.scan(rows, &j.Subject.Kind, &j.Subject.ID, &j.Revision, &j.InputHash, &j.Team, &j.Today, &outcomes)
			if err != nil {
				return err
			}
			if err := decode(outcomes, &j.Outcomes); err != nil {
				return err
			}
			return hand(j.Subject, item, j)
		}, `SELECT j.kind, j.subject, `+judgementColumns+`, `+maybeColumns+` FROM `+judgementTables+` WHERE j.kind <> 'item' OR (`+told+`) ORDER BY j.item`)
	})
}
