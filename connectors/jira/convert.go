package jira

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

// issue is an issue as it came.
type issue struct {
	ID         ident
	Key        string
	Fields     values
	Properties map[string]json.RawMessage
}

// parseIssue reads an issue, which keeps what it is made of. The source must be
// valid JSON.
func parseIssue(source []byte) (i issue, err error) {
	if !bytes.HasPrefix(source, []byte("{")) {
		return i, fmt.Errorf("read issue: %w", rest.ErrForm)
	}
	return i, takeAll(source, i.take)
}

func (i *issue) take(name string, value []byte) error {
	switch name {
	case "id":
		return i.ID.UnmarshalJSON(value)
	case "key":
		return json.Unmarshal(value, &i.Key)
	case "fields":
		return i.takeFields(value)
	case "properties":
		return json.Unmarshal(value, &i.Properties)
	}
	return nil
}

func (i *issue) takeFields(source []byte) error {
	if !bytes.HasPrefix(source, []byte("{")) {
		return json.Unmarshal(source, &i.Fields)
	}
	i.Fields = make(values, 40)
	return takeAll(source, func(name string, value []byte) error {
		i.Fields[name] = value
		return nil
	})
}

// UnmarshalJSON lets an issue stand in an answer with others.
func (i *issue) UnmarshalJSON(source []byte) (err error) {
	*i, err = parseIssue(bytes.Clone(source))
	return err
}

// convert reads an issue. What identifies, places or dates it must be there
// and readable, everything else may be missing.
func (m *model) convert(raw issue, s Settings) (backlog.Item, error) {
	if raw.ID == "" || raw.Key == "" {
		return backlog.Item{}, errors.New("the issue has no id or no key")
	}
	item := backlog.Item{ID: m.id(raw.ID), Key: raw.Key, URL: m.page(raw.Key)}
	for _, read := range []func(values, *backlog.Item) error{
		m.readPlace, m.readType(s), m.readState, readTimes, m.readTexts, m.readPeople, m.readSorting, m.readLinks,
	} {
		if err := read(raw.Fields, &item); err != nil {
			return backlog.Item{}, err
		}
	}
	m.readNumbers(raw.Fields, &item)
	item.Filled = filled(item)
	seal(&item)
	return item, nil
}

func (m *model) id(id ident) backlog.ItemID { return backlog.ItemID{Site: m.site, ID: string(id)} }

// seal gives the item its revision: the time of the last edit and what is
// there, because two edits may share a millisecond and a sprint may start
// without an edit. To be called again when something was added.
func seal(item *backlog.Item) {
	item.Revision = ""
	item.Revision = fmt.Sprintf("%d-%s", item.Changed.UnixMilli(), item.ContentHash()[:8])
}

func (m *model) readPlace(v values, item *backlog.Item) error {
	project, err := same(v, "project", &m.repeats.projects)
	if err != nil {
		return err
	}
	if item.Project = m.placed(project); item.Project.ID == "" {
		return errors.New("the issue names no project")
	}
	return v.into("summary", &item.Title)
}

// placedType is a type with what it means.
type placedType struct {
	name  string
	level backlog.Level
	kind  backlog.Kind
}

func (m *model) readType(s Settings) func(v values, item *backlog.Item) error {
	return func(v values, item *backlog.Item) error {
		t, err := derived(v, "issuetype", &m.repeats.types, func(t issueType) placedType {
			return placedType{t.Name, s.level(t), kindOf(t.Name)}
		})
		if err != nil {
			return err
		}
		if t.name == "" {
			return errors.New("the issue names no type")
		}
		item.Type, item.Level, item.Kind = t.name, t.level, t.kind
		return nil
	}
}

func (m *model) readState(v values, item *backlog.Item) (err error) {
	type status struct {
		Name string `json:"name"`
		statusCategory
	}
	item.State, err = derived(v, "status", &m.repeats.states, func(s status) backlog.State {
		return backlog.State{Native: s.Name, Category: s.category(s.Name)}
	})
	if err != nil {
		return err
	}
	if item.State.Native == "" {
		return errors.New("the issue names no status")
	}
	item.State.Since = optionalTime(v, "statuscategorychangedate")
	return nil
}

// statusCategory is the part of a status that says where it stands in a life.
type statusCategory struct {
	Category struct {
		ID   ident  `json:"id"`
		Key  string `json:"key"`
		Name string `json:"name"`
	} `json:"statusCategory"`
}

func (c statusCategory) category(status string) backlog.Category {
	return categoryOf(c.Category.Key, string(c.Category.ID), c.Category.Name, status)
}

// categoryOf reads a status category by the first of its names that is known:
// its key, its id, what people call it. A status without one is judged by its
// own name.
func categoryOf(names ...string) backlog.Category {
	for _, name := range names {
		switch strings.ToLower(name) {
		case "done", "3", "closed", "resolved":
			return backlog.Done
		case "indeterminate", "4", "in progress", "in review":
			return backlog.InProgress
		case "new", "undefined", "2", "1", "to do":
			return backlog.ToDo
		}
	}
	return backlog.ToDo
}

func readTimes(v values, item *backlog.Item) error {
	for id, target := range map[string]*time.Time{"created": &item.Created, "updated": &item.Changed} {
		var text string
		if err := v.into(id, &text); err != nil {
			return err
		}
		at, err := parseTime(text)
		if err != nil {
			return fmt.Errorf("read field %s: %w", id, err)
		}
		*target = at
	}
	return nil
}

// optionalTime is zero when the field is empty or cannot be read.
func optionalTime(v values, id string) time.Time {
	var text string
	if v.into(id, &text) != nil {
		return time.Time{}
	}
	at, _ := parseTime(text)
	return at
}

func (m *model) readTexts(v values, item *backlog.Item) error {
	item.Body = v.rich(m.fields.known[backlog.FieldDescription])
	src := backlog.Sources{
		Title: item.Title, Body: item.Body,
		Criteria:   v.rich(m.fields.known[backlog.FieldAcceptanceCriteria]),
		Hypothesis: v.rich(m.fields.known[backlog.FieldBenefitHypothesis]),
	}
	item.Text = backlog.ReadText(src)
	if src.Criteria != "" {
		item.Filled = item.Filled.With(backlog.FieldAcceptanceCriteria)
	}
	if src.Hypothesis != "" {
		item.Filled = item.Filled.With(backlog.FieldBenefitHypothesis)
	}
	if len(item.Body) > backlog.MaxText {
		item.Body = strings.ToValidUTF8(item.Body[:backlog.MaxText], "")
	}
	return nil
}

func (m *model) readPeople(v values, item *backlog.Item) error {
	assignee, err := m.person(v, m.fields.known[backlog.FieldAssignee])
	if err != nil {
		return err
	}
	author, err := m.person(v, []string{"creator", "reporter"})
	item.Assignee, item.Author = assignee, author
	return err
}

// readSorting reads what puts the item into drawers: labels, components,
// versions and sprints.
func (m *model) readSorting(v values, item *backlog.Item) error {
	if err := v.into("labels", &item.Labels); err != nil {
		return err
	}
	slices.Sort(item.Labels)
	item.Components = v.names(m.fields.known[backlog.FieldComponent])
	item.Versions = v.names(m.fields.known[backlog.FieldVersion])
	item.Iterations = m.sprints(v)
	return nil
}
