package config

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// unknownKeys walks the file beside the types that it is decoded into and
// names every key that no field takes, with the one that was probably meant.
func unknownKeys(file string, node *yaml.Node, t reflect.Type) Problems {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case node.Kind == yaml.AliasNode:
		return unknownKeys(file, node.Alias, t)
	case node.Kind == yaml.DocumentNode && len(node.Content) == 1:
		return unknownKeys(file, node.Content[0], t)
	case node.Kind == yaml.SequenceNode && t.Kind() == reflect.Slice:
		var problems Problems
		for _, element := range node.Content {
			problems = append(problems, unknownKeys(file, element, t.Elem())...)
		}
		return problems
	case node.Kind == yaml.MappingNode && t.Kind() == reflect.Slice: // one where a list may stand
		return unknownKeys(file, node, t.Elem())
	case node.Kind == yaml.MappingNode && t.Kind() == reflect.Struct:
		return unknownFields(file, node, t)
	}
	return nil
}

func unknownFields(file string, node *yaml.Node, t reflect.Type) Problems {
	fields := yamlFields(t)
	var problems Problems
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		if key.Value == "<<" {
			continue
		}
		field, known := fields[key.Value]
		if !known {
			problems = append(problems, Problem{File: file, Line: key.Line, Text: unknown(key.Value, fields)})
			continue
		}
		problems = append(problems, unknownKeys(file, value, field.Type)...)
	}
	return problems
}

func yamlFields(t reflect.Type) map[string]reflect.StructField {
	fields := map[string]reflect.StructField{}
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("yaml"), ",")
		if name != "" && name != "-" {
			fields[name] = t.Field(i)
		}
	}
	return fields
}

func unknown(key string, fields map[string]reflect.StructField) string {
	names := slices.Sorted(maps.Keys(fields))
	if best := nearest(key, names); best != "" {
		return fmt.Sprintf("unknown key %q: did you mean %q?", key, best)
	}
	return fmt.Sprintf("unknown key %q: known here are %s", key, strings.Join(names, ", "))
}
