package azuresim

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// connectionData says who the token belongs to and which organisation this is.
func connectionData(c *call) (any, error) {
	me := c.w.person(c.w.settings.Account)
	user := map[string]any{
		"id": me["id"], "subjectDescriptor": me["descriptor"], "isActive": true, "resourceVersion": 2, "metaTypeId": 0,
		"descriptor":          `Microsoft.IdentityModel.Claims.ClaimsIdentity;` + guid("tenant", c.w.settings.Organisation) + `\` + text(me["uniqueName"]),
		"providerDisplayName": me["displayName"], "customDisplayName": me["displayName"],
		"properties": map[string]any{"Account": map[string]any{"$type": "System.String", "$value": me["uniqueName"]}},
	}
	kind := "hosted"
	if c.w.onServer() {
		kind = "onPremises"
	}
	return map[string]any{
		"authenticatedUser": user, "authorizedUser": user, "instanceId": c.w.settings.InstanceID,
		"deploymentId": guid("deployment", ""), "deploymentType": kind,
		"locationServiceData": map[string]any{"serviceOwner": "00025394-6065-48ca-87d9-7f5672854ef7",
			"defaultAccessMappingMoniker": "PublicAccessMapping", "lastChangeId": 1, "lastChangeId64": 1},
	}, nil
}

// listProjects answers GET projects, by name, in pages; the token for the next
// one is a header.
func listProjects(c *call) (any, error) {
	all := slices.DeleteFunc(slices.Clone(c.w.projects), func(p *project) bool { return p.hidden })
	slices.SortFunc(all, func(a, b *project) int { return strings.Compare(key(a.Name), key(b.Name)) })
	from := min(max(c.number("continuationtoken", c.number("$skip", 0)), 0), len(all))
	to := min(from+max(c.number("$top", 100), 1), len(all))
	if to < len(all) {
		c.rw.Header().Set("X-MS-ContinuationToken", strconv.Itoa(to))
	}
	var shown []map[string]any
	for _, p := range all[from:to] {
		shown = append(shown, p.object(c.base))
	}
	return list(shown), nil
}

func (p *project) object(base string) map[string]any {
	shown := map[string]any{"id": p.id, "name": p.Name, "url": base + "/_apis/projects/" + p.id, "state": "wellFormed",
		"revision": p.areas.id, "visibility": "private", "lastUpdateTime": wireTime(p.created)}
	if p.Description != "" {
		shown["description"] = p.Description
	}
	return shown
}

// named finds the project that a path names outside of its own scope.
func (c *call) named() (*project, error) {
	if p := c.w.visible(c.vars["project"]); p != nil {
		return p, nil
	}
	return nil, noProject(c.vars["project"])
}

// getProject answers GET projects/{project}.
func getProject(c *call) (any, error) {
	p, err := c.named()
	if err != nil {
		return nil, err
	}
	shown := p.object(c.base)
	shown["defaultTeam"] = map[string]any{"id": p.teams[0].id, "name": p.teams[0].name, "url": p.teamURL(c, p.teams[0])}
	shown["_links"] = map[string]any{
		"self": href(text(shown["url"])), "web": href(c.base + "/" + p.Name),
		"collection": href(c.base + "/_apis/projectCollections/" + c.w.settings.InstanceID),
	}
	if c.flag("includecapabilities") {
		shown["capabilities"] = map[string]any{
			"processTemplate": map[string]any{"templateName": p.process.name, "templateTypeId": p.process.id},
			"versioncontrol":  map[string]any{"sourceControlType": "Git", "gitEnabled": "True", "tfvcEnabled": "False"},
		}
	}
	return shown, nil
}

// projectProperties answers GET projects/{project}/properties.
func projectProperties(c *call) (any, error) {
	p, err := c.named()
	if err != nil {
		return nil, err
	}
	return list([]map[string]any{
		{"name": "System.CurrentProcessTemplateId", "value": p.process.id},
		{"name": "System.Process Template", "value": p.process.name},
		{"name": "System.ProcessTemplateType", "value": p.process.id},
		{"name": "System.Microsoft.TeamFoundation.Team.Default", "value": p.teams[0].id},
	}), nil
}

func (p *project) teamURL(c *call, t *team) string {
	return c.base + "/_apis/projects/" + p.id + "/teams/" + t.id
}

func (p *project) teamObject(c *call, t *team) map[string]any {
	return map[string]any{"id": t.id, "name": t.name, "url": p.teamURL(c, t), "description": "",
		"identityUrl": c.w.identities() + t.id,
		"projectName": p.Name, "projectId": p.id}
}

// listTeams answers GET projects/{project}/teams.
func listTeams(c *call) (any, error) {
	p, err := c.named()
	if err != nil {
		return nil, err
	}
	var all []map[string]any
	for _, t := range p.teams {
		all = append(all, p.teamObject(c, t))
	}
	return list(c.window(all)), nil
}

// getTeam answers GET projects/{project}/teams/{team}.
func getTeam(c *call) (any, error) {
	p, err := c.named()
	if err != nil {
		return nil, err
	}
	t := p.findTeam(c.vars["team"])
	if t == nil {
		return nil, refused(http.StatusNotFound, "TeamNotFoundException", "TF400367: The team does not exist: %s.", c.vars["team"])
	}
	return p.teamObject(c, t), nil
}

// listAllTeams answers GET teams.
func listAllTeams(c *call) (any, error) {
	var all []map[string]any
	for _, p := range c.w.projects {
		if p.hidden {
			continue
		}
		for _, t := range p.teams {
			all = append(all, p.teamObject(c, t))
		}
	}
	return list(c.window(all)), nil
}
