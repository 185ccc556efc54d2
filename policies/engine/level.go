package engine

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/trackwarden/trackwarden/backlog"
)

// level is what is compiled for one folder of policies: one query over all of
// them and, only where that errs, one query per policy.
type level struct {
	policies []Policy
	defaults Settings
	pkg      ast.Ref // data.trackwarden.story
	schema   *ast.SchemaSet
	shared   map[string]*ast.Module // lib
	parsed   map[string]*ast.Module // by policy
	document builder[Input]         // of what the policies read

	asked   atomic.Pointer[asked]
	mutex   sync.Mutex        // guards what follows
	single  map[string]*query // by policy, compiled when first needed
	strikes map[string]int    // by policy: deadlines missed when asked alone
}

// asked is who is asked together, and who is not asked any more.
type asked struct {
	all   *query // nil when nobody is left
	aside map[string]bool
}

// maxStrikes is how often a policy may miss the deadline before it is no
// longer asked until the policies are loaded again.
const maxStrikes = 3

func newLevel(ctx context.Context, name backlog.Level, members []module, shared map[string]*ast.Module, schema *ast.SchemaSet) (*level, error) {
	l := &level{
		pkg: ast.Ref{ast.DefaultRootDocument, ast.StringTerm("trackwarden"), ast.StringTerm(string(name))}, schema: schema, shared: shared,
		parsed: map[string]*ast.Module{}, single: map[string]*query{}, strikes: map[string]int{},
	}
	defaults := map[string]map[string]any{}
	for _, m := range members {
		l.policies = append(l.policies, m.Policy)
		l.parsed[m.ID] = m.parsed
		defaults[m.ID] = map[string]any{}
		for param, p := range m.Params {
			defaults[m.ID][param] = p.Default
		}
	}
	l.defaults = NewSettings(defaults)
	all, err := l.compile(ctx, slices.Sorted(maps.Keys(l.parsed))...)
	if err != nil {
		return nil, err
	}
	l.asked.Store(&asked{all: all})
	for i, p := range l.policies {
		l.policies[i].Reads = readsOf(all.compiler, all.compiler.Modules[p.ID+".rego"])
	}
	l.document = object(inputFields(), readBy(all.compiler.Modules))
	return l, nil
}

// compile makes the query over some policies of the level.
func (l *level) compile(ctx context.Context, policies ...string) (*query, error) {
	parsed := make(map[string]*ast.Module, len(policies))
	for _, id := range policies {
		parsed[id] = l.parsed[id]
	}
	return newQuery(ctx, l.pkg, parsed, l.shared, l.schema)
}

// alone is the query over one policy.
func (l *level) alone(ctx context.Context, id string) (*query, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if q, ok := l.single[id]; ok {
		return q, nil
	}
	q, err := l.compile(ctx, id)
	if err == nil {
		l.single[id] = q
	}
	return q, err
}

// strike counts a missed deadline. At the last one the policy leaves the
// common query, so that it costs the others nothing any more.
func (l *level) strike(ctx context.Context, id string) error {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.strikes[id]++; l.strikes[id] != maxStrikes {
		return nil
	}
	next := &asked{aside: map[string]bool{}}
	var rest []string
	for _, p := range l.policies {
		if l.strikes[p.ID] >= maxStrikes {
			next.aside[p.ID] = true
		} else {
			rest = append(rest, p.ID)
		}
	}
	if len(rest) > 0 {
		var err error
		if next.all, err = l.compile(ctx, rest...); err != nil {
			return fmt.Errorf("set policy aside: %w", err)
		}
	}
	l.asked.Store(next)
	return nil
}
