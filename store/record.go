package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// Record commits what became of a step that was sent, together with what is
// ours from now on and, when it was surely applied or surely refused, with
// exactly one audit row. A step's outcome is recorded once; only an unknown
// one may be followed by the one that reading found. backlog.ErrFenced says
// that somebody else has taken the lease since: they find the outcome by
// reading.
func (db *DB) Record(ctx context.Context, r backlog.StepResult) error {
	return db.writeDurably(ctx, func(t *tx) error {
		s, err := t.loadStep(ctx, r.Intent, r.N)
		if err != nil {
			return err
		}
		if err := t.outdated(ctx, s, r.Term); err != nil {
			return err
		}
		if err := t.settleStep(ctx, r); err != nil {
			return err
		}
		if err := t.settleOwned(ctx, r); err != nil {
			return err
		}
		if err := t.awaitLate(ctx, s, r); err != nil {
			return fmt.Errorf("note that a comment may come late: %w", err)
		}
		if r.Receipt.Outcome != backlog.Unknown {
			if err := t.audit(ctx, s, r); err != nil {
				return fmt.Errorf("write audit row: %w", err)
			}
		}
		return t.settleIntent(ctx, r)
	})
}

// outdated refuses an outcome from a term after which another one began.
func (t *tx) outdated(ctx context.Context, s sentStep, term int64) error {
	if term == 0 {
		return nil
	}
	site, err := t.db.siteOf(ctx, t, s.site)
	if err != nil {
		return err
	}
	lease, err := t.lease(ctx, site.connection)
	if err == nil && lease.Term != term {
		err = backlog.ErrFenced
	}
	return err
}

// sentStep is a step with what the audit row says of it.
type sentStep struct {
	site   int64
	step   backlog.Step
	change backlog.Change
	sent   time.Time
}

func (t *tx) loadStep(ctx context.Context, intent string, n int) (s sentStep, err error) {
	var payload, change string
	var sent int64
	found := false
	err = each(ctx, t, func(rows *sql.Rows) error {
		found = true
		return rows.Scan(&s.site, &payload, &change, &sent)
	}, `SELECT i.site, s.payload, n.change, s.sent_at FROM step s JOIN intent n ON n.id = s.intent JOIN item i ON i.id = n.item
		WHERE s.intent = $1 AND s.n = $2`, intent, n)
	if err == nil && !found {
		err = fmt.Errorf("intent %s has no step %d", intent, n)
	}
	if err != nil {
		return s, err
	}
	s.sent = fromMicros(sent)
	return s, errors.Join(decode(payload, &s.step), decode(change, &s.change))
}

func (t *tx) settleStep(ctx context.Context, r backlog.StepResult) error {
	state, ok := map[backlog.Outcome]backlog.IntentState{
		backlog.Applied: backlog.IntentApplied, backlog.Refused: backlog.IntentRefused, backlog.Unknown: backlog.IntentUnknown,
	}[r.Receipt.Outcome]
	if !ok {
		return fmt.Errorf("%q is no outcome", r.Receipt.Outcome)
	}
	receipt, err := encode(r.Receipt)
	if err != nil {
		return err
	}
	n, err := t.ExecContext(ctx, `UPDATE step SET state = $1, outcome = $2 WHERE intent = $3 AND n = $4 AND state IN ('sent', 'unknown')`,
		string(state), receipt, r.Intent, r.N)
	if err != nil {
		return fmt.Errorf("save outcome: %w", err)
	}
	if n == 0 {
		return fmt.Errorf("step %d of intent %s was not sent, or its outcome is recorded already", r.N, r.Intent)
	}
	return nil
}

// settleIntent closes the intent, or leaves it open in the state that fits.
func (t *tx) settleIntent(ctx context.Context, r backlog.StepResult) error {
	if r.Close != "" && !r.Close.Open() {
		if r.Receipt.Outcome == backlog.Unknown {
			return fmt.Errorf("intent %s cannot end as %s: what became of its step is not known", r.Intent, r.Close)
		}
		return t.closeIntent(ctx, r.Intent, r.Close, r.Receipt.Refusal, r.Receipt.Reason)
	}
	state := backlog.IntentSent
	if r.Receipt.Outcome == backlog.Unknown {
		state = backlog.IntentUnknown
	}
	n, err := t.ExecContext(ctx, `UPDATE intent SET state = $1 WHERE id = $2 AND `+isOpen, string(state), r.Intent)
	if err == nil && n == 0 {
		err = fmt.Errorf("intent %s is not open", r.Intent)
	}
	return err
}
