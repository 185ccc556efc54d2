package azuresim

import (
	"maps"
	"strings"
)

// AddWorkItem adds a work item as the REST API would show it: fields by
// reference name with at least System.TeamProject and System.WorkItemType,
// relations with a rel and an url that ends in /_apis/wit/workItems/ID. What is
// missing — id, rev, state, paths, people, dates — is filled in; people may be
// "Name <mail>". The record is taken as it is: no rule is held against it. It
// returns the id, or 0 when the project is unknown.
func (w *World) AddWorkItem(native map[string]any) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	given, _ := native["fields"].(map[string]any)
	p := w.findProject(text(given["System.TeamProject"]))
	if p == nil {
		return 0
	}
	it := w.adopt(p, native, dateState(given))
	for _, r := range records(native["relations"]) {
		w.relate(it, r)
	}
	return it.id
}

// dateState adds since when the state holds: without a word, since the item was
// created. The service always tells.
func dateState(given map[string]any) map[string]any {
	const ref = "Microsoft.VSTS.Common.StateChangeDate"
	if created := given["System.CreatedDate"]; created != nil && given[ref] == nil {
		given = maps.Clone(given)
		given[ref] = created
	}
	return given
}

// adopt makes an item of a native record, without its relations.
func (w *World) adopt(p *project, native, given map[string]any) *item {
	it := &item{id: whole(native["id"]), project: p, formats: map[string]any{}}
	if it.id == 0 {
		it.id = w.last.item + 1
	}
	w.last.item = max(w.last.item, it.id)
	if formats, ok := native["multilineFieldsFormat"].(map[string]any); ok {
		it.formats = formats
	}
	rev := max(whole(native["rev"]), 1)
	w.items[it.id] = it
	w.push(it, &revision{rev: rev, fields: w.complete(p, given)})
	return it
}

// complete turns given fields into stored ones: computed ones go, values are
// coerced where they can be, paths and states that are unknown come into being,
// and what every item has is filled in.
func (w *World) complete(p *project, given map[string]any) map[string]any {
	fields := map[string]any{}
	typeName := w.adoptType(p, text(given["System.WorkItemType"]))
	w.adoptState(p, typeName, text(given["System.State"]))
	for ref, value := range given {
		f := w.learn(guessField(ref, value))
		if f.computed || value == nil {
			continue
		}
		if f.Type == "treePath" {
			value = w.adoptPath(p, f, text(value))
		}
		kept, err := w.coerce(p, f, typeName, value)
		if err != nil {
			kept = value
		}
		if kept != nil {
			fields[f.Ref] = kept
		}
	}
	fields["System.TeamProject"], fields["System.WorkItemType"] = p.Name, typeName
	if tags := splitTags(text(fields["System.Tags"])); len(tags) > 0 {
		p.defineTags(tags)
		fields["System.Tags"] = p.joinTags(tags)
	}
	w.fill(p, typeName, fields)
	return fields
}

// fill adds what every work item has.
func (w *World) fill(p *project, typeName string, fields map[string]any) {
	created, by := fields["System.CreatedDate"], fields["System.CreatedBy"]
	if created == nil {
		created = wireTime(w.now())
	}
	if by == nil {
		by = w.person(w.settings.Person)
	}
	defaults := map[string]any{
		"System.AreaPath": p.Name, "System.IterationPath": p.Name, "System.Title": "",
		"System.State": p.findType(typeName).States[0].Name, "System.Reason": "New",
		"System.CreatedDate": created, "System.CreatedBy": by,
		"System.ChangedDate": created, "System.ChangedBy": by, "System.CommentCount": 0,
	}
	if fields["System.CreatedDate"] == nil {
		defaults["Microsoft.VSTS.Common.StateChangeDate"] = created
	}
	maps.Copy(defaults, fields)
	maps.Copy(fields, defaults)
}

// adoptType returns the type's own spelling; an unknown one joins the project.
func (w *World) adoptType(p *project, name string) string {
	if t := p.findType(name); t != nil {
		return t.Name
	}
	p.process.types = append(p.process.types, Type{Name: name, States: []State{}})
	return name
}

// adoptState adds an unknown state to the type, in the category that its name
// suggests.
func (w *World) adoptState(p *project, typeName, name string) {
	t := p.findType(typeName)
	if _, known := t.state(name); known {
		return
	}
	if name == "" {
		if len(t.States) == 0 {
			t.States = append(t.States, State{"New", "Proposed"})
		}
		return
	}
	t.States = append(t.States, State{name, guessCategory(name)})
}

func guessCategory(state string) string {
	switch key(state) {
	case "done", "closed", "completed", "accepted", "inactive":
		return "Completed"
	case "resolved", "fixed":
		return "Resolved"
	case "removed", "cut":
		return "Removed"
	case "active", "in progress", "doing", "committed", "ready", "in planning", "open":
		return "InProgress"
	}
	return "Proposed"
}

// adoptPath puts a path under the project's own spelling and grows the tree.
func (w *World) adoptPath(p *project, f *field, path string) string {
	_, below, _ := strings.Cut(strings.Trim(path, `\`), `\`)
	if f.Ref == "System.IterationPath" {
		return p.iterations.grow(below).path()
	}
	return p.areas.grow(below).path()
}

// guessField makes a field of an unknown name and a value.
func guessField(ref string, value any) Field {
	f := Field{Ref: ref, Name: ref[strings.LastIndex(ref, ".")+1:], Type: "string"}
	switch v := value.(type) {
	case bool:
		f.Type = "boolean"
	case float64, int:
		f.Type = "double"
	case map[string]any:
		f.Identity = true
	case string:
		if strings.Contains(v, "<") && strings.Contains(v, "</") {
			f.Type = "html"
		}
	}
	return f
}

// relate hangs a native relation on an item. A link that the other end has
// brought already, or this one twice, is one link.
func (w *World) relate(it *item, native map[string]any) {
	rel, url := text(native["rel"]), text(native["url"])
	attributes, _ := native["attributes"].(map[string]any)
	to, isItem := targetOf(url)
	l, known := newLink(it.id, rel, to)
	if !isItem || !known {
		it.externals = append(it.externals, w.external(rel, url, attributes))
		return
	}
	if l.comment = text(attributes["comment"]); w.existing(l) != nil {
		return
	}
	fields := it.current().fields
	by, _ := fields["System.ChangedBy"].(map[string]any)
	w.put(l, by, text(fields["System.ChangedDate"]))
}

// records reads a list of objects, however it was made.
func records(value any) []map[string]any {
	switch v := value.(type) {
	case []map[string]any:
		return v
	case []any:
		var all []map[string]any
		for _, entry := range v {
			if object, ok := entry.(map[string]any); ok {
				all = append(all, object)
			}
		}
		return all
	}
	return nil
}

// whole reads a whole number, however it was made; anything else is 0.
func whole(value any) int {
	n, err := coerceNumber(&field{Field: Field{Type: "integer"}}, value)
	if err != nil {
		return 0
	}
	return n.(int)
}
