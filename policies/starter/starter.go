// Package starter writes a new policy to begin with: one that works, with a
// test that passes and an entry for the settings. Whoever is given it changes
// what it says instead of facing an empty file.
package starter

import (
	"embed"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"text/template"
	"unicode"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies/engine"
)

//go:embed *.tmpl
var templates embed.FS

// Made is a new policy.
type Made struct {
	ID      string            // "story/short-title"
	Files   map[string]string // policy and test, by their path below a folder of policies
	Setting string            // one entry of policies.settings in YAML, in flow style
}

var nameForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// Make writes the policy LEVEL/NAME.
func Make(id string) (Made, error) {
	level, name, found := strings.Cut(id, "/")
	if !found || !nameForm.MatchString(name) {
		return Made{}, fmt.Errorf("a policy is called LEVEL/NAME, in small letters, digits and hyphens, such as story/short-title, not %q", id)
	}
	if !slices.Contains(engine.Folders(), level) {
		return Made{}, fmt.Errorf("there is no level %q; there are: %s", level, strings.Join(engine.Folders(), ", "))
	}
	kind, setting := "set", fmt.Sprintf("{policy: %s, severity: warning, params: {max_open: 150}}", id)
	if slices.Contains(backlog.Levels(), backlog.Level(level)) {
		kind, setting = "item", fmt.Sprintf("{policy: %s, severity: warning, params: {min_words: 4}}", id)
	}
	made := Made{ID: id, Setting: setting, Files: map[string]string{}}
	words := strings.ReplaceAll(name, "-", " ")
	data := map[string]string{
		"ID": id, "Level": level, "Name": name, "Title": string(unicode.ToUpper(rune(words[0]))) + words[1:],
		"Word": strings.ReplaceAll(name, "-", "_"),
	}
	for _, file := range []struct{ path, template string }{
		{id + ".rego", kind + ".rego.tmpl"}, {id + "_test.rego", kind + "_test.rego.tmpl"},
	} {
		text, err := render(file.template, data)
		if err != nil {
			return Made{}, err
		}
		formatted, err := engine.Format(file.path, []byte(text))
		if err != nil {
			return Made{}, err
		}
		made.Files[file.path] = string(formatted)
	}
	return made, nil
}

// render fills a template. Rego has braces of its own.
func render(name string, data map[string]string) (string, error) {
	parsed, err := template.New("").Delims("<<", ">>").ParseFS(templates, name)
	if err != nil {
		return "", fmt.Errorf("parse template: %w", err)
	}
	var text strings.Builder
	if err := parsed.ExecuteTemplate(&text, name, data); err != nil {
		return "", fmt.Errorf("write policy: %w", err)
	}
	return text.String(), nil
}
