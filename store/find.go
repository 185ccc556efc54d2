package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
)

// Find lists the stored items that people may mean by a name: a key, whatever
// its case, or the tracker's id. An empty connection asks for all.
func (db *DB) Find(ctx context.Context, connection, name string) ([]backlog.Stored, error) {
	var found []backlog.Stored
	err := db.read(ctx, func(q querier) error {
		if err := db.learn(ctx, q); err != nil {
			return err
		}
		var rows []any
		if err := each(ctx, q, func(r *sql.Rows) error {
			var id int64
			err := r.Scan(&id)
			rows = append(rows, id)
			return err
		}, `SELECT i.id FROM item i JOIN site s ON s.id = i.site
			WHERE (upper(i.key) = $1 OR i.remote_id = $2) AND ($3 = '' OR s.connection = $3) ORDER BY i.id`, strings.ToUpper(name), name, connection); err != nil {
			return fmt.Errorf("find item: %w", err)
		}
		items, err := db.loadItems(ctx, q, `i.id IN (%s)`, rows)
		for _, item := range items {
			found = append(found, item.Stored)
		}
		return err
	})
	return found, err
}

// FindingsOf lists every finding that a subject ever had, oldest first.
func (db *DB) FindingsOf(ctx context.Context, subject backlog.Subject) ([]backlog.Finding, error) {
	var all []backlog.Finding
	err := db.read(ctx, func(q querier) error {
		return each(ctx, q, func(rows *sql.Rows) error {
			f, err := scanFinding(rows)
			all = append(all, f)
			return err
		}, `SELECT `+findingColumns+` FROM finding f WHERE f.kind = $1 AND f.subject = $2 ORDER BY f.opened, f.id`, string(subject.Kind), subject.ID)
	})
	if err != nil {
		return nil, fmt.Errorf("load findings: %w", err)
	}
	return all, nil
}

// JudgementOf finds what was said of a subject last; false when it was never
// judged.
func (db *DB) JudgementOf(ctx context.Context, subject backlog.Subject) (j backlog.Judgement, known bool, err error) {
	j.Subject = subject
	err = db.read(ctx, func(q querier) error {
		return each(ctx, q, func(rows *sql.Rows) error {
			var outcomes string
			if err := rows.Scan(&j.Revision, &j.InputHash, &j.Team, &j.Today, &outcomes); err != nil {
				return err
			}
			known = true
			return decode(outcomes, &j.Outcomes)
		}, `SELECT `+judgementColumns+` FROM `+judgementTables+` WHERE j.kind = $1 AND j.subject = $2`, string(subject.Kind), subject.ID)
	})
	if err != nil {
		return j, false, fmt.Errorf("load judgement: %w", err)
	}
	return j, known, nil
}
