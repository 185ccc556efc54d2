package engine

import (
	"unicode/utf8"

	"github.com/open-policy-agent/opa/v1/ast"
)

// view is one input as the guards of a level look at it. It remembers what it
// found, for as long as one subject is judged.
type view struct {
	guards *guards
	values []ast.Value // by spot; nil where nothing is
	seen   []bool      // by spot
	said   []answered  // by condition
}

// answered is what a condition said.
type answered int8

const (
	notAsked answered = iota
	no
	yes
)

func (g *guards) view() *view {
	return &view{
		guards: g, values: make([]ast.Value, len(g.spots)), seen: make([]bool, len(g.spots)), said: make([]answered, len(g.conditions)),
	}
}

// look turns to another input.
func (v *view) look(input ast.Value) {
	clear(v.values)
	clear(v.seen)
	clear(v.said)
	v.values[0], v.seen[0] = input, true
}

// any reports whether the guards of one of some rules hold.
func (v *view) any(rules [][]int) bool {
	for _, conditions := range rules {
		if v.all(conditions) {
			return true
		}
	}
	return false
}

func (v *view) all(conditions []int) bool {
	for _, n := range conditions {
		if v.said[n] == notAsked {
			v.said[n] = no
			if v.guards.conditions[n](v) {
				v.said[n] = yes
			}
		}
		if v.said[n] == no {
			return false
		}
	}
	return true
}

// value is what an operand stands for; nil when it is not there.
func (v *view) value(o operand) ast.Value {
	if o.constant != nil {
		return o.constant
	}
	if o.count {
		return counted(v.at(o.spot))
	}
	return v.at(o.spot)
}

// counted is what OPA's count says of a list or text; nil where nothing is.
func counted(value ast.Value) ast.Value {
	switch value := value.(type) {
	case ast.String:
		return ast.InternedTerm(utf8.RuneCountInString(string(value))).Value
	case *ast.Array:
		return ast.InternedTerm(value.Len()).Value
	case ast.Set:
		return ast.InternedTerm(value.Len()).Value
	case ast.Object:
		return ast.InternedTerm(value.Len()).Value
	}
	return nil
}

func (v *view) at(n int) ast.Value {
	if v.seen[n] {
		return v.values[n]
	}
	v.seen[n] = true
	s := v.guards.spots[n]
	var found *ast.Term
	switch above := v.at(s.above).(type) {
	case ast.Object:
		found = above.Get(s.key)
	case *ast.Array:
		found = above.Get(s.key)
	}
	if found != nil {
		v.values[n] = found.Value
	}
	return v.values[n]
}
