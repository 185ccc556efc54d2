package jirasim

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/trackwarden/trackwarden/connectors/simulator"
)

// edit is the body of PUT issue: verbs, plain fields and properties, all
// applied in one go or not at all.
type edit struct {
	Update     map[string][]map[string]any `json:"update"`
	Fields     object                      `json:"fields"`
	Properties []struct {
		Key   string          `json:"key"`
		Value json.RawMessage `json:"value"`
	} `json:"properties"`
}

func editIssue(c *call) reply {
	i, wrong := c.editable()
	if wrong != nil {
		return *wrong
	}
	var body edit
	if wrong := c.decode(&body, false); wrong != nil {
		return *wrong
	}
	next, wrong := c.applied(i, body)
	if wrong != nil {
		return *wrong
	}
	c.store(i, next, body)
	if c.query("returnIssue") == "true" {
		return ok(c.showIssue(i, i.now(), want{}))
	}
	return noContent
}

// applied is the state that the edit asks for, or what is wrong with it.
func (c *call) applied(i *issue, body edit) (*state, *reply) {
	next := i.now().edit()
	errors := map[string]string{}
	for field, value := range body.Fields {
		if _, both := body.Update[field]; both {
			errors[field] = fmt.Sprintf("Field '%s' cannot be set both in 'fields' and in 'update'.", field)
			continue
		}
		c.set(next, field, value, errors)
	}
	for field, verbs := range body.Update {
		for _, verb := range verbs {
			c.obey(next, field, verb, errors)
		}
	}
	if len(errors) > 0 {
		return nil, new(fieldFault(errors))
	}
	for _, property := range body.Properties {
		value, wrong := validProperty(property.Key, property.Value)
		if wrong != nil {
			return nil, wrong
		}
		next.properties[property.Key] = value
	}
	return next, nil
}

// obey carries out one verb on one field.
func (c *call) obey(next *state, field string, verb map[string]any, errors map[string]string) {
	for name, value := range verb {
		switch {
		case name == "set":
			c.set(next, field, value, errors)
		case field == "labels" && name == "add":
			if labels := asList(next.fields["labels"]); !slices.Contains(labels, value) {
				c.set(next, field, append(labels, value), errors)
			}
		case field == "labels" && name == "remove":
			labels := slices.DeleteFunc(asList(next.fields["labels"]), func(l any) bool { return l == value })
			c.set(next, field, labels, errors)
		default:
			errors[field] = fmt.Sprintf("Operation '%s' is not supported for the field '%s'.", name, field)
		}
	}
}

// set sets one field, if it is on the screen and the value is right.
func (c *call) set(next *state, field string, value any, errors map[string]string) {
	p := c.project(next.project, "")
	layout := c.layout(p, text(asObject(next.fields["issuetype"], "id")["id"]))
	f, known := c.field(field)
	switch {
	case !known || f.ID != field || !slices.Contains(layout, field) || field == "project":
		errors[field] = fmt.Sprintf("Field '%s' cannot be set. It is not on the appropriate screen, or unknown.", field)
		return
	case field == "labels":
		if wrong := badLabel(asList(value)); wrong != "" {
			errors[field] = wrong
			return
		}
	case (field == "issuetype" || field == "priority") && !c.names(f, value):
		errors[field] = fmt.Sprintf("Specify a valid '%s'.", field)
		return
	case c.v3 && f.rich():
		value = wiki(value)
	}
	next.fields[field] = c.take(p, field, value)
}

// names says whether a value of a field names, by id or name, what there is.
func (c *call) names(f Field, value any) bool {
	o := asObject(value, "name")
	k := &compiler{call: c}
	return k.exists(f, text(o["id"])+text(o["name"])) || k.exists(f, text(o["id"]))
}

// badLabel says what is wrong with the labels, nothing when they are right.
func badLabel(labels []any) string {
	for _, l := range labels {
		label, isText := l.(string)
		switch {
		case !isText || label == "":
			return "Labels must be strings."
		case strings.ContainsAny(label, " \t\n"):
			return fmt.Sprintf("The label '%s' contains spaces which is invalid.", label)
		case len([]rune(label)) > 255:
			return fmt.Sprintf("The label '%s' exceeds the maximum length allowed for labels of 255 characters.", label)
		}
	}
	return ""
}

// store commits what differs and notes it. An edit that changes nothing leaves
// the issue as it is.
func (c *call) store(i *issue, next *state, body edit) {
	before := i.now()
	items := c.differences(before, next)
	var notes []string
	for _, item := range items {
		notes = append(notes, item.words())
	}
	for _, property := range body.Properties {
		if was, had := before.properties[property.Key]; !had || !reflect.DeepEqual(was, next.properties[property.Key]) {
			notes = append(notes, "property "+property.Key+" set")
		}
	}
	if len(notes) == 0 {
		return
	}
	c.record(i, c.settings.Account, items)
	c.commit(i, next, len(items) > 0 || c.settings.PropertiesTouch)
	simulator.Note(c.r, next.key, strings.Join(notes, "; "))
	if len(items) > 0 && c.mails() {
		simulator.NoteMail(c.r)
	}
}

// mails says whether the request makes Jira write to the watchers. Only who
// administers the project can silence it; for others notifyUsers is ignored.
func (c *call) mails() bool {
	return c.query("notifyUsers") != "false" || !c.settings.Quiet
}

// fieldsOf are all field ids that either state has, sorted.
func fieldsOf(a, b *state) []string {
	all := maps.Clone(a.fields)
	maps.Copy(all, b.fields)
	return slices.Sorted(maps.Keys(all))
}
