package jirasim

import (
	"net/http"
	"slices"
	"strings"
)

// permission is one of Jira's, with the numbers and names that it shows.
type permission struct {
	id, key, name, kind string
	admin               bool // only with Settings.Quiet
	never               bool // the account never has it
	service             bool // only in service projects, and known only to a site that has one
}

// permissions are those that the site knows.
func permissions() []permission {
	return []permission{
		{id: "0", key: "ADMINISTER", name: "Administer Jira", kind: "GLOBAL", never: true},
		{id: "23", key: "ADMINISTER_PROJECTS", name: "Administer Projects", kind: "PROJECT", admin: true},
		{id: "10", key: "BROWSE_PROJECTS", name: "Browse Projects", kind: "PROJECT"},
		{id: "11", key: "CREATE_ISSUES", name: "Create Issues", kind: "PROJECT"},
		{id: "12", key: "EDIT_ISSUES", name: "Edit Issues", kind: "PROJECT"},
		{id: "15", key: "ADD_COMMENTS", name: "Add Comments", kind: "PROJECT"},
		{id: "21", key: "LINK_ISSUES", name: "Link Issues", kind: "PROJECT"},
		{id: "34", key: "EDIT_ALL_COMMENTS", name: "Edit All Comments", kind: "PROJECT", never: true},
		{id: "35", key: "EDIT_OWN_COMMENTS", name: "Edit Own Comments", kind: "PROJECT"},
		{id: "36", key: "DELETE_ALL_COMMENTS", name: "Delete All Comments", kind: "PROJECT", never: true},
		{id: "37", key: "DELETE_OWN_COMMENTS", name: "Delete Own Comments", kind: "PROJECT"},
		{id: "60", key: serviceAgent, name: "Service Project Agent", kind: "PROJECT", service: true},
	}
}

// Deny takes permissions in a project from the account; without BROWSE_PROJECTS
// the project and its issues vanish. Issues and `updated` stay as they are.
func (w *World) Deny(project string, keys ...string) { w.permit(project, true, keys) }

// Allow gives permissions back.
func (w *World) Allow(project string, keys ...string) { w.permit(project, false, keys) }

func (w *World) permit(project string, deny bool, keys []string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	p := w.project(project, "")
	for _, key := range keys {
		p.denied[key] = deny
	}
	w.version++
}

// may says whether the caller has a permission in a project.
func (c *call) may(p *project, key string) bool {
	all := permissions()
	at := slices.IndexFunc(all, func(known permission) bool { return known.key == key })
	if at < 0 || c.anonymous || p != nil && p.denied[key] {
		return false
	}
	if all[at].service && (p == nil || p.Kind != ServiceProject) {
		return false
	}
	return !all[at].never && (!all[at].admin || c.settings.Quiet)
}

// sees says whether the caller may see an issue.
func (c *call) sees(i *issue) bool {
	return i != nil && !i.hidden && c.may(c.project(i.now().project, ""), "BROWSE_PROJECTS")
}

// visible is the issue that the path names, nil when the caller may not see it.
func (c *call) visible() *issue {
	if i := c.find(c.path("issue")); c.sees(i) {
		return i
	}
	return nil
}

// myPermissions answers what the account may do in a project or on an issue. On
// Jira Cloud the list of permissions asked for is required; a Data Center
// ignores it and shows them all.
func myPermissions(c *call) reply {
	asked := c.listed("permissions")
	if c.datacenter() {
		asked = nil
		for _, known := range permissions() {
			if !known.service || c.servesCustomers() {
				asked = append(asked, known.key)
			}
		}
	}
	if len(asked) == 0 {
		return fault(http.StatusBadRequest, "The 'permissions' query parameter is required.")
	}
	p, wrong := c.permissionScope()
	if wrong != nil {
		return *wrong
	}
	shown := object{}
	for _, key := range asked {
		at := slices.IndexFunc(permissions(), func(known permission) bool { return known.key == key })
		if at < 0 || permissions()[at].service && !c.servesCustomers() {
			return fieldFault(map[string]string{key: "Unrecognized permission"})
		}
		known := permissions()[at]
		shown[key] = object{"id": known.id, "key": key, "name": known.name, "type": known.kind, "description": known.name, "havePermission": c.may(p, key)}
	}
	return ok(object{"permissions": shown})
}

// permissionScope is the project asked about, nil for the site.
func (c *call) permissionScope() (*project, *reply) {
	if id := c.query("issueKey") + c.query("issueId"); id != "" {
		i := c.find(id)
		if !c.sees(i) {
			return nil, new(noIssue())
		}
		return c.project(i.now().project, ""), nil
	}
	id := c.query("projectKey") + c.query("projectId")
	if id == "" {
		return nil, nil
	}
	p := c.browsable(id)
	if p == nil {
		return nil, new(noProject(id))
	}
	return p, nil
}

// checkPermissions answers POST permissions/check for the account itself.
func checkPermissions(c *call) reply {
	var ask struct {
		AccountID          string   `json:"accountId"`
		GlobalPermissions  []string `json:"globalPermissions"`
		ProjectPermissions []struct {
			Permissions []string `json:"permissions"`
			Projects    []int64  `json:"projects"`
			Issues      []int64  `json:"issues"`
		} `json:"projectPermissions"`
	}
	if wrong := c.decode(&ask, true); wrong != nil {
		return *wrong
	}
	if ask.AccountID != "" && ask.AccountID != c.settings.Account {
		return fault(http.StatusForbidden, "Only Jira administrators can perform this operation.")
	}
	grants := []object{}
	for _, block := range ask.ProjectPermissions {
		for _, key := range block.Permissions {
			grants = append(grants, object{
				"permission": key,
				"projects":   keep(block.Projects, func(id string) bool { p := c.browsable(id); return p != nil && c.may(p, key) }),
				"issues":     keep(block.Issues, func(id string) bool { i := c.find(id); return c.sees(i) && c.may(c.project(i.now().project, ""), key) }),
			})
		}
	}
	global := slices.DeleteFunc(append([]string{}, ask.GlobalPermissions...), func(key string) bool { return !c.may(nil, strings.ToUpper(key)) })
	return ok(object{"globalPermissions": global, "projectPermissions": grants})
}

func keep(ids []int64, wanted func(id string) bool) []int64 {
	kept := []int64{}
	for _, id := range ids {
		if wanted(text(id)) {
			kept = append(kept, id)
		}
	}
	return kept
}
