package jirasim

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// The usual bounds of a Data Center's search: rows on a page, and how deep
// startAt reaches.
const (
	usualCap    = 1000
	usualWindow = 10000
)

// offsetAsk is a search by offset.
type offsetAsk struct {
	JQL           string   `json:"jql"`
	StartAt       int      `json:"startAt"`
	MaxResults    *int     `json:"maxResults"`
	Fields        []string `json:"fields"`
	Expand        words    `json:"expand"`
	ValidateQuery any      `json:"validateQuery"`
}

// words are a list of words, or one text with commas.
type words []string

func (w *words) UnmarshalJSON(raw []byte) error {
	if json.Unmarshal(raw, (*[]string)(w)) == nil {
		return nil
	}
	var one string
	if err := json.Unmarshal(raw, &one); err != nil {
		return fmt.Errorf("read words: %w", err)
	}
	*w = strings.Split(one, ",")
	return nil
}

func offsetPost(c *call) reply {
	var a offsetAsk
	if wrong := c.decode(&a, true); wrong != nil {
		return *wrong
	}
	return searchByOffset(c, a)
}

func offsetGet(c *call) reply {
	a := offsetAsk{JQL: c.query("jql"), StartAt: intOr(c.query("startAt"), 0), Fields: c.listed("fields"), Expand: c.listed("expand")}
	if size := c.query("maxResults"); size != "" {
		a.MaxResults = new(intOr(size, usualPage))
	}
	return searchByOffset(c, a)
}

// searchByOffset cuts a page out of what the query finds now. Nothing is kept
// from one page to the next: what moves in between shifts the rows.
func searchByOffset(c *call, a offsetAsk) reply {
	size := usualPage
	if a.MaxResults != nil {
		size = max(*a.MaxResults, 0)
	}
	size = min(size, c.settings.PageCap) // in silence
	start := max(a.StartAt, 0)
	if start+size > c.settings.Window {
		return fault(http.StatusBadRequest, fmt.Sprintf(
			"Result window is too large, from + size must be less than or equal to: [%d] but was [%d].", c.settings.Window, start+size))
	}
	rows, wild, order, wrong := c.rows(a.JQL, nil)
	if wrong != nil {
		return *wrong
	}
	total := len(rows) + wild.count()
	rows = order.merge(rows, wild.rows(start+size, nil), start+size)
	from := min(start, len(rows))
	page := rows[from:min(from+size, len(rows))]
	fields := a.Fields
	if len(fields) == 0 {
		fields = []string{"*navigable"}
	}
	ask := want{fields: fields}
	for _, e := range a.Expand {
		ask.changelog = ask.changelog || strings.TrimSpace(e) == "changelog"
	}
	return ok(object{
		"expand": "schema,names", "startAt": start, "maxResults": size, "total": total,
		"issues": shown(page, func(r row) object { r = c.made(r); return c.showIssue(r.issue, r.state, ask) }),
	})
}
