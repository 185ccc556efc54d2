package engine

import (
	"errors"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// parseAll parses the policies, sorted by id, and the shared files, and checks
// what can only be seen across files.
func parseAll(found sources) ([]module, map[string]*ast.Module, error) {
	var modules []module
	var problems []error
	for _, f := range found.policies {
		m, err := readPolicy(f)
		problems = append(problems, err)
		modules = append(modules, m)
	}
	shared := map[string]*ast.Module{}
	for _, f := range found.library {
		parsed, err := parse(f)
		problems = append(problems, err)
		if err == nil {
			problems = append(problems, lonely(parsed)...)
		}
		shared[f.path] = parsed
	}
	if err := distinct(problems); err != nil {
		return nil, nil, err
	}
	slices.SortFunc(modules, func(a, b module) int { return strings.Compare(a.ID, b.ID) })
	return modules, shared, distinct(checkNames(modules))
}

// checkNames keeps helpers of one file out of another's way: all policies of a
// level share a package, where two rules of one name would become one.
func checkNames(modules []module) (problems []error) {
	owner := map[string]string{} // package and name → path
	for _, m := range modules {
		for _, rule := range m.parsed.Rules {
			name := rule.Head.Ref()[0].String()
			key := string(m.Level) + " " + name
			if first, taken := owner[key]; taken && first != m.path && name != setName {
				problems = append(problems, at(rule.Location, "%s is a rule of %s already; choose another name", name, first))
				continue
			}
			owner[key] = m.path
		}
	}
	return problems
}

// distinct joins errors, each text once and in order: shared files are
// compiled with every level.
func distinct(problems []error) error {
	var lines []string
	for _, problem := range problems {
		if problem != nil {
			lines = append(lines, strings.Split(problem.Error(), "\n")...)
		}
	}
	slices.Sort(lines)
	var unique []error
	for _, line := range slices.Compact(lines) {
		unique = append(unique, errors.New(line))
	}
	return errors.Join(unique...)
}
