package engine

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/cover"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/tester"
)

// Tested is the result of the policies' own tests.
type Tested struct {
	Passed   int
	Failures []error   // each with file and line
	Covered  []Covered // the policies and shared files that were asked for, by path
}

// Test runs the tests that stand beside the policies. A test that errs or is
// skipped is a failure. The error is for tests that do not compile.
func (l *Library) Test(ctx context.Context) (Tested, error) {
	return l.TestSome(ctx, func(string) bool { return true })
}

// TestSome is Test for the files whose path, "story/too-big.rego" or
// "story/too-big_test.rego", is asked for.
func (l *Library) TestSome(ctx context.Context, asked func(path string) bool) (Tested, error) {
	modules, err := l.testModules(asked)
	if err != nil {
		return Tested{}, err
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
	seen := cover.New()
	results, err := tester.NewRunner().SetCompiler(compiler).SetStore(store).SetModules(modules).
		CapturePrintOutput(false).RaiseBuiltinErrors(true).SetTimeout(deadline).SetCoverageQueryTracer(seen).RunTests(ctx, txn)
	if err != nil {
		return Tested{}, fmt.Errorf("compile tests: %w", located(err))
	}
	done, tests := collect(results, asked)
	done.Covered = l.covered(seen.Report(modules), tests, asked)
	return done, nil
}

// testModules parses what is to be tested, with all policies and with what the
// tests share.
func (l *Library) testModules(asked func(string) bool) (map[string]*ast.Module, error) {
	modules := map[string]*ast.Module{}
	for _, f := range slices.Concat(l.sources.library, l.sources.policies, l.sources.tests) {
		isTest, shared := strings.HasSuffix(f.path, "_test.rego"), strings.HasPrefix(f.path, libFolder+"/")
		if isTest && !shared && !asked(f.path) {
			continue
		}
		parsed, err := parse(f)
		if err != nil {
			return nil, fmt.Errorf("parse tests: %w", err)
		}
		modules[f.path] = parsed
	}
	return modules, nil
}

// collect reads the results of the tests that were asked for, and counts them
// by their file.
func collect(results <-chan *tester.Result, asked func(string) bool) (Tested, map[string]int) {
	var done Tested
	tests := map[string]int{}
	for r := range results {
		if !asked(r.Location.File) {
			continue
		}
		tests[r.Location.File]++
		if r.Pass() {
			done.Passed++
			continue
		}
		done.Failures = append(done.Failures, at(r.Location, "%s %s", r.Name, failure(r)))
	}
	slices.SortFunc(done.Failures, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return done, tests
}

func failure(r *tester.Result) string {
	switch {
	case r.Error != nil:
		return r.Error.Error()
	case r.FailedAt != nil:
		return fmt.Sprintf("fails at line %d: %s", r.FailedAt.Location.Row, r.FailedAt.Location.Text)
	}
	return "failed"
}
