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
	subject := read.at("subject")
	return backlog.Reads{
		Parent:   read.at("parent") != nil || read.at("parent_ref") != nil,
		Children: read.at("children") != nil,
		Links:    read.at("links") != nil,
		Custom:   subject != nil && subject.at("custom") != nil,
	}
}
