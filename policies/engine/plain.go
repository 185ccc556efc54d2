package engine

import (
	"errors"
	"fmt"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// asText is a term's text; false when it is none.
func asText(t *ast.Term) (string, bool) {
	if t == nil {
		return "", false
	}
	s, ok := t.Value.(ast.String)
	return string(s), ok
}

// plainValue turns Rego's value into Go's: text, float64, bool, nil, []any and
// map[string]any. Numbers are always float64, so that evidence has the same
// fingerprint before and after it was stored.
func plainValue(v ast.Value, depth int) (any, error) {
	if depth < 0 {
		return nil, fmt.Errorf("goes deeper than %d", maxDepth)
	}
	switch v := v.(type) {
	case ast.Null:
		return nil, nil
	case ast.Boolean:
		return bool(v), nil
	case ast.String:
		return strings.ToValidUTF8(string(v), ""), nil
	case ast.Number:
		f, ok := v.Float64()
		if !ok {
			return nil, fmt.Errorf("has the number %s, which is too large", v)
		}
		return f, nil
	case *ast.Array:
		return plainList(v, depth)
	case ast.Set:
		return plainList(v.Sorted(), depth)
	case ast.Object:
		return plainObject(v, depth)
	}
	return nil, fmt.Errorf("holds %s", ast.ValueName(v))
}

func plainList(list *ast.Array, depth int) ([]any, error) {
	plain := make([]any, 0, list.Len())
	err := list.Iter(func(t *ast.Term) error {
		element, err := plainValue(t.Value, depth-1)
		plain = append(plain, element)
		return err
	})
	return plain, err
}

func plainObject(object ast.Object, depth int) (map[string]any, error) {
	plain := make(map[string]any, object.Len())
	err := object.Iter(func(key, value *ast.Term) error {
		name, ok := asText(key)
		if !ok {
			return errors.New("has a key that is not a text")
		}
		var err error
		plain[name], err = plainValue(value.Value, depth-1)
		return err
	})
	return plain, err
}
