package jirasim

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
)

// row is an issue in a result, with the keys that it is sorted by.
type row struct {
	issue *issue
	state *state
	keys  []string
}

// results are the sorted rows of the last search. While nothing changes, its
// further pages need no new search.
type results struct {
	jql     string
	version int
	rows    []row
}

// sorter compares rows. Issues that are otherwise alike sort by id.
type sorter struct {
	keys []func(*issue, *state) string
	desc []bool
}

// sorter reads ORDER BY; without one the newest comes first.
func (c *call) sorter(order []sortKey) (sorter, []string) {
	if len(order) == 0 {
		order = []sortKey{{field: "id", desc: true}}
	}
	var s sorter
	var wrong []string
	for _, key := range order {
		f := c.sortValue(key.field)
		if f == nil {
			wrong = append(wrong, fmt.Sprintf("Not able to sort using field '%s'.", key.field))
		}
		s.keys, s.desc = append(s.keys, f), append(s.desc, key.desc)
	}
	return s, wrong
}

// sortValue turns a field into strings that sort as the field does, nil when
// the field does not sort.
func (c *call) sortValue(field string) func(*issue, *state) string {
	switch strings.ToLower(field) {
	case "created", "createddate":
		return func(_ *issue, s *state) string { return fmt.Sprintf("%020d", s.created.UnixMilli()) }
	case "updated", "updateddate":
		return func(_ *issue, s *state) string { return fmt.Sprintf("%020d", s.updated.UnixMilli()) }
	case "key", "issuekey", "issue":
		return func(_ *issue, s *state) string {
			project, n := splitKey(s.key)
			return fmt.Sprintf("%s-%012d", project, n)
		}
	case "id":
		return func(i *issue, _ *state) string { return fmt.Sprintf("%020d", i.num) }
	case "project":
		return func(_ *issue, s *state) string { return s.project }
	}
	f, known := c.jqlField(field)
	if !known || f.ID == "comment" || f.ID == "description" {
		return nil
	}
	k := &compiler{call: c}
	return func(_ *issue, s *state) string {
		if n, is := number(s.fields[f.ID]); is && f.Type == "number" {
			return fmt.Sprintf("%030.6f", n)
		}
		return strings.ToLower(strings.Join(k.words(f, s), " "))
	}
}

func (o sorter) row(i *issue, s *state) row {
	r := row{issue: i, state: s, keys: make([]string, len(o.keys))}
	for n, key := range o.keys {
		r.keys[n] = key(i, s)
	}
	return r
}

// compare orders a row against a position.
func (o sorter) compare(r row, keys []string, num int64) int {
	for n := range o.keys {
		if way := strings.Compare(r.keys[n], keys[n]); way != 0 {
			if o.desc[n] {
				return -way
			}
			return way
		}
	}
	return cmp.Compare(r.issue.num, num)
}

func (o sorter) sort(rows []row) {
	slices.SortFunc(rows, func(a, b row) int { return o.compare(a, b.keys, b.issue.num) })
}

// merge puts the first of two sorted lists into one. The first list is not
// changed: it may be the cache's.
func (o sorter) merge(rows, more []row, limit int) []row {
	if len(more) == 0 {
		return rows
	}
	all := append(more, rows[:min(len(rows), limit)]...)
	o.sort(all)
	return all
}

// made is a row with its whole issue.
func (c *call) made(r row) row {
	if r.issue.grown > 0 && len(r.issue.states) == 0 {
		r.issue = c.grownIssue(r.issue.grown - 1)
		r.state = r.issue.now()
	}
	return r
}

// after is the place of the first row behind the position.
func (o sorter) after(rows []row, at cursor) int {
	place, found := slices.BinarySearchFunc(rows, at, func(r row, at cursor) int { return o.compare(r, at.Keys, at.Num) })
	if found {
		place++
	}
	return place
}

// cursor is what a page token holds: the last row's keys, so that paging goes
// on behind them even when rows have come, gone or moved.
type cursor struct {
	Query uint64   `json:"q"`
	Keys  []string `json:"k"`
	Num   int64    `json:"n"`
}

func (at cursor) token() string {
	raw, _ := json.Marshal(at) // strings and numbers always marshal
	return base64.RawURLEncoding.EncodeToString(raw)
}

// readCursor reads a page token; it must belong to the query.
func readCursor(token, jql string) (cursor, bool) {
	var at cursor
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || json.Unmarshal(raw, &at) != nil {
		return cursor{}, false
	}
	return at, at.Query == hash(jql)
}

func hash(s string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(s)) // never fails
	return h.Sum64() >> 12    // fits a JSON number
}
