package azuredevops

import (
	"context"
	"fmt"
	"strings"

	"github.com/microsoft/azure-devops-go-api/azuredevops/v7/work"
	"github.com/microsoft/azure-devops-go-api/azuredevops/v7/workitemtracking"

	"github.com/trackwarden/trackwarden/backlog"
)

// project is what an item's conversion needs to know of its project.
type project struct {
	backlog.Project
	inScope    bool
	types      []kindOfItem                 // in the tracker's order
	byName     map[string]kindOfItem        // by lower-case type name
	iterations map[string]backlog.Iteration // by lower-case path
	nodes      map[string]string            // what every area and iteration is like; see nodes.go
	effort     string                       // reference name of the field that its process estimates in
	order      string                       // and of the one that it ranks by
	areaRoot   string                       // identifier of the root area, for rights
}

// kindOfItem is a work item type of one project.
type kindOfItem struct {
	name   string
	level  backlog.Level
	kind   backlog.Kind
	states map[string]backlog.Category // by lower-case state
	fields map[string]string           // display name by lower-case reference name
}

// loadProject reads how a project is built.
func (t *Tracker) loadProject(ctx context.Context, p backlog.Project, inScope bool) (*project, error) {
	configuration, err := t.work.GetBacklogConfigurations(ctx, work.GetBacklogConfigurationsArgs{Project: &p.ID})
	if err != nil {
		return nil, fmt.Errorf("read backlogs of %s: %w", p.Name, explain(err))
	}
	types, err := t.wit.GetWorkItemTypes(ctx, workitemtracking.GetWorkItemTypesArgs{Project: &p.ID})
	if err != nil {
		return nil, fmt.Errorf("read types of %s: %w", p.Name, explain(err))
	}
	loaded := &project{Project: p, inScope: inScope, byName: map[string]kindOfItem{}}
	levels, mapped := levelsOf(configuration), mappedStates(configuration)
	for _, native := range of(types) {
		k := t.typeOf(native, levels, bugLevel(configuration), mapped)
		loaded.types = append(loaded.types, k)
		loaded.byName[strings.ToLower(k.name)] = k
	}
	fields := of(of(configuration.BacklogFields).TypeFields)
	loaded.effort, loaded.order = fields["Effort"], fields["Order"]
	return loaded, t.loadNodes(ctx, loaded)
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
	if level, ok := t.settings.levelOf(name); ok {
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
	for _, info := range of(c.WorkItemTypeMappedStates) {
		mapped[strings.ToLower(of(info.WorkItemTypeName))] = of(info.States)
	}
	return mapped
}

// treeDepth is deeper than Azure DevOps lets trees of areas and iterations be.
const treeDepth = 20

// loadNodes reads the project's iterations with their dates, and its areas.
func (t *Tracker) loadNodes(ctx context.Context, p *project) error {
	tree := func(group workitemtracking.TreeStructureGroup) (*workitemtracking.WorkItemClassificationNode, error) {
		root, err := t.wit.GetClassificationNode(ctx, workitemtracking.GetClassificationNodeArgs{
			Project: &p.ID, StructureGroup: &group, Depth: new(treeDepth),
		})
		if err != nil {
			return nil, fmt.Errorf("read %s of %s: %w", group, p.Name, explain(err))
		}
		return root, nil
	}
	p.iterations, p.nodes = map[string]backlog.Iteration{}, map[string]string{}
	iterations, err := tree(workitemtracking.TreeStructureGroupValues.Iterations)
	if err != nil {
		return err
	}
	for _, child := range of(iterations.Children) { // the root is no iteration
		p.addIteration(child, p.Name)
	}
	if !p.inScope {
		return nil
	}
	areas, err := tree(workitemtracking.TreeStructureGroupValues.Areas)
	if err != nil {
		return err
	}
	p.addArea(*areas, "")
	if areas.Identifier != nil {
		p.areaRoot = areas.Identifier.String()
	}
	return nil
}

// reading identifies what becomes of the project's items: the settings, and
// how the process is built. When it changes, they have to be read again.
func (m *model) reading(s Settings, p *project) string {
	types := map[string]any{}
	for _, k := range p.types {
		types[k.name] = []any{k.level, k.kind, k.states}
	}
	return digest(s.Query, m.mapping.known, m.mapping.custom, types)
}
