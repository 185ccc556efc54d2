package openapi

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"time"
)

// check says what of a value does not follow a schema. A schema without a type
// takes anything.
func (d Document) check(schema object, value any, at string) (wrong []string) {
	schema = d.resolve(schema)
	kind, _ := schema["type"].(string)
	if value == nil {
		if kind != "" && schema["nullable"] != true {
			return []string{at + " is null"}
		}
		return nil
	}
	if kind != "" && !isKind(kind, value) {
		return []string{fmt.Sprintf("%s is %T, not %s", at, value, kind)}
	}
	for _, part := range list(schema["allOf"]) {
		wrong = append(wrong, d.check(part.(object), value, at)...)
	}
	fits := func(choice any) bool { return d.check(choice.(object), value, at) == nil }
	if choices := slices.Concat(list(schema["anyOf"]), list(schema["oneOf"])); len(choices) > 0 && !slices.ContainsFunc(choices, fits) {
		wrong = append(wrong, at+" fits no choice")
	}
	if choices := list(schema["enum"]); len(choices) > 0 && !slices.Contains(choices, value) {
		wrong = append(wrong, fmt.Sprintf("%s is %v, not one of %v", at, value, choices))
	}
	switch value := value.(type) {
	case string:
		return append(wrong, checkText(schema, value, at)...)
	case object:
		return append(wrong, d.checkObject(schema, value, at)...)
	case []any:
		items, _ := schema["items"].(object)
		for n, entry := range value {
			wrong = append(wrong, d.check(items, entry, fmt.Sprintf("%s[%d]", at, n))...)
		}
	}
	return wrong
}

func checkText(schema object, value, at string) (wrong []string) {
	if pattern, is := schema["pattern"].(string); is && !regexp.MustCompile(pattern).MatchString(value) {
		wrong = append(wrong, fmt.Sprintf("%s is %s, not %s", at, value, pattern))
	}
	if schema["format"] == "date-time" && !isTime(value) {
		wrong = append(wrong, fmt.Sprintf("%s is %s, no date and time", at, value))
	}
	return wrong
}

// isTime takes Jira's way of writing a zone, +0000, along with the standard's.
func isTime(value string) bool {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999-0700"} {
		if _, err := time.Parse(layout, value); err == nil {
			return true
		}
	}
	return false
}

func (d Document) checkObject(schema, value object, at string) (wrong []string) {
	for _, required := range list(schema["required"]) {
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

func list(value any) []any {
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
	case []any:
		return kind == "array"
	}
	return false
}
