package engine

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"
)

// Lint says what keeps a policy from being one of the house's, beyond what
// loading demands: a test beside it, texts of our form, and an id and a label
// that belong together.
func (l *Library) Lint() []error {
	var problems []error
	for _, p := range l.policies {
		for _, problem := range l.lintPolicy(p) {
			problems = append(problems, fmt.Errorf("%s.rego: %s", p.ID, problem))
		}
	}
	for _, f := range l.sources.library {
		if !l.tested(f.path) {
			problems = append(problems, fmt.Errorf("%s: there is no test; write %s", f.path, testOf(f.path)))
		}
	}
	return problems
}

func (l *Library) lintPolicy(p Policy) (problems []string) {
	say := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	if !l.tested(p.ID + ".rego") {
		say("there is no test; write %s", testOf(p.ID+".rego"))
	}
	if name := path.Base(p.ID); !labelForm.MatchString(name) {
		say("the file's name needs small letters, digits and hyphens only")
	} else if p.Label != name {
		say("the label is %s; leave it out, it is the file's name", p.Label)
	}
	if len([]rune(p.Title)) > 40 || strings.HasSuffix(p.Title, ".") {
		say("the title has at most 40 letters and no full stop: %q", p.Title)
	}
	for name, text := range map[string]string{"description": p.Description, "why": p.Why, "remedy": p.Remedy} {
		if first := []rune(text)[0]; !unicode.IsUpper(first) || !strings.HasSuffix(text, ".") {
			say("%s is written in sentences: %q", name, text)
		}
	}
	for _, address := range p.References {
		if !strings.HasPrefix(address, "https://") {
			say("related_resources are https addresses: %q", address)
		}
	}
	slices.Sort(problems)
	return problems
}

func (l *Library) tested(name string) bool {
	return slices.ContainsFunc(l.sources.tests, func(f file) bool { return f.path == testOf(name) })
}

func testOf(name string) string { return strings.TrimSuffix(name, ".rego") + "_test.rego" }
