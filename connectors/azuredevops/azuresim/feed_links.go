package azuresim

import (
	"strconv"
	"strings"
	"time"
)

// linksFeed answers GET wit/reporting/workitemlinks: every link by its last
// change, gone ones too. This is where a new parent shows, and nowhere else.
func linksFeed(c *call) (any, error) {
	from, since, err := c.feedStart()
	if err != nil {
		return nil, err
	}
	size, last := c.pageSize(), true
	rows := []map[string]any{}
	token := c.query["continuationtoken"]
	for l := range c.w.linksFrom(from, since) {
		if !c.reportsLink(l, since) {
			continue
		}
		if len(rows) == size {
			last = false
			break
		}
		rows = append(rows, c.linkRow(l))
		token = strconv.Itoa(l.watermark)
	}
	if token == "" {
		token = strconv.Itoa(c.w.last.watermark)
	}
	return c.feed(rows, token, last), nil
}

// reportsLink says whether a link belongs into the feed: one end must be
// readable, and in the project and of the type that were asked for.
func (c *call) reportsLink(l *link, since time.Time) bool {
	ends := false
	for _, id := range []int{l.source, l.target} {
		it := c.w.item(id)
		if it == nil || it.unseen() {
			continue
		}
		ends = ends || (c.project == nil || it.project == c.project) && c.ofType(it.text("System.WorkItemType"))
	}
	if !ends || !c.ofLinkType(l) {
		return false
	}
	changed, ok := parseTime(l.changed)
	return since.IsZero() || !ok || !changed.Before(since)
}

func (c *call) ofLinkType(l *link) bool {
	types := c.query["linktypes"]
	if types == "" {
		return true
	}
	for name := range strings.SplitSeq(types, ",") {
		if t, _, ok := findLinkType(strings.TrimSpace(name)); ok && t.base == l.base || strings.EqualFold(name, l.base) {
			return true
		}
	}
	return false
}

func (c *call) linkRow(l *link) map[string]any {
	row := map[string]any{"rel": l.base, "sourceId": l.source, "targetId": l.target, "changedDate": l.changed,
		"isActive": l.active, "changedBy": l.by, "changedOperation": "remove"}
	if l.active {
		row["changedOperation"] = "create"
	}
	if l.comment != "" {
		row["comment"] = l.comment
	}
	for name, id := range map[string]int{"sourceProjectId": l.source, "targetProjectId": l.target} {
		if p := c.w.projectOf(id); p != nil {
			row[name] = p.id
		}
	}
	return row
}
