package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"github.com/trackwarden/trackwarden/backlog"
)

// isOpen is what the unique index on open intents says, word for word.
const isOpen = `state IN ('planned', 'sent', 'unknown')`

// NewIntentID makes the id that a change, its steps and its marker carry.
func (db *DB) NewIntentID() string { return uuid.NewString() }

// BeginIntent commits to a change before its first request may leave. The
// change and its steps carry the intent's id. An item has one open intent at
// most: backlog.ErrBusy says that there is one. backlog.ErrOvertaken says that
// there were others since the change was planned; *backlog.OverBudget that it
// costs too much now; backlog.ErrFenced that its lease is no longer ours.
func (db *DB) BeginIntent(ctx context.Context, change backlog.Change, steps []backlog.Step, planHash string) error {
	if err := checkIntent(change, steps); err != nil {
		return err
	}
	text, err := encode(change)
	if err != nil {
		return err
	}
	return db.writeDurably(ctx, func(t *tx) error {
		row, err := db.rowOf(ctx, t, change.Item)
		if err != nil {
			return err
		}
		if err := notOvertaken(ctx, t, row, change.Known); err != nil {
			return err
		}
		site, err := db.mustSite(ctx, t, change.Item.Site)
		if err != nil {
			return err
		}
		if err := t.fenced(ctx, site.connection, change.Term); err != nil {
			return err
		}
		if err := t.reserve(ctx, change.Charges); err != nil {
			return err
		}
		n, err := t.ExecContext(ctx, `INSERT INTO intent (id, item, term, base_rev, plan_hash, state, content_hash, created, change)
			VALUES ($1, $2, $3, $4, $5, 'planned', $6, $7, $8) ON CONFLICT (item) WHERE `+isOpen+` DO NOTHING`,
			change.Intent, row, change.Term, change.Base, planHash, change.ContentHash(), micros(db.clock()), text)
		if err != nil {
			return fmt.Errorf("save intent: %w", err)
		}
		if n == 0 {
			return backlog.ErrBusy
		}
		return t.saveSteps(ctx, steps)
	})
}

// notOvertaken refuses a change that was planned before another one of the
// item was begun. Only the writer's transaction can tell.
func notOvertaken(ctx context.Context, t *tx, item int64, known int) error {
	var all, open int
	if err := each(ctx, t, func(rows *sql.Rows) error { return rows.Scan(&all, &open) },
		`SELECT count(*), coalesce(sum(CASE WHEN `+isOpen+` THEN 1 ELSE 0 END), 0) FROM intent WHERE item = $1`, item); err != nil {
		return fmt.Errorf("count intents: %w", err)
	}
	switch {
	case open > 0:
		return backlog.ErrBusy
	case all != known:
		return backlog.ErrOvertaken
	}
	return nil
}

func checkIntent(change backlog.Change, steps []backlog.Step) error {
	if change.Intent == "" || len(steps) == 0 {
		return errors.New("an intent needs an id and at least one step")
	}
	for _, s := range steps {
		if s.Intent != change.Intent || s.Item != change.Item {
			return fmt.Errorf("step %d belongs to another intent or item", s.N)
		}
	}
	return nil
}

func (t *tx) saveSteps(ctx context.Context, steps []backlog.Step) error {
	for _, s := range steps {
		payload, err := encode(s)
		if err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, `INSERT INTO step (intent, n, payload, state) VALUES ($1, $2, $3, 'planned')`, s.Intent, s.N, payload); err != nil {
			return fmt.Errorf("save step: %w", err)
		}
	}
	return nil
}

// MarkSent commits that a step's request is about to leave. It can leave once:
// a step that was marked before is refused, and so is one of a closed intent,
// which another process may have taken for left over: backlog.ErrOvertaken.
// backlog.ErrPaused says that a person has stopped writing, backlog.ErrFenced
// that the lease is no longer ours: nothing may leave then.
func (db *DB) MarkSent(ctx context.Context, intent string, n int) error {
	return db.writeDurably(ctx, func(t *tx) error {
		if err := t.maySend(ctx, intent); err != nil {
			return err
		}
		changed, err := t.ExecContext(ctx, `UPDATE step SET state = 'sent', sent_at = $1 WHERE intent = $2 AND n = $3 AND state = 'planned'
			AND EXISTS (SELECT 1 FROM intent WHERE id = $2 AND `+isOpen+`)`, micros(db.clock()), intent, n)
		if err != nil {
			return err
		}
		if changed != 1 {
			return fmt.Errorf("step %d of intent %s may not be sent: it was before, or the intent is closed: %w", n, intent, backlog.ErrOvertaken)
		}
		_, err = t.ExecContext(ctx, `UPDATE intent SET state = 'sent' WHERE id = $1`, intent)
		return err
	})
}

