package jira

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/jira/jirasim"
	"github.com/trackwarden/trackwarden/connectors/simulator"
)

// Sites differ in what they offer. Whatever is missing here, everything that a
// pass does still works, and a problem says what is worse for it.
func TestMissingEndpoints(t *testing.T) {
	for path, problem := range map[string]string{
		`^/_edge/tenant_info$`:                              "",
		`^/rest/api/./serverInfo$`:                          "serverInfo",
		`^/rest/api/2/(serverInfo|myself|field)$`:           "",
		`^/rest/api/./field$`:                               "/field",
		`^/rest/api/./project/search`:                       "",
		`^/rest/api/./(project/search|project\?|project$)`:  "",
		`^/rest/api/./issue/createmeta/`:                    "",
		`^/rest/api/./issue/createmeta/10000/issuetypes/.`:  "",
		`^/rest/api/./(issue/createmeta/|project/)10000`:    "",
		`^/rest/api/./(issue/createmeta|project/10|issuet)`: "/issuetype",
		`^/rest/api/./permissions/check$`:                   "",
		`^/rest/api/./(permissions/check|mypermissions)`:    "permissions/check",
		`^/rest/api/./search/approximate-count$`:            "",
		`^/rest/api/2/search/`:                              "",
		`^/rest/api/3/search/`:                              "",
		`^/rest/api/2/issue/bulkfetch$`:                     "",
		`^/rest/api/./issue/bulkfetch$`:                     "",
		`^/rest/api/./comment/list`:                         "",
		`/remotelink$`:                                      "remotelink",
		`^/rest/api/2/issue/[^/]+/comment`:                  "",
		`^/rest/api/2/`:                                     "",
	} {
		for _, status := range []int{http.StatusNotFound, http.StatusForbidden, http.StatusMethodNotAllowed, http.StatusGone, http.StatusNotImplemented} {
			t.Run(fmt.Sprint(path, " ", status), func(t *testing.T) {
				w, url := start(t, jirasim.Settings{})
				w.Faults().Add(answer(path, status, `{"errorMessages":["dead link"]}`))
				site := pass(t, w, connect(t, url, Settings{}))
				if said := strings.Join(site.Problems, "\n"); (said == "") != (problem == "") || !strings.Contains(said, problem) {
					t.Errorf("problems %q, want one about %q", said, problem)
				}
				if right := site.Rights[0]; !right.Edit || !right.Comment {
					t.Errorf("rights are %+v, and the write itself would be the one to refuse", right)
				}
			})
		}
	}
}

// A POST that only the GET of the same name replaces.
func TestSearchByGET(t *testing.T) {
	w, url := start(t, jirasim.Settings{})
	w.Faults().Add(simulator.Rule{Method: http.MethodPost, Path: `/search/jql`, Status: http.StatusMethodNotAllowed})
	pass(t, w, connect(t, url, Settings{PageSize: 2}))
}

// Comments that only the issue itself holds.
func TestCommentsInsideTheIssue(t *testing.T) {
	w, url := start(t, jirasim.Settings{})
	w.Faults().Add(simulator.Rule{Method: http.MethodGet, Path: `/issue/[^/]+/comment`, Status: http.StatusNotFound})
	pass(t, w, connect(t, url, Settings{}))
}

// What nothing can replace ends in a sentence that names it.
func TestEssentialEndpoints(t *testing.T) {
	for path, c := range map[string]struct {
		name string
		do   func(*Tracker) error
	}{
		`/myself$`:            {"/myself", func(r *Tracker) error { _, err := r.Describe(t.Context()); return err }},
		`/project`:            {"/project", func(r *Tracker) error { _, err := r.Describe(t.Context()); return err }},
		`/search/jql`:         {"/search/jql", func(r *Tracker) error { _, _, _, err := sweepAll(t, r, nil); return err }},
		`/comment|/\d+\?fiel`: {"/comment", func(r *Tracker) error { _, err := r.Comments(t.Context(), backlog.ItemID{ID: "10001"}); return err }},
	} {
		w, url := start(t, jirasim.Settings{})
		w.Faults().Add(answer(path, http.StatusNotFound, `{}`))
		if err := c.do(connect(t, url, Settings{})); err == nil || !strings.Contains(err.Error(), c.name) {
			t.Errorf("%s: %v, want it named", path, err)
		}
	}
}

