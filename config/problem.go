package config

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Problem is one thing that is wrong with a configuration, as a sentence that
// says what to do.
type Problem struct {
	File string
	Line int // 0 when it belongs to no line
	Text string
}

// String is "file:line: sentence".
func (p Problem) String() string {
	if p.Line == 0 {
		return p.File + ": " + p.Text
	}
	return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Text)
}

// Problems are all that is wrong, in the order of the file.
type Problems []Problem

// Error lists every problem on a line of its own.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, one := range p {
		lines[i] = one.String()
	}
	return strings.Join(lines, "\n")
}

// inOrder sorts problems by line and drops repetitions.
func (p Problems) inOrder() Problems {
	slices.SortStableFunc(p, func(a, b Problem) int { return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Text, b.Text)) })
	return slices.Compact(p)
}

var yamlLine = regexp.MustCompile(`^(?:yaml: )?(?:unmarshal errors:\s*)?line (\d+): (.*)$`)

// problemsOf turns the YAML decoder's errors into problems.
func problemsOf(file string, err error) Problems {
	var problems Problems
	for _, text := range typeErrors(err) {
		p := Problem{File: file, Text: text}
		if m := yamlLine.FindStringSubmatch(text); m != nil {
			p.Line, _ = strconv.Atoi(m[1]) // digits
			p.Text = m[2]
		}
		problems = append(problems, p)
	}
	return problems
}

// typeErrors lists the single errors behind a decoder's error.
func typeErrors(err error) []string {
	var typed *yaml.TypeError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &typed):
		return typed.Errors
	default:
		return []string{err.Error()}
	}
}

// decodeKnown decodes a part of the file. Unknown keys are found for the whole
// file at once, see unknownKeys.
func decodeKnown(node *yaml.Node, into any) error { return node.Decode(into) }
