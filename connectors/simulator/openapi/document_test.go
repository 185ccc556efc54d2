package openapi

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const thing = `{
 "openapi": "3.0.1", "info": {"title": "things", "version": "1"},
 "paths": {
  "/things/all": {"get": {"responses": {"200": {"description": "", "content": {"application/json": {"schema": {"type": "array", "items": {}}}}}}}},
  "/things/{id}": {
   "get": {"parameters": [{"in": "path", "name": "id", "required": true, "schema": {"type": "integer"}}], "responses": {"204": {"description": ""}}},
   "put": {
    "parameters": [
     {"in": "path", "name": "id", "required": true, "schema": {"type": "integer"}},
     {"in": "query", "name": "loud", "schema": {"type": "boolean"}}],
    "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
    "responses": {
     "200": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
     "4XX": {"description": "", "content": {"application/json": {"schema": {"type": "object", "required": ["message"]}}}}}}}},
 "components": {"schemas": {"Thing": {"type": "object", "required": ["id"], "additionalProperties": false, "properties": {
  "id": {"type": "integer"}, "none": {"type": "string", "nullable": true}, "kind": {"type": "string", "enum": ["a", "b"]},
  "parts": {"type": "array", "items": {"type": "boolean"}}}}}}}`

func document(t *testing.T, except ...Exception) *Document {
	t.Helper()
	file := filepath.Join(t.TempDir(), "openapi.json")
	if err := os.WriteFile(file, []byte(thing), 0o600); err != nil {
		t.Fatal(err)
	}
	d, err := Read(file, except...)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestSchema(t *testing.T) {
	d := document(t)
	for value, want := range map[string]string{
		`{"id": 1, "none": null, "kind": "a", "parts": [true]}`: "",
		`{}`:                       "/id: property",
		`{"id": 1, "more": 1}`:     "property \"more\" is unsupported",
		`{"id": 1.5}`:              "/id: value must be an integer",
		`{"id": null}`:             "/id: ",
		`{"id": 1, "kind": "c"}`:   "/kind: value is not one of",
		`{"id": 1, "parts": [1]}`:  "/parts/0: value must be a boolean",
		`{"id": 1, "none": false}`: "/none: value must be a string",
	} {
		var v any
		if err := json.Unmarshal([]byte(value), &v); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(d.Schema("Thing", v), "; "); (got == "") != (want == "") || !strings.Contains(got, want) {
			t.Errorf("%s: got %q, want %q", value, got, want)
		}
	}
}

// put is a good exchange to be changed.
func put(target, sent string, status int, media, answer string) Exchange {
	r := httptest.NewRequest(http.MethodPut, target, nil)
	r.Header.Set("Content-Type", "application/json")
	return Exchange{Request: r, Sent: []byte(sent), Status: status, Header: http.Header{"Content-Type": {media}}, Answer: []byte(answer)}
}

func TestBreaches(t *testing.T) {
	const good, media = `{"id": 1}`, "application/json; charset=utf-8"
	d := document(t)
	for _, tc := range []struct {
		want string
		e    Exchange
	}{
		{"", put("/Things/1?loud=true", good, 200, media, good)},
		{"the path is not in the document", put("/thing/1", good, 200, media, good)},
		{"request /id: property", put("/things/1", `{}`, 200, media, good)},
		{"", put("/things/x", `{}`, 400, media, `{"message": "so it was refused"}`)},
		{"request's loud", put("/things/1?loud=maybe", good, 200, media, good)},
		{"request's id", put("/things/x", good, 200, media, good)},
		{"answer /id: property", put("/things/1", good, 200, media, `{}`)},
		{"answer /message: property", put("/things/1", good, 404, media, `{}`)},
		{"status is not supported", put("/things/1", good, 201, media, good)},
		{"Content-Type", put("/things/1", good, 200, "text/xml", good)},
	} {
		got := strings.Join(d.Breaches(tc.e), "; ")
		if (got == "") != (tc.want == "") || !strings.Contains(got, tc.want) {
			t.Errorf("%s %s: got %q, want %q", tc.e.Request.URL, tc.e.Answer, got, tc.want)
		}
	}
	excepting := document(t, Exception{Breach: "status is not supported", Reason: "recorded"})
	if got := excepting.Breaches(put("/things/1", good, 201, media, good)); got != nil {
		t.Errorf("an exception: %q", got)
	}
	if !d.Covers(http.MethodGet, "/things/all") || d.Covers(http.MethodDelete, "/things/all") || d.Covers(http.MethodGet, "/things/1/parts") {
		t.Error("covers the wrong paths")
	}
}

// spy takes the errors of a test that is to fail.
type spy struct {
	testing.TB
	errors int
}

func (s *spy) Errorf(string, ...any) { s.errors++ }

func TestWatch(t *testing.T) {
	d, s := document(t), &spy{TB: t}
	answer := `{"id": 1}`
	served := Watch(s, func(r *http.Request) string { return strings.TrimPrefix(r.URL.Path, "/v2") }, d)(http.HandlerFunc(
		func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write([]byte(answer))
		}))
	ask := func(path string) string {
		r := httptest.NewRequest(http.MethodPut, path, bytes.NewReader([]byte(`{"id": 2}`)))
		r.Header.Set("Content-Type", "application/json")
		got := httptest.NewRecorder()
		served.ServeHTTP(got, r)
		return got.Body.String()
	}
	if got := ask("/v2/things/1"); got != answer || s.errors != 0 {
		t.Errorf("%s, %d errors", got, s.errors)
	}
	ask("/v2/elsewhere")
	if s.errors != 0 {
		t.Error("minds what no document covers")
	}
	answer = `{"id": "one"}`
	if got := ask("/v2/things/1"); got != answer || s.errors != 1 {
		t.Errorf("%s, %d errors", got, s.errors)
	}
}
