package engine

import (
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/format"
)

// Format lays out a Rego file as `opa fmt` does. A text that does not parse is
// an error with file and line.
func Format(name string, text []byte) ([]byte, error) {
	formatted, err := format.SourceWithOpts(name, text, format.Opts{RegoVersion: ast.RegoV1})
	if err != nil {
		return nil, fmt.Errorf("format policy: %w", located(err))
	}
	return formatted, nil
}
