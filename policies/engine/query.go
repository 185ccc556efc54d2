package engine

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"sync"
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

// query is what some policies of a level find, compiled. Many goroutines may
// ask it.
type query struct {
	compiler *ast.Compiler
	prepared ast.QueryCompiler
	members  []member
	views    *sync.Pool // of *view, over the guards of the members
	store    storage.Store
	txn      storage.Transaction
}

// member is a policy that is asked.
type member struct {
	policy   string
	rules    [][]int   // the guards of each of its rules
	question *ast.Expr // what is in its set?
	answer   ast.Var   // the variable that holds it then
}

// said is what one policy found, and that is something.
type said struct {
	policy     string
	violations ast.Set
}

// newQuery compiles policies of one package, by their ids, with what they
// share.
func newQuery(ctx context.Context, pkg ast.Ref, policies, shared map[string]*ast.Module, schema *ast.SchemaSet) (*query, error) {
	ids, guards := slices.Sorted(maps.Keys(policies)), newGuards()
	modules := maps.Clone(shared)
	q := &query{store: inmem.New()} // policies have no data but their input
	var body ast.Body
	for i, id := range ids {
		parsed := apart(id, policies[id])
		modules[id+".rego"] = parsed
		m := member{policy: id, rules: guarded(guards, id, parsed), answer: ast.Var("answer" + strconv.Itoa(i))}
		q.members = append(q.members, m)
		body.Append(ast.Equality.Expr(ast.NewTerm(pkg.Append(ast.StringTerm(ownSet(id)))), ast.NewTerm(m.answer)))
	}
	q.views = &sync.Pool{New: func() any { return guards.view() }}
	q.compiler = ast.NewCompiler().
		WithCapabilities(capabilities(Builtins()...)).
		WithDefaultRegoVersion(ast.RegoV1).
		WithStrict(true).
		WithSchemas(schema)
	if q.compiler.Compile(modules); q.compiler.Failed() {
		return nil, located(q.compiler.Errors)
	}
	q.prepared = q.compiler.QueryCompiler()
	body, err := q.prepared.Compile(body)
	if err != nil {
		return nil, fmt.Errorf("compile query: %w", err)
	}
	for i := range q.members {
		q.members[i].question = body[i]
	}
	if q.txn, err = q.store.NewTransaction(ctx); err != nil {
		return nil, fmt.Errorf("open policies' data: %w", err)
	}
	return q, nil
}

// asked are the members that may find something of an input: the guards of
// one of their rules hold. Mostly those are few.
func (q *query) asked(input *ast.Term) []*member {
	v := q.views.Get().(*view)
	defer q.views.Put(v)
	v.look(input.Value)
	var asked []*member
	for i := range q.members {
		if v.any(q.members[i].rules) {
			asked = append(asked, &q.members[i])
		}
	}
	return asked
}

// ask evaluates the query for an input. Cancelling the context or the deadline
// stops it. The errors of builtins are errors of the whole.
func (q *query) ask(ctx context.Context, input *ast.Term) ([]said, error) {
	asked := q.asked(input)
	if len(asked) == 0 {
		return nil, nil
	}
	body := make(ast.Body, len(asked))
	for i, m := range asked {
		body[i] = m.question
	}
	cancel := topdown.NewCancel()
	timer := time.AfterFunc(deadline, cancel.Cancel)
	defer timer.Stop()
	defer context.AfterFunc(ctx, cancel.Cancel)()

	var answers []said
	answered := false
	err := topdown.NewQuery(body).
		WithQueryCompiler(q.prepared).WithCompiler(q.compiler).
		WithStore(q.store).WithTransaction(q.txn).
		WithInput(input).
		WithCancel(cancel).
		WithMetrics(metrics.NoOp()).
		WithStrictBuiltinErrors(true).
		Iter(ctx, func(result topdown.QueryResult) (err error) {
			answered = true
			answers, err = read(asked, result)
			return err
		})
	switch {
	case err != nil:
		return nil, err
	case !answered:
		return nil, fmt.Errorf("read answer: there is none")
	}
	return answers, nil
}

// read takes the sets out of a result.
func read(asked []*member, result topdown.QueryResult) (answers []said, err error) {
	for _, m := range asked {
		set, ok := result[m.answer].Value.(ast.Set)
		if !ok {
			return nil, fmt.Errorf("read answer: that of %s is no set", m.policy)
		}
		if set.Len() > 0 {
			answers = append(answers, said{m.policy, set})
		}
	}
	return answers, nil
}
