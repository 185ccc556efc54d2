package config

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// check collects what no single field can know: names that occur twice, names
// that refer to nothing, dates that contradict each other.
type check struct {
	c                  *Config
	root               *yaml.Node
	problems, warnings Problems
	file               string // what is checked, when it is not the configuration itself
}

func (k *check) problem(path, format string, args ...any) {
	p := k.at(path)
	p.Text = fmt.Sprintf(format, args...)
	k.problems = append(k.problems, p)
}

func (k *check) warn(path, format string, args ...any) {
	p := k.at(path)
	p.Text = fmt.Sprintf(format, args...)
	k.warnings = append(k.warnings, p)
}

// at is where a value was set: a line of the file or an environment variable.
func (k *check) at(path string) Problem {
	if name, ok := k.c.overridden[path]; ok {
		return Problem{File: name}
	}
	return Problem{File: cmp.Or(k.file, k.c.file), Line: lineOf(k.root, path)}
}

// unique complains about names that occur twice, whatever their case.
func (k *check) unique(path string, names []string) {
	seen := map[string]bool{}
	for i, name := range names {
		if folded := strings.ToLower(name); name != "" && seen[folded] {
			k.problem(index(path, i)+".name", "%s: the name %q occurs twice: give each its own", path, name)
		} else {
			seen[folded] = true
		}
	}
}

// refers complains about a name that refers to nothing. That there are no
// connections at all is told already, once.
func (k *check) refers(path, kind, name string, known []string) {
	if kind == "connection" && len(known) == 0 {
		return
	}
	if name != "" && !slices.Contains(known, name) {
		k.problem(path, "%s: there is no %s %q: %s", path, kind, name, meant(name, known))
	}
}

func index(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

func namesOf[T any](all []T, name func(T) string) []string {
	names := make([]string, len(all))
	for i, one := range all {
		names[i] = name(one)
	}
	return names
}

// lineOf finds the line of a path such as connections[0].url, or of the
// nearest thing around it that is there.
func lineOf(root *yaml.Node, path string) int {
	node := root.Content[0]
	line := node.Line
	for _, part := range strings.FieldsFunc(path, func(r rune) bool { return r == '.' || r == '[' || r == ']' }) {
		next := child(node, part)
		if next == nil {
			return line
		}
		node, line = next, next.Line
	}
	return line
}

// child is the value of a key or the element of a list. A single value where a
// list may stand is its own first element.
func child(node *yaml.Node, part string) *yaml.Node {
	if node.Kind == yaml.AliasNode {
		node = node.Alias
	}
	i, err := strconv.Atoi(part)
	switch {
	case node.Kind == yaml.SequenceNode && err == nil && i < len(node.Content):
		return node.Content[i]
	case node.Kind == yaml.MappingNode && part == "0":
		return node
	case node.Kind == yaml.MappingNode:
		for i := 0; i+1 < len(node.Content); i += 2 {
			if node.Content[i].Value == part {
				return node.Content[i+1]
			}
		}
	}
	return nil
}
