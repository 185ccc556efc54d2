package engine

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

// filledSet has something in every field, one element in every list.
func filledSet() *Set {
	s := &Set{}
	fill(reflect.ValueOf(s).Elem())
	return s
}

func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i))
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() {
			v.SetString("past")
		}
	case reflect.Int:
		v.SetInt(3)
	case reflect.Float64:
		v.SetFloat(2.5)
	case reflect.Bool:
		v.SetBool(true)
	}
}

// A policy that counts a list must not fail on one that is not there.
func TestListsOfASetAreNeverNull(t *testing.T) {
	encoded, err := json.Marshal(&Set{Iterations: []SetIteration{{}}, Increments: SetIncrements{}})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(encoded), "null") {
		t.Errorf("there is a null in %s", encoded)
	}
}
