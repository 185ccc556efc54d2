package openapi

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

const thing = `{
 "paths": {"/thing/{id}": {"put": {
  "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
  "responses": {
   "200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
   "4XX": {"content": {"application/json": {"schema": {"type": "object", "required": ["message"]}}}}}}}},
 "components": {"schemas": {"Thing": {"type": "object", "required": ["id"], "additionalProperties": false, "properties": {
  "id": {"type": "integer"}, "none": {"type": "string", "nullable": true}, "at": {"type": "string", "format": "date-time"},
  "kind": {"enum": ["a", "b"]}, "code": {"type": "string", "pattern": "^x"}, "parts": {"type": "array", "items": {"type": "boolean"}},
  "either": {"oneOf": [{"type": "number"}, {"type": "boolean"}]}}}}}}`

func document(t *testing.T) Document {
	t.Helper()
	path := filepath.Join(t.TempDir(), "openapi.json")
	if err := os.WriteFile(path, []byte(thing), 0o600); err != nil {
		t.Fatal(err)
	}
	d, err := Read(path)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestSchema(t *testing.T) {
	d := document(t)
	for value, want := range map[string][]string{
		`{"id": 1, "none": null, "at": "2026-11-24T10:00:00.000+0000", "kind": "a", "code": "xy", "parts": [true], "either": 1}`: nil,
		`{}`:                         {"Thing lacks id"},
		`{"id": 1, "more": 1}`:       {"Thing.more is unknown"},
		`{"id": 1.5}`:                {"Thing.id is float64, not integer"},
		`{"id": null}`:               {"Thing.id is null"},
		`{"id": 1, "at": "today"}`:   {"Thing.at is today, no date and time"},
		`{"id": 1, "kind": "c"}`:     {"Thing.kind is c, not one of [a b]"},
		`{"id": 1, "code": "y"}`:     {"Thing.code is y, not ^x"},
		`{"id": 1, "parts": [1]}`:    {"Thing.parts[0] is float64, not boolean"},
		`{"id": 1, "either": "one"}`: {"Thing.either fits no choice"},
	} {
		if got := d.Schema("Thing", []byte(value)); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", value, got, want)
		}
	}
}

func TestBreaches(t *testing.T) {
	d := document(t)
	good := Exchange{
		Method: "PUT", Template: "/thing/{id}", Sent: []byte(`{"id": 1}`),
		Status: 200, Media: "application/json; charset=utf-8", Answer: []byte(`{"id": 1}`),
	}
	for want, change := range map[string]func(*Exchange){
		"":                                      func(*Exchange) {},
		"the path is not in the document":       func(e *Exchange) { e.Template = "/things" },
		"request lacks id":                      func(e *Exchange) { e.Sent = []byte(`{}`) },
		"answer lacks id":                       func(e *Exchange) { e.Answer = []byte(`{}`) },
		"answer lacks message":                  func(e *Exchange) { e.Status, e.Answer = 404, []byte(`{}`) },
		"status 201 is not in the document: {}": func(e *Exchange) { e.Status, e.Answer = 201, []byte(`{}`) },
		"the document knows no answer in text/xml": func(e *Exchange) { e.Media = "text/xml" },
	} {
		e := good
		change(&e)
		var wanted []string
		if want != "" {
			wanted = []string{want}
		}
		if got := d.Breaches(e); !slices.Equal(got, wanted) {
			t.Errorf("got %q, want %q", got, wanted)
		}
	}
}
