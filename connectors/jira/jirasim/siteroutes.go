package jirasim

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// siteRoutes are the platform's other paths.
func siteRoutes(e Edition) map[string]serve {
	routes := map[string]serve{
		"GET /serverInfo":                 serverInfo,
		"GET /myself":                     myself,
		"GET /user":                       getUser,
		"GET /field":                      listFields,
		"GET /project/{project}":          getProject,
		"GET /project/{project}/statuses": projectStatuses,
		"GET /issue/createmeta/{project}/issuetypes":        createTypes,
		"GET /issue/createmeta/{project}/issuetypes/{type}": createFields,
		"GET /issuetype":                          listTypes,
		"GET /issueLinkType":                      listLinkTypes,
		"GET /status":                             listStatuses,
		"GET /statuscategory":                     listCategories,
		"GET /priority":                           listPriorities,
		"GET /mypermissions":                      myPermissions,
		"GET /comment/{comment}/properties":       listCommentProperties,
		"GET /comment/{comment}/properties/{key}": getCommentProperty,
		"PUT /comment/{comment}/properties/{key}": putCommentProperty,
	}
	maps.Copy(routes, editionRoutes(e))
	return routes
}

// serverInfo answers anybody; its clock is the site's.
func serverInfo(c *call) reply {
	if c.datacenter() {
		return ok(object{
			"baseUrl": c.settings.BaseURL, "version": "9.12.15", "versionNumbers": []int{9, 12, 15}, "deploymentType": "Server",
			"buildNumber": 9120015, "buildDate": "2024-10-21T00:00:00.000+0000", "serverTime": c.show(c.now()),
			"scmInfo": "0000000000000000000000000000000000000000", "serverTitle": c.settings.SiteName,
		})
	}
	return ok(object{
		"baseUrl": c.settings.BaseURL, "displayUrl": c.settings.BaseURL, "version": "1001.0.0-SNAPSHOT", "versionNumbers": []int{1001, 0, 0},
		"deploymentType": "Cloud", "buildNumber": 100297, "buildDate": "2026-11-20T09:12:55.000+0000", "serverTime": c.show(c.now()),
		"scmInfo": "0000000000000000000000000000000000000000", "serverTitle": c.settings.SiteName,
		"defaultLocale": object{"locale": "en_US"}, "serverTimeZone": c.settings.Zone.String(),
	})
}

func myself(c *call) reply {
	if c.anonymous {
		return unauthorized()
	}
	me := c.showUser(c.settings.Account)
	me["locale"] = "en_US"
	me["groups"] = object{"size": 1, "items": []any{}}
	me["applicationRoles"] = object{"size": 1, "items": []any{}}
	return ok(me)
}

// number is a custom field's number, as in cf[10016].
func (f Field) number() int64 {
	n, _ := strconv.ParseInt(strings.TrimPrefix(f.ID, "customfield_"), 10, 64)
	return n
}

func listFields(c *call) reply {
	return ok(shown(c.site.fields, func(f Field) object {
		clauses := []string{f.ID}
		if f.Custom != "" {
			clauses = []string{"cf[" + strconv.FormatInt(f.number(), 10) + "]", f.Name}
		}
		return object{
			"id": f.ID, "key": f.ID, "name": f.Name, "custom": f.Custom != "", "orderable": true, "navigable": f.ID != "comment",
			"searchable": true, "clauseNames": clauses, "schema": c.showSchema(f),
		}
	}))
}

func listTypes(c *call) reply {
	return ok(shown(c.site.types, func(t IssueType) object { return c.showType(object{"id": t.ID}) }))
}

func listLinkTypes(c *call) reply {
	return ok(object{"issueLinkTypes": shown(c.site.linkTypes, func(t LinkType) object { return c.showLinkType(t.ID) })})
}

func listStatuses(c *call) reply {
	return ok(shown(c.site.statuses, func(s Status) object { return c.showStatus(object{"id": s.ID}) }))
}

func listCategories(c *call) reply {
	return ok(shown([]string{"new", "indeterminate", "done"}, c.showCategory))
}

func listPriorities(c *call) reply { return ok(shown(c.site.priorities, c.showPriorityOf)) }

// browsable is the project with the id or key, nil when the account may not see it.
func (c *call) browsable(idOrKey string) *project {
	at := slices.IndexFunc(c.site.projects, func(p *project) bool { return p.ID == idOrKey || strings.EqualFold(p.Key, idOrKey) })
	if at < 0 || !c.may(c.site.projects[at], "BROWSE_PROJECTS") {
		return nil
	}
	return c.site.projects[at]
}

func noProject(idOrKey string) reply {
	return fault(http.StatusNotFound, "No project could be found with key '"+idOrKey+"'.")
}
