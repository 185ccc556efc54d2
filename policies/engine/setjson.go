package engine

import (
	"encoding/json"
	"reflect"

	"github.com/open-policy-agent/opa/v1/ast"
)

// term is input.set; nil for items. There are few subjects that are sets, so it
// is made the simple way.
func (s *Set) term() *ast.Term {
	if s == nil {
		return nil
	}
	return throughJSON(s)
}

// MarshalJSON writes a set as policies see it: a list that is empty is there.
func (s *Set) MarshalJSON() ([]byte, error) {
	type plain Set
	fillLists(reflect.ValueOf(s).Elem())
	return json.Marshal((*plain)(s))
}

// fillLists puts empty lists where there are none.
func fillLists(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fillLists(v.Field(i))
		}
	case reflect.Slice:
		if v.IsNil() {
			v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		}
		for i := range v.Len() {
			fillLists(v.Index(i))
		}
	}
}
