package main

import (
	"embed"
	"fmt"
	"maps"
	"slices"
	"strings"
	"text/template"

	"github.com/trackwarden/trackwarden/policies/engine"
)

//go:embed page.md.tmpl readme.md.tmpl
var templates embed.FS

// render makes all pages, by their path below docs/policies.
func render(library *engine.Library) (map[string]string, error) {
	parsed, err := template.New("").Funcs(template.FuncMap{
		"words":  func(s fmt.Stringer) string { return strings.ReplaceAll(s.String(), "_", " ") },
		"params": params,
		"join":   func(words []string) string { return "`" + strings.Join(words, "`, `") + "`" },
	}).ParseFS(templates, "*.tmpl")
	if err != nil {
		return nil, fmt.Errorf("parse templates: %w", err)
	}
	pages := map[string]string{}
	page := func(name, tmpl string, data any) error {
		var text strings.Builder
		if err := parsed.ExecuteTemplate(&text, tmpl, data); err != nil {
			return fmt.Errorf("render %s: %w", name, err)
		}
		pages[name] = text.String()
		return nil
	}
	for _, p := range library.Policies() {
		if err := page(p.ID+".md", "page.md.tmpl", p); err != nil {
			return nil, err
		}
	}
	return pages, page("README.md", "readme.md.tmpl", map[string]any{
		"Policies": library.Policies(), "Functions": functions(engine.Builtins()),
	})
}

// param is a parameter with its name, for a table.
type param struct {
	Name string
	engine.Param
}

func params(p engine.Policy) []param {
	var all []param
	for _, name := range slices.Sorted(maps.Keys(p.Params)) {
		all = append(all, param{name, p.Params[name]})
	}
	return all
}

// functions leaves out what authors write as operators.
func functions(builtins []string) []string {
	operators := []string{"assign", "eq", "equal", "neq", "lt", "lte", "gt", "gte", "plus", "minus", "mul", "div", "rem", "and", "or"}
	return slices.DeleteFunc(slices.Clone(builtins), func(name string) bool {
		return slices.Contains(operators, name) || strings.HasPrefix(name, "internal.")
	})
}
