package engine

import (
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/trackwarden/trackwarden/backlog"
)

// setName is the one set that the policies of a level add to.
const setName = "violation"

// module is a parsed policy.
type module struct {
	Policy
	parsed *ast.Module
	path   string
}

// parse reads a file as Rego v1 and checks that it is in its package.
func parse(f file) (*ast.Module, error) {
	parsed, err := ast.ParseModuleWithOpts(f.path, f.text, ast.ParserOptions{
		ProcessAnnotation: true, RegoVersion: ast.RegoV1,
		Capabilities: capabilities(append(Builtins(), testBuiltins()...)...),
	})
	if err != nil {
		return nil, located(err)
	}
	want := packageOf(f.path)
	if have := strings.TrimPrefix(parsed.Package.Path.String(), "data."); have != want {
		return nil, at(parsed.Package.Location, "the package is %s here; write `package %s`", have, want)
	}
	return parsed, nil
}

// packageOf is the package that a file belongs to: the level's for a policy,
// one of its own for a shared file, and the tested one plus _test for a test.
func packageOf(name string) string {
	folder, base := path.Split(strings.TrimSuffix(name, ".rego"))
	folder = strings.TrimSuffix(folder, "/")
	base, isTest := strings.CutSuffix(base, "_test")
	pkg := "trackwarden." + folder
	if folder == libFolder {
		pkg += "." + base
	}
	if isTest {
		pkg += "_test"
	}
	return pkg
}

// readPolicy parses a policy and checks its shape: one rule with METADATA, and
// every violation built in the head under the policy's own id.
func readPolicy(f file) (module, error) {
	parsed, err := parse(f)
	if err != nil {
		return module{}, err
	}
	id := strings.TrimSuffix(f.path, ".rego")
	folder, name := path.Split(id)
	folder = strings.TrimSuffix(folder, "/")
	m := module{parsed: parsed, path: f.path, Policy: Policy{
		ID: id, Level: backlog.Level(folder), Subject: subjectOf(folder), Label: name,
	}}
	var problems []error
	rules := 0
	for _, rule := range parsed.Rules {
		if isViolation(rule) {
			rules++
			problems = append(problems, checkHead(rule, id))
		}
	}
	problems = append(problems, lonely(parsed)...)
	if rules == 0 {
		problems = append(problems, fmt.Errorf("%s:1: nothing adds to %s; write `violation contains {…} if {…}`", f.path, setName))
	}
	notes, err := onlyMetadata(f.path, parsed)
	if err != nil {
		problems = append(problems, err)
	} else {
		problems = append(problems, m.describe(notes))
	}
	return m, errors.Join(problems...)
}

// checkHead makes sure that what a rule adds can be known to be the policy's.
func checkHead(rule *ast.Rule, id string) error {
	if rule.Head.Key == nil || rule.Head.Value != nil || rule.Default || len(rule.Head.Args) > 0 {
		return at(rule.Location, "violation is a set; write `violation contains {…} if {…}`")
	}
	object, ok := rule.Head.Key.Value.(ast.Object)
	if !ok {
		return at(rule.Location, "write the object with policy, evidence and message in the rule's head")
	}
	policy := object.Get(ast.InternedTerm("policy"))
	if policy == nil || policy.Value.Compare(ast.String(id)) != 0 {
		return at(rule.Location, "a rule of this file adds violations of its own policy; write `\"policy\": %q`", id)
	}
	return nil
}

// onlyMetadata finds the one METADATA comment that stands over a violation.
func onlyMetadata(name string, parsed *ast.Module) (*ast.Annotations, error) {
	var found *ast.Annotations
	for _, note := range parsed.Annotations {
		if path := note.GetTargetPath(); note.Scope != "rule" || len(path) == 0 || lastOf(path) != setName {
			continue
		}
		if found != nil {
			return nil, at(note.Location, "the file has METADATA already; one comment describes the policy")
		}
		found = note
	}
	if found == nil {
		return nil, fmt.Errorf("%s:1: there is no METADATA; put the comment right above `violation contains`", name)
	}
	return found, nil
}

func lastOf(ref ast.Ref) string {
	if name, ok := ref[len(ref)-1].Value.(ast.String); ok {
		return string(name)
	}
	return ref[len(ref)-1].String()
}

// at is an error that names file and line.
func at(where *ast.Location, format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s", where.File, where.Row, fmt.Sprintf(format, args...))
}

// located gives OPA's errors the same form, one error each.
func located(err error) error {
	var list ast.Errors
	if !errors.As(err, &list) {
		return err
	}
	var problems []error
	for _, e := range list {
		if e.Location == nil {
			problems = append(problems, fmt.Errorf("%s", e.Message))
			continue
		}
		problems = append(problems, at(e.Location, "%s%s", e.Message, hint(e)))
	}
	return errors.Join(problems...)
}

// hint says what to do about an error of the compiler.
func hint(e *ast.Error) string {
	switch {
	case strings.HasPrefix(e.Message, "var "+setName+" is unsafe"):
		return "; " + unheard
	case strings.Contains(e.Message, "undefined function"):
		return "; policies may use only the functions listed in docs/policies/README.md"
	case e.Code == ast.TypeErr && strings.HasPrefix(e.Message, "undefined ref: input"):
		return "; " + strings.Join(strings.Fields(strings.Join(e.Details.Lines(), " ")), " ") + "; policies/input.schema.json lists the fields"
	}
	return ""
}
