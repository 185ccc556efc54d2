package azuredevops

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/azuredevops/azuresim"
	"github.com/trackwarden/trackwarden/connectors/rest"
	"github.com/trackwarden/trackwarden/connectors/simulator"
	"github.com/trackwarden/trackwarden/connectors/simulator/evidence"
)

// keys lists the items of a page by key.
func keys(items []backlog.Item) string {
	var all []string
	for _, i := range items {
		all = append(all, i.Key)
	}
	slices.Sort(all)
	return strings.Join(slices.Compact(all), " ")
}

// settled reads everything, and the feeds once.
func settled(t *testing.T, tracker *Tracker) backlog.Mark {
	t.Helper()
	first, err := round(t, tracker, nil)
	must(t, err)
	second, err := round(t, tracker, first.Mark)
	must(t, err)
	return second.Mark
}

// While nothing happens, a round costs two requests.
func TestIdleRound(t *testing.T) {
	w, url := start(t, azuresim.Settings{})
	tracker := connect(t, url, Settings{})
	mark := settled(t, tracker)
	w.Truth().Reset()
	idle, err := round(t, tracker, mark)
	must(t, err)
	if entries := w.Truth().Entries(); len(entries) != 2 || len(idle.Items) != 0 {
		t.Errorf("%d items by %d requests: %+v", len(idle.Items), len(entries), entries)
	}
}

// A new parent leaves no revision, yet both ends come.
func TestRelinking(t *testing.T) {
	w, url := start(t, azuresim.Settings{})
	tracker := connect(t, url, Settings{})
	mark := settled(t, tracker)
	before := w.WorkItem(2)["rev"]
	must(t, w.Link(2, hierarchyUp, 6))
	linked, err := round(t, tracker, mark)
	must(t, err)
	if got := keys(linked.Items); got != "2 6" || w.WorkItem(2)["rev"] != before {
		t.Errorf("got %q, want both ends and no revision", got)
	}
	i := slices.IndexFunc(linked.Items, func(i backlog.Item) bool { return i.Key == "2" })
	if i < 0 || linked.Items[i].Parent == nil || linked.Items[i].Parent.ID.ID != "6" {
		t.Errorf("the parent is not known: %+v", linked.Items)
	}
	must(t, w.Unlink(2, hierarchyUp, 6))
	cut, err := round(t, tracker, linked.Mark)
	must(t, err)
	if got := keys(cut.Items); got != "2 6" || slices.ContainsFunc(cut.Items, func(i backlog.Item) bool { return i.Parent != nil }) {
		t.Errorf("after the link was cut: %+v", cut.Items)
	}
}

// The feed proves a deletion; a restored item comes back; a destroyed one
// leaves no trace but in a census.
func TestDeletedRestoredDestroyed(t *testing.T) {
	w, url := start(t, azuresim.Settings{})
	tracker := connect(t, url, Settings{})
	mark := settled(t, tracker)
	id := backlog.ItemID{Site: testSite, ID: "3"}
	presence := func() backlog.Presence {
		seen, err := tracker.Fetch(t.Context(), id)
		must(t, err)
		return seen[0].Presence
	}
	must(t, w.Delete(3))
	w.Truth().Reset()
	gone, err := round(t, tracker, mark)
	must(t, err)
	if n := len(w.Truth().Entries()); n != 2 {
		t.Errorf("the feed's own proof was not enough: %d requests", n)
	}
	if !slices.Equal(gone.Gone, []backlog.ItemID{id}) || len(gone.Items)+len(gone.Broken) > 0 || presence() != backlog.Gone {
		t.Errorf("deleted: %+v, fetched as %s", gone, presence())
	}
	must(t, w.Restore(3))
	back, err := round(t, tracker, gone.Mark)
	must(t, err)
	if keys(back.Items) != "3" || len(back.Gone) > 0 || presence() != backlog.Found {
		t.Errorf("restored: %+v, fetched as %s", back, presence())
	}
	must(t, w.Destroy(3))
	if presence() != backlog.Hidden {
		t.Errorf("destroyed: fetched as %s, which nothing proves", presence())
	}
	must(t, w.Hide(4))
	all, err := round(t, tracker, nil)
	must(t, err)
	if keys(all.Items) != "1 2 5 6 7" || len(all.Broken) > 0 {
		t.Errorf("a new reading found %s, broken %+v", keys(all.Items), all.Broken)
	}
}

