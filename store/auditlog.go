package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/trackwarden/trackwarden/backlog"
)

// EachAudit hands over the rows of the audit log, connection by connection, in
// the order in which they were written.
func (db *DB) EachAudit(ctx context.Context, f backlog.AuditFilter, hand func(backlog.AuditEntry) error) error {
	item := ""
	if !f.Item.IsZero() {
		item = f.Item.String()
	}
	return db.read(ctx, func(q querier) error {
		return each(ctx, q, func(rows *sql.Rows) error {
			var row auditRow
			var e backlog.AuditEntry
			err := rows.Scan(&e.Connection, &e.Site, &row.Site, &row.Seq, &row.Step, &row.Revision, &row.Before, &row.After, &row.At, &row.Subject, &row.Facts, &e.Prev, &e.Hash)
			if err != nil {
				return err
			}
			if err := row.tell(&e); err != nil {
				return err
			}
			return hand(e)
		}, `SELECT s.connection, s.remote_id, a.site, a.seq, a.step, a.revision, a.before, a.after, a.at, a.subject, a.facts, a.prev, a.hash
			FROM audit a JOIN site s ON s.id = a.site
			WHERE ($1 = '' OR s.connection = $1) AND ($2 = '' OR a.subject = $2) AND a.at >= $3
			ORDER BY s.connection, a.seq`, f.Connection, item, micros(f.Since))
	})
}

// tell decodes a row.
func (r auditRow) tell(e *backlog.AuditEntry) error {
	var facts auditFacts
	if err := decode(r.Facts, &facts); err != nil {
		return fmt.Errorf("read audit row %d of %s: %w", r.Seq, e.Connection, err)
	}
	canonical, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("encode audit row: %w", err)
	}
	e.Item, _ = itemOf(backlog.Subject{Kind: backlog.ItemSubject, ID: r.Subject})
	e.Seq, e.Step, e.At, e.Revision = r.Seq, r.Step, fromMicros(r.At), r.Revision
	e.Before, e.After, e.Canonical = image(r.Before), image(r.After), canonical
	e.Key, e.Summary, e.Base, e.Policies = facts.Key, facts.Summary, facts.Base, facts.Policies
	e.Rules, e.Input, e.Sent, e.Receipt = facts.Rules, facts.Input, fromMicros(facts.Sent), facts.Receipt
	return nil
}

// image is a before or after as JSON; a refused step has none.
func image(text string) json.RawMessage {
	if text == "" {
		return nil
	}
	return json.RawMessage(text)
}
