package azuresim

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
)

// maxResults is how many work items a query may find.
const maxResults = 20000

// runQuery answers POST wit/wiql: ids only. The project of the path means no
// more than what @project stands for.
func runQuery(c *call) (any, error) {
	var body struct {
		Query string `json:"query"`
	}
	if err := c.decode(&body); err != nil {
		return nil, err
	}
	q, err := parseQuery(body.Query)
	if err != nil {
		return nil, badQuery(err)
	}
	e := &evaluator{w: c.w, project: c.project, exact: c.flag("timeprecision"), fields: map[string]*field{}}
	columns, sorted, err := c.columns(e, q)
	if err != nil {
		return nil, badQuery(err)
	}
	if err := e.check(q.where); err != nil {
		return nil, badQuery(err)
	}
	top := c.number("$top", 0)
	found := e.run(q, top)
	if len(found) > maxResults && (top <= 0 || top > maxResults) {
		return nil, tooMany()
	}
	if top > 0 && top < len(found) {
		found = found[:top]
	}
	answer := map[string]any{"queryType": "flat", "queryResultType": "workItem", "asOf": wireTime(c.w.now()),
		"columns": columns, "workItems": c.references(found)}
	if len(sorted) > 0 {
		answer["sortColumns"] = sorted
	}
	return answer, nil
}

// references are the ids that a query found. Below a project their addresses
// have it too.
func (c *call) references(found []*item) []map[string]any {
	base := c.base
	if c.project != nil {
		base += "/" + c.project.id
	}
	all := make([]map[string]any, len(found))
	for i, it := range found {
		all[i] = map[string]any{"id": it.id, "url": base + "/_apis/wit/workItems/" + strconv.Itoa(it.id)}
	}
	return all
}

func (c *call) columns(e *evaluator, q query) (columns, sorted []map[string]any, err error) {
	for _, name := range q.columns {
		f, err := e.resolve(name)
		if err != nil {
			return nil, nil, err
		}
		columns = append(columns, c.reference(f))
	}
	for _, s := range q.order {
		f, err := e.resolve(s.field)
		if err != nil {
			return nil, nil, err
		}
		sorted = append(sorted, map[string]any{"field": c.reference(f), "descending": s.descending})
	}
	return columns, sorted, nil
}

// reference is how other answers name a field.
func (c *call) reference(f *field) map[string]any {
	return map[string]any{"referenceName": f.Ref, "name": f.Name, "url": c.base + "/_apis/wit/fields/" + f.Ref}
}

// run finds and sorts; what ties is sorted by id. Of what has grown it finds no
// more than are wanted or allowed, when they come in the order of their ids.
func (e *evaluator) run(q query, top int) []*item {
	byID := len(q.order) == 0 || e.fields[q.order[0].field].Ref == "System.Id" && !q.order[0].descending
	limit := maxResults + 1
	if top > 0 {
		limit = top
	}
	if !byID {
		limit = 1 << 62
	}
	found := e.grown(q, limit)
	for _, it := range e.w.items {
		if it.deletedBy == nil && !it.unseen() && (q.where == nil || e.holds(q.where, it)) {
			found = append(found, it)
		}
	}
	slices.SortFunc(found, func(a, b *item) int {
		if byID {
			return cmp.Compare(a.id, b.id)
		}
		for _, s := range q.order {
			f := e.fields[s.field]
			o := order(f, e.value(f, a), e.value(f, b))
			if s.descending {
				o = -o
			}
			if o != 0 {
				return o
			}
		}
		return cmp.Compare(a.id, b.id)
	})
	return found
}

// value is a field of an item as text that can be compared; "" is empty.
func (e *evaluator) value(f *field, it *item) string {
	switch f.Ref {
	case "System.Id":
		return strconv.Itoa(it.id)
	case "System.Rev":
		return strconv.Itoa(it.current().rev)
	}
	v, ok := it.current().fields[f.Ref]
	if !ok && f.computed {
		v = e.w.computed(it.current())[f.Ref]
	}
	switch v := v.(type) {
	case string:
		if f.Type != "dateTime" {
			return v
		}
		if t, ok := parseTime(v); ok {
			return e.spell(t)
		}
	case int:
		return strconv.Itoa(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	case map[string]any:
		return distinct(v)
	}
	return ""
}

func badQuery(err error) error {
	return refused(http.StatusBadRequest, "QueryException", "%s.", err)
}

func tooMany() error {
	return refused(http.StatusBadRequest, "WorkItemTrackingQueryResultSizeLimitExceededException",
		"VS402337: The number of work items returned exceeds the size limit of %d. Change the query to return fewer items.", maxResults)
}
