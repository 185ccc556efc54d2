package engine

import (
	"encoding/json"

	"github.com/open-policy-agent/opa/v1/ast"
)

// custom is input.subject.custom.
func custom(values map[string]any) *ast.Term {
	if len(values) == 0 {
		return ast.InternedEmptyObject
	}
	return plainTerm(values)
}

// plainTerm turns values as they come from JSON into Rego's, texts capped as
// everywhere. Any other Go value goes through JSON; what JSON cannot hold is
// null.
func plainTerm(value any) *ast.Term {
	switch v := value.(type) {
	case nil:
		return ast.InternedNullTerm
	case string:
		return text(v)
	case bool:
		return flag(v)
	case int:
		return number(v)
	case float64:
		return float(&v)
	case []string:
		return texts(v)
	case []any:
		terms := make([]*ast.Term, len(v))
		for i, element := range v {
			terms[i] = plainTerm(element)
		}
		return ast.ArrayTerm(terms...)
	case map[string]any:
		object := ast.NewObjectWithCapacity(len(v))
		for name, member := range v {
			object.Insert(text(name), plainTerm(member))
		}
		return ast.NewTerm(object)
	}
	return throughJSON(value)
}

func throughJSON(value any) *ast.Term {
	encoded, err := json.Marshal(value)
	if err != nil {
		return ast.InternedNullTerm
	}
	var plain any
	if err := json.Unmarshal(encoded, &plain); err != nil {
		return ast.InternedNullTerm
	}
	return plainTerm(plain)
}
