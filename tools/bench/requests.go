package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// request is one that a simulator was asked.
type request struct {
	Method string `json:"method"`
	Path   string `json:"path"`
	Body   string `json:"body"`
}

// What a request is for.
const (
	page   = "pages"    // items, or the ids by which they are asked for
	count  = "counts"   // how many there are, and where to cut
	past   = "past"     // what became of items before
	start  = "start-up" // how the site is built
	census = "census"   // every identity, once a day, and so in the first pass too
)

var purposes = []struct {
	path *regexp.Regexp
	of   string
}{
	{regexp.MustCompile(`/changelog|/issue/bulkfetch$|/updates$|/comment`), past},
	{regexp.MustCompile(`/search/approximate-count$`), count},
	{regexp.MustCompile(`/search/jql$|/wit/workitemsbatch$|/wit/wiql$|/wit/reporting/`), page},
}

var (
	one     = regexp.MustCompile(`"maxResults":1[,}]`) // the first row only, to learn where to cut
	onlyIDs = regexp.MustCompile(`"maxResults":5000[,}]`)
	listing = regexp.MustCompile(`/wit/wiql$`)
)

func (r request) purpose() string {
	for _, p := range purposes {
		switch {
		case !p.path.MatchString(r.Path):
		case p.of == page && one.MatchString(r.Body):
			return count
		case p.of == page && onlyIDs.MatchString(r.Body):
			return census
		default:
			return p.of
		}
	}
	return start
}

// backfillRequests sorts what a backfill asked by what it was for. What was
// counted before the first page belongs to starting up; what was counted later,
// or listed after the last page, to the census.
func backfillRequests(all []request) map[string][]request {
	asked := map[string][]request{}
	last := 0
	for i, r := range all {
		if r.purpose() == page && !listing.MatchString(r.Path) {
			last = i
		}
	}
	for i, r := range all {
		what := r.purpose()
		switch {
		case what == count && len(asked[page]) == 0:
			what = start
		case what == count, i > last && listing.MatchString(r.Path):
			what = census
		}
		asked[what] = append(asked[what], r)
	}
	return asked
}

// fewest is how many requests bring so many items at least: pages of 100
// issues; or batches of 200 work items, and their ids, 20,000 at once.
func fewest(k kind, items int) int {
	if k == jira {
		return ceil(items, 100)
	}
	return ceil(items, 200) + ceil(items, 20_000)
}

func ceil(n, by int) int { return (n + by - 1) / by }

var shortened = regexp.MustCompile(`^.*/(?:_apis|rest)/`)

// routes tells requests by where they went.
func routes(all []request) string {
	counts := map[string]int{}
	for _, r := range all {
		counts[shortened.ReplaceAllString(r.Path, "")]++
	}
	var told []string
	for route, n := range counts {
		told = append(told, fmt.Sprintf("%s %s", thousands(n), route))
	}
	slices.Sort(told)
	return strings.Join(told, ", ")
}
