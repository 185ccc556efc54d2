package azuresim

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// typed finds the type that a path names.
func (c *call) typed() (*Type, error) {
	if t := c.project.findType(c.vars["type"]); t != nil {
		return t, nil
	}
	return nil, refused(http.StatusNotFound, "WorkItemTypeNotFoundException",
		"VS402323: Work item type %s does not exist in project %s or you do not have permission to access it.",
		c.vars["type"], c.project.Name)
}

// listTypes answers GET wit/workitemtypes.
func listTypes(c *call) (any, error) {
	var all []map[string]any
	for i := range c.project.process.types {
		all = append(all, c.typeObject(&c.project.process.types[i]))
	}
	return list(all), nil
}

func getType(c *call) (any, error) {
	t, err := c.typed()
	if err != nil {
		return nil, err
	}
	return c.typeObject(t), nil
}

func (c *call) typeObject(t *Type) map[string]any {
	instances := c.fieldInstances(t, false)
	return map[string]any{
		"name": t.Name, "referenceName": t.ref(), "description": "", "color": "009CCC", "isDisabled": false,
		"icon":   map[string]any{"id": "icon_book", "url": c.base + "/_apis/wit/workItemIcons/icon_book?color=009CCC&v=2"},
		"fields": instances, "fieldInstances": instances, "states": states(t), "transitions": transitions(t),
		"url": c.typeURL(t.Name),
	}
}

func (c *call) typeURL(name string) string {
	return c.base + "/" + c.project.id + "/_apis/wit/workItemTypes/" + url.PathEscape(name)
}

// listTypeStates answers GET wit/workitemtypes/{type}/states.
func listTypeStates(c *call) (any, error) {
	t, err := c.typed()
	if err != nil {
		return nil, err
	}
	return list(states(t)), nil
}

func states(t *Type) []map[string]any {
	colors := map[string]string{"Proposed": "b2b2b2", "InProgress": "007acc", "Resolved": "ff9d00", "Completed": "339933", "Removed": "ffffff"}
	all := []map[string]any{}
	for _, s := range t.States {
		all = append(all, map[string]any{"name": s.Name, "category": s.Category, "color": colors[s.Category]})
	}
	return all
}

// transitions lets every state follow every other.
func transitions(t *Type) map[string]any {
	all := map[string]any{}
	for _, from := range t.States {
		var to []map[string]any
		for _, s := range t.States {
			to = append(to, map[string]any{"to": s.Name, "actions": nil})
		}
		all[from.Name] = to
	}
	if len(t.States) > 0 {
		all[""] = []map[string]any{{"to": t.States[0].Name, "actions": nil}}
	}
	return all
}

// listCategories answers GET wit/workitemtypecategories.
func listCategories(c *call) (any, error) {
	var all []map[string]any
	var seen []string
	for _, t := range c.project.process.types {
		if t.Category != "" && !slices.Contains(seen, t.Category) {
			seen = append(seen, t.Category)
			all = append(all, c.category(t.Category))
		}
	}
	return list(all), nil
}

func getCategory(c *call) (any, error) {
	for _, t := range c.project.process.types {
		if t.Category != "" && strings.EqualFold(t.Category, c.vars["category"]) {
			return c.category(t.Category), nil
		}
	}
	return nil, refused(http.StatusNotFound, "WorkItemTypeCategoryNotFoundException",
		"VS402361: The work item type category %s does not exist.", c.vars["category"])
}

func (c *call) category(ref string) map[string]any {
	types := c.typeReferences(c.project.typeNames(ref))
	name := strings.TrimSuffix(ref[strings.LastIndex(ref, ".")+1:], "Category")
	return map[string]any{"name": name + " Category", "referenceName": ref, "defaultWorkItemType": types[0],
		"workItemTypes": types, "url": c.base + "/" + c.project.id + "/_apis/wit/workItemTypeCategories/" + ref}
}

func (c *call) typeReferences(names []string) []map[string]any {
	all := []map[string]any{}
	for _, name := range names {
		all = append(all, map[string]any{"name": name, "url": c.typeURL(name)})
	}
	return all
}

// listRelationTypes answers GET wit/workitemrelationtypes.
func listRelationTypes(c *call) (any, error) {
	var all []map[string]any
	add := func(ref, name string, attributes map[string]any) {
		all = append(all, map[string]any{"referenceName": ref, "name": name, "attributes": attributes,
			"url": c.base + "/_apis/wit/workItemRelationTypes/" + ref})
	}
	for _, t := range linkTypes() {
		usage := func(forward bool, opposite string) map[string]any {
			return map[string]any{"usage": "workItemLink", "editable": true, "enabled": true, "acyclic": t.acyclic,
				"directional": t.forward != t.reverse, "singleTarget": t.single, "remote": false,
				"isForward": forward, "oppositeEndReferenceName": opposite, "topology": t.topology()}
		}
		add(t.forward, t.name, usage(true, t.reverse))
		if t.forward != t.reverse {
			add(t.reverse, t.back, usage(false, t.forward))
		}
	}
	for _, ref := range []string{"Hyperlink", "ArtifactLink", "AttachedFile"} {
		add(ref, ref, map[string]any{"usage": "resourceLink", "editable": false, "enabled": true})
	}
	return list(all), nil
}
