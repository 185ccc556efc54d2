package engine

import (
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/trackwarden/trackwarden/backlog"
)

// text caps what it is given, wherever it comes from: no builtin ever sees
// more.
func text[T ~string](s T) *ast.Term {
	switch {
	case s == "":
		return ast.InternedEmptyString
	case len(s) > backlog.MaxText:
		return ast.StringTerm(strings.ToValidUTF8(string(s[:backlog.MaxText]), ""))
	default:
		return ast.StringTerm(string(s))
	}
}

func texts(values []string) *ast.Term {
	if len(values) == 0 {
		return ast.InternedEmptyArray
	}
	terms := make([]*ast.Term, len(values))
	for i, v := range values {
		terms[i] = text(v)
	}
	return ast.ArrayTerm(terms...)
}

func number(n int) *ast.Term { return ast.InternedTerm(n) }

func flag(b bool) *ast.Term { return ast.InternedTerm(b) }

func float(f *float64) *ast.Term {
	if f == nil {
		return nil
	}
	return ast.FloatNumberTerm(*f)
}
