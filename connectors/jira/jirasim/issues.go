package jirasim

import (
	"net/http"
	"slices"
)

// issueRoutes are the paths below /issue/.
func issueRoutes(e Edition) map[string]serve {
	routes := map[string]serve{
		"GET /issue/{issue}":                        getIssue,
		"PUT /issue/{issue}":                        editIssue,
		"GET /issue/{issue}/properties":             listProperties,
		"GET /issue/{issue}/properties/{key}":       getProperty,
		"PUT /issue/{issue}/properties/{key}":       putProperty,
		"DELETE /issue/{issue}/properties/{key}":    deleteProperty,
		"GET /issue/{issue}/comment":                listComments,
		"POST /issue/{issue}/comment":               postComment,
		"GET /issue/{issue}/comment/{comment}":      getComment,
		"PUT /issue/{issue}/comment/{comment}":      putComment,
		"DELETE /issue/{issue}/comment/{comment}":   deleteComment,
		"GET /issue/{issue}/remotelink":             listRemoteLinks,
		"POST /issue/{issue}/remotelink":            postRemoteLink,
		"DELETE /issue/{issue}/remotelink/{linkid}": deleteRemoteLink,
	}
	if e == Cloud {
		routes["POST /issue/bulkfetch"] = bulkFetch
		routes["GET /issue/{issue}/changelog"] = getChangelog
	}
	return routes
}

// getIssue is always fresh, and finds moved issues by their old keys.
func getIssue(c *call) reply {
	i := c.visible()
	if i == nil {
		return noIssue()
	}
	return ok(c.showIssue(i, i.now(), want{
		fields: c.listed("fields"), properties: c.listed("properties"),
		changelog: slices.Contains(c.listed("expand"), "changelog"),
	}))
}

// bulkFetch is fresh as well; it leaves out, without a word, what is missing or
// not for us.
func bulkFetch(c *call) reply {
	var ask struct {
		Expand         []string `json:"expand"`
		Fields         []string `json:"fields"`
		FieldsByKeys   bool     `json:"fieldsByKeys"`
		IssueIDsOrKeys []string `json:"issueIdsOrKeys"`
		Properties     []string `json:"properties"`
	}
	if wrong := c.decode(&ask, true); wrong != nil {
		return *wrong
	}
	switch {
	case len(ask.IssueIDsOrKeys) == 0:
		return fault(http.StatusBadRequest, "issueIdsOrKeys must not be empty.")
	case len(ask.IssueIDsOrKeys) > 100:
		return fault(http.StatusBadRequest, "issueIdsOrKeys must not hold more than 100 entries.")
	case len(ask.Properties) > maxProperties:
		return tooManyProperties()
	}
	if len(ask.Fields) == 0 {
		ask.Fields = []string{"*navigable"}
	}
	var found []*issue
	for _, id := range ask.IssueIDsOrKeys {
		if i := c.find(id); c.sees(i) && !slices.Contains(found, i) {
			found = append(found, i)
		}
	}
	slices.SortFunc(found, func(a, b *issue) int { return int(a.num - b.num) })
	return ok(object{"expand": "schema,names", "issueErrors": []object{}, "issues": shown(found, func(i *issue) object {
		return c.showIssue(i, i.now(), want{fields: ask.Fields, properties: ask.Properties, changelog: slices.Contains(ask.Expand, "changelog")})
	})})
}
