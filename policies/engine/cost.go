package engine

import "github.com/open-policy-agent/opa/v1/ast"

// lintCost finds what makes a policy dear on items that have nothing wrong,
// and those are nearly all.
func lintCost(p Policy, parsed *ast.Module) []Problem {
	c := complaints{file: p.ID + ".rego"}
	for _, rule := range parsed.Rules {
		if rule.Head.Ref()[0].String() == setName {
			c.guard(rule)
		}
	}
	return c.all
}

// guard wants the first condition of a rule to be one that the compiler
// indexes: the rule is then not even begun where it does not hold.
func (c *complaints) guard(rule *ast.Rule) {
	first := rule.Body[0]
	if !isGuard(first) {
		c.say(first.Location.Row, "begin with a field that equals a constant, such as input.facts.not_done == true: where it does not hold, the rule then costs nothing")
	}
}

// isGuard reports whether an expression says that a field of the input equals
// a constant.
func isGuard(e *ast.Expr) bool {
	if e.Negated || len(e.With) > 0 || !isEqual(e) {
		return false
	}
	a, b := e.Operand(0), e.Operand(1)
	return isField(a) && isConstant(b) || isConstant(a) && isField(b)
}

func isEqual(e *ast.Expr) bool {
	return e.IsCall() && len(e.Operands()) == 2 && (e.Operator().String() == "equal" || e.IsEquality() || e.IsAssignment())
}

// isField reports whether a term is one field of the input.
func isField(t *ast.Term) bool {
	ref, ok := t.Value.(ast.Ref)
	return ok && len(ref) > 1 && ref[0].Equal(ast.InputRootDocument) && ref.IsGround()
}

func isConstant(t *ast.Term) bool {
	switch t.Value.(type) {
	case ast.String, ast.Number, ast.Boolean, ast.Null:
		return true
	}
	return false
}
