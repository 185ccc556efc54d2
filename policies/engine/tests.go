package engine

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/tester"
)

// Tested is the result of the policies' own tests.
type Tested struct {
	Passed   int
	Failures []error // each with file and line
}

// Test runs the tests that stand beside the policies. A test that errs or is
// skipped is a failure. The error is for tests that do not compile.
func (l *Library) Test(ctx context.Context) (Tested, error) {
	modules := map[string]*ast.Module{}
	for _, f := range slices.Concat(l.sources.library, l.sources.policies, l.sources.tests) {
		parsed, err := parse(f)
		if err != nil {
			return Tested{}, fmt.Errorf("parse tests: %w", err)
		}
		modules[f.path] = parsed
	}
	store := inmem.New()
	txn, err := store.NewTransaction(ctx, storage.WriteParams)
	if err != nil {
		return Tested{}, fmt.Errorf("open tests' data: %w", err)
	}
	defer store.Abort(ctx, txn)
	compiler := ast.NewCompiler().
		WithCapabilities(capabilities(append(Builtins(), testBuiltins()...)...)).
		WithStrict(true).
		WithSchemas(l.schema)
	results, err := tester.NewRunner().SetCompiler(compiler).SetStore(store).SetModules(modules).
		CapturePrintOutput(false).RaiseBuiltinErrors(true).SetTimeout(deadline).RunTests(ctx, txn)
	if err != nil {
		return Tested{}, fmt.Errorf("compile tests: %w", located(err))
	}
	return collect(results), nil
}

func collect(results <-chan *tester.Result) Tested {
	var done Tested
	for r := range results {
		if r.Pass() {
			done.Passed++
			continue
		}
		reason := "failed"
		switch {
		case r.Error != nil:
			reason = r.Error.Error()
		case r.FailedAt != nil:
			reason = fmt.Sprintf("fails at line %d: %s", r.FailedAt.Location.Row, r.FailedAt.Location.Text)
		}
		done.Failures = append(done.Failures, at(r.Location, "%s %s", r.Name, reason))
	}
	slices.SortFunc(done.Failures, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return done
}