// What the query lists and nobody can read is named.
func TestListedButHidden(t *testing.T) {
	w, url := start(t, azuresim.Settings{})
	tracker := connect(t, url, Settings{})
	w.Faults().Add(simulator.Rule{Path: "(?i)/wiql", Times: 2, Status: http.StatusOK, Body: `{"workItems":[{"id":1},{"id":99}]}`, Header: map[string]string{"Content-Type": "application/json"}})
	all, err := round(t, tracker, nil)
	must(t, err)
	if len(all.Broken) != 1 || all.Broken[0].Key != "99" || all.Broken[0].Err == nil {
		t.Errorf("broken: %+v", all.Broken)
	}
}

// An item that moves into the scope comes, one that moves out does not; by
// identity both are found, with what is known of their project.
func TestMoving(t *testing.T) {
	w, url := start(t, azuresim.Settings{})
	tracker := connect(t, url, Settings{})
	outside := w.AddWorkItem(map[string]any{"fields": map[string]any{"System.TeamProject": "Elsewhere", "System.WorkItemType": "Product Backlog Item", "System.Title": "x"}})
	mark := settled(t, tracker)
	must(t, w.MoveProject(outside, "Platform"))
	must(t, w.MoveProject(1, "Elsewhere"))
	moved, err := round(t, tracker, mark)
	must(t, err)
	if got := keys(moved.Items); got != "8" || len(moved.Gone)+len(moved.Broken) > 0 {
		t.Errorf("got %q, gone %v, broken %v", got, moved.Gone, moved.Broken)
	}
	seen, err := tracker.Fetch(t.Context(), backlog.ItemID{Site: testSite, ID: "1"}, backlog.ItemID{Site: testSite, ID: "8"}, backlog.ItemID{ID: "SHOP-7"}, backlog.ItemID{ID: "99999999999"})
	must(t, err)
	if s := seen[0]; s.Presence != backlog.Moved || s.Item.Project.Name != "Elsewhere" || s.Item.Project.ID == "" || s.Item.State.Category == "" {
		t.Errorf("moved out: %+v", s)
	}
	if s := seen[1]; s.Presence != backlog.Found || s.Item.Project.Name != "Platform" {
		t.Errorf("moved in: %+v", s)
	}
	if seen[2].Presence != backlog.Hidden || seen[3].Presence != backlog.Hidden {
		t.Errorf("what is no id is hidden: %+v", seen[2:])
	}
}

// The settings' condition holds for every way to an item but asking for it.
func TestQueryNarrowsTheScope(t *testing.T) {
	w, url := start(t, azuresim.Settings{})
	tracker := connect(t, url, Settings{Query: "[System.WorkItemType] = 'User Story' AND [System.Title] <> 'It''s out'"})
	mark := settled(t, tracker)
	all, err := round(t, tracker, nil)
	must(t, err)
	if got := keys(all.Items); got != "1 2 3 4 5 7" {
		t.Errorf("read %q", got)
	}
	must(t, w.SetField(2, "System.Title", "It's out"))
	must(t, w.SetField(3, "System.Title", "still in"))
	must(t, w.SetField(6, "System.Title", "a feature"))
	changed, err := round(t, tracker, mark)
	must(t, err)
	if got := keys(changed.Items); got != "3" {
		t.Errorf("changed: %q", got)
	}
	counted := 0
	for page, err := range tracker.Census(t.Context(), backlog.ProjectID{Site: testSite, ID: tracker.model.scope[0].ID}) {
		must(t, err)
		counted += len(page.IDs)
	}
	if counted != 5 {
		t.Errorf("counted %d, want 5", counted)
	}
}

