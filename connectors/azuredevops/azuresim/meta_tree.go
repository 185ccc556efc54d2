package azuresim

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// listNodes answers GET wit/classificationnodes: both roots, or the nodes of
// ids=.
func listNodes(c *call) (any, error) {
	roots := []*node{c.project.areas, c.project.iterations}
	if c.query["ids"] == "" {
		var all []map[string]any
		for _, n := range roots {
			all = append(all, c.nodeObject(n, c.number("$depth", 0)))
		}
		return list(all), nil
	}
	var all []any
	for part := range strings.SplitSeq(c.query["ids"], ",") {
		n := findNode(roots, whole(part))
		switch {
		case n != nil:
			all = append(all, c.withLinks(n, c.nodeObject(n, 0)))
		case strings.EqualFold(c.query["errorpolicy"], "omit"):
			all = append(all, nil)
		default:
			return nil, noNode(part)
		}
	}
	return list(all), nil
}

func findNode(among []*node, id int) *node {
	for _, n := range among {
		if n.id == id {
			return n
		}
		if found := findNode(n.children, id); found != nil {
			return found
		}
	}
	return nil
}

// getNode answers GET wit/classificationnodes/{group}/{path}.
func getNode(c *call) (any, error) {
	var root *node
	switch key(c.vars["group"]) {
	case "areas":
		root = c.project.areas
	case "iterations":
		root = c.project.iterations
	default:
		return nil, badArgument("The structure group %q is neither areas nor iterations.", c.vars["group"])
	}
	n := root.find(c.vars["path"])
	if n == nil {
		return nil, noNode(c.vars["path"])
	}
	return c.withLinks(n, c.nodeObject(n, c.number("$depth", 0))), nil
}

func noNode(name string) error {
	return refused(http.StatusNotFound, "WorkItemTrackingTreeNodeNotFoundException",
		"VS402485: The classification node %s does not exist, or you do not have permission to access it.", name)
}

// nodeObject shows a node with so many levels of its children. Its path has the
// kind of the tree behind the project.
func (c *call) nodeObject(n *node, depth int) map[string]any {
	kind := map[string]string{"area": "Area", "iteration": "Iteration"}[n.kind]
	path := slices.Insert(n.levels(), 1, kind)
	shown := map[string]any{"id": n.id, "identifier": n.guid(), "name": n.name, "structureType": n.kind,
		"hasChildren": len(n.children) > 0, "path": `\` + strings.Join(path, `\`), "url": c.nodeURL(n)}
	if !n.start.IsZero() || !n.finish.IsZero() {
		shown["attributes"] = map[string]any{"startDate": wireDay(n.start), "finishDate": wireDay(n.finish)}
	}
	if depth > 0 && len(n.children) > 0 {
		var children []map[string]any
		for _, child := range n.children {
			children = append(children, c.nodeObject(child, depth-1))
		}
		shown["children"] = children
	}
	return shown
}

func (c *call) withLinks(n *node, shown map[string]any) map[string]any {
	links := map[string]any{"self": href(c.nodeURL(n))}
	if n.parent != nil {
		links["parent"] = href(c.nodeURL(n.parent))
	}
	shown["_links"] = links
	return shown
}

func (n *node) guid() string { return guid("node", n.project.id+"/"+n.kind+"/"+strconv.Itoa(n.id)) }

func (c *call) nodeURL(n *node) string {
	address := c.base + "/" + n.project.id + "/_apis/wit/classificationNodes/" +
		map[string]string{"area": "Areas", "iteration": "Iterations"}[n.kind]
	for _, name := range n.levels()[1:] {
		address += "/" + url.PathEscape(name)
	}
	return address
}
