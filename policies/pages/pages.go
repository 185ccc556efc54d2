// Package pages writes what the policies' METADATA says for people: a page per
// policy, and a table of all of them. The pages of the built-in policies are
// docs/policies, and the comment on an item links to them; a user's own policies
// have pages of the same form.
package pages

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

// Settings say where the pages will stand.
type Settings struct {
	// Docs leads from the pages' folder to this project's documentation: ".."
	// for docs/policies, else an address.
	Docs string
}

// All makes all pages, by their path below the pages' folder: LEVEL/NAME.md
// and README.md.
func All(library *engine.Library, s Settings) (map[string]string, error) {
	pages := map[string]string{}
	for _, p := range library.Policies() {
		text, err := One(p, s)
		if err != nil {
			return nil, err
		}
		pages[p.ID+".md"] = text
	}
	text, err := render("readme.md.tmpl", map[string]any{
		"Policies": library.Policies(), "Functions": functions(engine.Builtins()), "Docs": s.Docs, "BuiltIn": s.builtIn(),
	})
	pages["README.md"] = text
	return pages, err
}

// One makes the page of a policy.
func One(p engine.Policy, s Settings) (string, error) {
	docs := s.Docs
	if s.builtIn() {
		docs = "../" + docs // a page lies one folder deeper
	}
	return render("page.md.tmpl", struct {
		engine.Policy
		Docs    string
		BuiltIn bool
	}{p, docs, s.builtIn()})
}

func (s Settings) builtIn() bool { return s.Docs == ".." }

func render(name string, data any) (string, error) {
	parsed, err := template.New("").Funcs(template.FuncMap{
		"words":  func(s fmt.Stringer) string { return strings.ReplaceAll(s.String(), "_", " ") },
		"params": params,
		"join":   func(words []string) string { return "`" + strings.Join(words, "`, `") + "`" },
	}).ParseFS(templates, "*.tmpl")
	if err != nil {
		return "", fmt.Errorf("parse templates: %w", err)
	}
	var text strings.Builder
	if err := parsed.ExecuteTemplate(&text, name, data); err != nil {
		return "", fmt.Errorf("render page: %w", err)
	}
	return text.String(), nil
}

// param is a parameter with its name, for a table.
type param struct {
	Name string
	engine.Param
}

func params(declared map[string]engine.Param) []param {
	var all []param
	for _, name := range slices.Sorted(maps.Keys(declared)) {
		all = append(all, param{name, declared[name]})
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
