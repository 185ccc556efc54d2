package azuresim

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// revisionsFeed answers GET wit/reporting/workitemrevisions: every revision in
// the order they were made. A token says after which one to go on; it stays
// good for ever.
func revisionsFeed(c *call) (any, error) {
	from, since, err := c.feedStart()
	if err != nil {
		return nil, err
	}
	size := c.pageSize()
	var page []*revision
	last := true
	for rv := range c.w.revisionsFrom(from, since) {
		if !c.reports(rv, since) {
			continue
		}
		if len(page) == size {
			last = false
			break
		}
		page = append(page, rv)
	}
	token := c.query["continuationtoken"]
	if len(page) > 0 {
		end := page[len(page)-1]
		token = fmt.Sprintf("%d;%d;%d", end.watermark, end.item.id, end.rev)
	}
	if token == "" {
		token = fmt.Sprintf("%d;0;0", c.w.last.watermark)
	}
	rows := make([]map[string]any, len(page))
	for i, rv := range page {
		rows[i] = c.row(rv)
	}
	return c.feed(rows, token, last), nil
}

// postRevisionsFeed is the same with its parameters in the body.
func postRevisionsFeed(c *call) (any, error) {
	var body struct {
		Fields             []string `json:"fields"`
		Types              []string `json:"types"`
		IncludeDeleted     bool     `json:"includeDeleted"`
		IncludeIdentityRef bool     `json:"includeIdentityRef"`
		IncludeLatestOnly  bool     `json:"includeLatestOnly"`
	}
	if err := c.decode(&body); err != nil {
		return nil, err
	}
	c.query["fields"], c.query["types"] = strings.Join(body.Fields, ","), strings.Join(body.Types, ",")
	c.query["includedeleted"] = strconv.FormatBool(body.IncludeDeleted)
	c.query["includeidentityref"] = strconv.FormatBool(body.IncludeIdentityRef)
	c.query["includelatestonly"] = strconv.FormatBool(body.IncludeLatestOnly)
	return revisionsFeed(c)
}

// feedStart reads where a feed is to start: behind a token, or at a time. The
// two together are refused.
func (c *call) feedStart() (watermark int, since time.Time, err error) {
	token, start := c.query["continuationtoken"], c.query["startdatetime"]
	if token != "" && start != "" {
		return 0, since, badArgument("startDateTime cannot be used in conjunction with a continuation token.")
	}
	if token != "" {
		first, _, _ := strings.Cut(token, ";")
		watermark, convErr := strconv.Atoi(first)
		if convErr != nil || watermark < 0 || watermark > c.w.last.watermark {
			return 0, since, refused(http.StatusBadRequest, "InvalidContinuationTokenException",
				"VS402386: The continuation token '%s' is not valid.", token)
		}
		return watermark, since, nil
	}
	if start != "" {
		var ok bool
		if since, ok = parseTime(start); !ok {
			return 0, since, badArgument("The value of startDateTime is no date: %q.", start)
		}
	}
	return 0, since, nil
}

func (c *call) pageSize() int {
	return min(max(c.number("$maxpagesize", c.w.settings.FeedPage), 1), 1000)
}

// reports says whether a revision belongs into the feed as it was asked for. A
// project's feed knows only what was in the project at that revision.
func (c *call) reports(rv *revision, since time.Time) bool {
	it := rv.item
	switch {
	case it.unseen(), it.deletedBy != nil && !c.flag("includedeleted"):
		return false
	case c.flag("includelatestonly") && rv != it.current():
		return false
	case c.project != nil && !strings.EqualFold(text(rv.fields["System.TeamProject"]), c.project.Name):
		return false
	case !c.ofType(text(rv.fields["System.WorkItemType"])):
		return false
	}
	changed, ok := parseTime(text(rv.fields["System.ChangedDate"]))
	return since.IsZero() || !ok || !changed.Before(since)
}

func (c *call) ofType(name string) bool {
	types := c.query["types"]
	return types == "" || slices.ContainsFunc(strings.Split(types, ","),
		func(t string) bool { return strings.EqualFold(strings.TrimSpace(t), name) })
}

// row is a revision as the feed shows it: bare fields, people as text unless
// asked otherwise, long text only with $expand=fields. A parent is not among
// them: it is a link.
func (c *call) row(rv *revision) map[string]any {
	var fields map[string]any
	if names := c.query["fields"]; names != "" {
		fields = c.w.selected(rv, strings.Split(names, ","))
	} else {
		fields = c.reportable(rv)
	}
	for ref, value := range fields {
		if person, ok := value.(map[string]any); ok && !c.flag("includeidentityref") {
			fields[ref] = distinct(person)
		}
	}
	return map[string]any{"id": rv.item.id, "rev": rv.rev, "fields": fields}
}

func (c *call) reportable(rv *revision) map[string]any {
	fields := map[string]any{"System.Id": rv.item.id, "System.Rev": rv.rev, "System.RevisedDate": rv.revisedAt()}
	long := strings.EqualFold(c.query["$expand"], "fields")
	for ref, value := range rv.fields {
		if f := c.w.field(ref); f != nil && (long || !f.longText() || ref == "System.Tags") {
			fields[ref] = value
		}
	}
	return fields
}

// feed wraps a batch. The next link keeps the parameters, with the new token.
func (c *call) feed(rows []map[string]any, token string, last bool) map[string]any {
	next := url.Values{}
	for name, values := range parameters(c.r) {
		if k := key(name); k != "continuationtoken" && k != "startdatetime" {
			next[name] = values
		}
	}
	next.Set("continuationToken", token)
	return map[string]any{"values": rows, "continuationToken": token, "isLastBatch": last,
		"nextLink": "http://" + c.r.Host + c.r.URL.EscapedPath() + "?" + next.Encode()}
}
