package jirasim

import (
	"net/http"
	"strings"
)

// Edition is which Jira a site runs.
type Edition string

// The editions. They differ in more than paths: see doc.go.
const (
	Cloud      Edition = ""
	DataCenter Edition = "datacenter"
)

func (w *World) datacenter() bool { return w.settings.Edition == DataCenter }

// editionRoutes are the platform's paths that only one edition has.
func editionRoutes(e Edition) map[string]serve {
	if e == DataCenter {
		return map[string]serve{
			"GET /search":  offsetGet,
			"POST /search": offsetPost,
			"GET /project": allProjects,
		}
	}
	return map[string]serve{
		"GET /project/search":            searchProjects,
		"POST /permissions/check":        checkPermissions,
		"POST /search/jql":               searchPost,
		"GET /search/jql":                searchGet,
		"POST /search/approximate-count": approximateCount,
		"GET /search":                    goneSearch,
		"POST /search":                   goneSearch,
		"POST /comment/list":             commentsByID,
		"POST /changelog/bulkfetch":      bulkChangelogs,
	}
}

// versions are those of the platform's API that the site has.
func (w *World) versions() []string {
	if w.datacenter() {
		return []string{"2", "latest"}
	}
	return []string{"2", "3", "latest"}
}

// within takes what stands before the site's own paths off a request's: the
// context path of a Data Center, the gateway's id of a Cloud site. False is an
// address outside the site.
func (w *World) within(r *http.Request) bool {
	if !w.datacenter() {
		// Scoped tokens work only on the gateway.
		r.URL.Path = strings.TrimPrefix(r.URL.Path, "/ex/jira/"+w.settings.CloudID)
		return true
	}
	path, inside := strings.CutPrefix(r.URL.Path, w.settings.Context)
	r.URL.Path = path
	return inside && strings.HasPrefix(path, "/")
}

// allProjects is a Data Center's list of projects, in one piece.
func allProjects(c *call) reply {
	list := []object{}
	for _, p := range c.site.projects {
		if c.may(p, "BROWSE_PROJECTS") {
			o := c.showProject(p)
			o["expand"] = "description,lead,url,projectKeys"
			list = append(list, o)
		}
	}
	return ok(list)
}
