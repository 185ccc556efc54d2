package jirasim

import (
	"fmt"
	"strconv"
	"strings"
)

// test says whether a state of an issue fits.
type test func(i *issue, s *state) bool

// compiler turns a condition into a test against the site as the caller sees
// it. It gathers everything that is wrong, as Jira does.
type compiler struct {
	*call
	wrong  []string
	moving bool // the outcome depends on the time of asking
}

// compile turns a condition into a test; the sentences say what is wrong.
func (c *call) compile(where *condition) (fits test, moving bool, wrong []string) {
	k := &compiler{call: c}
	if where == nil {
		return func(*issue, *state) bool { return true }, false, nil
	}
	fits = k.condition(where)
	return fits, k.moving, k.wrong
}

func (k *compiler) condition(c *condition) test {
	var parts []test
	for _, part := range c.parts {
		parts = append(parts, k.condition(part))
	}
	switch c.op {
	case "and":
		return func(i *issue, s *state) bool {
			for _, fits := range parts {
				if !fits(i, s) {
					return false
				}
			}
			return true
		}
	case "or":
		return func(i *issue, s *state) bool {
			for _, fits := range parts {
				if fits(i, s) {
					return true
				}
			}
			return false
		}
	case "not":
		return func(i *issue, s *state) bool { return !parts[0](i, s) }
	}
	return k.clause(c.clause)
}

// complain notes what is wrong and fits nothing.
func (k *compiler) complain(format string, args ...any) test {
	k.wrong = append(k.wrong, fmt.Sprintf(format, args...))
	return func(*issue, *state) bool { return false }
}

func (k *compiler) clause(c clause) test {
	switch strings.ToLower(c.field) {
	case "project":
		return k.project(c)
	case "key", "issuekey", "issue", "id":
		return k.key(c)
	case "created", "createddate":
		return k.date(c, func(_ *issue, s *state) (t int64, ok bool) { return s.created.UnixMilli(), true })
	case "updated", "updateddate":
		return k.date(c, func(_ *issue, s *state) (t int64, ok bool) { return s.updated.UnixMilli(), true })
	case "resolved", "resolutiondate":
		return k.date(c, func(_ *issue, s *state) (int64, bool) {
			t, ok := parseStamp(s.fields["resolutiondate"])
			return t.UnixMilli(), ok
		})
	}
	return k.other(c)
}

func (k *compiler) project(c clause) test {
	if c.op == "is" || c.op == "is not" {
		return func(*issue, *state) bool { return c.op == "is not" }
	}
	keys := map[string]bool{}
	for _, v := range c.values {
		p := k.browsable(v.text)
		if p == nil {
			p = k.projectNamed(v.text)
		}
		if p == nil {
			return k.complain("The value '%s' does not exist for the field 'project'.", v.text)
		}
		keys[p.Key] = true
	}
	switch c.op {
	case "=", "in":
		return func(_ *issue, s *state) bool { return keys[s.project] }
	case "!=", "not in":
		return func(_ *issue, s *state) bool { return !keys[s.project] }
	}
	return k.complain("The operator '%s' is not supported by the 'project' field.", c.op)
}

func (k *compiler) projectNamed(name string) *project {
	for _, p := range k.site.projects {
		if strings.EqualFold(p.Name, name) && k.may(p, "BROWSE_PROJECTS") {
			return p
		}
	}
	return nil
}

// key compares ids and keys; keys compare within their project.
func (k *compiler) key(c clause) test {
	ids := map[string]bool{}
	var pivot *issue
	for _, v := range c.values {
		i := k.find(v.text)
		if n, err := strconv.ParseInt(v.text, 10, 64); err == nil && i == nil && strings.ContainsAny(c.op, "<>") {
			i = &issue{id: v.text, num: n} // an id to compare with need not exist
		}
		if i == nil || len(i.states) > 0 && !k.sees(i) {
			if _, err := strconv.Atoi(v.text); err == nil {
				return k.complain("A value with ID '%s' does not exist for the field '%s'.", v.text, c.field)
			}
			return k.complain("An issue with key '%s' does not exist for field '%s'.", v.text, c.field)
		}
		ids[i.id], pivot = true, i
	}
	switch c.op {
	case "=", "in":
		return func(i *issue, _ *state) bool { return ids[i.id] }
	case "!=", "not in":
		return func(i *issue, _ *state) bool { return !ids[i.id] }
	case ">", ">=", "<", "<=":
		if _, err := strconv.Atoi(c.values[0].text); err == nil {
			return func(i *issue, _ *state) bool { return compares(c.op, i.num, pivot.num) }
		}
		project, number := splitKey(strings.ToUpper(c.values[0].text))
		return func(_ *issue, s *state) bool {
			p, n := splitKey(s.key)
			return p == project && compares(c.op, n, number)
		}
	}
	return k.complain("The operator '%s' is not supported by the '%s' field.", c.op, c.field)
}

// compares applies an operator to two numbers.
func compares[T int64 | float64](op string, a, b T) bool {
	switch op {
	case ">":
		return a > b
	case ">=":
		return a >= b
	case "<":
		return a < b
	case "<=":
		return a <= b
	case "=", "in":
		return a == b
	case "!=", "not in":
		return a != b
	}
	return false
}
