package apply

import (
	"context"
	"fmt"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// Recover brings intents to an end that an earlier run left open. What was
// never sent is abandoned; what was sent is looked for by reading, once its
// quarantine is over. The item is then free to be planned anew.
func (a *Applier) Recover(ctx context.Context) (Summary, error) {
	var sum Summary
	intents, err := a.Store.OpenIntents(ctx, a.Site)
	if err != nil {
		return sum, fmt.Errorf("load open intents: %w", err)
	}
	for _, intent := range intents {
		if err := ctx.Err(); err != nil {
			return sum, err
		}
		if err := a.hold(ctx); err != nil {
			return sum, err
		}
		if err := a.recover(ctx, intent, &sum); err != nil {
			return sum, fmt.Errorf("recover %s: %w", intent.Change.Key, err)
		}
	}
	return sum, nil
}

func (a *Applier) recover(ctx context.Context, intent backlog.Intent, sum *Summary) error {
	step, asked := pending(intent)
	if !asked {
		return a.Store.CloseIntent(ctx, intent.ID, concluded(intent), "nothing of it was under way")
	}
	if why := a.Doubted[intent.Change.Project.ID]; why != "" { // not seen there proves nothing
		sum.hold(a.Connection, intent.Change, "a lost answer is not looked for on data in doubt: "+why)
		return nil
	}
	if a.quarantined(step.SentAt) {
		sum.hold(a.Connection, intent.Change, "waiting until the lost answer can be looked for")
		return nil
	}
	receipt, err := a.Writer.Resolve(ctx, step.Step)
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		receipt = backlog.Receipt{Outcome: backlog.Unknown}
		a.Log.Warn("look for a lost answer", "connection", a.Connection, "item", intent.Change.Key, "step", step.Summary, "error", err)
	}
	if receipt.Outcome == backlog.Unknown {
		sum.hold(a.Connection, intent.Change, "what became of the last write could not be read yet")
		return nil
	}
	receipt.Recovered = true
	result := a.result(intent.Change, step.Step, receipt, true)
	if err := a.Store.Record(ctx, result); err != nil {
		return fmt.Errorf("record outcome: %w", err)
	}
	if receipt.Outcome == backlog.Applied {
		a.echo(ctx, intent.Change.Item)
	}
	return nil
}

// quarantined reports whether a request may still be under way. A sending that
// lies further ahead than the quarantine is long was dated by a clock that was
// wrong; it must not hold up the item until then.
func (a *Applier) quarantined(sent time.Time) bool {
	ago := a.Clock().Sub(sent)
	return ago < a.Quarantine && ago > -a.Quarantine
}

// pending finds the step that was sent and has no known outcome. Steps are
// sent one after the other, so there is at most one.
func pending(intent backlog.Intent) (backlog.IntentStep, bool) {
	for _, step := range intent.Steps {
		if step.State == backlog.IntentSent || step.State == backlog.IntentUnknown {
			return step, true
		}
	}
	return backlog.IntentStep{}, false
}

// concluded is how an intent ends of which nothing is under way: applied as
// far as it went, or abandoned before it began.
func concluded(intent backlog.Intent) backlog.IntentState {
	for _, step := range intent.Steps {
		if step.State == backlog.IntentApplied {
			return backlog.IntentApplied
		}
	}
	return backlog.IntentReplaced
}
