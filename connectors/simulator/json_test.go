package simulator

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"
)

func TestAppendJSONIsJSON(t *testing.T) {
	value := map[string]any{
		"text": "a \"quoted\" \\ <b>line</b>\n\t\x01 ünï 🎈 \u2028", "broken": "\xff", "n": 1, "big": int64(1) << 50, "f": 1.5, "yes": true, "no": nil,
		"list": []any{"a", 1.0, nil}, "objects": []map[string]any{{"b": 2, "a": 1}}, "words": []string{"x"}, "none": []any(nil), "nothing": map[string]any(nil),
		"at": time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC), "other": map[string]string{"k": "v"},
	}
	want, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	var a, b any
	got := AppendJSON(nil, value)
	if err := json.Unmarshal(got, &a); err != nil {
		t.Fatalf("%s: %v", got, err)
	}
	if err := json.Unmarshal(want, &b); err != nil || !reflect.DeepEqual(a, b) {
		t.Errorf("got %s, want %s", got, want)
	}
	if string(AppendJSON(nil, map[string]any{"b": 1, "a": "<"})) != `{"a":"<","b":1}` {
		t.Error("keys are not sorted, or texts are escaped")
	}
}
