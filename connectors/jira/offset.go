package jira

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// Jira Data Center searches by offset: a page is cut out of whatever the query
// finds at that moment, and offsets beyond 10,000 are refused. So listings do
// not go on by offset but by time: the next page begins at the time of the last
// row, and only within one second, which is as exact as its index is, by
// offset. span is where such a listing stands.
type span struct {
	At     int64  `json:"at,omitempty"`     // a whole second in epoch ms; earlier rows have been read
	Skip   int    `json:"skip,omitempty"`   // so many rows from there on have been read too
	Anchor string `json:"anchor,omitempty"` // id of the last of them
}

// row is an issue of a listing with the time that the listing is sorted by.
type row struct {
	id     string
	second int64
	raw    json.RawMessage
}

// listing is a query in the order of a time.
type listing struct {
	where  string // JQL without an order
	by     string // created or updated
	fields []string
	size   int
	// doubt is how many of the last rows have to agree on the time. An issue
	// may show a later `updated` than the index knew when it sorted: believed,
	// it would make the listing skip what lies between.
	doubt int
}

// deepest is how far startAt and maxResults reach together.
const deepest = 10_000

// doubted is the doubt about `updated`; `created` never changes.
const doubted = 5

// next reads the rows behind a position: never fewer, perhaps some again.
func (t *Tracker) next(ctx context.Context, l listing, from span) (rows []row, to span, last bool, err error) {
	jql := fmt.Sprintf("%s AND %s >= %d ORDER BY %s ASC, key ASC", l.where, l.by, from.At, l.by)
	if from.At == 0 {
		jql = fmt.Sprintf("%s ORDER BY %s ASC, key ASC", l.where, l.by)
	}
	again := min(from.Skip, 1)
	start := from.Skip - again
	size := min(l.size+again, deepest-start)
	if size < 1+again {
		return nil, from, false, fmt.Errorf("%w: more than %d issues were %s in one second, and Jira looks no deeper", backlog.ErrIncomplete, deepest, l.by)
	}
	rows, total, err := t.rows(ctx, jql, l, start, size)
	if err != nil {
		return nil, from, false, err
	}
	if again > 0 && (len(rows) == 0 || rows[0].id != from.Anchor) { // the rows have shifted
		start, again = 0, 0
		if rows, total, err = t.rows(ctx, jql, l, 0, l.size); err != nil {
			return nil, from, false, err
		}
	}
	if start+len(rows) >= total {
		return rows[again:], from, true, nil
	}
	if len(rows) == again {
		return nil, from, false, fmt.Errorf("%w: Jira gave an empty page and says that there are more", backlog.ErrIncomplete)
	}
	return rows[again:], from.behind(rows, start, l.doubt), false, nil
}

// behind is the position after a page that began at an offset.
func (s span) behind(rows []row, start, doubt int) span {
	last := rows[len(rows)-1]
	at := last.second
	for _, r := range rows[max(0, len(rows)-doubt):] {
		at = min(at, r.second)
	}
	if at <= s.At { // all in one second, as after an import
		return span{At: s.At, Skip: start + len(rows), Anchor: last.id}
	}
	next := span{At: at}
	if doubt > 1 {
		return next // what is read again is a few rows
	}
	for _, r := range rows {
		if r.second == at {
			next.Skip++
		}
	}
	next.Anchor = last.id
	return next
}

// rows reads one page. How many came is what counts: Jira caps the size in
// silence.
func (t *Tracker) rows(ctx context.Context, jql string, l listing, start, size int) ([]row, int, error) {
	var found window
	raws, err := t.whole(ctx, l.fields, func(fields []string) (_ []json.RawMessage, err error) {
		found, err = t.searchFrom(ctx, jql, fields, start, size)
		return found.Issues, err
	})
	if err != nil {
		return nil, 0, err
	}
	rows := make([]row, len(raws))
	for i, raw := range raws {
		var one struct {
			linked
			Fields map[string]json.RawMessage `json:"fields"`
		}
		if err := json.Unmarshal(raw, &one); err != nil || one.ID == "" {
			return nil, 0, fmt.Errorf("%w: an issue in the listing has no id", backlog.ErrIncomplete)
		}
		at := optionalTime(one.Fields, l.by)
		if at.IsZero() && i > 0 {
			at = time.UnixMilli(rows[i-1].second) // no later than the row itself
		}
		rows[i] = row{id: string(one.ID), second: at.Truncate(time.Second).UnixMilli(), raw: raw}
	}
	return rows, found.Total, nil
}

// window is what a Data Center's search answers.
type window struct {
	Issues []json.RawMessage `json:"issues"`
	Total  int               `json:"total"`
}

// searchFrom reads one page by POST rest/api/2/search. A size of 0 only counts.
func (t *Tracker) searchFrom(ctx context.Context, jql string, fields []string, start, size int) (window, error) {
	var answer struct {
		window
		Total *int `json:"total"`
	}
	question := map[string]any{"jql": jql, "fields": fields, "startAt": start, "maxResults": size}
	if err := t.post(ctx, "rest/api/2/search", question, &answer); err != nil {
		return window{}, t.explained(err)
	}
	if answer.Total == nil {
		return window{}, fmt.Errorf("search: %w: Jira does not say how many issues there are", backlog.ErrIncomplete)
	}
	return window{answer.Issues, *answer.Total}, nil
}

// windowPage reads the page of a sweep at a position on a Data Center.
func (t *Tracker) windowPage(ctx context.Context, m *model, p position) (backlog.Page, position, error) {
	where, err := t.where(m, p)
	if err != nil {
		return backlog.Page{}, p, err
	}
	l := listing{where: where, by: "created", fields: m.fields.wanted(), size: t.settings.PageSize, doubt: 1}
	if p.Kind == changes {
		l.by, l.doubt = "updated", doubted
		l.size += doubted
	}
	rows, to, last, err := t.next(ctx, l, p.span)
	if err != nil {
		return backlog.Page{}, p, err
	}
	raws := make([]json.RawMessage, len(rows))
	for i, r := range rows {
		raws[i] = r.raw
	}
	page := t.convertAll(m, raws)
	p.span, p.Pages, p.Done = to, p.Pages+1, last
	page.Position, page.Total = p.String(), max(p.Total, 0)
	if last {
		page = p.last(page)
	}
	return page, p, nil
}