// A project that joins the scope, or is to be read otherwise, is read whole;
// the others go on from their mark.
func TestScopeGrows(t *testing.T) {
	w, url := start(t, azuresim.Settings{})
	w.AddWorkItem(map[string]any{"fields": map[string]any{"System.TeamProject": "Elsewhere", "System.WorkItemType": "Bug", "System.Title": "x"}})
	mark := settled(t, connect(t, url, Settings{}))
	grown := connect(t, url, Settings{Projects: []string{"Platform", "Elsewhere"}})
	all, err := round(t, grown, mark)
	must(t, err)
	if got := keys(all.Items); got != "8" {
		t.Errorf("a new project: read %q", got)
	}
	other := connect(t, url, Settings{Projects: []string{"Platform", "Elsewhere"}, Levels: map[backlog.Level][]string{backlog.Task: {"User Story"}}})
	again, err := round(t, other, all.Mark)
	must(t, err)
	if got := keys(again.Items); got != "1 2 3 4 5 6 7" {
		t.Errorf("another level for a type of Platform: read %q", got)
	}
}

// New dates of an iteration and new names of areas change no work item, yet
// those in them come.
func TestNodesChange(t *testing.T) {
	w, url := start(t, azuresim.Settings{})
	tracker := connect(t, url, Settings{})
	mark := settled(t, tracker)
	next := func() []backlog.Item {
		t.Helper()
		if _, err := tracker.Describe(t.Context()); err != nil {
			t.Fatal(err)
		}
		all, err := round(t, tracker, mark)
		must(t, err)
		mark = all.Mark
		return all.Items
	}
	must(t, w.AddIteration("Platform", azuresim.Iteration{Path: `PI 26.4\Sprint 3`, Start: today, Finish: today.AddDate(0, 0, 20)}))
	if items := next(); keys(items) != "7" || !items[0].Iterations[0].End.Equal(today.Truncate(24*time.Hour).AddDate(0, 0, 20)) {
		t.Errorf("scheduled anew: read %+v", items)
	}
	must(t, w.RenameArea("Platform", "Checkout", "Payments"))
	if items := next(); keys(items) != "7" || items[0].Area != `Platform\Payments` {
		t.Errorf("renamed: read %+v", items)
	}
	must(t, w.AddIteration("Platform", azuresim.Iteration{Path: `PI 26.4\Sprint 4`}))
	if items := next(); len(items) != 0 {
		t.Errorf("a new iteration has nothing in it: read %s", keys(items))
	}
	must(t, w.AddField("Platform", azuresim.Field{Ref: "Custom.Why", Name: "Benefit Hypothesis", Type: "html"}))
	if items := next(); keys(items) != "1 2 3 4 5 6 7" {
		t.Errorf("a new field is read on every item, but on %s", keys(items))
	}
	if items := next(); len(items) != 0 {
		t.Errorf("then nothing happened: read %s", keys(items))
	}
}

// What came into being after we last looked is looked up when an item speaks
// of it.
func TestNewNamesInTheFeed(t *testing.T) {
	w, url := start(t, azuresim.Settings{})
	tracker := connect(t, url, Settings{Projects: []string{}})
	mark := settled(t, tracker)
	must(t, w.AddIteration("Platform", azuresim.Iteration{Path: `PI 26.4\Sprint 4`, Start: today, Finish: today}))
	must(t, w.SetField(2, "System.IterationPath", `Platform\PI 26.4\Sprint 4`))
	must(t, w.AddProject(azuresim.Project{Name: "Newcomer", Process: "Scrum"}))
	must(t, w.MoveProject(1, "Newcomer"))
	all, err := round(t, tracker, mark)
	must(t, err)
	if keys(all.Items) != "1 2" {
		t.Fatalf("read %s", keys(all.Items))
	}
	for _, i := range all.Items {
		if i.Key == "1" && (i.Project.Name != "Newcomer" || i.Project.ID == "") || i.Key == "2" && !i.Iterations[0].Start.Equal(today.Truncate(24*time.Hour)) {
			t.Errorf("read %+v", i)
		}
	}
}

