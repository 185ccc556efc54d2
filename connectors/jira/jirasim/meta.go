package jirasim

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// site is what surrounds the issues.
type site struct {
	projects   []*project
	types      []IssueType
	statuses   []Status
	priorities []named
	fields     []Field
	linkTypes  []LinkType
	users      map[string]User // by accountId
	boards     []Board
	sprints    []Sprint
}

// Project is a project as its makers describe it.
type Project struct {
	ID, Key, Name string // an empty ID is given out, an empty name is the key
	Kind          string // projectTypeKey: software, business or ServiceProject; empty is software
}

// project is a project with what has gathered in it.
type project struct {
	Project
	types      []string            // ids of its issue types
	layouts    map[string][]string // field ids by type id, where said
	seen       map[string][]string // custom fields that issues of a type carry
	components []named
	versions   []named
	denied     map[string]bool // permissions that the account lacks here
	heedless   bool            // of a service project: comments are shown to customers whatever they say
}

// named is a thing with an id and a name: a priority, component or version.
type named struct{ ID, Name string }

// IssueType is an issue type. Level is Jira's hierarchyLevel: 1 and above for
// epics and what is over them, 0 for stories, -1 for sub-tasks.
type IssueType struct {
	ID, Name, Description string
	Level                 int
}

// Status is a workflow status. Category is new, indeterminate or done.
type Status struct{ ID, Name, Category string }

// LinkType is a type of issue link with its two readings.
type LinkType struct{ ID, Name, Inward, Outward string }

// User is a person or, with App, a program.
type User struct {
	ID, Name, Email, Zone string
	App, Inactive         bool
}

// AddProject adds a project or, when the key is known, changes its name.
func (w *World) AddProject(p Project) {
	w.mu.Lock()
	defer w.mu.Unlock()
	known := w.project(p.Key, p.ID)
	if p.Name != "" {
		known.Name = p.Name
	}
	if p.Kind != "" {
		known.Kind = p.Kind
	}
}

// Projects lists the keys of all projects, in order.
func (w *World) Projects() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	keys := make([]string, len(w.site.projects))
	for i, p := range w.site.projects {
		keys[i] = p.Key
	}
	return keys
}

// project finds a project by key, or adds it.
func (w *World) project(key, id string) *project {
	for _, p := range w.site.projects {
		if p.Key == key {
			return p
		}
	}
	if id == "" {
		id = w.metaID()
	}
	p := &project{
		Project: Project{ID: id, Key: key, Name: key},
		layouts: map[string][]string{}, seen: map[string][]string{}, denied: map[string]bool{},
	}
	w.site.projects = append(w.site.projects, p)
	slices.SortFunc(w.site.projects, func(a, b *project) int { return cmp.Compare(a.Key, b.Key) })
	w.version++
	return p
}

// metaID gives out ids of projects, types, statuses and the like.
func (w *World) metaID() string {
	w.last.meta++
	return strconv.FormatInt(w.last.meta, 10)
}

// AddType adds an issue type to the site and to the projects, given by key. It
// returns the type's id, which is given out when empty.
func (w *World) AddType(t IssueType, projects ...string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	t = w.addType(t)
	for _, key := range projects {
		w.project(key, "").has(t.ID)
	}
	return t.ID
}

func (w *World) addType(t IssueType) IssueType {
	for _, known := range w.site.types {
		if known.ID == t.ID || t.ID == "" && known.Name == t.Name {
			return known
		}
	}
	if t.ID == "" {
		t.ID = w.metaID()
	}
	w.site.types = append(w.site.types, t)
	return t
}

// has notes that the project uses the type.
func (p *project) has(typeID string) {
	if !slices.Contains(p.types, typeID) {
		p.types = append(p.types, typeID)
	}
}

// AddStatus adds a status and returns its id, which is given out when empty.
func (w *World) AddStatus(s Status) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.addStatus(s).ID
}

func (w *World) addStatus(s Status) Status {
	for _, known := range w.site.statuses {
		if known.ID == s.ID || s.ID == "" && strings.EqualFold(known.Name, s.Name) {
			return known
		}
	}
	if s.ID == "" {
		s.ID = w.metaID()
	}
	w.site.statuses = append(w.site.statuses, s)
	return s
}

// AddUser adds a user or replaces one.
func (w *World) AddUser(u User) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.site.users[u.ID] = u
}

// AddLinkType adds a type of issue link.
func (w *World) AddLinkType(t LinkType) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.addLinkType(t)
}

func (w *World) addLinkType(t LinkType) LinkType {
	for _, known := range w.site.linkTypes {
		if known.ID == t.ID || t.ID == "" && strings.EqualFold(known.Name, t.Name) {
			return known
		}
	}
	if t.ID == "" {
		t.ID = w.metaID()
	}
	w.site.linkTypes = append(w.site.linkTypes, t)
	return t
}

// addNamed finds a name in the list, or adds it with the id or a new one.
func (w *World) addNamed(list *[]named, n named) named {
	for _, known := range *list {
		if n.ID != "" && known.ID == n.ID || n.ID == "" && strings.EqualFold(known.Name, n.Name) {
			return known
		}
	}
	if n.ID == "" {
		n.ID = w.metaID()
	}
	*list = append(*list, n)
	return n
}
