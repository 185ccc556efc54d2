package jirasim

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// openAPI holds an OpenAPI document; it checks values against those keywords
// that Atlassian's documents use.
type openAPI struct{ root object }

func contract(t *testing.T, name string) openAPI {
	t.Helper()
	raw, err := os.ReadFile(shared(t, name))
	must(t, err)
	var doc openAPI
	must(t, json.Unmarshal(raw, &doc.root))
	return doc
}

// at follows keys into the document, through references.
func (d openAPI) at(from any, keys ...string) object {
	o, _ := from.(object)
	for _, key := range keys {
		o, _ = d.resolve(o)[key].(object)
	}
	return d.resolve(o)
}

func (d openAPI) resolve(o object) object {
	ref, is := o["$ref"].(string)
	if !is {
		return o
	}
	return d.at(d.root, strings.Split(strings.TrimPrefix(ref, "#/"), "/")...)
}

// follows checks a request's body and its answer.
func (d openAPI) follows(t *testing.T, method, template string, sent any, a answer) {
	t.Helper()
	op := d.at(d.root, "paths", template, strings.ToLower(method))
	if op == nil {
		t.Errorf("%s %s is not in the document", method, template)
		return
	}
	if sent != nil {
		schema := d.at(op, "requestBody", "content", "application/json", "schema")
		for _, wrong := range d.check(schema, plain(sent), "request") {
			t.Errorf("%s %s: %s", method, template, wrong)
		}
	}
	answers := d.at(op, "responses")
	response := d.at(answers, fmt.Sprint(a.status))
	if response == nil && a.status >= 400 {
		response = d.at(answers, "4XX")
	}
	if response == nil {
		t.Errorf("%s %s: status %d is not in the document: %s", method, template, a.status, a.raw)
		return
	}
	if len(a.raw) == 0 {
		return
	}
	var value any
	must(t, json.Unmarshal(a.raw, &value))
	for _, wrong := range d.check(d.at(response, "content", "application/json", "schema"), value, "answer") {
		t.Errorf("%s %s: %s", method, template, wrong)
	}
}

// check says what of a value does not follow a schema.
func (d openAPI) check(schema object, value any, at string) (wrong []string) {
	schema = d.resolve(schema)
	kind := text(schema["type"])
	if value == nil {
		if kind != "" && schema["nullable"] != true {
			return []string{at + " is null"}
		}
		return nil // a schema without a type takes anything
	}
	if kind != "" && !isKind(kind, value) {
		return []string{fmt.Sprintf("%s is %T, not %s", at, value, kind)}
	}
	for _, part := range asList(schema["allOf"]) {
		wrong = append(wrong, d.check(part.(object), value, at)...)
	}
	if choices := append(asList(schema["anyOf"]), asList(schema["oneOf"])...); len(choices) > 0 && !slices.ContainsFunc(choices, func(c any) bool { return d.check(c.(object), value, at) == nil }) {
		wrong = append(wrong, at+" fits no choice")
	}
	if choices, is := schema["enum"].([]any); is && !slices.Contains(choices, value) {
		wrong = append(wrong, fmt.Sprintf("%s is %v, not one of %v", at, value, choices))
	}
	if pattern := text(schema["pattern"]); pattern != "" && !regexp.MustCompile(pattern).MatchString(text(value)) {
		wrong = append(wrong, fmt.Sprintf("%s is %v, not %s", at, value, pattern))
	}
	switch value := value.(type) {
	case object:
		wrong = append(wrong, d.checkObject(schema, value, at)...)
	case []any:
		items, _ := schema["items"].(object)
		for n, entry := range value {
			wrong = append(wrong, d.check(items, entry, fmt.Sprintf("%s[%d]", at, n))...)
		}
	}
	return wrong
}

func (d openAPI) checkObject(schema, value object, at string) (wrong []string) {
	for _, required := range asList(schema["required"]) {
		if _, has := value[required.(string)]; !has {
			wrong = append(wrong, fmt.Sprintf("%s lacks %s", at, required))
		}
	}
	known, _ := schema["properties"].(object)
	for _, name := range slices.Sorted(maps.Keys(value)) {
		if inner, is := known[name].(object); is {
			wrong = append(wrong, d.check(inner, value[name], at+"."+name)...)
			continue
		}
		switch more := schema["additionalProperties"].(type) {
		case bool:
			if !more {
				wrong = append(wrong, at+"."+name+" is unknown")
			}
		case object:
			wrong = append(wrong, d.check(more, value[name], at+"."+name)...)
		}
	}
	return wrong
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
	case []any:
		return kind == "array"
	}
	return false
}

// The checker itself must be able to fail.
func TestTheContractCheckFails(t *testing.T) {
	d := contract(t, "contracts/jira-cloud-platform.openapi.json")
	comment := d.at(d.root, "components", "schemas", "PageOfComments")
	for _, bad := range []object{
		{"total": "2"}, {"comments": object{}}, {"comments": []any{object{"created": "yesterday"}}},
		{"comments": []any{object{"author": object{"wings": 2.0}}}}, {"startAt": nil},
	} {
		if d.check(comment, bad, "") == nil {
			t.Errorf("%v passes", bad)
		}
	}
	if wrong := d.check(d.at(d.root, "components", "schemas", "BulkPermissionGrants"), object{}, ""); len(wrong) != 2 {
		t.Errorf("an empty grant: %v", wrong)
	}
}
