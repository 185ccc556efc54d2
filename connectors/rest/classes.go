package rest

import (
	"net/http"
	"regexp"
	"strings"
)

// everything is the class that every request belongs to.
const everything = "everything"

// classes are what a pause or a limit can be about, as one request belongs to
// them. They are shown to people.
type classes struct {
	endpoint string // method and path without its ids: "PUT /rest/api/2/issue/{}"
	item     string // "writes on 10001"; empty for reads, and for writes on no single item
	removed  string // the endpoint, when its path names no object: such a one can be removed from an API
}

func (c *Client) classes(req *http.Request) classes {
	path := template(req.URL.Path)
	k := classes{endpoint: req.Method + " " + path}
	if path == req.URL.Path {
		k.removed = "removed " + k.endpoint
	}
	if c.settings.Limits.Item != nil && !c.reads(req) {
		if item := c.settings.Limits.Item(req.URL.Path); item != "" {
			k.item = "writes on " + item
		}
	}
	return k
}

// all lists the classes whose pauses hold a request back.
func (k classes) all() []string {
	if k.item == "" {
		return []string{everything, k.endpoint}
	}
	return []string{everything, k.endpoint, k.item}
}

// paused is the class that an answer asks to leave alone. RateLimit-Reason is
// Jira Cloud's; a reason that is not known is taken for a quota, which is about
// everything.
func (k classes) paused(resp *http.Response) string {
	if resp.StatusCode == http.StatusTooManyRequests {
		switch resp.Header.Get("RateLimit-Reason") {
		case "jira-burst-based":
			return k.endpoint
		case "jira-per-issue-on-write":
			if k.item != "" {
				return k.item
			}
		}
	}
	return everything
}

// object matches a part of a path that names one thing: a number, a key, a
// GUID.
var object = regexp.MustCompile(`^([0-9]+|[A-Z][A-Z0-9_]+(-[0-9]+)?|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$`)

// template is a path with {} for what names one thing.
func template(path string) string {
	parts := strings.Split(path, "/")
	for i, part := range parts {
		// the version in /rest/api/2 is no object
		if object.MatchString(part) && (i == 0 || parts[i-1] != "api" && parts[i-1] != "agile") {
			parts[i] = "{}"
		}
	}
	return strings.Join(parts, "/")
}
