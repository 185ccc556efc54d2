package azuredevops

import (
	"context"
	"fmt"
	"strings"

	"github.com/microsoft/azure-devops-go-api/azuredevops/v7/work"
	"github.com/microsoft/azure-devops-go-api/azuredevops/v7/workitemtracking"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
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
	areaRoot   string                       // identifier of the root area, for rights; empty when not told
	bugs       []bugRule                    // where teams plan their bugs, the most special area first
	untyped    bool                         // its types are not told
	levels     map[string]backlog.Level     // by lower-case type name, for types that are not told
	problems   []string                     // what it does not tell, each a full sentence
}

// kindOfItem is a work item type of one project.
type kindOfItem struct {
	name   string
	level  backlog.Level
	kind   backlog.Kind
	states map[string]backlog.Category // by lower-case state
	fields map[string]string           // display name by lower-case reference name
}

// loadProject reads how a project is built. Where it tells neither its types
// nor its backlogs we cannot read it.
func (t *Tracker) loadProject(ctx context.Context, p backlog.Project, inScope bool) (*project, error) {
	loaded := &project{Project: p, inScope: inScope, byName: map[string]kindOfItem{}}
	configuration, err := t.work.GetBacklogConfigurations(ctx, work.GetBacklogConfigurationsArgs{Project: &p.ID})
	unranked := rest.NotOffered(err)
	if err := optional(err, &loaded.problems, "Azure DevOps does not answer _apis/work/backlogconfiguration of "+p.Name+": levels and states are guessed from the names of types and states; name the types in the settings under levels."); err != nil {
		return nil, fmt.Errorf("read backlogs of %s: %w", p.Name, explain(err))
	}
	types, err := t.wit.GetWorkItemTypes(ctx, workitemtracking.GetWorkItemTypesArgs{Project: &p.ID})
	loaded.untyped = rest.NotOffered(err)
	if err := optional(err, &loaded.problems, "Azure DevOps does not answer _apis/wit/workitemtypes of "+p.Name+": what each type has and means is guessed from names."); err != nil {
		return nil, fmt.Errorf("read types of %s: %w", p.Name, explain(err))
	}
	if unreached := t.loadNodes(ctx, loaded); rest.NotOffered(unreached) && unranked && loaded.untyped {
		return nil, unreached
	} else if err := optional(unreached, &loaded.problems, "Azure DevOps does not answer _apis/wit/classificationnodes of "+p.Name+": iterations have no dates, and renamed areas and iterations are seen only when their work items change."); err != nil {
		return nil, err
	}
	loaded.build(t, of(types), configuration)
	if inScope {
		loaded.bugs, err = t.bugRules(ctx, loaded)
	}
	return loaded, err
}

// treeDepth is deeper than Azure DevOps lets trees of areas and iterations be.
const treeDepth = 20

// loadNodes reads the project's iterations with their dates, and its areas: both
// trees in one answer.
func (t *Tracker) loadNodes(ctx context.Context, p *project) error {
	roots, err := t.wit.GetRootNodes(ctx, workitemtracking.GetRootNodesArgs{Project: &p.ID, Depth: new(treeDepth)})
	if err != nil {
		return fmt.Errorf("read areas and iterations of %s: %w", p.Name, explain(err))
	}
	areas, iterations := rootOf(roots, "area"), rootOf(roots, "iteration")
	if areas == nil || iterations == nil {
		return fmt.Errorf("read areas and iterations of %s: %w: one of them is not told", p.Name, backlog.ErrIncomplete)
	}
	p.iterations, p.nodes = map[string]backlog.Iteration{}, map[string]string{}
	for _, child := range of(iterations.Children) { // the root is no iteration
		p.addIteration(child, p.Name)
	}
	p.addArea(*areas, "")
	if areas.Identifier != nil {
		p.areaRoot = areas.Identifier.String()
	}
	return nil
}

func rootOf(roots *[]workitemtracking.WorkItemClassificationNode, structure string) *workitemtracking.WorkItemClassificationNode {
	for _, root := range of(roots) {
		if strings.EqualFold(string(of(root.StructureType)), structure) {
			return &root
		}
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
	parts := []any{s.Query, m.mapping.known, m.mapping.custom, types}
	if len(p.bugs) > 0 {
		parts = append(parts, p.bugs)
	}
	return digest(parts...)
}
