package config

import (
	"embed"
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/invopop/jsonschema"
)

// The comments of this package's own source are the descriptions in the
// schema.
//
//go:embed *.go
var source embed.FS

// Schema is the JSON Schema of trackwarden.yaml, for editors.
func Schema() ([]byte, error) {
	r := &jsonschema.Reflector{FieldNameTag: "yaml", RequiredFromJSONSchemaTags: true, Mapper: plainForms}
	comments, err := fieldComments(source)
	if err != nil {
		return nil, fmt.Errorf("read comments: %w", err)
	}
	r.LookupComment = func(t reflect.Type, field string) string { return comments[t.Name()+"."+field] }
	schema := r.Reflect(&Config{})
	schema.ID = "https://github.com/trackwarden/trackwarden/blob/main/config/schema.json"
	schema.Title = "trackwarden.yaml"
	text, err := json.MarshalIndent(schema, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write schema: %w", err)
	}
	return append(text, '\n'), nil
}

// plainForms describes the types that may also be written as a single word.
func plainForms(t reflect.Type) *jsonschema.Schema {
	word := func(words ...any) *jsonschema.Schema { return &jsonschema.Schema{Type: "string", Enum: words} }
	inner := func(v any) *jsonschema.Schema {
		r := &jsonschema.Reflector{FieldNameTag: "yaml", RequiredFromJSONSchemaTags: true, DoNotReference: true, Anonymous: true, Mapper: func(in reflect.Type) *jsonschema.Schema {
			if in == t {
				return nil
			}
			return plainForms(in)
		}}
		s := r.Reflect(v)
		s.Version = ""
		return s
	}
	switch t {
	case reflect.TypeFor[Duration]():
		return &jsonschema.Schema{Type: "string", Pattern: `^(\d+d)?(\d+h)?(\d+m)?(\d+s)?$`, Examples: []any{"30m", "8h", "2d"}}
	case reflect.TypeFor[Settle]():
		return &jsonschema.Schema{OneOf: []*jsonschema.Schema{word("off"), inner(&Settle{})}}
	case reflect.TypeFor[Budget]():
		return &jsonschema.Schema{OneOf: []*jsonschema.Schema{word("off"), inner(&Budget{})}}
	case reflect.TypeFor[Brake]():
		return &jsonschema.Schema{OneOf: []*jsonschema.Schema{word("off"), inner(&Brake{})}}
	case reflect.TypeFor[Percent]():
		return &jsonschema.Schema{Type: "string", Pattern: `^\d+(\.\d+)?%$`, Examples: []any{"5%"}}
	case reflect.TypeFor[Toggle]():
		return word("on", "off")
	case reflect.TypeFor[Comment]():
		return &jsonschema.Schema{OneOf: []*jsonschema.Schema{word("always", "never"), inner(&Comment{})}}
	case reflect.TypeFor[Writing]():
		return &jsonschema.Schema{OneOf: []*jsonschema.Schema{word("recommended", "all"), {Type: "array", Items: &jsonschema.Schema{Type: "string"}}}}
	case reflect.TypeFor[Keys]():
		return &jsonschema.Schema{OneOf: []*jsonschema.Schema{{Type: "string"}, {Type: "array", Items: &jsonschema.Schema{Type: "string"}}}}
	case reflect.TypeFor[Matches]():
		match := inner(&Match{})
		return &jsonschema.Schema{OneOf: []*jsonschema.Schema{match, {Type: "array", Items: match}}}
	}
	return nil
}
