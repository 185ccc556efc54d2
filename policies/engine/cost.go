package engine

import (
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// lintCost finds what makes a policy dear on items that have nothing wrong,
// and those are nearly all.
func lintCost(p Policy, parsed *ast.Module) []Problem {
	c := complaints{file: p.ID + ".rego"}
	for _, rule := range parsed.Rules {
		if rule.Head.Ref()[0].String() == setName {
			c.guard(rule)
			c.order(rule.Body)
		}
	}
	c.pairs(parsed)
	c.patterns(parsed)
	c.wholeInput(parsed)
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

// order wants conditions that only compare fields before those that work on
// texts, walk over lists or call functions.
func (c *complaints) order(body ast.Body) {
	dear := 0
	for _, e := range body {
		switch {
		case dear == 0 && isDear(e):
			dear = e.Location.Row
		case dear > 0 && isCheap(e):
			c.say(e.Location.Row, "move this above line %d: it costs less, and where it does not hold that line is not asked", dear)
		}
	}
}

// pairs finds bodies that walk over two lists of neighbours: their cost grows
// with the product of their lengths.
func (c *complaints) pairs(parsed *ast.Module) {
	ast.WalkBodies(parsed, func(body ast.Body) bool {
		var walked []string
		for _, e := range body {
			if list := neighboursWalked(e); list != "" {
				walked = append(walked, list)
			}
			if len(walked) == 2 {
				c.say(e.Location.Row, "this walks over every pair of %s and %s; collect what is needed of one of them first", walked[0], walked[1])
				return false
			}
		}
		return false
	})
}

// patterns finds regular expressions that an item's own text decides.
func (c *complaints) patterns(parsed *ast.Module) {
	look := func(operator string, operands []*ast.Term, row int) {
		if !strings.HasPrefix(operator, "regex.") || len(operands) == 0 {
			return
		}
		ast.WalkRefs(operands[0], func(ref ast.Ref) bool {
			if ref[0].Equal(ast.InputRootDocument) && !strings.HasPrefix(ref.String(), "input.settings") {
				c.say(row, "the pattern holds %s, which whoever edits the item decides; write a constant or a parameter", ref)
			}
			return false
		})
	}
	ast.WalkExprs(parsed, func(e *ast.Expr) bool {
		if e.IsCall() {
			look(e.Operator().String(), e.Operands(), e.Location.Row)
		}
		return false
	})
	ast.WalkTerms(parsed, func(t *ast.Term) bool {
		if call, ok := t.Value.(ast.Call); ok {
			look(call[0].String(), call[1:], rowOf(t))
		}
		return false
	})
}

// wholeInput finds a use of the input as a whole: the host would have to build
// all of it for every item, and could not say what the policy looks at.
func (c *complaints) wholeInput(parsed *ast.Module) {
	ast.WalkRefs(parsed, func(ref ast.Ref) bool {
		if !ref[0].Equal(ast.InputRootDocument) {
			return false
		}
		if _, named := ref[min(1, len(ref)-1)].Value.(ast.String); len(ref) == 1 || !named {
			c.say(ref[0].Location.Row, "name the fields that it reads; with the whole input, all of it is built for every item")
		}
		return false
	})
	ast.WalkTerms(parsed, func(t *ast.Term) bool {
		if t.Value.Compare(ast.InputRootDocument.Value) == 0 && t.Location != nil {
			c.say(t.Location.Row, "name the fields that it reads; with the whole input, all of it is built for every item")
		}
		_, isRef := t.Value.(ast.Ref)
		return isRef // what is in a reference was looked at
	})
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

// isCheap reports whether an expression only compares fields with constants or
// with each other.
func isCheap(e *ast.Expr) bool {
	if len(e.With) > 0 {
		return false
	}
	if t, ok := e.Terms.(*ast.Term); ok {
		return isField(t)
	}
	compares := []string{"equal", "eq", "neq", "lt", "lte", "gt", "gte"}
	return e.IsCall() && !e.IsAssignment() && slices.Contains(compares, e.Operator().String()) && !slices.ContainsFunc(e.Operands(), func(t *ast.Term) bool {
		return !isField(t) && !isConstant(t)
	})
}

// isDear reports whether an expression walks over a list, works on a text or
// calls a function of a policy.
func isDear(e *ast.Expr) bool {
	dear := false
	call := func(name string) {
		_, builtin := ast.BuiltinMap[name]
		dear = dear || !builtin || strings.HasPrefix(name, "regex.") || slices.Contains([]string{"split", "sprintf", "concat"}, name)
	}
	ast.NewGenericVisitor(func(x any) bool {
		switch x := x.(type) {
		case *ast.SomeDecl:
			dear = dear || len(x.Symbols) == 1 && isCall(x.Symbols[0])
		case *ast.Every, *ast.ArrayComprehension, *ast.SetComprehension, *ast.ObjectComprehension:
			dear = true
		case *ast.Expr:
			if x.IsCall() {
				call(x.Operator().String())
			}
		case ast.Call:
			call(x[0].String())
		}
		return dear
	}).Walk(e)
	return dear
}

func isCall(t *ast.Term) bool {
	_, ok := t.Value.(ast.Call)
	return ok
}

// neighboursWalked is the list of neighbours that an expression walks over by
// `some … in`; empty when it does not.
func neighboursWalked(e *ast.Expr) string {
	some, ok := e.Terms.(*ast.SomeDecl)
	if !ok || len(some.Symbols) != 1 {
		return ""
	}
	call, ok := some.Symbols[0].Value.(ast.Call)
	if !ok {
		return ""
	}
	switch list := call[len(call)-1].String(); list {
	case "input.children", "input.links":
		return list
	}
	return ""
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
