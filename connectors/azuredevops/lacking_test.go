package azuredevops

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/azuredevops/azuresim"
	"github.com/trackwarden/trackwarden/connectors/simulator"
)

// Organisations and their doubles differ in what they offer, and tokens in
// what they may. Whatever is missing here, everything that a pass does still
// works, and a problem says what is worse for it.
func TestMissingEndpoints(t *testing.T) {
	for path, problem := range map[string]string{
		`/_apis$`:                          "",
		`/wit/fields`:                      "wit/fields",
		`/work/backlogconfiguration`:       "backlogconfiguration",
		`/wit/workitemtypes`:               "workitemtypes",
		`/wit/workitemtypes|/work/`:        "workitemtypes",
		`/wit/classificationnodes`:         "classificationnodes",
		`/permissionevaluationbatch`:       "",
		`/wit/recyclebin`:                  "",
		`/reporting/workitemrevisions`:     "workitemrevisions",
		`/reporting/workitemlinks`:         "workitemlinks",
		`/reporting/`:                      "workitemrevisions",
		`/wit/workitemsbatch`:              "",
		`/wit/workitemsbatch|workitems\?i`: "",
		`/_apis/projects/`:                 "",
		`/comments`:                        "",
		`/revisions/\d`:                    "",
	} {
		for _, status := range []int{http.StatusNotFound, http.StatusForbidden, http.StatusMethodNotAllowed, http.StatusGone, http.StatusNotImplemented} {
			t.Run(fmt.Sprint(path, " ", status), func(t *testing.T) {
				w, url := start(t, azuresim.Settings{})
				w.Faults().Add(answer("(?i)"+path, status, `{"message":"no such controller"}`))
				site := pass(t, w, connect(t, url, Settings{}))
				if said := strings.Join(site.Problems, "\n"); (said == "") != (problem == "") || !strings.Contains(said, problem) {
					t.Errorf("problems %q, want one about %q", said, problem)
				}
				if right := site.Rights[0]; !right.Edit || !right.Comment || len(site.Missing) > 0 {
					t.Errorf("rights are %+v, and the write itself would be the one to refuse; missing %v", right, site.Missing)
				}
			})
		}
	}
}

// pass does everything once that the program does with a tracker.
func pass(t *testing.T, w *azuresim.World, tracker *Tracker) backlog.Site {
	t.Helper()
	first := describe(t, tracker)
	all, err := round(t, tracker, nil)
	must(t, err)
	story := slices.IndexFunc(all.Items, func(i backlog.Item) bool { return i.Key == "7" })
	if keys(all.Items) != "1 2 3 4 5 6 7" || len(all.Broken) > 0 {
		t.Fatalf("the backfill has %s, broken %v", keys(all.Items), all.Broken)
	}
	if i := all.Items[story]; i.Level != backlog.Story || i.State.Category != backlog.InProgress || i.Points == nil || len(i.Iterations) != 1 ||
		!strings.HasPrefix(i.Body, "As a **busy parent**") {
		t.Errorf("the story reads %+v", i)
	}
	all, err = round(t, tracker, all.Mark)
	must(t, err)
	must(t, w.SetField(2, "System.Title", "Edited"))
	edited, err := round(t, tracker, all.Mark)
	must(t, err)
	at := slices.IndexFunc(edited.Items, func(i backlog.Item) bool { return i.Key == "2" && i.Title == "Edited" })
	if at < 0 {
		t.Fatalf("the edit is not in %+v", edited)
	}
	seen, err := tracker.Fetch(t.Context(), edited.Items[at].ID, backlog.ItemID{Site: testSite, ID: "99999"})
	must(t, err)
	if seen[0].Presence != backlog.Found || seen[1].Presence != backlog.Hidden || seen[0].Item.Revision != edited.Items[at].Revision {
		t.Errorf("fetched %+v", seen)
	}
	checkCensus(t, tracker, first.Projects[0].ID)
	writeOnce(t, w, tracker, 2)
	return describe(t, tracker)
}

func checkCensus(t *testing.T, tracker *Tracker, project string) {
	t.Helper()
	var ids []backlog.ItemID
	var last backlog.CensusPage
	for page, err := range tracker.Census(t.Context(), backlog.ProjectID{Site: testSite, ID: project}) {
		must(t, err)
		ids, last = append(ids, page.IDs...), page
	}
	if len(ids) != seededItems || !last.Complete {
		t.Errorf("the census has %d ids, complete %v: %s", len(ids), last.Complete, last.Basis)
	}
}

