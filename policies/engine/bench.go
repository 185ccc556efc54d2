package engine

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/trackwarden/trackwarden/backlog"
)

// Cost is what judging took, on one core.
type Cost struct {
	Policy string // empty: all policies of the level together
	Level  backlog.Level
	Inputs int           // that were judged
	Each   time.Duration // for one input, the mean of the quickest round
	Found  int           // inputs in which something was wrong
	Failed int           // inputs that could not be judged
}

// Measure judges inputs by each policy alone, and by all of a level together
// as Evaluate does, in rounds over all inputs of a level until each took at
// least so long. Of a policy alone the evaluation is measured, and not building
// the input, which all policies share. The dearest come first, levels as a
// whole before policies.
func (l *Library) Measure(ctx context.Context, inputs []Input, clock func() time.Time, least time.Duration) ([]Cost, error) {
	byLevel := map[backlog.Level][]Input{}
	for _, in := range inputs {
		byLevel[in.Level] = append(byLevel[in.Level], in)
	}
	var all []Cost
	for name, level := range l.levels {
		some := byLevel[name]
		if len(some) == 0 {
			continue
		}
		b := bench{clock: clock, least: least}
		cost, err := b.together(ctx, l, some)
		if err != nil {
			return nil, err
		}
		cost.Level = name
		all = append(all, cost)
		for _, p := range level.policies {
			if cost, err = b.alone(ctx, level, p.ID, some); err != nil {
				return nil, fmt.Errorf("measure %s: %w", p.ID, err)
			}
			cost.Policy, cost.Level = p.ID, name
			all = append(all, cost)
		}
	}
	slices.SortFunc(all, func(a, b Cost) int {
		switch {
		case (a.Policy == "") != (b.Policy == ""):
			return strings.Compare(a.Policy, b.Policy)
		case a.Each != b.Each:
			return int(b.Each - a.Each)
		}
		return strings.Compare(a.Policy+string(a.Level), b.Policy+string(b.Level))
	})
	return all, nil
}

// bench measures rounds.
type bench struct {
	clock func() time.Time
	least time.Duration
}

// rounds judges n inputs again and again, and returns the mean time for one in
// the quickest round. The first round warms up and counts.
func (b bench) rounds(ctx context.Context, n int, judge func(i int, first bool)) (time.Duration, error) {
	for i := range n {
		judge(i, true)
	}
	quickest := time.Duration(0)
	for begun := b.clock(); ; {
		round := b.clock()
		for i := range n {
			judge(i, false)
		}
		now := b.clock()
		if took := now.Sub(round); quickest == 0 || took < quickest {
			quickest = took
		}
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		if now.Sub(begun) >= b.least {
			return quickest / time.Duration(n), nil
		}
	}
}

// together is the cost of Evaluate, which builds the input too.
func (b bench) together(ctx context.Context, l *Library, inputs []Input) (Cost, error) {
	c := Cost{Inputs: len(inputs)}
	var err error
	c.Each, err = b.rounds(ctx, len(inputs), func(i int, first bool) {
		result, bad := l.Evaluate(ctx, inputs[i])
		if first && (bad != nil || len(result.Failed) > 0) {
			c.Failed++
		}
		if first && len(result.Violations) > 0 {
			c.Found++
		}
	})
	return c, err
}

// alone is the cost of one policy.
func (b bench) alone(ctx context.Context, level *level, id string, inputs []Input) (Cost, error) {
	q, err := level.alone(ctx, id)
	if err != nil {
		return Cost{}, fmt.Errorf("compile policy: %w", err)
	}
	build := object(inputFields(), readBy(q.compiler.Modules))
	documents := make([]*ast.Term, len(inputs))
	for i, in := range inputs {
		in.Settings = in.Settings.at(level).settings
		documents[i] = build(&in)
	}
	c := Cost{Inputs: len(inputs)}
	c.Each, err = b.rounds(ctx, len(documents), func(i int, first bool) {
		found, bad := q.ask(ctx, documents[i])
		if first && bad != nil {
			c.Failed++
		}
		if first && len(found) > 0 {
			c.Found++
		}
	})
	return c, err
}
