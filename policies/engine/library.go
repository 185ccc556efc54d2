package engine

import (
	"context"
	"io/fs"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/trackwarden/trackwarden/backlog"
)

// Library is a set of compiled policies. It does not change once loaded,
// except that it sets aside a policy that keeps running into the deadline; it
// may be used by many goroutines.
type Library struct {
	revision string
	policies []Policy // by id
	levels   map[backlog.Level]*level
	sources  sources
	schema   *ast.SchemaSet
	modules  []module // parsed, by id
	shared   map[string]*ast.Module
}

// Load reads and compiles policies: the built-in ones first, then a user's
// folders of the same layout. Whatever is wrong is said at once, each error
// with file, line and what to do; nothing is loaded by half.
func Load(ctx context.Context, from ...fs.FS) (*Library, error) {
	found, err := readSources(from)
	if err != nil {
		return nil, err
	}
	modules, shared, err := parseAll(found)
	if err != nil {
		return nil, err
	}
	schema, err := inputSchema(modules)
	if err != nil {
		return nil, err
	}
	l := &Library{revision: found.revision(), sources: found, schema: schema, modules: modules, shared: shared}
	return l.compile(ctx, modules)
}

// Only compiles some of the policies, so that those which hold nowhere cost
// nothing. Its revision is that of the whole library.
func (l *Library) Only(ctx context.Context, wanted func(Policy) bool) (*Library, error) {
	var some []module
	for _, m := range l.modules {
		if wanted(m.Policy) {
			some = append(some, m)
		}
	}
	return l.compile(ctx, some)
}

// compile is a library of some of the parsed policies.
func (l *Library) compile(ctx context.Context, modules []module) (*Library, error) {
	made := &Library{revision: l.revision, sources: l.sources, schema: l.schema, modules: modules, shared: l.shared, levels: map[backlog.Level]*level{}}
	byLevel := map[backlog.Level][]module{}
	for _, m := range modules {
		byLevel[m.Level] = append(byLevel[m.Level], m)
	}
	var problems []error
	for name, members := range byLevel {
		level, err := newLevel(ctx, name, members, l.shared, l.schema)
		made.levels[name] = level
		problems = append(problems, err)
	}
	if err := distinct(problems); err != nil {
		return nil, err
	}
	for _, level := range made.levels {
		made.policies = append(made.policies, level.policies...)
	}
	slices.SortFunc(made.policies, func(a, b Policy) int { return strings.Compare(a.ID, b.ID) })
	return made, nil
}

// Policies lists all policies, sorted by id.
func (l *Library) Policies() []Policy { return l.policies }

// Policy finds a policy by its id; false when there is none.
func (l *Library) Policy(id string) (Policy, bool) {
	for _, p := range l.policies {
		if p.ID == id {
			return p, true
		}
	}
	return Policy{}, false
}

// Revision identifies what all policies say: it changes with any of their
// files and with the engine's version, not with their tests.
func (l *Library) Revision() string { return l.revision }
