package jirasim

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// change is one item of a changelog entry.
type change struct {
	field    Field
	from, to any
}

// differences are the fields in which two states differ.
func (w *World) differences(before, after *state) []change {
	var items []change
	for _, id := range fieldsOf(before, after) {
		if id == "resolutiondate" || id == "statuscategorychangedate" {
			continue // Jira keeps no history of what follows from the status
		}
		if !reflect.DeepEqual(before.fields[id], after.fields[id]) {
			f, known := w.field(id)
			if !known {
				f = Field{ID: id, Name: id}
			}
			items = append(items, change{f, before.fields[id], after.fields[id]})
		}
	}
	return items
}

// words tells the change for the truth: "labels +hygiene", "summary set".
func (d change) words() string {
	if d.field.ID != "labels" {
		return d.field.ID + " set"
	}
	said := []string{"labels"}
	before, after := asList(d.from), asList(d.to)
	for _, l := range after {
		if !slices.Contains(before, l) {
			said = append(said, "+"+text(l))
		}
	}
	for _, l := range before {
		if !slices.Contains(after, l) {
			said = append(said, "-"+text(l))
		}
	}
	return strings.Join(said, " ")
}

// record adds an entry to the issue's changelog.
func (w *World) record(i *issue, account string, items []change) {
	if len(items) == 0 {
		return
	}
	w.keep(i)
	w.last.history++
	entry := object{"id": strconv.FormatInt(w.last.history, 10), "author": account, "created": w.now()}
	var shown []object
	for _, d := range items {
		kind := "jira"
		if d.field.Custom != "" {
			kind = "custom"
		}
		name := d.field.ID
		if kind == "custom" {
			name = d.field.Name
		}
		from, fromText := w.readable(d.field.ID, d.from)
		to, toText := w.readable(d.field.ID, d.to)
		item := object{
			"field": name, "fieldtype": kind, "fieldId": d.field.ID,
			"from": from, "fromString": fromText, "to": to, "toString": toText,
		}
		if w.datacenter() {
			delete(item, "fieldId") // only Cloud tells
		}
		shown = append(shown, item)
	}
	entry["items"] = shown
	i.history = append(i.history, entry)
	w.recorded = entry
}

// readable is a value's id and text in the changelog; both may be null.
func (w *World) readable(field string, v any) (id, shown any) {
	switch v := v.(type) {
	case nil:
		return nil, nil
	case object:
		id := text(v["id"]) + text(v["accountId"])
		return id, w.nameOf(field, id, v)
	case []any:
		var names []string
		for _, entry := range v {
			if o, isObject := entry.(object); isObject {
				names = append(names, w.nameOf(field, text(o["id"]), o))
				continue
			}
			names = append(names, text(entry))
		}
		separator := ", "
		if field == "labels" {
			separator = " "
		}
		return "", strings.Join(names, separator)
	}
	return nil, text(v)
}

// nameOf is the name of what a reference in a field means.
func (w *World) nameOf(field, id string, o object) string {
	switch field {
	case "status":
		for _, s := range w.site.statuses {
			if s.ID == id {
				return s.Name
			}
		}
	case "issuetype":
		for _, t := range w.site.types {
			if t.ID == id {
				return t.Name
			}
		}
	case "priority":
		for _, n := range w.site.priorities {
			if n.ID == id {
				return n.Name
			}
		}
	case "assignee", "reporter", "creator":
		return w.site.users[id].Name
	}
	for _, key := range []string{"name", "key", "value", "id"} {
		if s := text(o[key]); s != "" {
			return s
		}
	}
	return ""
}

func (c *call) showHistory(entry map[string]any) object {
	return object{
		"id": entry["id"], "author": c.showUser(text(entry["author"])),
		"created": c.showTime(entry["created"]), "items": entry["items"],
	}
}

// getChangelog pages through the changelog, oldest first.
func getChangelog(c *call) reply {
	i := c.visible()
	if i == nil {
		return noIssue()
	}
	return ok(pageBean(c, i.history, 100, 100, c.showHistory))
}

// embeddedChangelog is the changelog inside an issue: on Cloud the newest
// hundred, newest first; on a Data Center all of it, oldest first.
func (c *call) embeddedChangelog(i *issue) object {
	if c.datacenter() {
		return object{"startAt": 0, "maxResults": len(i.history), "total": len(i.history), "histories": shown(i.history, c.showHistory)}
	}
	newest := slices.Clone(i.history)
	slices.Reverse(newest)
	newest = newest[:min(len(newest), 100)]
	return object{"startAt": 0, "maxResults": len(newest), "total": len(i.history), "histories": shown(newest, c.showHistory)}
}
