package azuresim

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// maxBatch is how many work items one call may name.
const maxBatch = 200

// asked says which work items a client wants to see, and how.
type asked struct {
	ids    []int
	fields []string
	expand string // none, relations, fields, links, all
	omit   bool   // leave null where an item cannot be read
	asOf   time.Time
}

// item reads a work item's id from the path and finds what the account can
// read, below the path's project if there is one.
func (c *call) item(name string) (*item, error) {
	id := whole(c.vars[name])
	it := c.w.readable(id)
	if it == nil || c.project != nil && it.project != c.project {
		return nil, noItem(id)
	}
	return it, nil
}

// getItem answers GET wit/workitems/{id}.
func getItem(c *call) (any, error) {
	it, err := c.item("id")
	if err != nil {
		return nil, err
	}
	a, err := c.asked(nil)
	if err != nil {
		return nil, err
	}
	v := a.view(c.base)
	v.links = len(a.fields) == 0
	return c.w.render(it.current(), v), nil
}

// listItems answers GET wit/workitems?ids=1,2.
func listItems(c *call) (any, error) {
	var ids []int
	for part := range strings.SplitSeq(c.query["ids"], ",") {
		id, err := strconv.Atoi(strings.TrimSpace(part))
		if err != nil {
			return nil, badArgument("The ids parameter holds no work item ids: %q.", c.query["ids"])
		}
		ids = append(ids, id)
	}
	a, err := c.asked(ids)
	if err != nil {
		return nil, err
	}
	return c.batch(a)
}

// batchItems answers POST wit/workitemsbatch.
func batchItems(c *call) (any, error) {
	var body struct {
		IDs         []int    `json:"ids"`
		Fields      []string `json:"fields"`
		Expand      string   `json:"$expand"`
		ErrorPolicy string   `json:"errorPolicy"`
		AsOf        string   `json:"asOf"`
	}
	if err := c.decode(&body); err != nil {
		return nil, err
	}
	c.query["fields"], c.query["$expand"] = strings.Join(body.Fields, ","), body.Expand
	c.query["errorpolicy"], c.query["asof"] = body.ErrorPolicy, body.AsOf
	a, err := c.asked(body.IDs)
	if err != nil {
		return nil, err
	}
	return c.batch(a)
}

// asked reads the parameters that all reads of work items share.
func (c *call) asked(ids []int) (asked, error) {
	a := asked{ids: ids, expand: key(c.query["$expand"]), omit: strings.EqualFold(c.query["errorpolicy"], "omit")}
	if c.query["fields"] != "" {
		a.fields = strings.Split(c.query["fields"], ",")
	}
	if at := c.query["asof"]; at != "" {
		var ok bool
		if a.asOf, ok = parseTime(at); !ok {
			return a, badArgument("The value of asOf is no date: %q.", at)
		}
	}
	switch a.expand {
	case "", "none", "relations", "fields", "links", "all":
	default:
		return a, badArgument("The requested expand %q is not known.", c.query["$expand"])
	}
	if len(a.fields) > 0 && a.expand != "" && a.expand != "none" {
		return a, refused(http.StatusBadRequest, "ConflictingParametersException",
			"The expand parameter can not be used with the fields parameter.")
	}
	for _, name := range a.fields {
		if c.w.field(strings.TrimSpace(name)) == nil {
			return a, noField(name)
		}
	}
	if len(ids) > maxBatch {
		return a, refused(http.StatusBadRequest, "WorkItemsBatchSizeException",
			"VS403474: You requested %d work items which exceeds the limit of %d. Reduce the number of requested work items and try again.",
			len(ids), maxBatch)
	}
	return a, nil
}

func (a asked) view(base string) view {
	return view{base: base, fields: a.fields, all: a.expand == "all" || a.expand == "fields",
		relations: a.expand == "all" || a.expand == "relations", links: a.expand == "all" || a.expand == "links"}
}

// batch shows several work items in the order they were named.
func (c *call) batch(a asked) (any, error) {
	shown := make([]any, len(a.ids))
	for i, id := range a.ids {
		it := c.w.readable(id)
		if it == nil || c.project != nil && it.project != c.project {
			if !a.omit {
				return nil, noItem(id)
			}
			continue
		}
		if rv := it.asOf(a.asOf); rv != nil {
			shown[i] = c.w.render(rv, a.view(c.base))
		} else if !a.omit {
			return nil, noItem(id)
		}
	}
	return list(shown), nil
}

// asOf is the revision that was current at a time; the zero time is now.
func (it *item) asOf(at time.Time) *revision {
	if at.IsZero() {
		return it.current()
	}
	var found *revision
	for _, rv := range it.revisions {
		if changed, ok := parseTime(text(rv.fields["System.ChangedDate"])); ok && !changed.After(at) {
			found = rv
		}
	}
	return found
}

func noField(name string) *failure {
	return refused(http.StatusBadRequest, "WorkItemTrackingFieldDefinitionNotFoundException",
		"TF51535: Cannot find field %s.", name)
}

func noRelationType(rel string) *failure {
	return refused(http.StatusBadRequest, "WorkItemLinkTypeNotFoundException", "TF402582: The relation type %s does not exist.", rel)
}
