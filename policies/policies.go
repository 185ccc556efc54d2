// Package policies holds the built-in policies: Rego files by level, each with
// its test beside it, and what they share in lib. docs/policies describes them
// for people; it is made from their METADATA.
package policies

import (
	"embed"
	"io/fs"
)

//go:generate go run ./engine/cmd/policydocs -out ../docs/policies

//go:embed */*.rego
var files embed.FS

//go:embed input.schema.json
var inputSchema []byte

// FS holds the built-in policies: "LEVEL/NAME.rego" and "lib/NAME.rego", with
// their tests.
func FS() fs.FS { return files }

// InputSchema is the JSON Schema of what a policy sees as input.
func InputSchema() []byte { return inputSchema }
