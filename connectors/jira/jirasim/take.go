package jirasim

import (
	"slices"
	"strconv"
	"strings"
)

// object is a JSON object.
type object = map[string]any

// take brings a field's value, as a record or a person gives it, into the form
// in which a state keeps it: references shrink to ids, and what they name is
// added to the site when it is new. A string stands for the name of a type,
// status, priority, component or version, for an accountId or an issue's key.
func (w *World) take(p *project, field string, v any) any {
	if v == nil {
		return nil
	}
	switch field {
	case "issuetype":
		return w.takeType(p, asObject(v, "name"))
	case "status":
		return w.takeStatus(asObject(v, "name"))
	case "priority":
		n := w.addNamed(&w.site.priorities, asNamed(v))
		return object{"id": n.ID}
	case "assignee", "reporter", "creator":
		return w.takeUser(v)
	case "components":
		return w.takeNamed(&p.components, v)
	case "fixVersions", "versions":
		return w.takeNamed(&p.versions, v)
	case "labels":
		return asList(v)
	case "parent":
		return asObject(v, "key")
	case "issuelinks":
		return w.takeLinks(v)
	case w.FieldID(SprintField):
		return w.takeSprints(p, v)
	}
	return plain(v)
}

func (w *World) takeType(p *project, o object) object {
	name := text(o["name"])
	t := IssueType{ID: text(o["id"]), Name: name, Description: text(o["description"]), Level: levelOf(name)}
	if sub, _ := o["subtask"].(bool); sub {
		t.Level = -1
	}
	if level, ok := number(o["hierarchyLevel"]); ok {
		t.Level = int(level)
	}
	t = w.addType(t)
	p.has(t.ID)
	return object{"id": t.ID}
}

// levelOf guesses a type's hierarchy level from its name, as Jira's defaults have it.
func levelOf(name string) int {
	switch strings.ToLower(name) {
	case "epic":
		return 1
	case "sub-task", "subtask":
		return -1
	}
	return 0
}

func (w *World) takeStatus(o object) object {
	s := Status{ID: text(o["id"]), Name: text(o["name"])}
	if category, ok := o["statusCategory"].(object); ok {
		s.Category = text(category["key"])
	}
	if s.Category == "" {
		s.Category = categoryOf(s.Name)
	}
	return object{"id": w.addStatus(s).ID}
}

// categoryOf guesses a status category from a status name.
func categoryOf(name string) string {
	switch strings.ToLower(name) {
	case "done", "closed", "resolved", "released":
		return "done"
	case "in progress", "in review", "in test", "implementing":
		return "indeterminate"
	}
	return "new"
}

func (w *World) takeUser(v any) object {
	o := asObject(v, "accountId")
	id := w.accountOf(o)
	if _, known := w.site.users[id]; !known {
		u := User{ID: id, Name: text(o["displayName"]), Email: text(o["emailAddress"]), Zone: text(o["timeZone"])}
		orElse(&u.Name, id)
		active, said := o["active"].(bool)
		u.Inactive = said && !active
		u.App = text(o["accountType"]) == "app"
		w.site.users[id] = u
	}
	return object{"accountId": id}
}

// takeNamed keeps what a record says of a component or version beside its id
// and name: versions carry dates.
func (w *World) takeNamed(known *[]named, v any) []any {
	kept := []any{}
	for _, entry := range asList(v) {
		o := plain(asObject(entry, "name")).(object)
		n := w.addNamed(known, named{ID: text(o["id"]), Name: text(o["name"])})
		o["id"], o["name"] = n.ID, n.Name
		kept = append(kept, o)
	}
	return kept
}

func (w *World) takeLinks(v any) []any {
	kept := []any{}
	for _, entry := range asList(v) {
		link := plain(asObject(entry, "key")).(object)
		if link["id"] == nil {
			link["id"] = w.linkID()
		}
		id, _ := number(link["id"])
		w.last.link = max(w.last.link, int64(id))
		t := asObject(link["type"], "name")
		named := w.addLinkType(LinkType{ID: text(t["id"]), Name: text(t["name"]), Inward: text(t["inward"]), Outward: text(t["outward"])})
		link["type"] = object{"id": named.ID}
		kept = append(kept, link)
	}
	return kept
}

func (w *World) linkID() string {
	w.last.link++
	return strconv.FormatInt(w.last.link, 10)
}

// takeSprints keeps the sprints' ids as a list; objects that are new are added,
// with their board.
func (w *World) takeSprints(p *project, v any) any {
	var ids []any
	for _, entry := range asList(v) {
		id, ok := number(entry)
		if o, isObject := entry.(object); isObject {
			id, ok = number(o["id"])
			s := sprintOf(o)
			w.addSprint(s)
			w.addBoard(Board{ID: s.Board, Name: p.Key + " board", Project: p.Key})
		}
		if ok {
			ids = append(ids, id)
		}
	}
	if ids == nil {
		return nil
	}
	return ids
}

// asObject reads a value as an object; a string becomes {key: value}.
func asObject(v any, key string) object {
	switch v := v.(type) {
	case object:
		return v
	case string:
		return object{key: v}
	}
	return object{}
}

func asNamed(v any) named {
	o := asObject(v, "name")
	return named{ID: text(o["id"]), Name: text(o["name"])}
}

// asList reads a value as a list; one value is a list of one.
func asList(v any) []any {
	switch v := v.(type) {
	case nil:
		return []any{}
	case []any:
		return slices.Clone(v)
	case object, string, float64, bool:
		return []any{v}
	}
	if list, ok := plain(v).([]any); ok {
		return list
	}
	return []any{v}
}
