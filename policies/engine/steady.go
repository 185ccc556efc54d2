package engine

import (
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// lintSteady finds what makes a policy say something else tomorrow though
// nobody changed the item: evidence that ages would open the finding anew, and
// with it what a person decided about it; a message that ages would write the
// comment anew every day. Evidence with a parameter in it would do so when the
// parameter is set otherwise.
func lintSteady(p Policy, parsed *ast.Module) []Problem {
	c := complaints{file: p.ID + ".rego"}
	for _, rule := range parsed.Rules {
		if rule.Head.Ref()[0].String() != setName {
			continue
		}
		head, ok := rule.Head.Key.Value.(ast.Object)
		if !ok {
			continue
		}
		for _, part := range []string{"evidence", "message"} {
			value := head.Get(ast.InternedTerm(part))
			if value == nil {
				continue
			}
			for _, ref := range inputsOf(value, rule.Body) {
				if ageing(ref) {
					c.say(rowOf(value), "the %s holds %s, which changes every day; say since when instead, such as input.facts.last_activity", part, ref)
				}
				if part == "evidence" && strings.HasPrefix(ref.String(), "input.settings") {
					c.say(rowOf(value), "the evidence holds a parameter; leave it out, or setting it otherwise forgets what people decided")
				}
			}
		}
	}
	return c.all
}

// ageing reports whether a field of the input changes by itself.
func ageing(ref ast.Ref) bool {
	name := ref.String()
	return name == "input.today" || strings.HasPrefix(name, "input.facts.") && strings.HasSuffix(name, "_days")
}

// inputsOf lists the fields of the input that a term is made of, directly or
// by variables that the body assigns.
func inputsOf(term *ast.Term, body ast.Body) []ast.Ref {
	var found []ast.Ref
	seen := map[ast.Var]bool{}
	var follow func(*ast.Term)
	follow = func(t *ast.Term) {
		ast.WalkRefs(t, func(ref ast.Ref) bool {
			if ref[0].Equal(ast.InputRootDocument) {
				found = append(found, ref)
			}
			return false
		})
		ast.WalkVars(t, func(v ast.Var) bool {
			if !seen[v] {
				seen[v] = true
				for _, source := range assigned(v, body) {
					follow(source)
				}
			}
			return false
		})
	}
	follow(term)
	return found
}

// assigned lists what a body assigns to a variable.
func assigned(v ast.Var, body ast.Body) []*ast.Term {
	var all []*ast.Term
	for _, e := range body {
		if (e.IsAssignment() || e.IsEquality()) && len(e.Operands()) == 2 && e.Operand(0).Value.Compare(v) == 0 {
			all = append(all, e.Operand(1))
		}
	}
	return all
}

func rowOf(t *ast.Term) int {
	if t.Location == nil {
		return 0
	}
	return t.Location.Row
}
