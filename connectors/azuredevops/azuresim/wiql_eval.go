package azuresim

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// evaluator of a query holds what its macros and dates mean.
type evaluator struct {
	w       *World
	project *project
	exact   bool // dates carry a time
	fields  map[string]*field
}

// check resolves the fields of a condition and refuses what cannot be compared,
// before any item is looked at.
func (e *evaluator) check(c *condition) error {
	if c == nil {
		return nil
	}
	for _, t := range c.terms {
		if err := e.check(t); err != nil {
			return err
		}
	}
	if c.field == "" {
		return nil
	}
	f, err := e.resolve(c.field)
	if err != nil {
		return err
	}
	for i := range c.values {
		if err := e.checkValue(f, c, &c.values[i]); err != nil {
			return err
		}
	}
	if strings.HasSuffix(c.op, "under") && f.Type != "treePath" {
		return fmt.Errorf("TF51008: The operator Under cannot be used with the field %s", f.Ref)
	}
	return nil
}

func (e *evaluator) resolve(name string) (*field, error) {
	f := e.w.field(name)
	if f == nil {
		return nil, fmt.Errorf("TF51005: The query references a field that does not exist. The error is caused by «[%s]»", name)
	}
	e.fields[name] = f
	return f, nil
}

// checkValue replaces macros and spells dates and numbers as they are compared.
func (e *evaluator) checkValue(f *field, c *condition, v *operand) error {
	if v.kind == "macro" {
		if err := e.macro(v); err != nil {
			return err
		}
	}
	if v.kind == "field" {
		_, err := e.resolve(v.text)
		return err
	}
	switch f.Type {
	case "dateTime":
		t, ok := parseTime(v.text)
		if v.text == "" {
			return nil
		}
		if !ok {
			return fmt.Errorf("the value %q of [%s] is no date", v.text, c.field)
		}
		if !e.exact && !t.Equal(t.Truncate(24*time.Hour)) {
			return fmt.Errorf("you cannot supply a time with the date when running a query using date precision. "+
				"The error is caused by «[%s] %s '%s'»", c.field, c.op, v.text)
		}
		v.text = e.spell(t)
	case "integer", "double":
		if _, err := strconv.ParseFloat(v.text, 64); v.text != "" && err != nil {
			return fmt.Errorf("the value %q of [%s] is no number", v.text, c.field)
		}
	}
	return nil
}

func (e *evaluator) macro(v *operand) error {
	switch v.text {
	case "@project":
		if e.project == nil {
			return fmt.Errorf("TF51010: The macro @Project is not defined outside of a project")
		}
		v.text = e.project.Name
	case "@me":
		v.text = e.w.settings.Account.Mail
	case "@today":
		v.text = wireTime(e.w.now().Truncate(24*time.Hour).AddDate(0, 0, v.days))
	default:
		return fmt.Errorf("the macro %s is not supported", v.text)
	}
	v.kind = "text"
	return nil
}

// spell makes a date comparable as text.
func (e *evaluator) spell(t time.Time) string {
	if e.exact {
		return t.UTC().Format("2006-01-02T15:04:05.000")
	}
	return t.UTC().Format(time.DateOnly)
}

// holds says whether a work item meets a condition.
func (e *evaluator) holds(c *condition, it *item) bool {
	switch c.op {
	case "and":
		for _, t := range c.terms {
			if !e.holds(t, it) {
				return false
			}
		}
		return true
	case "or":
		for _, t := range c.terms {
			if e.holds(t, it) {
				return true
			}
		}
		return false
	case "not":
		return !e.holds(c.terms[0], it)
	}
	return e.compares(c, it)
}

func (e *evaluator) compares(c *condition, it *item) bool {
	f := e.fields[c.field]
	have := e.value(f, it)
	switch op := strings.TrimPrefix(c.op, "not "); op {
	case "is empty":
		return have == ""
	case "is not empty":
		return have != ""
	case "in", "under", "contains":
		found := false
		for _, v := range c.values {
			found = found || matches(op, f, have, e.operand(v, it))
		}
		return found != strings.HasPrefix(c.op, "not ")
	}
	return ordered(c.op, f, have, e.operand(c.values[0], it))
}

func (e *evaluator) operand(v operand, it *item) string {
	if v.kind == "field" {
		return e.value(e.fields[v.text], it)
	}
	return v.text
}

func matches(op string, f *field, have, want string) bool {
	have, want = key(have), key(want)
	switch op {
	case "under":
		return have == want || strings.HasPrefix(have, want+`\`)
	case "contains":
		return strings.Contains(have, want)
	}
	return order(f, have, want) == 0
}

func ordered(op string, f *field, have, want string) bool {
	if op == "=" || op == "<>" {
		return (order(f, have, want) == 0) == (op == "=")
	}
	if have == "" || want == "" {
		return false
	}
	o := order(f, have, want)
	switch op {
	case ">":
		return o > 0
	case ">=":
		return o >= 0
	case "<":
		return o < 0
	}
	return o <= 0
}

// order compares two values as their field does: numbers by size, people by any
// of their names, all else as text without case.
func order(f *field, a, b string) int {
	if (f.Type == "integer" || f.Type == "double") && a != "" && b != "" {
		x, _ := strconv.ParseFloat(a, 64) // both were spelt or checked as numbers
		y, _ := strconv.ParseFloat(b, 64)
		return cmp.Compare(x, y)
	}
	a, b = key(a), key(b)
	if i, ok := parsePerson(a); ok && f.Identity && (b == i.Mail || b == i.Name) {
		return 0
	}
	return cmp.Compare(a, b)
}
