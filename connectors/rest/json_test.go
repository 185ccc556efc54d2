package rest

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

// What is cut out of valid JSON is what a full reading of it finds.
func FuzzMembers(f *testing.F) {
	for _, seed := range []string{
		`{}`, `[]`, `null`, ` { "a" : [ 1 , {"b":"]}"} ] , "c\"" : "\\" , "d":true}`, `["\\\"",-1.5e3,null,[[]],{}]`, `{"a":1,"a":2}`, `[1,`, `{"a"`, `{"a":"`, `{1}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		got := map[string]any{}
		n := 0
		err := Members(source, func(name, value []byte) error {
			n++
			var key string
			var v any
			if errors.Join(json.Unmarshal([]byte(`"`+string(name)+`"`), &key), json.Unmarshal(value, &v)) == nil {
				got[key] = v
			}
			return nil
		})
		var object map[string]any
		var array []any
		if json.Unmarshal(source, &object) == nil {
			a, _ := json.Marshal(object)
			b, _ := json.Marshal(got)
			if err != nil || len(object) > 0 && string(a) != string(b) {
				t.Errorf("%q: got %s, %v", source, b, err)
			}
		} else if json.Unmarshal(source, &array) == nil && (err != nil || n != len(array)) {
			t.Errorf("%q: %d elements of %d, %v", source, n, len(array), err)
		}
	})
}

// The quick check finds valid what the standard library does.
func FuzzValid(f *testing.F) {
	for _, seed := range []string{
		``, ` `, `{}`, `[]`, `null`, `nul`, `tru e`, `{"a":1}`, `{"a":1,}`, `[1,]`, `{"a" 1}`, `"\u00e"`, `"\ud800"`, `"\x"`, "\"a\nb\"", "\"\x00\"", "\"\xff\"",
		`01`, `-`, `-0`, `1.`, `.5`, `1e`, `1e+5`, `1E-05`, `+1`, `0x1`, `1_0`, `"\u+0aa"`, `{} {}`, "{}\x00", "\u00a0{}", `{"a":1 "b"}`, `[1 2]`, `{"a":[}`, `[{]`, `{"a"}`, `{,}`, `[,]`, `{"a":}`, `"\\`, `"\\u12`, `[1],`, "\v{}", `[[[`, `"`, `NaN`, `Infinity`, `{"a":NaN}`, `nan`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		if got, want := valid(source), json.Valid(source); got != want {
			t.Errorf("%q: %t, and the standard library says %t", source, got, want)
		}
	})
}

// What nests deeper than anything of use is no answer, and does not end us.
func TestNestingIsBounded(t *testing.T) {
	for _, depth := range []int{deepest, deepest + 1, 5_000_000} {
		for _, source := range []string{strings.Repeat("[", depth), strings.Repeat("[", depth) + strings.Repeat("]", depth), `{"a}":` + strings.Repeat("[", depth-1) + strings.Repeat("]", depth-1) + "}"} {
			if got, want := valid([]byte(source)), json.Valid([]byte(source)); got != want {
				t.Errorf("%d levels, %d bytes: %t, and the standard library says %t", depth, len(source), got, want)
			}
		}
	}
}
