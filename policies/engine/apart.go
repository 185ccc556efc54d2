package engine

import "github.com/open-policy-agent/opa/v1/ast"

// Policies write into one set, so that a person can try them together. To be
// asked, each has a set of its own: then OPA is asked of those alone whose
// guards hold, and what it says is known to be theirs.

// ownSet is a name that no rule of a person's can have.
func ownSet(id string) string { return setName + " of " + id }

// apart is a policy whose violations go into its own set.
func apart(id string, parsed *ast.Module) *ast.Module {
	own := parsed.Copy()
	name := ast.Var(ownSet(id))
	for _, rule := range own.Rules {
		if isViolation(rule) {
			rule.Head.Name = name
			rule.Head.Reference = ast.Ref{ast.NewTerm(name)}
		}
	}
	return own
}

func isViolation(rule *ast.Rule) bool { return rule.Head.Ref()[0].String() == setName }

// guarded lists the guards of each rule of a policy that was set apart.
func guarded(g *guards, id string, parsed *ast.Module) (rules [][]int) {
	for _, rule := range parsed.Rules {
		if rule.Head.Name == ast.Var(ownSet(id)) {
			rules = append(rules, g.of(rule))
		}
	}
	return rules
}

// unheard is what is said of a policy that reads what policies find: of the
// others nothing is there when one is asked alone.
const unheard = "a policy cannot read what policies find; write a rule of lib that both read"

// lonely refuses to read what policies find. Without the package it is a
// variable that is not there, which the compiler refuses.
func lonely(parsed *ast.Module) (problems []error) {
	ast.WalkRefs(parsed, func(ref ast.Ref) bool {
		if len(ref) > 3 && ref[0].Equal(ast.DefaultRootDocument) && ref[3].Value.Compare(ast.String(setName)) == 0 {
			problems = append(problems, at(ref[0].Location, unheard))
		}
		return false
	})
	return problems
}
