package jirasim

import (
	"cmp"
	"slices"
)

func (c *call) showProject(p *project) object {
	o := object{"self": c.self("/project/" + p.ID), "id": p.ID, "key": p.Key, "name": p.Name, "projectTypeKey": cmp.Or(p.Kind, "software")}
	if !c.datacenter() {
		o["simplified"] = false
	}
	return o
}

func (c *call) showType(v any) object {
	id := text(asObject(v, "id")["id"])
	at := slices.IndexFunc(c.site.types, func(t IssueType) bool { return t.ID == id })
	if at < 0 {
		return nil
	}
	t := c.site.types[at]
	o := object{
		"self": c.self("/issuetype/" + t.ID), "id": t.ID, "name": t.Name,
		"description": t.Description, "subtask": t.Level < 0,
	}
	if !c.datacenter() { // which has no levels
		o["untranslatedName"], o["hierarchyLevel"] = t.Name, t.Level
	}
	return o
}

func (c *call) showStatus(v any) object {
	id := text(asObject(v, "id")["id"])
	at := slices.IndexFunc(c.site.statuses, func(s Status) bool { return s.ID == id })
	if at < 0 {
		return nil
	}
	s := c.site.statuses[at]
	return object{
		"self": c.self("/status/" + s.ID), "id": s.ID, "name": s.Name, "description": "",
		"iconUrl": c.settings.BaseURL + "/", "statusCategory": c.showCategory(s.Category),
	}
}

// showCategory is one of the three categories that every Jira has.
func (c *call) showCategory(key string) object {
	id, name, colour := 2, "To Do", "blue-gray"
	switch key {
	case "indeterminate":
		id, name, colour = 4, "In Progress", "yellow"
	case "done":
		id, name, colour = 3, "Done", "green"
	default:
		key = "new"
	}
	return object{"self": c.self("/statuscategory/" + text(id)), "id": id, "key": key, "name": name, "colorName": colour}
}

// showPriority is nil, as any, when the issue has none.
func (c *call) showPriority(v any) any {
	id := text(asObject(v, "id")["id"])
	at := slices.IndexFunc(c.site.priorities, func(n named) bool { return n.ID == id })
	if at < 0 {
		return nil
	}
	return c.showPriorityOf(c.site.priorities[at])
}

func (c *call) showPriorityOf(n named) object {
	return object{"self": c.self("/priority/" + n.ID), "id": n.ID, "name": n.Name, "iconUrl": c.settings.BaseURL + "/"}
}

func (c *call) showLinkType(id string) object {
	for _, t := range c.site.linkTypes {
		if t.ID == id {
			return object{"self": c.self("/issueLinkType/" + id), "id": id, "name": t.Name, "inward": t.Inward, "outward": t.Outward}
		}
	}
	return object{"id": id}
}

func (c *call) showSchema(f Field) object {
	schema := object{"type": f.Type}
	if f.Items != "" {
		schema["items"] = f.Items
	}
	if f.Custom == "" {
		schema["system"] = f.ID
		return schema
	}
	schema["custom"] = f.Custom
	schema["customId"] = f.number()
	return schema
}
