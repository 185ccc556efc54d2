package engine

import (
	"context"
	"fmt"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/metrics"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// deadline is how long one query may take. A typical one takes some tens of
// microseconds.
const deadline = time.Second

// query is compiled Rego whose answer is a set of violations. Many goroutines
// may ask it.
type query struct {
	compiler *ast.Compiler
	prepared ast.QueryCompiler
	body     ast.Body
	index    ast.RuleIndex // of the rules that add to the set
	store    storage.Store
	txn      storage.Transaction
}

// answer is the variable of a query that holds the set.
const answer = ast.Var("answer")

// newQuery compiles some modules and the question for one set.
func newQuery(ctx context.Context, set string, modules map[string]*ast.Module, schema *ast.SchemaSet) (*query, error) {
	compiler := ast.NewCompiler().
		WithCapabilities(capabilities(Builtins()...)).
		WithDefaultRegoVersion(ast.RegoV1).
		WithStrict(true).
		WithSchemas(schema)
	if compiler.Compile(modules); compiler.Failed() {
		return nil, located(compiler.Errors)
	}
	body, err := ast.ParseBody(fmt.Sprintf("%s = %s", set, answer))
	if err != nil {
		return nil, fmt.Errorf("parse query: %w", err)
	}
	prepared := compiler.QueryCompiler()
	if body, err = prepared.Compile(body); err != nil {
		return nil, fmt.Errorf("compile query: %w", err)
	}
	store := inmem.New() // policies have no data but their input
	txn, err := store.NewTransaction(ctx)
	if err != nil {
		return nil, fmt.Errorf("open policies' data: %w", err)
	}
	rules, err := ast.ParseRef(set)
	if err != nil {
		return nil, fmt.Errorf("parse name of set: %w", err)
	}
	return &query{
		compiler: compiler, prepared: prepared, body: body, index: compiler.RuleIndex(rules), store: store, txn: txn,
	}, nil
}

// silent reports whether no rule can say anything of an input, because the
// first conditions of each, those that the compiler indexes, are not met. It
// asks the index that evaluating the query would ask first, and so saves the
// query for most of what is done.
func (q *query) silent(input *ast.Term) bool {
	if q.index == nil {
		return false
	}
	found, err := q.index.Lookup(inputOnly{input.Value})
	if err != nil || found == nil {
		return false
	}
	defer ast.IndexResultPool.Put(found)
	return len(found.Rules) == 0 && found.Default == nil
}

// inputOnly resolves what is in the input; anything else may have any value.
type inputOnly struct{ input ast.Value }

// Resolve finds a value of the input; nil when it is not there.
func (r inputOnly) Resolve(ref ast.Ref) (ast.Value, error) {
	if !ref[0].Equal(ast.InputRootDocument) {
		return nil, ast.UnknownValueErr{}
	}
	value, err := r.input.Find(ref[1:])
	if err != nil { // there is no such field
		return nil, nil
	}
	return value, nil
}

// ask evaluates the query for an input. Cancelling the context or the deadline
// stops it. The errors of builtins are errors of the whole.
func (q *query) ask(ctx context.Context, input *ast.Term) (ast.Set, error) {
	cancel := topdown.NewCancel()
	timer := time.AfterFunc(deadline, cancel.Cancel)
	defer timer.Stop()
	defer context.AfterFunc(ctx, cancel.Cancel)()

	var found ast.Set
	err := topdown.NewQuery(q.body).
		WithQueryCompiler(q.prepared).WithCompiler(q.compiler).
		WithStore(q.store).WithTransaction(q.txn).
		WithInput(input).
		WithCancel(cancel).
		WithMetrics(metrics.NoOp()).
		WithStrictBuiltinErrors(true).
		Iter(ctx, func(result topdown.QueryResult) error {
			var isSet bool
			if found, isSet = result[answer].Value.(ast.Set); !isSet {
				return fmt.Errorf("read answer: %s is no set", result[answer])
			}
			return nil
		})
	switch {
	case err != nil:
		return nil, err
	case found == nil:
		return nil, fmt.Errorf("read answer: there is none")
	}
	return found, nil
}
