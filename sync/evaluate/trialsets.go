package evaluate

import (
	"context"
	"slices"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies/engine"
	"github.com/trackwarden/trackwarden/sync/evaluate/survey"
)

// counted counts all items for a library, and freezes no baseline.
func (t *Trial) counted(ctx context.Context, library int) (*round, error) {
	r, err := t.evaluators[library].round(ctx, t.judges[library], Scope{Connections: t.connections, Whole: t.judges[library].trust.Whole})
	if err != nil {
		return nil, err
	}
	r.subjects = slices.DeleteFunc(r.subjects, func(s survey.Subject) bool { return len(r.policies[backlog.Level(s.Kind)]) == 0 })
	return r, nil
}

// sets judges teams, trains, increments and connections by every library that
// has policies for them.
func (t *Trial) sets(ctx context.Context, hand func(*Tried) error) error {
	var subjects []survey.Subject
	outcomes := map[backlog.Subject][][]backlog.PolicyOutcome{}
	for i := range t.judges {
		r, err := t.counted(ctx, i)
		if err != nil {
			return err
		}
		if len(r.subjects) == 0 {
			continue
		}
		judged, err := r.verdicts(ctx)
		if err != nil {
			return err
		}
		for _, s := range r.subjects {
			if outcomes[s.Subject] == nil {
				outcomes[s.Subject] = make([][]backlog.PolicyOutcome, len(t.judges))
				subjects = append(subjects, s)
			}
		}
		for _, j := range judged {
			outcomes[j.Judgement.Subject][i] = j.Judgement.Outcomes
		}
	}
	for _, s := range subjects {
		if err := hand(&Tried{Subject: s.Subject, Title: s.Title, Outcomes: outcomes[s.Subject]}); err != nil {
			return err
		}
	}
	return nil
}

// setInputs hands on what policies would see of teams, trains, increments and
// connections.
func (t *Trial) setInputs(ctx context.Context, hand func(engine.Input) error) error {
	r, err := t.counted(ctx, 0)
	if err != nil || len(r.subjects) == 0 {
		return err
	}
	items, err := r.named(ctx)
	if err != nil {
		return err
	}
	for _, s := range r.subjects {
		in, err := r.input(ctx, s, func(number int64) engine.Summary {
			if item := items[number]; item != nil {
				return r.summary(item, true)
			}
			return engine.Summary{}
		})
		if err != nil {
			return err
		}
		if err := hand(in); err != nil {
			return err
		}
	}
	return nil
}
