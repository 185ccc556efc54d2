package oracle

import (
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/trackwarden/trackwarden/connectors/simulator"
)

// POSTs that only read.
var reads = []string{
	"/search", "/search/jql", "/approximate-count", "/bulkfetch", "/comment/list", "/permissions/check",
	"/wiql", "/workitemsbatch", "/permissionevaluationbatch", "/workitemrevisions",
}

// Writing reports whether a request asks for a change, whatever became of it.
func Writing(e simulator.Entry) bool {
	switch e.Method {
	case http.MethodPut, http.MethodPatch, http.MethodDelete:
		return true
	case http.MethodPost:
		return !slices.ContainsFunc(reads, func(suffix string) bool { return strings.HasSuffix(strings.ToLower(e.Path), suffix) })
	}
	return false
}

// NoStorm is the first half of O4: there are no more writes than in a run
// without faults, but for one more for each answer that was lost.
func (w World) NoStorm(clean World, lost int) []Breach {
	if n, most := len(w.Writes()), len(clean.Writes())+lost; n > most {
		return []Breach{w.breach("O4", Item{}, "%d writes, at most %d were called for", n, most)}
	}
	return nil
}

// Silent is the second half of O4: since the log was so long, nobody asked for
// a change.
func (w World) Silent(since int) (bad []Breach) {
	for _, e := range w.Log[min(since, len(w.Log)):] {
		if Writing(e) {
			bad = append(bad, w.breach("O4", Item{Key: e.Item}, "asked for in a world at rest: %s %s %s", e.Method, e.Path, e.Body))
		}
	}
	return bad
}

// What trackers take for the mention of a person: at the beginning of a word in
// plain text, in wiki text, in a document, in HTML.
var mention = regexp.MustCompile(`(?:^|[\s(>])@[\pL\d]|\[~|"type":\s*"mention"|data-vss-mention`)

// Mentions is a part of O7: nothing that we wrote mentions anybody.
func (w World) Mentions() (bad []Breach) {
	for _, i := range w.Items {
		for _, c := range i.Ours() {
			if found := mention.FindString(c.Text); found != "" {
				bad = append(bad, w.breach("O7", i, "our comment mentions somebody: %q in %q", found, c.Text))
			}
		}
	}
	return bad
}

var posting = regexp.MustCompile(`/comments?$`)

// Quiet is the rest of O7: nobody got more new comments of ours on their items
// in one day, in UTC, than the budget allows.
func (w World) Quiet(perPerson int) (bad []Breach) {
	type window struct{ person, day string }
	told := map[window]int{}
	for _, e := range w.Writes() {
		i, _ := w.item(e.Item)
		posts := e.Method == http.MethodPost && posting.MatchString(e.Path) || e.Method == http.MethodPatch && strings.Contains(e.Body, "System.History")
		if i.Assignee == "" || !posts {
			continue
		}
		at := window{i.Assignee, e.At.UTC().Format("2006-01-02")}
		if told[at]++; told[at] == perPerson+1 {
			bad = append(bad, w.breach("O7", i, "%s got more than %d comments on %s", at.person, perPerson, at.day))
		}
	}
	return bad
}