// pass does everything once that the program does with a tracker.
func pass(t *testing.T, w *jirasim.World, tracker *Tracker) backlog.Site {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	_, err := tracker.Describe(t.Context())
	must(err)
	all, broken, mark, err := sweepAll(t, tracker, nil)
	must(err)
	if len(all) != 5 || len(broken) != 0 || all[0].Level != backlog.Story || all[0].State.Category != backlog.ToDo {
		t.Errorf("the backfill has %d items, broken %v", len(all), broken)
	}
	must(w.Human("").SetField("SHOP-2", "summary", "Edited"))
	edited, _, _, err := sweepAll(t, tracker, mark)
	must(err)
	if !slices.ContainsFunc(edited, func(i backlog.Item) bool { return i.Key == "SHOP-2" && i.Title == "Edited" }) {
		t.Errorf("the edit is not in %+v", edited)
	}
	id := edited[0].ID
	seen, err := tracker.Fetch(t.Context(), id, backlog.ItemID{Site: id.Site, ID: "99999"}, backlog.ItemID{Site: id.Site, ID: "SHOP-2"})
	must(err)
	if seen[0].Presence != backlog.Found || seen[1].Presence != backlog.Hidden || seen[2].Item.ID != id || seen[0].Item.Revision != edited[0].Revision {
		t.Errorf("fetched %+v", seen)
	}
	checkCensus(t, tracker, seen[0].Item.Project.ID)
	if links, err := tracker.RemoteLinks(t.Context(), id); err != nil || len(links) != 1 {
		t.Errorf("links %+v, %v", links, err)
	}
	write(t, w, tracker, seen[0].Item)
	site, err := tracker.Describe(t.Context())
	must(err)
	return site
}

func checkCensus(t *testing.T, tracker *Tracker, project string) {
	t.Helper()
	var ids []backlog.ItemID
	var last backlog.CensusPage
	for page, err := range tracker.Census(t.Context(), backlog.ProjectID{Site: tracker.model.site, ID: project}) {
		if err != nil {
			t.Fatal(err)
		}
		ids, last = append(ids, page.IDs...), page
	}
	if len(ids) != 5 || !last.Complete {
		t.Errorf("the census has %d ids, complete %v: %s", len(ids), last.Complete, last.Basis)
	}
}

// write makes a first write, whose traces must be found again.
func write(t *testing.T, w *jirasim.World, tracker *Tracker, item backlog.Item) {
	t.Helper()
	c := change()
	c.Item, c.Key, c.RemoveLabels, c.Comment.Marker.Item, c.Record.Item = item.ID, item.Key, nil, item.ID.ID, item.ID.ID
	if ours, err := tracker.Comments(t.Context(), item.ID); err != nil || len(ours) != 0 {
		t.Fatalf("comments before: %+v, %v", ours, err)
	}
	steps := tracker.Steps(c)
	for _, step := range steps {
		if r, err := tracker.Resolve(t.Context(), step); err != nil || r.Outcome == backlog.Applied {
			t.Errorf("%s before it was sent: %+v, %v", step.Summary, r, err)
		}
		if r, err := tracker.Send(t.Context(), step); err != nil || r.Outcome != backlog.Applied {
			t.Errorf("%s: %+v, %v", step.Summary, r, err)
		}
		if r, err := tracker.Resolve(t.Context(), step); err != nil || r.Outcome != backlog.Applied {
			t.Errorf("%s resolved: %+v, %v", step.Summary, r, err)
		}
	}
	ours, err := tracker.Comments(t.Context(), item.ID)
	if err != nil || len(ours) != 1 || ours[0].Marker.Intent != c.Intent {
		t.Errorf("comments: %+v, %v", ours, err)
	}
	if !slices.Contains(w.Labels(item.Key), "hygiene") || len(w.Comments(item.Key)) != 1 {
		t.Errorf("labels %v, comments %v", w.Labels(item.Key), w.Comments(item.Key))
	}
}

// Where properties cannot ride with labels, the write is planned anew without.
func TestWithoutIssueProperties(t *testing.T) {
	w, url := start(t, jirasim.Settings{})
	tracker := connect(t, url, Settings{})
	c := change()
	c.Item, c.RemoveLabels = fetchOne(t, tracker, "SHOP-1").Item.ID, nil
	rule := answer(`/issue/\d+$`, http.StatusBadRequest, `{"errorMessages":["Unrecognized field \"properties\""]}`)
	rule.Method, rule.Times = http.MethodPut, 1
	w.Faults().Add(rule)
	if r, err := tracker.Send(t.Context(), tracker.Steps(c)[0]); err != nil || r.Refusal != backlog.Stale {
		t.Errorf("with properties: %+v, %v", r, err)
	}
	for _, step := range tracker.Steps(c) {
		if r, err := tracker.Send(t.Context(), step); err != nil || r.Outcome != backlog.Applied {
			t.Errorf("%s: %+v, %v", step.Summary, r, err)
		}
		if r, err := tracker.Resolve(t.Context(), step); err != nil || r.Outcome != backlog.Applied {
			t.Errorf("%s resolved: %+v, %v", step.Summary, r, err)
		}
	}
	site, err := tracker.Describe(t.Context())
	if err != nil || !strings.Contains(strings.Join(site.Problems, ""), "properties") || !slices.Contains(w.Labels("SHOP-1"), "hygiene") {
		t.Errorf("problems %v, labels %v, %v", site.Problems, w.Labels("SHOP-1"), err)
	}
}
