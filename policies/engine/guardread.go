package engine

import (
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// guardReader reads the body of one rule.
type guardReader struct {
	*guards
	known map[ast.Var]operand // what variables stand for
	found []int
}

// read takes over one expression; false when it ends the list.
func (r *guardReader) read(e *ast.Expr) bool {
	if len(e.With) > 0 {
		return false
	}
	if e.IsAssignment() && !e.Negated {
		return r.assign(e.Operand(0), e.Operand(1))
	}
	if some, ok := e.Terms.(*ast.SomeDecl); ok {
		return r.some(some)
	}
	text, holds := r.condition(e)
	if holds == nil {
		r.walked(e)
		return false
	}
	if e.Negated {
		inner := holds
		text, holds = "not "+text, func(v *view) bool { return !inner(v) }
	}
	r.found = append(r.found, r.add(text, holds))
	return true
}

// assign gives a field, which has to be there, or a constant a name.
func (r *guardReader) assign(name, value *ast.Term) bool {
	variable, ok := name.Value.(ast.Var)
	if !ok {
		return false
	}
	o, ok := r.operand(value)
	if !ok {
		return false
	}
	r.known[variable] = o
	if o.constant == nil {
		r.found = append(r.found, r.there(o))
	}
	return true
}

func (r *guardReader) there(o operand) int {
	return r.add("there "+o.text, func(v *view) bool { return v.value(o) != nil })
}

// some reads "some i", which asks for nothing, and "some x in input.list",
// where the list must not be empty.
func (r *guardReader) some(decl *ast.SomeDecl) bool {
	call, ok := decl.Symbols[0].Value.(ast.Call)
	if !ok {
		return true
	}
	if o, ok := r.operand(call[len(call)-1]); ok {
		r.found = append(r.found, r.filled(o))
	}
	return false
}

// walked reads of "input.links[i].type" that there must be links. The
// expression has to be one that OPA evaluates by walking over the list.
func (r *guardReader) walked(e *ast.Expr) {
	if e.Negated || !e.IsCall() {
		return
	}
	for _, t := range e.Operands() {
		ref, ok := t.Value.(ast.Ref)
		if !ok || !ref[0].Equal(ast.InputRootDocument) || ref.IsGround() {
			continue
		}
		if prefix := ref.GroundPrefix(); len(prefix) > 1 && isPath(prefix[1:]) {
			r.found = append(r.found, r.filled(r.at(prefix[1:])))
		}
	}
}

func (r *guardReader) filled(o operand) int {
	return r.add("filled "+o.text, func(v *view) bool { return holdsAny(v.value(o)) })
}

// condition reads an expression without its "not"; nil when it is not
// understood.
func (r *guardReader) condition(e *ast.Expr) (string, condition) {
	if t, ok := e.Terms.(*ast.Term); ok {
		o, ok := r.operand(t)
		if !ok || o.constant != nil {
			return "", nil
		}
		return o.text, func(v *view) bool {
			value := v.value(o)
			return value != nil && value != ast.Value(ast.Boolean(false))
		}
	}
	if !e.IsCall() || len(e.Operands()) != 2 {
		return "", nil
	}
	operator := e.Operator().String()
	decide := decision(operator)
	a, okA := r.operand(e.Operand(0))
	b, okB := r.operand(e.Operand(1))
	if decide == nil || !okA || !okB {
		return "", nil
	}
	return strings.Join([]string{operator, a.text, b.text}, " "), func(v *view) bool {
		left, right := v.value(a), v.value(b)
		return left != nil && right != nil && decide(left, right)
	}
}

func (r *guardReader) operand(t *ast.Term) (operand, bool) {
	switch value := t.Value.(type) {
	case ast.Var:
		o, ok := r.known[value]
		return o, ok
	case ast.Ref:
		if !value[0].Equal(ast.InputRootDocument) || !isPath(value[1:]) {
			return operand{}, false
		}
		return r.at(value[1:]), true
	case ast.Call:
		return r.counted(value)
	}
	return operand{constant: t.Value, text: t.String()}, isFixed(t.Value)
}

// counted reads "count(input.list)". The schema says of every field what it is,
// so that it cannot fail; of parameters it does not.
func (r *guardReader) counted(call ast.Call) (operand, bool) {
	if len(call) != 2 || call[0].String() != ast.Count.Name {
		return operand{}, false
	}
	o, ok := r.operand(call[1])
	if !ok || o.constant != nil || o.count || strings.HasPrefix(o.text, `input["settings"]`) || strings.Contains(o.text, `["custom"]`) {
		return operand{}, false
	}
	o.count, o.text = true, "count "+o.text
	return o, true
}

// isPath reports whether every step of a reference is known beforehand.
func isPath(steps ast.Ref) bool {
	for _, key := range steps {
		switch key.Value.(type) {
		case ast.String, ast.Number:
		default:
			return false
		}
	}
	return true
}

// isFixed reports whether a value is a constant through and through.
func isFixed(value ast.Value) bool {
	fixed := func(t *ast.Term) bool { return isFixed(t.Value) }
	switch value := value.(type) {
	case ast.Null, ast.Boolean, ast.Number, ast.String:
		return true
	case *ast.Array:
		return !value.Until(func(t *ast.Term) bool { return !fixed(t) })
	case ast.Set:
		return !value.Until(func(t *ast.Term) bool { return !fixed(t) })
	case ast.Object:
		return !value.Until(func(k, t *ast.Term) bool { return !fixed(k) || !fixed(t) })
	}
	return false
}
