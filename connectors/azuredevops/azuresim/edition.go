package azuresim

import (
	"net/http"
	"strconv"
	"strings"
)

// Edition is which Azure DevOps an organisation lives on.
type Edition string

// The editions: the service, and Azure DevOps Server 2022.
const (
	Services   Edition = ""
	Server2022 Edition = "server2022"
)

// Feeds says whether the reporting feeds are to be had.
type Feeds string

// What can be wrong with the feeds: a proxy or an old Server has no such path,
// or the account lacks the right.
const (
	FeedsOpen    Feeds = ""
	FeedsMissing Feeds = "missing" // 404
	FeedsRefused Feeds = "refused" // 403
)

// SetFeeds opens or closes the reporting feeds from now on.
func (w *World) SetFeeds(f Feeds) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.settings.Feeds = f
}

func (w *World) onServer() bool { return w.settings.Edition == Server2022 }

// root is what stands before everything in a path: /Organisation, or the
// collection's whole path on a Server.
func (w *World) root() string {
	if w.onServer() && w.settings.Path != "" {
		return w.settings.Path
	}
	return "/" + w.settings.Organisation
}

// below takes the root's segments off a path's; false is an address outside.
func (w *World) below(segments []string) ([]string, bool) {
	root := strings.Split(strings.Trim(w.root(), "/"), "/")
	if len(segments) < len(root) || !strings.EqualFold(strings.Join(segments[:len(root)], "/"), strings.Join(root, "/")) {
		return nil, false
	}
	return segments[len(root):], true
}

// newest is the last version of the API that a Server 2022 speaks.
const newest = "7.0"

// negotiate refuses a version that the Server does not speak yet, or answers in
// the newest that it does where Settings.Negotiates.
func (c *call) negotiate(rt *route) error {
	if !c.w.onServer() || c.version == "" {
		return nil
	}
	number, stage, _ := strings.Cut(c.version, "-")
	asked, err := strconv.ParseFloat(number, 64)
	if err != nil || asked < 7.1 {
		if strings.Contains(rt.path, "/comments") && key(stage) == "preview.4" { // Markdown came with it
			return c.outOfRange()
		}
		return nil
	}
	if !c.w.settings.Negotiates {
		return c.outOfRange()
	}
	c.version = newest
	if stage != "" {
		c.version += "-preview"
	}
	return nil
}

func (c *call) outOfRange() error {
	return refused(http.StatusBadRequest, "VssVersionOutOfRangeException",
		"The requested REST API version of %s is out of range for this server. The latest REST API version this server supports is %s.",
		c.version, newest)
}

// feedsOpen refuses a request for a reporting feed that is not to be had.
func (c *call) feedsOpen(rt *route) error {
	if !strings.HasPrefix(rt.path, "wit/reporting/") {
		return nil
	}
	switch c.w.settings.Feeds {
	case FeedsMissing:
		return noController(c.r.URL.Path)
	case FeedsRefused:
		return refused(http.StatusForbidden, "AccessCheckException",
			"Access Denied: %s needs the following permission(s) to perform this action: View project-level information",
			c.w.settings.Account.Name)
	}
	return nil
}

// rehost gives the people of a Server their addresses on the Server's own host:
// everything is on one.
func (w *World) rehost(base string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	before := w.address
	w.address = base
	for _, p := range w.people {
		for _, name := range []string{"url", "imageUrl"} {
			p[name] = strings.Replace(text(p[name]), before, base, 1)
		}
		p["_links"] = map[string]any{"avatar": href(text(p["imageUrl"]))}
	}
}
