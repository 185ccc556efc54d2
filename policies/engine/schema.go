package engine

import (
	"encoding/json"
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/trackwarden/trackwarden/policies"
)

// Schema is the JSON Schema (draft 7) of the document that policies see as
// input. The compiler checks every policy against it: a misspelt field does
// not compile.
func Schema() []byte { return policies.InputSchema() }

// inputSchema is the schema for the compiler, with the parameters of the
// policies that are being loaded, so that a misspelt parameter does not
// compile either.
func inputSchema(all []module) (*ast.SchemaSet, error) {
	var schema map[string]any
	if err := json.Unmarshal(Schema(), &schema); err != nil {
		return nil, fmt.Errorf("read the input's schema: %w", err)
	}
	settings := map[string]any{}
	for _, m := range all {
		if len(m.Params) == 0 { // to the compiler, an object without properties may hold anything
			continue
		}
		params := map[string]any{}
		for name, p := range m.Params {
			params[name] = map[string]any{"type": p.Type}
		}
		settings[m.ID] = map[string]any{"type": "object", "properties": params, "additionalProperties": false}
	}
	properties, ok := schema["properties"].(map[string]any)
	if !ok {
		return nil, fmt.Errorf("read the input's schema: it has no properties")
	}
	properties["settings"] = map[string]any{"type": "object", "properties": settings}
	set := ast.NewSchemaSet()
	set.Put(ast.SchemaRootRef, schema)
	return set, nil
}
