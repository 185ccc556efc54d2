package apply

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/trackwarden/trackwarden/backlog"
)

// carry commits the intent and sends its steps in order. It stops at the first
// step that is not surely applied: what follows is noisier and rests on it.
func (a *Applier) carry(ctx context.Context, change backlog.Change, planHash string, sum *Summary) (backlog.Receipt, error) {
	change.Intent, change.Term = a.NewID(), a.lease.Term
	change.Record.Intent = change.Intent
	if change.Comment != nil {
		comment := *change.Comment
		comment.Marker.Intent = change.Intent
		change.Comment = &comment
	}
	steps := a.Writer.Steps(change)
	if len(steps) == 0 { // a record is to be forgotten that this tracker does not keep
		return backlog.Receipt{Outcome: backlog.Applied}, nil
	}
	err := a.Store.BeginIntent(ctx, change, steps, planHash)
	if errors.Is(err, backlog.ErrBusy) || errors.Is(err, backlog.ErrOvertaken) {
		return backlog.Receipt{Outcome: backlog.Refused, Refusal: backlog.Stale, Reason: err.Error()}, nil
	}
	if err != nil {
		return backlog.Receipt{}, fmt.Errorf("commit intent: %w", err)
	}
	var last backlog.Receipt
	for i, step := range steps {
		receipt, err := a.send(ctx, change, step, i == len(steps)-1, sum)
		if err != nil || receipt.Outcome != backlog.Applied {
			return receipt, err
		}
		last = receipt
	}
	if !a.Anyway { // then it may be out of the scope, where nothing is judged
		a.echo(ctx, change.Item)
	}
	return last, nil
}

// send makes one request and commits what became of it.
func (a *Applier) send(ctx context.Context, change backlog.Change, step backlog.Step, final bool, sum *Summary) (backlog.Receipt, error) {
	err := a.Store.MarkSent(ctx, step.Intent, step.N)
	switch {
	case errors.Is(err, backlog.ErrOvertaken):
		return backlog.Receipt{Outcome: backlog.Refused, Refusal: backlog.Stale, Reason: err.Error()}, nil
	case errors.Is(err, backlog.ErrPaused): // what was not sent is not owed: all is planned anew
		return backlog.Receipt{}, errors.Join(err, a.abandon(ctx, step, err.Error()))
	case err != nil:
		return backlog.Receipt{}, fmt.Errorf("mark as sent: %w", err)
	}
	receipt, err := a.sendInTime(ctx, step)
	if err != nil { // nothing left this machine
		return backlog.Receipt{}, errors.Join(fmt.Errorf("%w: %s: %w", errItem, step.Summary, err), a.abandon(ctx, step, err.Error()))
	}
	sum.count(receipt)
	// The request was made: its outcome is kept even if we are asked to stop.
	if err := a.Store.Record(context.WithoutCancel(ctx), a.result(change, step, receipt, final)); err != nil {
		return receipt, fmt.Errorf("record outcome: %w", err)
	}
	a.Log.Debug("wrote", "connection", a.Connection, "item", change.Key, "step", step.Summary, "outcome", receipt.Outcome, "reason", receipt.Reason)
	return receipt, nil
}

// abandon closes an intent of which the step and what follows were not sent.
// If something was sent before, that is done and stays paid for.
func (a *Applier) abandon(ctx context.Context, step backlog.Step, why string) error {
	state := backlog.IntentReplaced
	if step.N > 0 {
		state = backlog.IntentApplied
	}
	if err := a.Store.CloseIntent(context.WithoutCancel(ctx), step.Intent, state, why); err != nil {
		return fmt.Errorf("close intent: %w", err)
	}
	return nil
}

func (s *Summary) count(receipt backlog.Receipt) {
	s.Requests++
	switch receipt.Outcome {
	case backlog.Applied:
		s.Applied++
	case backlog.Refused:
		s.Refused++
	default:
		s.Unknown++
	}
}

// sendInTime makes the request, or gives up in time.
func (a *Applier) sendInTime(ctx context.Context, step backlog.Step) (backlog.Receipt, error) {
	if patience := a.patience(); patience > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, patience)
		defer cancel()
	}
	return a.Writer.Send(ctx, step)
}

// result says what a receipt means for the intent and for what we own.
func (a *Applier) result(change backlog.Change, step backlog.Step, receipt backlog.Receipt, final bool) backlog.StepResult {
	r := backlog.StepResult{Intent: step.Intent, N: step.N, Receipt: receipt, Term: a.lease.Term}
	switch receipt.Outcome {
	case backlog.Applied:
		r.Own, r.Disown = a.ownership(change, step, receipt)
		r.Before, r.After = images(change, step)
		if final {
			r.Close = backlog.IntentApplied
		}
	case backlog.Refused:
		r.Close = backlog.IntentRefused
	case backlog.Unknown:
		r.Close = backlog.IntentUnknown
	}
	return r
}

// ownership is what an applied step makes ours, and what it takes away.
func (a *Applier) ownership(change backlog.Change, step backlog.Step, receipt backlog.Receipt) (own, disown []backlog.Owned) {
	entry := func(kind backlog.OwnedKind, value string) backlog.Owned {
		return backlog.Owned{Item: change.Item, Kind: kind, Value: value, Intent: change.Intent, Since: change.Seen}
	}
	if step.Labels {
		for _, label := range change.AddLabels {
			own = append(own, entry(backlog.OwnedLabel, label))
		}
		for _, label := range change.RemoveLabels {
			disown = append(disown, entry(backlog.OwnedLabel, label))
		}
	}
	switch {
	case !step.Comment || change.Comment == nil:
	case change.Comment.Delete:
		disown = append(disown, entry(backlog.OwnedComment, change.Comment.ID))
	default:
		comment := entry(backlog.OwnedComment, cmp.Or(receipt.Comment, change.Comment.ID))
		comment.Hash, comment.Shows = change.Comment.Marker.Hash, change.Comment.Shows
		own = append(own, comment)
	}
	return own, disown
}

// images are the audit's before and after of what the step carries.
func images(change backlog.Change, step backlog.Step) (before, after json.RawMessage) {
	type image struct {
		Labels  []string `json:"labels,omitempty"`
		Added   []string `json:"added,omitempty"`
		Removed []string `json:"removed,omitempty"`
		Comment string   `json:"comment,omitempty"`
	}
	var a, b image
	if step.Labels {
		b.Labels = change.Present
		a.Added, a.Removed = change.AddLabels, change.RemoveLabels
	}
	if step.Comment && change.Comment != nil {
		b.Comment, a.Comment = change.Comment.ID, change.Comment.Markdown
	}
	return text(b), text(a)
}

func text(v any) json.RawMessage {
	encoded, err := json.Marshal(v)
	if err != nil { // strings only: cannot fail
		return nil
	}
	return encoded
}
