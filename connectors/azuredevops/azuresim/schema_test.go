package azuresim

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// openAPI is an OpenAPI document. It checks values against the keywords that
// Microsoft's document uses.
type openAPI struct{ root object }

func contract(t *testing.T, name string) openAPI {
	t.Helper()
	raw, err := os.ReadFile(shared(t, name))
	must(t, err)
	var d openAPI
	must(t, json.Unmarshal(raw, &d.root))
	return d
}

// at follows keys from a place in the document, through references.
func (d openAPI) at(from any, keys ...string) object {
	o, _ := from.(object)
	for _, k := range keys {
		o, _ = d.resolve(o)[k].(object)
	}
	return d.resolve(o)
}

func (d openAPI) resolve(o object) object {
	if ref, is := o["$ref"].(string); is {
		return d.at(d.root, strings.Split(strings.TrimPrefix(ref, "#/"), "/")...)
	}
	return o
}

// follows holds an answer against the document.
func (d openAPI) follows(t *testing.T, method, template string, sent any, a reply) {
	t.Helper()
	operation := d.at(d.root, "paths", template, strings.ToLower(method))
	if operation == nil {
		t.Errorf("%s %s is not in the document", method, template)
		return
	}
	response := d.at(operation, "responses", fmt.Sprint(a.status))
	if response == nil && a.status >= 400 {
		response = d.at(operation, "responses", "4XX")
	}
	if response == nil {
		t.Errorf("%s %s: the document has no status %d: %s", method, template, a.status, a.raw)
		return
	}
	if len(a.raw) == 0 {
		return
	}
	var value any
	if err := json.Unmarshal(a.raw, &value); err != nil {
		t.Errorf("%s %s: %v", method, template, err)
		return
	}
	kind, _, _ := strings.Cut(a.header.Get("Content-Type"), ";")
	for _, wrong := range d.check(d.at(response, "content", kind, "schema"), value, "answer") {
		t.Errorf("%s %s: %s", method, template, wrong)
	}
}

// check says what of a value does not follow a schema.
func (d openAPI) check(schema object, value any, at string) (wrong []string) {
	schema = d.resolve(schema)
	kind := text(schema["type"])
	if value == nil {
		if kind == "" || schema["nullable"] == true {
			return nil
		}
		return []string{at + " is null"}
	}
	for _, part := range entries(schema["allOf"]) {
		wrong = append(wrong, d.check(part.(object), value, at)...)
	}
	if choices := entries(schema["anyOf"]); len(choices) > 0 && !slices.ContainsFunc(choices, func(c any) bool { return d.check(c.(object), value, at) == nil }) {
		wrong = append(wrong, at+" fits no choice")
	}
	if kind != "" && !isKind(kind, value) {
		return append(wrong, fmt.Sprintf("%s is %T, not %s", at, value, kind))
	}
	if choices := entries(schema["enum"]); len(choices) > 0 && !slices.Contains(choices, value) {
		wrong = append(wrong, fmt.Sprintf("%s is %v, not one of %v", at, value, choices))
	}
	if pattern := text(schema["pattern"]); pattern != "" && !regexp.MustCompile(pattern).MatchString(text(value)) {
		wrong = append(wrong, fmt.Sprintf("%s is %v, not %s", at, value, pattern))
	}
	if _, err := time.Parse(time.RFC3339Nano, text(value)); schema["format"] == "date-time" && err != nil {
		wrong = append(wrong, fmt.Sprintf("%s is %v, no date", at, value))
	}
	return append(wrong, d.checkInside(schema, value, at)...)
}

func (d openAPI) checkInside(schema object, value any, at string) (wrong []string) {
	switch value := value.(type) {
	case object:
		for _, required := range entries(schema["required"]) {
			if _, has := value[required.(string)]; !has {
				wrong = append(wrong, fmt.Sprintf("%s lacks %s", at, required))
			}
		}
		known, _ := schema["properties"].(object)
		more, _ := schema["additionalProperties"].(object)
		for _, name := range slices.Sorted(maps.Keys(value)) {
			inner, is := known[name].(object)
			if !is {
				inner = more
			}
			wrong = append(wrong, d.check(inner, value[name], at+"."+name)...)
		}
	case []any:
		items, _ := schema["items"].(object)
		for n, entry := range value {
			wrong = append(wrong, d.check(items, entry, fmt.Sprintf("%s[%d]", at, n))...)
		}
	}
	return wrong
}

func entries(value any) []any {
	all, _ := value.([]any)
	return all
}

func isKind(kind string, value any) bool {
	switch value := value.(type) {
	case string:
		return kind == "string"
	case bool:
		return kind == "boolean"
	case float64:
		return kind == "number" || kind == "integer" && value == float64(int64(value))
	case object:
		return kind == "object"
	}
	return kind == "array"
}

// The check itself must be able to fail.
func TestTheContractCheckFails(t *testing.T) {
	d := contract(t, "contracts/ado-7.1.openapi.json")
	schema := func(name string) object { return d.at(d.root, "components", "schemas", name) }
	for name, bad := range map[string]object{
		"WorkItem":                    {"id": "1"},
		"Comment":                     {"createdDate": "yesterday"},
		"ReportingWorkItemLinksBatch": {"values": []any{object{"rel": "x"}}, "isLastBatch": true},
		"BacklogConfiguration":        {"bugsBehavior": "ignored"},
		"WorkItemLinkChange":          {},
		"CommentList":                 {"comments": []any{object{"createdBy": object{"id": 1.0}}}},
	} {
		if d.check(schema(name), bad, name) == nil {
			t.Errorf("%s %v passes", name, bad)
		}
	}
}
