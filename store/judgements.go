package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/trackwarden/trackwarden/backlog"
)

// SaveJudgements stores a batch: the judgements, the findings that they open,
// keep and close, and that the subjects are no longer dirty. A subject that
// was marked again since it was listed stays dirty.
func (db *DB) SaveJudgements(ctx context.Context, judged []backlog.Judged) error {
	subjects := make([]backlog.Subject, len(judged))
	for i, j := range judged {
		subjects[i] = j.Judgement.Subject
	}
	return db.write(ctx, func(t *tx) error {
		rows, err := db.subjectRows(ctx, t, subjects)
		if err != nil {
			return err
		}
		for _, j := range judged {
			if err := t.saveJudged(ctx, j, rows[j.Judgement.Subject]); err != nil {
				return fmt.Errorf("save judgement of %s: %w", j.Judgement.Subject.ID, err)
			}
		}
		return nil
	})
}

func (t *tx) saveJudged(ctx context.Context, j backlog.Judged, row int64) error {
	subject := j.Judgement.Subject
	if !j.Vanished {
		if err := t.saveJudgement(ctx, j.Judgement, row); err != nil {
			return err
		}
	}
	for _, f := range j.Opened {
		if err := t.openFinding(ctx, f, row); err != nil {
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
	if _, err := t.ExecContext(ctx, `DELETE FROM dirty WHERE kind = $1 AND subject = $2 AND seq <= $3`, string(subject.Kind), subject.ID, j.DirtySeq); err != nil {
		return fmt.Errorf("clear mark: %w", err)
	}
	return nil
}

func (t *tx) saveJudgement(ctx context.Context, j backlog.Judgement, row int64) error {
	outcomes, err := encode(j.Outcomes)
	if err != nil {
		return err
	}
	_, err = t.ExecContext(ctx, `INSERT INTO judgement (kind, subject, item, revision, input_hash, today, outcomes) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (kind, subject) DO UPDATE SET item = excluded.item, revision = excluded.revision,
		input_hash = excluded.input_hash, today = excluded.today, outcomes = excluded.outcomes`,
		string(j.Subject.Kind), j.Subject.ID, nullable(row), j.Revision, j.InputHash, j.Today, outcomes)
	return err
}

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
			item, err := items.scan(rows, &j.Subject.Kind, &j.Subject.ID, &j.Revision, &j.InputHash, &j.Today, &outcomes)
			if err != nil {
				return err
			}
			if err := decode(outcomes, &j.Outcomes); err != nil {
				return err
			}
			return hand(j.Subject, item, j)
		}, `SELECT j.kind, j.subject, j.revision, j.input_hash, j.today, j.outcomes, `+maybeColumns+`
			FROM judgement j LEFT JOIN item i ON i.id = j.item WHERE j.kind <> 'item' OR (`+told+`) ORDER BY j.item`)
	})
}
