package config

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

var (
	yamlLine  = regexp.MustCompile(`(?s)^(?:yaml: )?(?:line (\d+): )?(.*)$`)
	yamlWrong = regexp.MustCompile(`(?s)^cannot unmarshal !!(\w+).* into (\S+)$`)
)

// problemsOf turns the YAML decoder's errors into problems. The decoder quotes
// values; what stands in the wrong place may be a secret, so we do not.
func problemsOf(file string, err error) Problems {
	var problems Problems
	for _, text := range typeErrors(err) {
		m := yamlLine.FindStringSubmatch(text)
		line, _ := strconv.Atoi(m[1]) // digits or nothing
		problems = append(problems, Problem{File: file, Line: line, Text: plainWords(m[2])})
	}
	return problems
}

// yamlWords are the decoder's usual complaints about a text that is no YAML,
// and what to do. It names a line that may be the one before.
var yamlWords = []struct{ says, do string }{
	{"unknown anchor", anchors}, {"anchor", anchors}, {"invalid map key", anchors},
	{"found character that cannot start any token", "begin lines with spaces, not tabs, and put quotes around a value that begins with @, % or `"},
	{"found a tab character", "begin lines with spaces, not tabs"},
	{"found unexpected end of stream", "a quote is opened here and never closed"},
	{"mapping values are not allowed", "put quotes around a value that holds a colon and a space, or indent like the lines above"},
	{"did not find expected ',' or", "a bracket or brace is opened here and never closed, or a comma is missing"},
	{"did not find expected node content", "a bracket or brace is opened here and never closed"},
	{"did not find expected", "here or in the next line the indentation does not fit: keys of one thing begin in one column"},
}

const anchors = "put quotes around a value that begins with *, &, { or ["

func plainWords(text string) string {
	if m := yamlWrong.FindStringSubmatch(text); m != nil {
		return fmt.Sprintf("write %s here, not %s", kindOf(m[2]), shapeOf(m[1]))
	}
	for _, known := range yamlWords {
		if strings.HasPrefix(text, known.says) {
			return known.do
		}
	}
	return text
}

// kindOf says in words what a Go type takes.
func kindOf(goType string) string {
	switch {
	case strings.HasPrefix(goType, "[]"):
		return "a list, [like, this]"
	case goType == "int" || goType == "float64":
		return "a number"
	case goType == "bool":
		return "true or false"
	case goType == "string":
		return "a text"
	}
	return "keys and values, {like: this}"
}

// shapeOf says in words what a YAML tag is.
func shapeOf(tag string) string {
	switch tag {
	case "seq":
		return "a list"
	case "map":
		return "keys and values"
	case "int", "float":
		return "a number"
	}
	return "a text"
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

// atLine is a problem found while decoding, in the form of the YAML decoder's
// own, so that it is collected with them.
func atLine(node *yaml.Node, sentence string) error {
	return &yaml.TypeError{Errors: []string{fmt.Sprintf("line %d: %s", node.Line, sentence)}}
}
