package engine

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/trackwarden/trackwarden/backlog"
)

// details is what a policy's METADATA holds under custom.
type details struct {
	Why       string                   `json:"why"`
	Remedy    string                   `json:"remedy"`
	Example   string                   `json:"example"`
	Practice  string                   `json:"practice"`
	Label     string                   `json:"label"`
	Severity  backlog.Severity         `json:"severity"`
	Requires  []string                 `json:"requires"`
	Committed bool                     `json:"committed"`
	Grace     int                      `json:"grace"`
	Writes    bool                     `json:"writes"`
	Bundles   []string                 `json:"bundles"`
	Params    map[string]declaredParam `json:"params"`
}

type declaredParam struct {
	Default     any    `json:"default"`
	Description string `json:"description"`
}

// practices lists the practices of Product Owners and Product Managers that a
// policy can serve.
func practices() []string {
	return []string{
		"break-down", "protect", "prioritise", "readiness", "customer", "strategy", "planning", "execution",
		"inspect-adapt", "feedback", "integrity",
	}
}

var labelForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// describe takes over what METADATA says and checks that all of it is there.
func (m *module) describe(notes *ast.Annotations) error {
	said, err := readCustom(notes.Custom)
	if err != nil {
		return at(notes.Location, "custom: %v", err)
	}
	m.Title, m.Description = notes.Title, strings.TrimSpace(notes.Description)
	m.Why, m.Remedy, m.Example = said.Why, said.Remedy, strings.TrimSpace(said.Example)
	m.Practice, m.Severity = said.Practice, said.Severity
	m.Committed, m.Grace, m.Writes, m.Bundles = said.Committed, said.Grace, said.Writes, said.Bundles
	if said.Label != "" {
		m.Label = said.Label
	}
	for _, r := range notes.RelatedResources {
		m.References = append(m.References, r.Ref.String())
	}
	problems := append(m.fields(said.Requires), m.params(said.Params)...)
	problems = append(problems, m.incomplete()...)
	for i, problem := range problems {
		problems[i] = at(notes.Location, "%v", problem)
	}
	return errors.Join(problems...)
}

// readCustom refuses keys it does not know: a misspelt one would be ignored.
func readCustom(raw map[string]any) (details, error) {
	encoded, err := json.Marshal(raw)
	if err != nil {
		return details{}, err
	}
	var said details
	decoder := json.NewDecoder(strings.NewReader(string(encoded)))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&said); err != nil {
		return details{}, fmt.Errorf("%s", strings.TrimPrefix(err.Error(), "json: "))
	}
	return said, nil
}

func (m *module) fields(names []string) (problems []error) {
	for _, name := range names {
		field, known := backlog.ParseField(name)
		if !known {
			problems = append(problems, fmt.Errorf("requires: there is no field %q; the fields are %s", name, join(backlog.Fields())))
		}
		m.Requires = append(m.Requires, field)
	}
	return problems
}

func (m *module) params(declared map[string]declaredParam) (problems []error) {
	m.Params = map[string]Param{}
	for name, p := range declared {
		param := Param{Default: p.Default, Type: typeName(p.Default), Description: p.Description}
		if param.Type == "" || p.Description == "" {
			problems = append(problems, fmt.Errorf("params: %s needs a default (a number, text, boolean or list of them) and a description", name))
		}
		m.Params[name] = param
	}
	return problems
}

// incomplete names what METADATA must say and does not.
func (m *module) incomplete() (problems []error) {
	for _, text := range []struct{ name, value string }{
		{"title", m.Title}, {"description", m.Description}, {"custom.why", m.Why}, {"custom.remedy", m.Remedy},
	} {
		if strings.TrimSpace(text.value) == "" {
			problems = append(problems, fmt.Errorf("METADATA says no %s; add it", text.name))
		}
	}
	if !slices.Contains(practices(), m.Practice) {
		problems = append(problems, fmt.Errorf("custom.practice is %q; write one of %s", m.Practice, strings.Join(practices(), ", ")))
	}
	if !m.Severity.AtLeast(backlog.Info) {
		problems = append(problems, fmt.Errorf("custom.severity is %q; write error, warning or info", m.Severity))
	}
	for _, b := range m.Bundles {
		if !labelForm.MatchString(b) {
			problems = append(problems, fmt.Errorf("custom.bundles has %q; write small letters, digits and hyphens", b))
		}
	}
	if m.Grace < 0 {
		problems = append(problems, fmt.Errorf("custom.grace is %d; write days, 0 or more", m.Grace))
	}
	if !labelForm.MatchString(m.Label) {
		problems = append(problems, fmt.Errorf("the label is %q; write small letters, digits and hyphens", m.Label))
	}
	return problems
}

func join[T fmt.Stringer](values []T) string {
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = v.String()
	}
	return strings.Join(words, ", ")
}
