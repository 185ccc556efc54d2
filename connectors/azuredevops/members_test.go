package azuredevops

import (
	"encoding/json"
	"errors"
	"testing"
)

// What is cut out of valid JSON is what a full reading of it finds.
func FuzzMembers(f *testing.F) {
	for _, seed := range []string{
		typical, `{}`, `[]`, `null`, ` { "a" : [ 1 , {"b":"]}"} ] , "c\"" : "\\" , "d":true}`, `["\\\"",-1.5e3,null,[[]],{}]`, `{"a":1,"a":2}`, `[1,`, `{"a"`, `{"a":"`, `{1}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		got := map[string]any{}
		n := 0
		err := members(source, func(name, value []byte) error {
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
		w, err := parseItem(source) // whatever it is, nothing breaks
		if err == nil {
			w.text("System.Title")
		}
	})
}
