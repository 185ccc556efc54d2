package azuresim

import (
	"slices"
	"strings"
)

// listFields answers GET wit/fields: all of the organisation, or those that a
// project's types show.
func listFields(c *call) (any, error) {
	shown := map[string]bool{}
	if c.project != nil {
		for i := range c.project.process.types {
			for _, ref := range c.w.typeFields(&c.project.process.types[i]) {
				shown[ref] = true
			}
		}
	}
	var all []map[string]any
	for _, f := range c.w.fields {
		if c.project == nil || shown[f.Ref] {
			all = append(all, f.object(c))
		}
	}
	slices.SortFunc(all, func(a, b map[string]any) int { return strings.Compare(text(a["name"]), text(b["name"])) })
	return list(all), nil
}

// getField answers GET wit/fields/{field}, by reference name or name.
func getField(c *call) (any, error) {
	f := c.w.field(c.vars["field"])
	if f == nil {
		missing := noField(c.vars["field"])
		missing.status = 404
		return nil, missing
	}
	return f.object(c), nil
}

func (f *field) object(c *call) map[string]any {
	operation := func(name, sign string) map[string]any {
		return map[string]any{"referenceName": "SupportedOperations." + name, "name": sign}
	}
	operations := []map[string]any{operation("Equals", "="), operation("NotEquals", "<>"), operation("In", "In")}
	if f.Type == "treePath" {
		operations = append(operations, operation("Under", "Under"), operation("NotUnder", "Not Under"))
	}
	return map[string]any{"name": f.Name, "referenceName": f.Ref, "type": f.Type, "usage": "workItem",
		"readOnly": f.readOnly, "canSortBy": !f.longText(), "isQueryable": true, "isIdentity": f.Identity,
		"isPicklist": false, "isPicklistSuggested": false, "isDeleted": false,
		"supportedOperations": operations, "url": c.base + "/_apis/wit/fields/" + f.Ref}
}

// typeFields lists what a type shows: what all types have, and its own.
func (w *World) typeFields(t *Type) []string {
	all := []string{"System.Id", "System.Rev", "System.Title", "System.State", "System.Reason", "System.AssignedTo",
		"System.WorkItemType", "System.TeamProject", "System.AreaPath", "System.AreaId", "System.NodeName",
		"System.IterationPath", "System.IterationId", "System.CreatedDate", "System.CreatedBy", "System.ChangedDate",
		"System.ChangedBy", "System.CommentCount", "System.Parent", "System.Tags", "System.Description", "System.History",
		"System.BoardColumn", "System.BoardColumnDone", "System.BoardLane",
		"Microsoft.VSTS.Common.StateChangeDate", "Microsoft.VSTS.Common.ActivatedDate", "Microsoft.VSTS.Common.ClosedDate"}
	for _, ref := range t.Fields {
		if f := w.field(ref); f != nil && !slices.Contains(all, f.Ref) {
			all = append(all, f.Ref)
		}
	}
	return all
}

// listTypeFields answers GET wit/workitemtypes/{type}/fields.
func listTypeFields(c *call) (any, error) {
	t, err := c.typed()
	if err != nil {
		return nil, err
	}
	return list(c.fieldInstances(t, strings.EqualFold(c.query["$expand"], "all"))), nil
}

// fieldInstances are fields as a type has them.
func (c *call) fieldInstances(t *Type, expand bool) []map[string]any {
	var all []map[string]any
	for _, ref := range c.w.typeFields(t) {
		shown := c.reference(c.w.field(ref))
		shown["alwaysRequired"], shown["defaultValue"] = ref == "System.Title" || ref == "System.State", nil
		if expand {
			shown["allowedValues"], shown["dependentFields"] = []string{}, []any{}
		}
		all = append(all, shown)
	}
	return all
}
