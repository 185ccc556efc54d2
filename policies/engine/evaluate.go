package engine

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"

	"github.com/trackwarden/trackwarden/backlog"
)

// Evaluate judges one subject by all policies of its level in one query, in
// some tens of microseconds. If the query errs, each policy is asked alone and
// those that err are named in Failed. A level without policies finds nothing.
// The only error is that of the context.
func (l *Library) Evaluate(ctx context.Context, in Input) (Result, error) {
	level, ok := l.levels[in.Level]
	if !ok {
		return Result{}, ctx.Err()
	}
	j := judgement{level: level, asked: level.asked.Load()}
	settled := in.Settings.at(level)
	in.Settings = settled.settings
	j.refuse(settled.unfit)
	input := level.document(&in)
	if err := j.together(ctx, input); err != nil {
		j.oneByOne(ctx, input)
	}
	if err := ctx.Err(); err != nil {
		return Result{}, fmt.Errorf("evaluate policies: %w", err)
	}
	return j.result, nil
}

// judgement is one evaluation under way.
type judgement struct {
	level  *level
	asked  *asked
	result Result
}

// refuse fails the policies that cannot be asked: their parameters do not fit,
// or they are set aside.
func (j *judgement) refuse(unfit map[string]error) {
	for id, err := range unfit {
		j.fail(id, err)
	}
	for id := range j.asked.aside {
		j.fail(id, fmt.Errorf("set aside: it took longer than %s %d times", deadline, maxStrikes))
	}
}

func (j *judgement) fail(id string, err error) {
	if j.result.Failed == nil {
		j.result.Failed = map[string]error{}
	}
	j.result.Failed[id] = err
}

// together asks all policies at once.
func (j *judgement) together(ctx context.Context, input *ast.Term) error {
	if j.asked.all == nil {
		return nil
	}
	found, err := j.asked.all.ask(ctx, input)
	if err != nil {
		return err
	}
	j.read(found)
	return nil
}

// oneByOne asks each policy alone and names those that err.
func (j *judgement) oneByOne(ctx context.Context, input *ast.Term) {
	for _, p := range j.level.policies {
		if ctx.Err() != nil {
			return
		}
		if j.result.Failed[p.ID] != nil {
			continue
		}
		if err := j.alone(ctx, p.ID, input); err != nil {
			j.fail(p.ID, err)
		}
	}
}

func (j *judgement) alone(ctx context.Context, id string, input *ast.Term) error {
	q, err := j.level.alone(ctx, id)
	if err != nil {
		return fmt.Errorf("compile policy: %w", err)
	}
	found, err := q.ask(ctx, input)
	if topdown.IsCancel(err) && ctx.Err() == nil {
		err = fmt.Errorf("it took longer than %s", deadline)
		return errors.Join(err, j.level.strike(ctx, id))
	}
	if err != nil {
		return fmt.Errorf("evaluate policy: %w", oneLine{err})
	}
	j.read(found)
	return nil
}

// oneLine writes an error of OPA's on one line: it becomes the cause of a
// verdict.
type oneLine struct{ error }

func (e oneLine) Error() string { return strings.Join(strings.Fields(e.error.Error()), " ") }

func (e oneLine) Unwrap() error { return e.error }

// read takes over what a query found. What is malformed fails its policy.
func (j *judgement) read(answers []said) {
	for _, s := range answers {
		if j.result.Failed[s.policy] != nil {
			continue
		}
		violations, err := readViolations(s.policy, s.violations)
		if err != nil {
			j.fail(s.policy, fmt.Errorf("read violation: %w", err))
			continue
		}
		if j.result.Violations == nil {
			j.result.Violations = map[string][]backlog.Violation{}
		}
		j.result.Violations[s.policy] = violations
	}
}
