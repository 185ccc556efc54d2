package config

import (
	"bytes"
	"errors"
	"io"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// decode reads the file's text strictly into the configuration. The document
// it returns gives later problems their lines; nil means that nothing more can
// be said of the text.
func (c *Config) decode(content []byte) (*yaml.Node, Problems) {
	var root yaml.Node
	if err := yaml.Unmarshal(content, &root); err != nil {
		return nil, problemsOf(c.file, err)
	}
	if root.Kind == 0 || root.Content[0].Tag == "!!null" {
		return nil, Problems{{File: c.file, Text: "the file is empty: begin with connections, see config/example.yaml"}}
	}
	if root.Content[0].Kind != yaml.MappingNode {
		return nil, Problems{{File: c.file, Line: root.Content[0].Line, Text: "write keys and values: begin with connections, see config/example.yaml"}}
	}
	decided, fatal := c.strictly(content)
	if fatal {
		return nil, decided
	}
	// The decoder refuses unknown keys too, but knows no suggestion, and is not
	// strict inside the types that may also be written as one word.
	named := unknownKeys(c.file, &root, reflect.TypeFor[Config]())
	decided = slices.DeleteFunc(decided, func(p Problem) bool {
		return strings.Contains(p.Text, "not found in type") && named.at(p.Line)
	})
	return &root, append(decided, named...)
}

// strictly lets the decoder decide. Fatal means that it gave up.
func (c *Config) strictly(content []byte) (problems Problems, fatal bool) {
	decoder := yaml.NewDecoder(bytes.NewReader(content))
	decoder.KnownFields(true)
	err := decoder.Decode(c)
	var several *yaml.TypeError
	fatal = err != nil && !errors.As(err, &several)
	problems = problemsOf(c.file, err)
	var more yaml.Node
	if err := decoder.Decode(&more); !fatal && !errors.Is(err, io.EOF) {
		problems = append(problems, Problem{File: c.file, Line: more.Line, Text: "only one document may stand in the file: take out what follows ---"})
	}
	return problems, fatal
}
