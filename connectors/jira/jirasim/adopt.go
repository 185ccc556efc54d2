package jirasim

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// AddIssue puts an issue into the site and returns its key. native is a REST v2
// issue: {id, key, fields, properties}, all but fields optional; names may
// stand for references ({"issuetype": "Story"}), and what they name is added.
// Without a key the next one of fields.project is given out. created and
// updated default to now. Search sees it at once, whatever the lag.
func (w *World) AddIssue(native map[string]any) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.add(withDefaults(native)).now().key
}

// withDefaults adds the fields that Jira fills by itself on creation.
func withDefaults(native object) object {
	given, _ := native["fields"].(object)
	fields := object{"issuetype": "Story", "status": "To Do", "priority": "Medium", "reporter": humanAccount}
	maps.Copy(fields, given)
	full := maps.Clone(native)
	if full == nil {
		full = object{}
	}
	full["fields"] = fields
	return full
}

func (w *World) add(native object) *issue {
	given, _ := native["fields"].(object)
	key, id := text(native["key"]), text(native["id"])
	ref := asObject(given["project"], "key")
	prefix, _ := splitKey(key)
	p := w.project(cmp.Or(text(ref["key"]), prefix, "SIM"), text(ref["id"]))
	if name := text(ref["name"]); name != "" {
		p.Name = name
	}
	if key == "" {
		key = w.nextKey(p.Key)
	}
	if id == "" {
		id = strconv.FormatInt(w.last.issue+1, 10)
	}
	s := &state{key: strings.ToUpper(key), project: p.Key, fields: object{}, properties: object{}}
	if properties, ok := plain(native["properties"]).(object); ok {
		s.properties = properties
	}
	w.fill(s, p, given)
	i := w.insert(id, s)
	w.tellParent(i)
	return i
}

func (w *World) nextKey(project string) string {
	w.last.key[project]++
	return project + "-" + strconv.FormatInt(w.last.key[project], 10)
}

// fill takes the given fields over into the state and adds what every issue has.
func (w *World) fill(s *state, p *project, given object) {
	now := w.now()
	for _, field := range slices.Sorted(maps.Keys(given)) {
		switch field {
		case "project", "created", "updated", "comment":
		default:
			place, value := w.place(s, field, given[field])
			s.fields[place] = w.take(p, place, value)
		}
	}
	w.nameEpic(s)
	for _, field := range []string{"labels", "components", "fixVersions", "versions", "issuelinks", "subtasks", "attachment"} {
		if s.fields[field] == nil {
			s.fields[field] = []any{}
		}
	}
	if s.fields["creator"] == nil {
		s.fields["creator"] = s.fields["reporter"]
	}
	var ok bool
	if s.created, ok = parseStamp(given["created"]); !ok {
		s.created = now
	}
	if s.updated, ok = parseStamp(given["updated"]); !ok {
		s.updated = s.created
	}
	s.comments = w.takeComments(given["comment"])
	w.notice(p, s)
}

// notice remembers which custom fields the issues of a type carry.
func (w *World) notice(p *project, s *state) {
	typeID := text(asObject(s.fields["issuetype"], "id")["id"])
	for field, value := range s.fields {
		if strings.HasPrefix(field, "customfield_") && value != nil && !slices.Contains(p.seen[typeID], field) {
			p.seen[typeID] = append(p.seen[typeID], field)
			slices.Sort(p.seen[typeID])
		}
	}
}

// takeComments reads fields.comment, as a page of comments or a list.
func (w *World) takeComments(v any) []map[string]any {
	if page, ok := v.(object); ok {
		v = page["comments"]
	}
	var kept []map[string]any
	for _, entry := range asList(v) {
		o, ok := plain(entry).(object)
		if !ok {
			continue
		}
		if o["id"] == nil {
			o["id"] = w.commentID()
		}
		for _, field := range []string{"author", "updateAuthor"} {
			if o[field] != nil {
				o[field] = w.takeUser(o[field])
			}
		}
		id, _ := number(o["id"])
		w.last.comment = max(w.last.comment, int64(id))
		kept = append(kept, o)
	}
	return kept
}

func (w *World) commentID() string {
	w.last.comment++
	return strconv.FormatInt(w.last.comment, 10)
}

// tellParent lists a new sub-task with its parent, as Jira shows it.
func (w *World) tellParent(i *issue) {
	s := i.now()
	t, _ := w.typeOf(s)
	parent := w.referred(s.fields["parent"])
	if t.Level >= 0 || parent == nil {
		return
	}
	list := parent.now().fields["subtasks"].([]any)
	if !slices.ContainsFunc(list, func(entry any) bool { return text(asObject(entry, "id")["id"]) == i.id }) {
		next := parent.now().edit()
		next.fields["subtasks"] = append(slices.Clone(list), object{"id": i.id, "key": s.key})
		parent.states = []*state{next}
	}
}

// typeOf is the state's issue type.
func (w *World) typeOf(s *state) (IssueType, bool) {
	id := text(asObject(s.fields["issuetype"], "id")["id"])
	for _, t := range w.site.types {
		if t.ID == id {
			return t, true
		}
	}
	return IssueType{}, false
}

// referred finds the issue that a reference by id or key means, nil when none.
func (w *World) referred(ref any) *issue {
	o, ok := ref.(object)
	if !ok {
		return nil
	}
	if i := w.find(text(o["id"])); i != nil {
		return i
	}
	return w.find(text(o["key"]))
}
