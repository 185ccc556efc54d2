package engine

import (
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
)

// maxRepeated is how many objects of a kind are remembered at most.
const maxRepeated = 4096

// repeated is a branch whose objects are the same for many subjects: states,
// iterations, teams, increments. Each is built once; to look one up costs a
// tenth of building it.
func repeated[T any, U comparable](name string, fields []field[U], get func(*T) *U) field[T] {
	return field[T]{name, func(r *reads) builder[T] {
		known := remembered[U]{build: object(fields, r)}
		return func(t *T) *ast.Term { return known.term(get(t)) }
	}}
}

// remembered are objects that were built, by what they were built of. Policies
// cannot change them, so subjects may share them.
type remembered[U comparable] struct {
	build builder[U]
	mu    sync.RWMutex
	made  map[U]*ast.Term
}

func (r *remembered[U]) term(of *U) *ast.Term {
	r.mu.RLock()
	term := r.made[*of]
	r.mu.RUnlock()
	if term != nil {
		return term
	}
	term = r.build(of)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.made == nil || len(r.made) >= maxRepeated {
		r.made = map[U]*ast.Term{}
	}
	r.made[*of] = term
	return term
}
