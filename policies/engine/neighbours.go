package engine

import (
	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/trackwarden/trackwarden/backlog"
)

// readsOf says what a compiled policy looks at beside the subject. It follows the
// policy's rules into those that they call; a bare input looks at everything.
func readsOf(compiler *ast.Compiler, policy *ast.Module) backlog.Reads {
	read := &reads{}
	seen := map[*ast.Rule]bool{}
	var follow func(*ast.Rule)
	follow = func(rule *ast.Rule) {
		if seen[rule] {
			return
		}
		seen[rule] = true
		ast.WalkRefs(rule, func(ref ast.Ref) bool {
			if ref[0].Equal(ast.InputRootDocument) {
				read.add(ref[1:])
			}
			for _, called := range compiler.GetRules(ref.ConstantPrefix()) {
				follow(called)
			}
			return false
		})
	}
	for _, rule := range policy.Rules {
		follow(rule)
	}
	subject, text := read.at("subject"), read.at("text")
	return backlog.Reads{
		Parent:   read.at("parent") != nil || read.at("parent_ref") != nil,
		Children: read.at("children") != nil,
		Links:    read.at("links") != nil,
		Custom:   subject != nil && subject.at("custom") != nil,
		Timing:   timed(read),
		Wording:  text != nil && text.at("story") != nil,
	}
}

// timed reports whether the policy reads of an iteration, its own or that of a
// neighbour, of the train's increments, or of days ahead. A neighbour that is
// read whole counts.
func timed(read *reads) bool {
	for _, neighbour := range []*reads{read.at("parent"), read.at("children"), read.at("links")} {
		if neighbour != nil && (neighbour.whole || neighbour.below[element] != nil && neighbour.below[element].whole) {
			return true
		}
	}
	return read.whole || read.mentions("iteration", "current", "next", "due_in_days", "increment_in_days", "iteration_in_days")
}
