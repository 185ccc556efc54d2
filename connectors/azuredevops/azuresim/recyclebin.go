package azuresim

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// deleteItem answers DELETE wit/workitems/{id}: into the recycle bin, or out of
// the world with destroy=true.
func deleteItem(c *call) (any, error) {
	it, err := c.item("id")
	if err != nil {
		return nil, err
	}
	if err := c.w.need(DeleteItems); err != nil {
		return nil, err
	}
	if c.flag("destroy") {
		c.w.destroy(it)
		c.note(it.id, "destroyed")
		c.status = http.StatusNoContent
		return nil, nil
	}
	c.w.bin(it, c.w.settings.Account)
	c.note(it.id, "deleted")
	return c.binned(it), nil
}

// binned is an item in the recycle bin as the wire has it. Its date is for
// Americans.
func (c *call) binned(it *item) map[string]any {
	return map[string]any{"id": it.id, "code": http.StatusOK, "type": it.text("System.WorkItemType"),
		"name": it.text("System.Title"), "project": it.project.Name, "deletedBy": distinct(it.deletedBy),
		"deletedDate": it.deletedAt.Format("1/2/2006 3:04:05 PM"), "url": c.binURL(it.id)}
}

func (c *call) binURL(id int) string { return c.base + "/_apis/wit/recyclebin/" + strconv.Itoa(id) }

// bin lists the recycle bin, of one project or of all.
func (c *call) bin() []*item {
	var all []*item
	for _, it := range c.w.items {
		if it.deletedBy != nil && !it.unseen() && (c.project == nil || it.project == c.project) {
			all = append(all, it)
		}
	}
	slices.SortFunc(all, func(a, b *item) int { return a.id - b.id })
	return all
}

// listBin answers GET wit/recyclebin: bare ids, or those of ids= in full.
func listBin(c *call) (any, error) {
	all := c.bin()
	if c.query["ids"] == "" {
		if len(all) > maxResults {
			return nil, tooMany()
		}
		var shown []map[string]any
		for _, it := range all {
			shown = append(shown, map[string]any{"id": it.id, "url": c.binURL(it.id)})
		}
		return list(shown), nil
	}
	var shown []map[string]any
	for part := range strings.SplitSeq(c.query["ids"], ",") {
		id := whole(part)
		at := slices.IndexFunc(all, func(it *item) bool { return it.id == id })
		if at < 0 {
			shown = append(shown, map[string]any{"id": id, "code": http.StatusNotFound, "message": noItem(id).message})
			continue
		}
		shown = append(shown, c.binned(all[at]))
	}
	return list(shown), nil
}

// getBinned answers GET wit/recyclebin/{id}.
func getBinned(c *call) (any, error) {
	for _, it := range c.bin() {
		if strconv.Itoa(it.id) == c.vars["id"] {
			shown := c.binned(it)
			shown["resource"] = c.w.render(it.current(), view{base: c.base, links: true})
			return shown, nil
		}
	}
	return nil, noItem(whole(c.vars["id"]))
}