func (t *tx) maySend(ctx context.Context, intent string) error {
	connection, term, text := "", int64(0), ""
	err := each(ctx, t, func(rows *sql.Rows) error { return rows.Scan(&connection, &term, &text) },
		`SELECT s.connection, n.term, n.change FROM intent n JOIN item i ON i.id = n.item JOIN site s ON s.id = i.site WHERE n.id = $1`, intent)
	if err != nil {
		return fmt.Errorf("load intent: %w", err)
	}
	var change struct{ Retract bool }
	if err := decode(text, &change); err != nil {
		return err
	}
	stop := t.switchedOff
	if change.Retract {
		stop = t.calledOff
	}
	if err := stop(ctx, connection); err != nil {
		return err
	}
	return t.fenced(ctx, connection, term)
}

// CloseIntent ends an open intent of which no request is under way; its steps
// that were not sent are abandoned with it.
func (db *DB) CloseIntent(ctx context.Context, id string, state backlog.IntentState, reason string) error {
	if state.Open() {
		return fmt.Errorf("an intent cannot end as %s", state)
	}
	return db.writeDurably(ctx, func(t *tx) error { return t.closeIntent(ctx, id, state, "", reason) })
}

func (t *tx) closeIntent(ctx context.Context, id string, state backlog.IntentState, refusal backlog.Refusal, reason string) error {
	n, err := t.ExecContext(ctx, `UPDATE intent SET state = $1, refusal = $2, reason = $3, closed = $4 WHERE id = $5 AND `+isOpen,
		string(state), string(refusal), cleanText(reason), micros(t.db.clock()), id)
	if err != nil {
		return fmt.Errorf("close intent: %w", err)
	}
	if n == 0 {
		return fmt.Errorf("intent %s is not open", id)
	}
	if state == backlog.IntentReplaced {
		if err := t.releaseIntent(ctx, id); err != nil {
			return err
		}
	}
	_, err = t.ExecContext(ctx, `UPDATE step SET state = $1 WHERE intent = $2 AND state IN ('planned', 'sent')`, string(backlog.IntentReplaced), id)
	return err
}

// releaseIntent gives back what an intent has reserved.
func (t *tx) releaseIntent(ctx context.Context, id string) error {
	text, err := one[string](ctx, t, `SELECT change FROM intent WHERE id = $1`, id)
	if err != nil {
		return fmt.Errorf("load intent: %w", err)
	}
	var change backlog.Change
	if err := decode(text, &change); err != nil {
		return err
	}
	return t.release(ctx, change.Charges)
}

// OpenIntents lists the intents of a site that have to be brought to an end,
// with their steps, oldest first.
func (db *DB) OpenIntents(ctx context.Context, site backlog.SiteID) ([]backlog.Intent, error) {
	var open []backlog.Intent
	err := db.read(ctx, func(q querier) error {
		p, known, err := db.site(ctx, q, site)
		if err != nil || !known {
			return err
		}
		return each(ctx, q, func(rows *sql.Rows) error {
			var r rawIntent
			if err := rows.Scan(r.into()...); err != nil {
				return err
			}
			return r.addTo(&open)
		}, `SELECT n.id, n.plan_hash, n.state, n.created, n.change, s.payload, s.state, s.sent_at, s.outcome
			FROM intent n JOIN item i ON i.id = n.item JOIN step s ON s.intent = n.id
			WHERE i.site = $1 AND n.`+isOpen+` ORDER BY n.created, n.id, s.n`, p.number)
	})
	return open, err
}

// rawIntent is an intent beside one of its steps, before both are decoded.
type rawIntent struct {
	intent                   backlog.Intent
	step                     backlog.IntentStep
	created, sent            int64
	change, payload, outcome string
}

func (r *rawIntent) into() []any {
	return []any{
		&r.intent.ID, &r.intent.PlanHash, &r.intent.State, &r.created, &r.change,
		&r.payload, &r.step.State, &r.sent, &r.outcome,
	}
}

// addTo adds the step to the last intent of the list if it is the same one,
// else the intent too.
func (r *rawIntent) addTo(list *[]backlog.Intent) error {
	if len(*list) == 0 || (*list)[len(*list)-1].ID != r.intent.ID {
		r.intent.Created = fromMicros(r.created)
		if err := decode(r.change, &r.intent.Change); err != nil {
			return err
		}
		*list = append(*list, r.intent)
	}
	if err := errors.Join(decode(r.payload, &r.step.Step), decode(r.outcome, &r.step.Receipt)); err != nil {
		return err
	}
	r.step.SentAt = fromMicros(r.sent)
	last := &(*list)[len(*list)-1]
	last.Steps = append(last.Steps, r.step)
	return nil
}