// writeOnce makes a first write, whose traces must be found again.
func writeOnce(t *testing.T, w *azuresim.World, tracker *Tracker, id int) {
	t.Helper()
	c := wish(t, tracker, fmt.Sprint(id), "i1", "hygiene", "**gaps**")
	if ours, err := tracker.Comments(t.Context(), c.Item); err != nil || len(ours) != 0 {
		t.Fatalf("comments before: %+v, %v", ours, err)
	}
	step := tracker.Steps(c)[0]
	if r, err := tracker.Resolve(t.Context(), step); err != nil || r.Outcome == backlog.Applied {
		t.Errorf("before it was sent: %+v, %v", r, err)
	}
	if r, err := tracker.Send(t.Context(), step); err != nil || r.Outcome != backlog.Applied {
		t.Errorf("sent: %+v, %v", r, err)
	}
	if r, err := tracker.Resolve(t.Context(), step); err != nil || r.Outcome != backlog.Applied {
		t.Errorf("resolved: %+v, %v", r, err)
	}
	ours, err := tracker.Comments(t.Context(), c.Item)
	if err != nil || len(ours) != 1 || ours[0].Marker.Intent != "i1" {
		t.Errorf("comments: %+v, %v", ours, err)
	}
	if len(w.Tags(id)) != 1 || len(w.Comments(id)) != 1 {
		t.Errorf("tags %v, comments %v", w.Tags(id), w.Comments(id))
	}
}

// What nothing can replace ends in a sentence that names it.
func TestEssentialEndpoints(t *testing.T) {
	whole := func(r *Tracker) error { _, err := round(t, r, nil); return err }
	for path, do := range map[string]func(*Tracker) error{
		`/connectionData`: whole, `/_apis/projects\?`: whole, `/wit/wiql`: whole,
		`/comments|/revisions`: func(r *Tracker) error {
			_, err := r.Comments(t.Context(), backlog.ItemID{Site: testSite, ID: "1"})
			return err
		},
	} {
		w, url := start(t, azuresim.Settings{})
		w.Faults().Add(simulator.Rule{Path: "(?i)" + path, Status: http.StatusNotFound})
		name := strings.Trim(strings.Split(path, "|")[0], `\?`)
		if err := do(connect(t, url, Settings{})); err == nil || !strings.Contains(strings.ToLower(err.Error()), strings.ToLower(name)) {
			t.Errorf("%s: %v, want it named", path, err)
		}
	}
}

// A link-only change is seen without the feed of links too, once a day.
func TestLinksWithoutFeed(t *testing.T) {
	now := today
	w, url := start(t, azuresim.Settings{Clock: func() time.Time { return now }})
	w.Faults().Add(answer("(?i)/reporting/", http.StatusForbidden, `{}`))
	tracker := connect(t, url, Settings{})
	mark := settled(t, tracker)
	must(t, w.Link(2, hierarchyUp, 6))
	now = now.Add(time.Hour)
	for _, c := range []struct {
		wait time.Duration
		want bool
	}{{time.Hour, false}, {24 * time.Hour, true}, {time.Hour, false}} {
		now = now.Add(c.wait)
		describe(t, tracker) // shows us the time
		page, err := round(t, tracker, mark)
		must(t, err)
		mark = page.Mark
		linked := slices.ContainsFunc(page.Items, func(i backlog.Item) bool { return i.Key == "2" && i.Parent != nil })
		if linked != c.want {
			t.Errorf("after %s the new parent is seen: %v, want %v", c.wait, linked, c.want)
		}
	}
}

// Areas and iterations that cannot be read for once have not changed, and what
// changed meanwhile is seen afterwards.
func TestNodesMissingForOnce(t *testing.T) {
	w, url := start(t, azuresim.Settings{})
	tracker := connect(t, url, Settings{})
	mark := settled(t, tracker)
	before := mark["nodes:"+tracker.model.scope[0].ID]
	w.Faults().Add(answer("(?i)/classificationnodes", http.StatusForbidden, `{}`))
	describe(t, tracker)
	without, err := round(t, tracker, mark)
	must(t, err)
	if after := without.Mark["nodes:"+tracker.model.scope[0].ID]; before == "" || after != before {
		t.Errorf("the nodes became %q, from %q", after, before)
	}
}

// A feed that is there again goes on where the queries ended.
func TestFeedReturns(t *testing.T) {
	w, url := start(t, azuresim.Settings{})
	w.Faults().Add(answer("(?i)/reporting/", http.StatusNotFound, `{}`))
	tracker := connect(t, url, Settings{})
	mark := settled(t, tracker)
	if problems := describe(t, tracker).Problems; len(problems) != 2 {
		t.Errorf("problems %v", problems)
	}
	w.Faults().Clear()
	must(t, w.Delete(3))
	must(t, w.Link(2, hierarchyUp, 6))
	page, err := round(t, tracker, mark)
	must(t, err)
	if !slices.ContainsFunc(page.Gone, func(id backlog.ItemID) bool { return id.ID == "3" }) || !strings.Contains(keys(page.Items), "2") {
		t.Errorf("gone %v, items %s", page.Gone, keys(page.Items))
	}
	if problems := describe(t, tracker).Problems; len(problems) != 0 {
		t.Errorf("problems %v", problems)
	}
}
