package jirasim

import (
	"net/http"
	"slices"
	"strings"
)

// searchProjects pages through the projects that the account may browse, by key.
func searchProjects(c *call) reply {
	keys, ids := c.listed("keys"), c.listed("id")
	query := strings.ToLower(c.query("query"))
	var found []*project
	for _, p := range c.site.projects {
		wanted := (len(keys) == 0 || slices.Contains(keys, p.Key)) && (len(ids) == 0 || slices.Contains(ids, p.ID)) &&
			(strings.Contains(strings.ToLower(p.Key), query) || strings.Contains(strings.ToLower(p.Name), query))
		if wanted && c.may(p, "BROWSE_PROJECTS") {
			found = append(found, p)
		}
	}
	return ok(pageBean(c, found, 50, 100, c.showListed))
}

// showListed is a project as lists of projects have it.
func (c *call) showListed(p *project) object {
	o := c.showProject(p)
	o["expand"] = "description,lead,issueTypes,url,projectKeys,permissions,insight"
	if !c.datacenter() {
		o["style"], o["isPrivate"], o["properties"] = "classic", false, object{}
	}
	return o
}

func getProject(c *call) reply {
	p := c.browsable(c.path("project"))
	if p == nil {
		return noProject(c.path("project"))
	}
	o := c.showListed(p)
	o["issueTypes"] = shown(p.types, func(id string) object { return c.showType(object{"id": id}) })
	o["components"] = shown(p.components, func(n named) object {
		return object{"self": c.self("/component/" + n.ID), "id": n.ID, "name": n.Name}
	})
	o["versions"] = shown(p.versions, func(n named) object {
		return object{"self": c.self("/version/" + n.ID), "id": n.ID, "name": n.Name}
	})
	o["lead"] = c.showUser(humanAccount)
	return ok(o)
}

// projectStatuses lists the site's statuses under each type of the project: the
// simulator has one workflow.
func projectStatuses(c *call) reply {
	p := c.browsable(c.path("project"))
	if p == nil {
		return noProject(c.path("project"))
	}
	return ok(shown(p.types, func(id string) object {
		t := c.showType(object{"id": id})
		return object{"self": t["self"], "id": id, "name": t["name"], "subtask": t["subtask"], "statuses": listStatuses(c).body}
	}))
}

// maxMeta bounds a page of create metadata.
const maxMeta = 200

// createTypes pages through the types that can be created in a project.
func createTypes(c *call) reply {
	p, wrong := c.createScope()
	if wrong != nil {
		return *wrong
	}
	page, frame := window(c, p.types, 50, maxMeta)
	frame["issueTypes"] = shown(page, func(id string) object {
		t := c.showType(object{"id": id})
		delete(t, "untranslatedName")
		return t
	})
	c.inValues(frame, "issueTypes")
	return ok(frame)
}

// createFields pages through the layout of a type's create screen.
func createFields(c *call) reply {
	p, wrong := c.createScope()
	if wrong != nil {
		return *wrong
	}
	if !slices.Contains(p.types, c.path("type")) {
		return fault(http.StatusNotFound, "The issue type with id '"+c.path("type")+"' does not exist in the project.")
	}
	var fields []Field
	for _, id := range c.layout(p, c.path("type")) {
		if f, known := c.field(id); known {
			fields = append(fields, f)
		}
	}
	page, frame := window(c, fields, 50, maxMeta)
	frame["fields"] = shown(page, func(f Field) object {
		operations := []string{"set"}
		if f.Type == "array" {
			operations = []string{"add", "set", "remove"}
		}
		required := f.ID == "summary" || f.ID == "issuetype" || f.ID == "project"
		return object{
			"fieldId": f.ID, "key": f.ID, "name": f.Name, "required": required, "hasDefaultValue": false,
			"operations": operations, "schema": c.showSchema(f),
		}
	})
	c.inValues(frame, "fields")
	return ok(frame)
}

// inValues renames the list of a page of create metadata to what a Data Center
// calls it.
func (c *call) inValues(frame object, name string) {
	if c.datacenter() {
		list := frame[name].([]object)
		frame["values"], frame["isLast"] = list, frame["startAt"].(int)+len(list) >= frame["total"].(int)
		delete(frame, name)
	}
}

// createScope is the project whose create metadata is asked for.
func (c *call) createScope() (*project, *reply) {
	if intOr(c.query("maxResults"), 0) > maxMeta {
		return nil, new(fault(http.StatusBadRequest, "Parameter 'maxResults' must not exceed the limit '200'"))
	}
	p := c.browsable(c.path("project"))
	if p == nil {
		return nil, new(noProject(c.path("project")))
	}
	return p, nil
}
