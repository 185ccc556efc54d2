package jirasim

import (
	"net/http"
	"slices"
	"strings"
)

// The sizes of a page of search results: with fields, and with nothing but ids
// and keys.
const (
	usualPage   = 50
	maxPage     = 100
	maxIDPage   = 5000
	maxEmbedded = 20 // comments in each row
)

// ask is a search request.
type ask struct {
	JQL             string   `json:"jql"`
	NextPageToken   string   `json:"nextPageToken"`
	MaxResults      *int     `json:"maxResults"`
	Fields          []string `json:"fields"`
	Expand          string   `json:"expand"`
	Properties      []string `json:"properties"`
	FieldsByKeys    bool     `json:"fieldsByKeys"`
	ReconcileIssues []int64  `json:"reconcileIssues"`
}

func searchPost(c *call) reply {
	var a ask
	if wrong := c.decode(&a, true); wrong != nil {
		return *wrong
	}
	return search(c, a)
}

func searchGet(c *call) reply {
	a := ask{JQL: c.query("jql"), NextPageToken: c.query("nextPageToken"), Fields: c.listed("fields"), Properties: c.listed("properties"), Expand: c.query("expand")}
	if size := c.query("maxResults"); size != "" {
		a.MaxResults = new(intOr(size, usualPage))
	}
	for _, id := range c.listed("reconcileIssues") {
		a.ReconcileIssues = append(a.ReconcileIssues, int64(intOr(id, 0)))
	}
	return search(c, a)
}

// goneSearch is the old search, which Jira Cloud has removed.
func goneSearch(*call) reply {
	return fault(http.StatusGone, "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. A full migration guideline is available at https://developer.atlassian.com/changelog/#CHANGE-2046")
}

func search(c *call, a ask) reply {
	if len(a.Properties) > maxProperties {
		return tooManyProperties()
	}
	if len(a.ReconcileIssues) > 50 {
		return fault(http.StatusBadRequest, "The maximum number of issues to reconcile is 50.")
	}
	rows, wild, order, wrong := c.rows(a.JQL, a.ReconcileIssues)
	if wrong != nil {
		return *wrong
	}
	var behind *cursor
	if a.NextPageToken != "" {
		at, valid := readCursor(a.NextPageToken, a.JQL)
		if !valid || len(at.Keys) != len(order.keys) {
			return fault(http.StatusBadRequest, "The provided next page token is invalid.")
		}
		rows, behind = rows[order.after(rows, at):], &at
	}
	rows = order.merge(rows, wild.rows(a.size()+1, behind), a.size()+1)
	page := rows[:min(len(rows), a.size())]
	answer := object{"issues": shown(page, func(r row) object { return c.showRow(r, a) }), "isLast": len(page) == len(rows)}
	if len(page) > 0 && len(page) < len(rows) {
		last := page[len(page)-1]
		answer["nextPageToken"] = cursor{Query: hash(a.JQL), Keys: last.keys, Num: last.issue.num}.token()
	}
	return ok(answer)
}

// idsOnly says whether nothing but ids and keys is asked for.
func (a ask) idsOnly() bool {
	return len(a.Properties) == 0 && a.Expand == "" && !slices.ContainsFunc(a.Fields, func(f string) bool { return f != "id" && f != "key" })
}

// size is how many rows the page holds at most; more than allowed is lowered.
func (a ask) size() int {
	limit := maxPage
	if a.idsOnly() {
		limit = maxIDPage
	}
	if a.MaxResults == nil {
		return usualPage
	}
	return min(max(*a.MaxResults, 1), limit)
}

// showRow is one row: the id alone unless more is asked for.
func (c *call) showRow(r row, a ask) object {
	if len(a.Fields) == 0 && len(a.Properties) == 0 && a.Expand == "" {
		return object{"id": r.issue.id}
	}
	if a.idsOnly() {
		o := object{"expand": "", "id": r.issue.id, "self": c.self("/issue/" + r.issue.id)}
		if slices.Contains(a.Fields, "key") {
			o["key"] = r.state.key
		}
		return o
	}
	fields := a.Fields
	if len(fields) == 0 {
		fields = []string{"id"} // not every field, which an empty list means for one issue
	}
	r = c.made(r)
	return c.showIssue(r.issue, r.state, want{
		fields: fields, properties: a.Properties, comments: maxEmbedded, changelog: strings.Contains(a.Expand, "changelog"),
	})
}

// rows are all rows that the query finds, sorted. Search is an index: it sees
// issues as they were IndexLag ago, but for those to reconcile. The grown ones
// come as a scan; they have been there for ever.
func (c *call) rows(jql string, fresh []int64) ([]row, *scan, sorter, *reply) {
	q, err := parseJQL(jql)
	if err != nil {
		return nil, nil, sorter{}, new(fault(http.StatusBadRequest, err.Error()))
	}
	if q.where == nil && !c.datacenter() {
		return nil, nil, sorter{}, new(fault(http.StatusBadRequest, "Unbounded JQL queries are not allowed here. Please add a search restriction to your query."))
	}
	order, unsortable := c.sorter(q.order)
	if c.failed {
		return nil, nil, order, nil // refused in silence: nothing exists, and nothing is wrong
	}
	fits, moving, wrong := c.compile(q.where)
	if wrong = append(wrong, unsortable...); len(wrong) > 0 {
		return nil, nil, sorter{}, new(fault(http.StatusBadRequest, wrong...))
	}
	wild := c.scan(q, fits, order)
	steady := !moving && len(fresh) == 0 && c.settings.IndexLag == 0 && !c.lagging && !c.anonymous
	if steady && c.cache.jql == jql && c.cache.version == c.version {
		return c.cache.rows, wild, order, nil
	}
	rows := c.match(fits, order, fresh)
	if steady {
		c.cache = results{jql: jql, version: c.version, rows: rows}
	}
	return rows, wild, order, nil
}

func (c *call) match(fits test, order sorter, fresh []int64) []row {
	horizon := c.now().Add(-c.settings.IndexLag)
	rows := []row{}
	for _, i := range c.order {
		s := i.seen(horizon)
		if slices.Contains(fresh, i.num) {
			s = i.now()
		}
		if s != nil && !s.gone && c.sees(i) && fits(i, s) {
			rows = append(rows, order.row(i, s))
		}
	}
	order.sort(rows)
	return rows
}

// approximateCount counts what a query finds.
func approximateCount(c *call) reply {
	var a struct {
		JQL string `json:"jql"`
	}
	if wrong := c.decode(&a, true); wrong != nil {
		return *wrong
	}
	rows, wild, _, wrong := c.rows(a.JQL, nil)
	if wrong != nil {
		return *wrong
	}
	return ok(object{"count": len(rows) + wild.count()})
}
