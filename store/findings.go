package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// openFinding opens a finding. When a person dismissed it before, with the
// same evidence, it is born dismissed. When it is open already, as another
// process may have found it too, it stays as it is.
func (t *tx) openFinding(ctx context.Context, f backlog.Finding, row int64) error {
	evidence, err := encode(f.Evidence)
	if err != nil {
		return err
	}
	id, err := t.next(ctx, "finding", 1)
	if err != nil {
		return err
	}
	_, err = t.ExecContext(ctx, `INSERT INTO finding (id, kind, subject, item, policy, fingerprint, evidence, message, severity, opened, dismissed)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, COALESCE((SELECT MAX(dismissed) FROM finding
			WHERE kind = $2 AND subject = $3 AND policy = $5 AND fingerprint = $6 AND dismissed > 0), 0))
		ON CONFLICT (kind, subject, policy, fingerprint) WHERE closed = 0 DO NOTHING`,
		id, string(f.Subject.Kind), f.Subject.ID, nullable(row), f.Policy, f.Fingerprint, evidence, cleanText(f.Message), string(f.Severity), micros(f.Opened))
	return err
}

// keepFinding follows what the policy says now. The evidence is the same, or
// it would be another finding.
func (t *tx) keepFinding(ctx context.Context, f backlog.Finding) error {
	_, err := t.ExecContext(ctx, `UPDATE finding SET message = $1, severity = $2 WHERE id = $3 AND closed = 0 AND (message <> $1 OR severity <> $2)`,
		cleanText(f.Message), string(f.Severity), f.ID)
	return err
}

const findingColumns = `f.id, f.kind, f.subject, f.policy, f.fingerprint, f.evidence, f.message, f.severity, f.opened, f.closed, f.dismissed`

// rawFinding is a finding before it is decoded.
type rawFinding struct {
	backlog.Finding
	evidence                  string
	opened, closed, dismissed int64
}

func (r *rawFinding) into() []any {
	return []any{
		&r.ID, &r.Subject.Kind, &r.Subject.ID, &r.Policy, &r.Fingerprint, &r.evidence, &r.Message, &r.Severity,
		&r.opened, &r.closed, &r.dismissed,
	}
}

func (r *rawFinding) decode() (backlog.Finding, error) {
	f := r.Finding
	f.Opened, f.Closed, f.Dismissed = fromMicros(r.opened), fromMicros(r.closed), fromMicros(r.dismissed)
	return f, decode(r.evidence, &f.Evidence)
}

func scanFinding(rows *sql.Rows) (backlog.Finding, error) {
	var raw rawFinding
	if err := rows.Scan(raw.into()...); err != nil {
		return backlog.Finding{}, err
	}
	return raw.decode()
}

// OpenFindings loads the open findings of subjects, dismissed ones too, oldest
// first.
func (db *DB) OpenFindings(ctx context.Context, subjects []backlog.Subject) (map[backlog.Subject][]backlog.Finding, error) {
	open := make(map[backlog.Subject][]backlog.Finding, len(subjects))
	err := db.read(ctx, func(q querier) error {
		for kind, ids := range byKind(subjects) {
			if err := among(ctx, q, func(rows *sql.Rows) error {
				f, err := scanFinding(rows)
				open[f.Subject] = append(open[f.Subject], f)
				return err
			}, `SELECT `+findingColumns+` FROM finding f WHERE f.closed = 0 AND f.kind = $1 AND f.subject IN (%s) ORDER BY f.id`, ids, string(kind)); err != nil {
				return fmt.Errorf("load findings: %w", err)
			}
		}
		return nil
	})
	return open, err
}

// EachOpenFinding hands over every open finding, dismissed ones too, with its
// item, which is nil for other subjects. Items that are gone or left the scope
// are left out; those of a missing item are told as they were.
func (db *DB) EachOpenFinding(ctx context.Context, hand func(backlog.Finding, *backlog.Stored) error) error {
	return db.read(ctx, func(q querier) error {
		items, err := db.itemReader(ctx, q)
		if err != nil {
			return err
		}
		return each(ctx, q, func(rows *sql.Rows) error {
			var raw rawFinding
			item, err := items.scan(rows, raw.into()...)
			if err != nil {
				return err
			}
			f, err := raw.decode()
			if err != nil {
				return err
			}
			return hand(f, item)
		}, `SELECT `+findingColumns+`, `+maybeColumns+` FROM finding f LEFT JOIN item i ON i.id = f.item
			WHERE f.closed = 0 AND (f.kind <> 'item' OR (`+told+`)) ORDER BY f.item, f.id`)
	})
}

// ClosedSince lists findings that were cured or taken back at a time or later,
// in the order of their closing. Those of items that left the scope or are gone
// were not: they are left out.
func (db *DB) ClosedSince(ctx context.Context, since time.Time) ([]backlog.Finding, error) {
	var all []backlog.Finding
	err := db.read(ctx, func(q querier) error {
		return each(ctx, q, func(rows *sql.Rows) error {
			f, err := scanFinding(rows)
			all = append(all, f)
			return err
		}, `SELECT `+findingColumns+` FROM finding f WHERE f.closed > 0 AND f.closed >= $1 AND f.retired = '' ORDER BY f.closed, f.id`, micros(since))
	})
	return all, err
}

// Dismiss notes that a person does not want to hear of a finding. It holds for
// the same evidence for good; a first dismissal is kept.
func (db *DB) Dismiss(ctx context.Context, finding int64) error {
	return db.write(ctx, func(t *tx) error {
		items, err := t.dismiss(ctx, finding)
		if err != nil {
			return err
		}
		return t.owe(ctx, items)
	})
}

// dismiss returns the item of a finding that was not dismissed before.
func (t *tx) dismiss(ctx context.Context, finding int64) ([]int64, error) {
	items, err := column[int64](ctx, t, `UPDATE finding SET dismissed = $1 WHERE id = $2 AND dismissed = 0 RETURNING COALESCE(item, 0)`, micros(t.db.clock()), finding)
	if err != nil {
		return nil, fmt.Errorf("dismiss finding: %w", err)
	}
	return items, nil
}
