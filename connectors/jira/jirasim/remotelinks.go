package jirasim

import (
	"net/http"
	"slices"

	"github.com/trackwarden/trackwarden/connectors/simulator"
)

func (c *call) showRemote(o map[string]any) object {
	seen := plain(o).(object)
	seen["self"] = c.self("/issue/" + c.path("issue") + "/remotelink/" + text(o["id"]))
	return seen
}

// listRemoteLinks answers all links of an issue, or the one with a global id.
func listRemoteLinks(c *call) reply {
	i := c.visible()
	if i == nil {
		return noIssue()
	}
	if global := c.query("globalId"); global != "" {
		at := i.remoteAt(global)
		if at < 0 {
			return fault(http.StatusNotFound, "The remote link with the global id does not exist.")
		}
		return ok(c.showRemote(i.remote[at]))
	}
	return ok(shown(i.remote, c.showRemote))
}

func (i *issue) remoteAt(global string) int {
	return slices.IndexFunc(i.remote, func(o map[string]any) bool { return global != "" && o["globalId"] == global })
}

// postRemoteLink adds a link, or replaces the one with the same global id.
func postRemoteLink(c *call) reply {
	i := c.visible()
	if i == nil {
		return noIssue()
	}
	if !c.may(c.project(i.now().project, ""), "LINK_ISSUES") {
		return fault(http.StatusForbidden, "No Link Issue Permission for issue '"+i.now().key+"'")
	}
	var link object
	if wrong := c.decode(&link, false); wrong != nil {
		return *wrong
	}
	target := asObject(link["object"], "")
	for _, required := range []string{"title", "url"} {
		if text(target[required]) == "" {
			return fieldFault(map[string]string{required: "'" + required + "' is required."})
		}
	}
	if wrong := c.admit(i); wrong != nil {
		return *wrong
	}
	id, added := c.putRemote(i, link)
	simulator.Note(c.r, i.now().key, "remote link "+text(id)+" set")
	status := http.StatusOK
	if added {
		status = http.StatusCreated
	}
	return reply{status: status, body: object{"id": id, "self": c.self("/issue/" + c.path("issue") + "/remotelink/" + text(id))}}
}

// putRemote stores a link and says under which id, and whether it is new.
func (w *World) putRemote(i *issue, link object) (id float64, added bool) {
	w.keep(i)
	link = plain(link).(object)
	if at := i.remoteAt(text(link["globalId"])); at >= 0 {
		link["id"] = i.remote[at]["id"]
		i.remote[at] = link
		id, _ = number(link["id"])
		return id, false
	}
	id, _ = number(w.linkID())
	link["id"] = id
	i.remote = append(i.remote, link)
	return id, true
}

func deleteRemoteLink(c *call) reply {
	i, wrong := c.editable()
	if wrong != nil {
		return *wrong
	}
	at := slices.IndexFunc(i.remote, func(o map[string]any) bool { return text(o["id"]) == c.path("linkid") })
	if at < 0 {
		return fault(http.StatusNotFound, "The remote link does not exist.")
	}
	i.remote = slices.Delete(i.remote, at, at+1)
	simulator.Note(c.r, i.now().key, "remote link "+c.path("linkid")+" removed")
	return noContent
}
