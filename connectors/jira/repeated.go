package jira

import (
	"encoding/json"
	"sync"

	"github.com/trackwarden/trackwarden/backlog"
)

// How many values of a kind are remembered at most, and how long they may be,
// in bytes, so that nothing a site holds fills the memory.
const (
	maxRepeated = 2000
	longest     = 4 << 10
)

// repeated remembers how values were read that come with one issue after the
// other, letter for letter: states, types, projects, people, sprints. Looking
// one up costs a tenth of reading it. The zero value is ready for use.
type repeated[T any] struct {
	mu    sync.Mutex
	known map[string]T
}

// read reads a value. What it returns is shared: nobody may change it.
func (r *repeated[T]) read(raw json.RawMessage, read func(json.RawMessage) (T, error)) (T, error) {
	r.mu.Lock()
	value, known := r.known[string(raw)]
	r.mu.Unlock()
	if known {
		return value, nil
	}
	value, err := read(raw)
	if err != nil || len(raw) > longest {
		return value, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.known == nil || len(r.known) >= maxRepeated {
		r.known = map[string]T{}
	}
	r.known[string(raw)] = value
	return value, nil
}

// same reads a field that is the same in many issues; an absent one or null is
// the zero value.
func same[T any](v values, id string, r *repeated[T]) (T, error) {
	return derived(v, id, r, func(value T) T { return value })
}

// derived is same for what is made of the field.
func derived[F, T any](v values, id string, r *repeated[T], of func(F) T) (value T, err error) {
	if !v.has(id) {
		return value, nil
	}
	return r.read(v[id], func(json.RawMessage) (value T, err error) {
		var field F
		if err := v.into(id, &field); err != nil {
			return value, err
		}
		return of(field), nil
	})
}

// repeats are the values of a site that come again and again.
type repeats struct {
	projects repeated[projectName]
	types    repeated[placedType]
	states   repeated[backlog.State]
	people   repeated[user]
	parents  repeated[linked]
	sprints  repeated[[]backlog.Iteration]
}