// Many items: every one once, in ranges and batches, however many there are.
func TestManyWorkItems(t *testing.T) {
	w, url := start(t, azuresim.Settings{})
	must(t, w.Generate(1030, 7))
	tracker := connect(t, url, Settings{Projects: []string{"Generated"}, BatchSize: 200, RangeSize: 515})
	w.Truth().Reset()
	all, err := round(t, tracker, nil)
	must(t, err)
	entries, requests := w.Truth().Entries(), map[string]int{}
	seen := map[backlog.ItemID]bool{}
	for _, i := range all.Items {
		seen[i.ID] = true
	}
	sweeps, err := tracker.Sweeps(t.Context(), nil)
	must(t, err)
	total := 0
	for page, err := range tracker.Read(t.Context(), sweeps[0]) {
		must(t, err)
		total = page.Total
	}
	if total != 1030 {
		t.Errorf("%d items are expected in all", total)
	}
	if len(all.Items) != 1030 || len(seen) != 1030 || len(all.Broken) > 0 {
		t.Errorf("%d items, %d different, %d broken", len(all.Items), len(seen), len(all.Broken))
	}
	for _, e := range entries {
		requests[strings.ToLower(e.Path[strings.LastIndex(e.Path, "/")+1:])]++
	}
	if requests["wiql"] != 3+3 || requests["workitemsbatch"] != 6 { // once for where ranges begin, once to read them
		t.Errorf("requests: %v", requests)
	}
}

// The demo projects that Microsoft generates: what the simulator holds of them
// is what is read.
func TestReadDemoProjects(t *testing.T) {
	for file, project := range map[string]string{
		"data/azure-eShopOnWeb.jsonl.gz": "eShopOnWeb", "data/azure-PartsUnlimited.jsonl.gz": "PartsUnlimited_YAML",
	} {
		raws := lines(t, evidence.File(t, file))
		w, url := start(t, azuresim.Settings{})
		if _, err := w.Load(strings.NewReader(string(slices.Concat(joined(raws)...)))); err != nil {
			t.Fatal(err)
		}
		tracker := connect(t, url, Settings{Projects: []string{project}, BatchSize: 200, RangeSize: 10000})
		all, err := round(t, tracker, nil)
		must(t, err)
		parents, epics := 0, 0
		for _, i := range all.Items {
			if i.Parent != nil {
				parents++
			}
			if i.Type == "Epic" {
				epics++
			}
			if i.Type == "Epic" && i.Level != backlog.Portfolio || i.Type == "Feature" && i.Level != backlog.Feature || i.Title == "" {
				t.Errorf("%s is %q on level %q", i.Key, i.Type, i.Level)
			}
		}
		text := string(slices.Concat(raws...))
		if len(all.Items) != len(raws) || len(all.Broken) > 0 || epics != strings.Count(text, `"System.WorkItemType":"Epic"`) ||
			parents != strings.Count(text, `"rel":"System.LinkTypes.Hierarchy-Reverse"`) {
			t.Errorf("%s: %d items of %d, %d epics, %d parents, broken %v", project, len(all.Items), len(raws), epics, parents, all.Broken)
		}
	}
}

func joined(raws [][]byte) (all [][]byte) {
	for _, raw := range raws {
		all = append(all, append(raw, '\n'))
	}
	return all
}

// Only what our account wrote with a marker is ours, however much else there is.
func TestCommentsOfOthers(t *testing.T) {
	w, url := start(t, azuresim.Settings{})
	tracker := connect(t, url, Settings{})
	ours := tracker.markup.html("**gaps**", tracker.settings.footer(backlog.Marker{Owner: "trackwarden", Item: "1", Intent: "i", Hash: "h"}))
	for range 205 {
		_, err := w.AddComment(1, "talk")
		must(t, err)
	}
	_, err := w.AddComment(1, ours) // a person's copy
	must(t, err)
	_, err = w.As(azuresim.Identity{Name: "Backlog Bot", Mail: "bot@fabrikam.example"}).AddComment(1, "without a marker")
	must(t, err)
	id, err := w.As(azuresim.Identity{Name: "Backlog Bot", Mail: "bot@fabrikam.example"}).AddComment(1, ours)
	must(t, err)
	got, err := tracker.Comments(t.Context(), backlog.ItemID{Site: testSite, ID: "1"})
	must(t, err)
	if len(got) != 1 || got[0].ID != commentID(map[string]any{"id": id}) || got[0].Marker.Intent != "i" {
		t.Errorf("ours are %+v, want comment %d", got, id)
	}
	if _, err := tracker.Comments(t.Context(), backlog.ItemID{Site: testSite, ID: "99"}); rest.Status(err) != http.StatusNotFound {
		t.Errorf("comments of nothing: %v", err)
	}
}
