package azuresim

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Project says how a project is to be built. Everything beyond Name and Process
// is what people added to the process.
type Project struct {
	Name        string
	Process     string // Agile, Scrum, Basic or CMMI
	Description string
	Fields      []Field           // custom fields
	Types       []Type            // added, or replacing one of the process by name
	Backlogs    map[string]string // category → the name that people gave that backlog
	Levels      []Level           // custom portfolio backlogs
	Hidden      []string          // categories whose backlog the teams hide
	Bugs        string            // bugsBehavior: off, asRequirements or asTasks
	Areas       []string          // paths below the project: `Checkout\Payments`
	Iterations  []Iteration
	Teams       []Team // beside the default team
}

// Level is a custom portfolio backlog directly above another one.
type Level struct{ Category, Name, Above string }

// Iteration is a node of the iteration tree; its dates may be zero.
type Iteration struct {
	Path          string // below the project: `PI 26.4\Iteration 1`
	Start, Finish time.Time
}

// Team owns areas, with everything below them, and works in iterations. Paths
// are below the project.
type Team struct {
	Name       string
	Areas      []string
	Iterations []string
}

// project is one that was built.
type project struct {
	hidden bool // the account may not see it
	Project
	world      *World
	id         string
	process    process
	areas      *node
	iterations *node
	teams      []*team
	tags       map[string]*tag // by name in lower case
	created    time.Time
}

type team struct {
	id, name   string
	areas      []*node
	iterations []*node
}

// AddProject builds a project. An unknown process and a name that is taken are
// errors.
func (w *World) AddProject(p Project) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	_, err := w.build(p)
	return err
}

// Projects lists the names of all projects, in the order they were added.
func (w *World) Projects() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	names := make([]string, len(w.projects))
	for i, p := range w.projects {
		names[i] = p.Name
	}
	return names
}

func (w *World) build(p Project) (*project, error) {
	proc, err := findProcess(p.Process)
	if err != nil {
		return nil, fmt.Errorf("add project %s: %w", p.Name, err)
	}
	if w.findProject(p.Name) != nil {
		return nil, fmt.Errorf("add project %s: it is there already", p.Name)
	}
	built := &project{Project: p, world: w, id: guid("project", w.settings.Organisation+"/"+p.Name),
		process: proc, tags: map[string]*tag{}, created: w.now()}
	if built.Bugs == "" {
		built.Bugs = proc.bugs
	}
	built.areas, built.iterations = built.root("area"), built.root("iteration")
	built.mergeTypes()
	for _, path := range p.Areas {
		built.areas.grow(path)
	}
	for _, it := range p.Iterations {
		n := built.iterations.grow(it.Path)
		n.start, n.finish = it.Start, it.Finish
	}
	built.addTeam(Team{Name: p.Name + " Team", Areas: []string{""}, Iterations: built.iterations.leafPaths()})
	for _, t := range p.Teams {
		built.addTeam(t)
	}
	w.projects = append(w.projects, built)
	return built, nil
}

// mergeTypes lays what people added over the process.
func (p *project) mergeTypes() {
	for _, t := range p.Types {
		at := slices.IndexFunc(p.process.types, func(known Type) bool { return known.Name == t.Name })
		if at < 0 {
			p.process.types = append(p.process.types, t)
			continue
		}
		p.process.types[at] = t
	}
	for _, f := range p.Fields {
		p.showField(f)
	}
}

// showField shows a field on the types that it names.
func (p *project) showField(f Field) {
	p.world.learn(f)
	for i := range p.process.types {
		t := &p.process.types[i]
		if len(f.Types) == 0 || slices.Contains(f.Types, t.Name) {
			t.Fields = append(t.Fields, f.Ref)
		}
	}
}

func (p *project) addTeam(t Team) {
	built := &team{id: guid("team", p.id+"/"+t.Name), name: t.Name}
	for _, path := range t.Areas {
		built.areas = append(built.areas, p.areas.grow(path))
	}
	for _, path := range t.Iterations {
		built.iterations = append(built.iterations, p.iterations.grow(path))
	}
	p.teams = append(p.teams, built)
}

// findProject finds by name or id.
func (w *World) findProject(name string) *project {
	for _, p := range w.projects {
		if strings.EqualFold(p.Name, name) || strings.EqualFold(p.id, name) {
			return p
		}
	}
	return nil
}

func (p *project) findTeam(name string) *team {
	for _, t := range p.teams {
		if strings.EqualFold(t.name, name) || strings.EqualFold(t.id, name) {
			return t
		}
	}
	return nil
}

func (p *project) findType(name string) *Type {
	for i := range p.process.types {
		if strings.EqualFold(p.process.types[i].Name, name) {
			return &p.process.types[i]
		}
	}
	return nil
}

// typeNames lists the types of a category.
func (p *project) typeNames(category string) []string {
	var names []string
	for _, t := range p.process.types {
		if t.Category == category {
			names = append(names, t.Name)
		}
	}
	return names
}
