package jirasim

import (
	"slices"
	"strings"
)

// jqlField finds the field that a clause or a sort key names: by JQL's own
// words, cf[10016], id or name.
func (w *World) jqlField(name string) (Field, bool) {
	switch lower := strings.ToLower(name); lower {
	case "type":
		name = "issuetype"
	case "component":
		name = "components"
	case "fixversion":
		name = "fixVersions"
	case "affectedversion":
		name = "versions"
	case "statuscategory":
		name = "statusCategory"
	case "due":
		name = "duedate"
	case "sprint":
		name = w.FieldID(SprintField)
	default:
		if number, is := strings.CutPrefix(lower, "cf["); is {
			name = "customfield_" + strings.TrimSuffix(number, "]")
		}
	}
	if f, known := w.field(name); known || name != "statusCategory" {
		return f, known
	}
	return Field{ID: name, Name: "Status Category"}, true // a Data Center searches by it all the same
}

// other compares any field by the words that its value answers to.
func (k *compiler) other(c clause) test {
	f, known := k.jqlField(c.field)
	if !known {
		return k.complain("Field '%s' does not exist or you do not have permission to view it.", c.field)
	}
	for n, v := range c.values {
		if v.function {
			v.text = k.functionValue(f, v)
			c.values[n] = v
		}
		if !v.empty && !k.exists(f, v.text) {
			return k.complain("The value '%s' does not exist for the field '%s'.", v.text, c.field)
		}
	}
	words := func(s *state) []string { return k.words(f, s) }
	empty := slices.ContainsFunc(c.values, func(v operand) bool { return v.empty })
	switch c.op {
	case "is", "=", "in":
		return func(_ *issue, s *state) bool {
			w := words(s)
			return empty && len(w) == 0 || answers(w, c.values)
		}
	case "is not", "!=", "not in":
		// As in Jira, an issue without a value fits no negation.
		return func(_ *issue, s *state) bool {
			w := words(s)
			return len(w) > 0 && !answers(w, c.values)
		}
	case "~", "!~":
		wanted := strings.ToLower(strings.Trim(c.values[0].text, `"*`))
		return func(_ *issue, s *state) bool {
			has := slices.ContainsFunc(words(s), func(w string) bool { return strings.Contains(strings.ToLower(w), wanted) })
			return has == (c.op == "~")
		}
	}
	bound, isNumber := number(c.values[0].text)
	if !isNumber {
		return k.complain("The operator '%s' is not supported by the '%s' field.", c.op, c.field)
	}
	return func(_ *issue, s *state) bool {
		n, has := number(s.fields[f.ID])
		return has && compares(c.op, n, bound)
	}
}

// answers says whether one of the words is one of the values, whatever the case.
func answers(words []string, values []operand) bool {
	return slices.ContainsFunc(values, func(v operand) bool {
		return !v.empty && slices.ContainsFunc(words, func(w string) bool { return strings.EqualFold(w, v.text) })
	})
}

// functionValue is what a function means: currentUser() is an accountId,
// openSprints() and its like a sprint state.
func (k *compiler) functionValue(f Field, v operand) string {
	switch {
	case v.text == "currentuser" && f.Type == "user":
		return k.settings.Account
	case f.ID == k.FieldID(SprintField) && v.text == "opensprints":
		return "active"
	case f.ID == k.FieldID(SprintField) && v.text == "closedsprints":
		return "closed"
	case f.ID == k.FieldID(SprintField) && v.text == "futuresprints":
		return "future"
	}
	return v.text + "()" // no value is called so
}

// exists says whether a value is one that the field can have.
func (k *compiler) exists(f Field, value string) bool {
	called := func(id, name string) bool { return id == value || strings.EqualFold(name, value) }
	switch f.ID {
	case "status":
		return slices.ContainsFunc(k.site.statuses, func(s Status) bool { return called(s.ID, s.Name) })
	case "issuetype":
		return slices.ContainsFunc(k.site.types, func(t IssueType) bool { return called(t.ID, t.Name) })
	case "priority":
		return slices.ContainsFunc(k.site.priorities, func(n named) bool { return called(n.ID, n.Name) })
	case "statusCategory":
		return slices.Contains([]string{"to do", "in progress", "done", "new", "indeterminate", "2", "3", "4"}, strings.ToLower(value))
	}
	return !strings.HasSuffix(value, "()")
}

// words are what a field's value answers to: ids, names, keys and values.
func (k *compiler) words(f Field, s *state) []string {
	if f.ID == "statusCategory" {
		category := k.showCategory(k.category(s))
		return []string{text(category["key"]), text(category["name"]), text(category["id"])}
	}
	var all []string
	for _, entry := range asList(s.fields[f.ID]) {
		all = append(all, k.wordsOf(f, entry)...)
	}
	return all
}

func (k *compiler) wordsOf(f Field, entry any) []string {
	if f.ID == k.FieldID(SprintField) {
		n, _ := number(entry)
		sprint, _ := k.sprint(n)
		return []string{text(entry), sprint.Name, sprint.State}
	}
	o, isObject := entry.(object)
	if !isObject {
		if s := text(entry); s != "" {
			return []string{s}
		}
		return nil
	}
	all := []string{k.nameOf(f.ID, text(o["id"])+text(o["accountId"]), o)}
	for _, key := range []string{"id", "key", "value", "accountId"} {
		if s := text(o[key]); s != "" {
			all = append(all, s)
		}
	}
	return all
}
