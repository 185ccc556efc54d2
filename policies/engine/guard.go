package engine

import "github.com/open-policy-agent/opa/v1/ast"

// guards are the first conditions of rules: those that only hold a field of the
// input against a constant, a parameter or another field. Most rules say
// nothing of most subjects because one of these does not hold, and to see that
// here takes nanoseconds where OPA takes microseconds. Rules that begin alike
// share their conditions, and conditions their fields: each is looked at once.
//
// A condition decides exactly as OPA would, with its own comparison, and the
// first one that is not understood ends the list, because what OPA finds there
// might be an error. A rule whose guards hold is OPA's to evaluate, from its
// beginning.
type guards struct {
	spots      []spot
	spotOf     map[string]int
	conditions []condition
	number     map[string]int // of a condition, by its text
}

// spot is a place in the input: what is at a key of the spot above it. The
// first one is the input itself.
type spot struct {
	above int
	key   *ast.Term
}

// condition is one that can be decided by looking at the input.
type condition func(*view) bool

// operand is a spot of the input, or a constant.
type operand struct {
	spot     int
	constant ast.Value // nil: what is at the spot
	count    bool      // not the value itself, but how many elements or letters it has
	text     string    // to know it again
}

func newGuards() *guards {
	return &guards{spots: make([]spot, 1), spotOf: map[string]int{}, number: map[string]int{}}
}

// of lists the conditions that have to hold before a rule can say anything.
func (g *guards) of(rule *ast.Rule) []int {
	reader := guardReader{guards: g, known: map[ast.Var]operand{}}
	for _, e := range rule.Body {
		if !reader.read(e) {
			break
		}
	}
	return reader.found
}

// add numbers a condition; the same one has the same number.
func (g *guards) add(text string, c condition) int {
	if n, ok := g.number[text]; ok {
		return n
	}
	g.conditions = append(g.conditions, c)
	g.number[text] = len(g.conditions) - 1
	return len(g.conditions) - 1
}

// at is the spot of a reference into the input.
func (g *guards) at(path ast.Ref) operand {
	n, text := 0, "input"
	for _, key := range path {
		text += "[" + key.String() + "]"
		below, ok := g.spotOf[text]
		if !ok {
			below = len(g.spots)
			g.spots = append(g.spots, spot{above: n, key: key})
			g.spotOf[text] = below
		}
		n = below
	}
	return operand{spot: n, text: text}
}

// decision is an operator that is understood, by OPA's name; else nil. None of
// them can fail; a value that is not there decides before they are asked.
func decision(operator string) func(a, b ast.Value) bool {
	switch operator {
	case "eq", "equal":
		return ast.ValueEqual
	case "neq":
		return func(a, b ast.Value) bool { return !ast.ValueEqual(a, b) }
	case "lt":
		return func(a, b ast.Value) bool { return ast.Compare(a, b) < 0 }
	case "lte":
		return func(a, b ast.Value) bool { return ast.Compare(a, b) <= 0 }
	case "gt":
		return func(a, b ast.Value) bool { return ast.Compare(a, b) > 0 }
	case "gte":
		return func(a, b ast.Value) bool { return ast.Compare(a, b) >= 0 }
	case "internal.member_2":
		return among
	}
	return nil
}

// among is the operator "in".
func among(value, list ast.Value) bool {
	same := func(t *ast.Term) bool { return ast.ValueEqual(value, t.Value) }
	switch list := list.(type) {
	case ast.Set:
		return list.Contains(ast.NewTerm(value))
	case *ast.Array:
		return list.Until(same)
	case ast.Object:
		return list.Until(func(_, t *ast.Term) bool { return same(t) })
	}
	return false
}

// holdsAny reports whether there is anything to walk over.
func holdsAny(value ast.Value) bool {
	switch list := value.(type) {
	case *ast.Array:
		return list.Len() > 0
	case ast.Set:
		return list.Len() > 0
	case ast.Object:
		return list.Len() > 0
	}
	return false
}
