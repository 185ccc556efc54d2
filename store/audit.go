package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/trackwarden/trackwarden/backlog"
)

// auditRow is one row of the audit log as it is hashed: its JSON, with the
// fields in this order, is the canonical form.
type auditRow struct {
	Site     int64  `json:"site"`
	Seq      int64  `json:"seq"`
	Step     string `json:"step"` // INTENT/N
	Revision string `json:"revision"`
	Before   string `json:"before"`
	After    string `json:"after"`
	At       int64  `json:"at"`
	Subject  string `json:"subject"`
	Facts    string `json:"facts"`
}

// auditFacts are the rest of what an auditor may ask.
type auditFacts struct {
	Key      string          `json:"key"`
	Summary  string          `json:"summary"`
	Base     string          `json:"base"`
	Policies []string        `json:"policies"`
	Rules    string          `json:"rules"` // revision of the policies that judged
	Input    string          `json:"input"` // hash of what they saw
	Sent     int64           `json:"sent"`
	Receipt  backlog.Receipt `json:"receipt"`
}

// chain is SHA-256 over the previous row's hash and the row.
func (r auditRow) chain(prev string) (string, error) {
	canonical, err := json.Marshal(r)
	if err != nil {
		return "", fmt.Errorf("encode audit row: %w", err)
	}
	sum := sha256.Sum256(append([]byte(prev), canonical...))
	return hex.EncodeToString(sum[:]), nil
}

// audit adds a step's row to the end of its site's chain.
func (t *tx) audit(ctx context.Context, s sentStep, r backlog.StepResult) error {
	rules, input, err := t.judgedBy(ctx, s.change.Item)
	if err != nil {
		return err
	}
	facts, err := encode(auditFacts{s.change.Key, s.step.Summary, s.change.Base, s.change.Policies, rules, input, micros(s.sent), r.Receipt})
	if err != nil {
		return err
	}
	row := auditRow{
		Site: s.site, Seq: 1, Step: fmt.Sprintf("%s/%d", r.Intent, r.N), Revision: cleanText(r.Receipt.Revision),
		Before: cleanText(string(r.Before)), After: cleanText(string(r.After)),
		At: micros(t.db.clock()), Subject: s.change.Item.String(), Facts: facts,
	}
	prev := ""
	err = each(ctx, t, func(rows *sql.Rows) error {
		err := rows.Scan(&row.Seq, &prev)
		row.Seq++
		return err
	}, `SELECT seq, hash FROM audit WHERE site = $1 ORDER BY seq DESC LIMIT 1`, s.site)
	if err != nil {
		return err
	}
	hash, err := row.chain(prev)
	if err != nil {
		return err
	}
	_, err = t.ExecContext(ctx, `INSERT INTO audit (site, seq, prev, hash, step, revision, before, after, at, subject, facts)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		row.Site, row.Seq, prev, hash, row.Step, row.Revision, row.Before, row.After, row.At, row.Subject, row.Facts)
	return err
}

// judgedBy finds by which revision of the policies an item was judged last, and
// the hash of what they saw.
func (t *tx) judgedBy(ctx context.Context, item backlog.ItemID) (rules, input string, err error) {
	err = each(ctx, t, func(rows *sql.Rows) error { return rows.Scan(&rules, &input) },
		`SELECT revision, input_hash FROM judgement WHERE kind = 'item' AND subject = $1`, item.String())
	return rules, input, err
}

// ErrTampered means that the audit log is not what was written.
var ErrTampered = errors.New("audit log was tampered with")

// VerifyAudit walks a site's audit log and counts its rows. An error that
// wraps ErrTampered names the first row that was changed, added or removed.
// A tail that was cut off cannot be seen from the log alone: compare head with
// one that was noted elsewhere.
func (db *DB) VerifyAudit(ctx context.Context, site backlog.SiteID) (rows int64, head string, err error) {
	err = db.read(ctx, func(q querier) error {
		p, known, err := db.site(ctx, q, site)
		if err != nil || !known {
			return err
		}
		return each(ctx, q, func(r *sql.Rows) error {
			var row auditRow
			var prev, hash string
			if err := r.Scan(&row.Site, &row.Seq, &row.Step, &row.Revision, &row.Before, &row.After, &row.At, &row.Subject, &row.Facts, &prev, &hash); err != nil {
				return err
			}
			want, err := row.chain(head)
			if err != nil {
				return err
			}
			rows++
			if row.Seq != rows || prev != head || hash != want {
				return fmt.Errorf("%w: row %d of %s", ErrTampered, row.Seq, site)
			}
			head = hash
			return nil
		}, `SELECT site, seq, step, revision, before, after, at, subject, facts, prev, hash FROM audit WHERE site = $1 ORDER BY seq`, p.number)
	})
	return rows, head, err
}
