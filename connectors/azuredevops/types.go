package azuredevops

import (
	"strings"

	"github.com/microsoft/azure-devops-go-api/azuredevops/v7/work"
	"github.com/microsoft/azure-devops-go-api/azuredevops/v7/workitemtracking"

	"github.com/trackwarden/trackwarden/backlog"
)

// build works out the project's types. Without a configuration they go by
// their names.
func (p *project) build(t *Tracker, types []workitemtracking.WorkItemType, c *work.BacklogConfiguration) {
	var names []string
	for _, native := range types {
		names = append(names, of(native.Name))
	}
	levels, bugs := guessedLevels(names), backlog.Story
	if c != nil {
		levels, bugs = levelsOf(c), bugLevel(c)
		levels["bug"] = bugs
	}
	p.levels = levels
	mapped, fields := mappedStates(c), of(of(of(c).BacklogFields).TypeFields)
	for _, native := range types {
		k := t.typeOf(native, levels, bugs, mapped)
		p.types = append(p.types, k)
		p.byName[strings.ToLower(k.name)] = k
	}
	p.effort, p.order = fields["Effort"], fields["Order"]
}

// kind finds the type of an item. One that nobody told us of goes by its name.
func (p *project) kind(name string, s Settings) kindOfItem {
	k, ok := p.byName[strings.ToLower(name)]
	if !ok && p.untyped {
		k = kindOfItem{name: name, level: p.levels[strings.ToLower(name)], kind: kindOf(workitemtracking.WorkItemType{Name: &name})}
		if level, ok := backlog.LevelNamed(s.Levels, name); ok {
			k.level = level
		}
	}
	return k
}

// category normalizes a state. Those of a type without any go by their names.
func (k kindOfItem) category(state string) backlog.Category {
	if len(k.states) == 0 {
		return guessedCategory(state)
	}
	return k.states[strings.ToLower(state)]
}

// typeOf reads one type. The settings' word on its level is final.
func (t *Tracker) typeOf(native workitemtracking.WorkItemType, levels map[string]backlog.Level, bugs backlog.Level, mapped map[string]map[string]string) kindOfItem {
	name := of(native.Name)
	k := kindOfItem{
		name: name, level: levels[strings.ToLower(name)], kind: kindOf(native),
		states: map[string]backlog.Category{}, fields: map[string]string{},
	}
	if k.kind == backlog.Bug {
		k.level = bugs
	}
	if level, ok := backlog.LevelNamed(t.settings.Levels, name); ok {
		k.level = level
	}
	for state, category := range mapped[strings.ToLower(name)] {
		k.states[strings.ToLower(state)] = categoryOf(category)
	}
	if states, ok := mapped[strings.ToLower(name)]; ok && native.States == nil {
		for state := range of(native.Transitions) { // every state; the backlogs name all but the removed ones
			if _, named := states[state]; !named && state != "" {
				k.states[strings.ToLower(state)] = backlog.Removed
			}
		}
	}
	for _, state := range of(native.States) {
		k.states[strings.ToLower(of(state.Name))] = categoryOf(of(state.Category))
	}
	for _, instances := range [][]workitemtracking.WorkItemTypeFieldInstance{of(native.FieldInstances), of(native.Fields)} {
		for _, f := range instances {
			k.fields[strings.ToLower(of(f.ReferenceName))] = of(f.Name)
		}
	}
	return k
}

// mappedStates is the backlogs' own list of state categories, by lower-case
// type name. It only fills gaps: it leaves out the category Removed.
func mappedStates(c *work.BacklogConfiguration) map[string]map[string]string {
	mapped := map[string]map[string]string{}
	for _, info := range of(of(c).WorkItemTypeMappedStates) {
		mapped[strings.ToLower(of(info.WorkItemTypeName))] = of(info.States)
	}
	return mapped
}
