package azuredevops

import (
	"slices"
	"testing"

	"github.com/trackwarden/trackwarden/backlog"
)

// A work item that moves to another project and changes its type stays the one
// that it is, and is read as what it has become, on every edition, with feeds
// and without; our comment on it is still ours, and one.
func TestR14MovedAndRetyped(t *testing.T) {
	for name, settings := range editions() {
		t.Run(name, func(t *testing.T) {
			w, url := start(t, settings)
			tracker := connect(t, url, Settings{Projects: []string{"Platform", "Elsewhere"}})
			step := tracker.Steps(wish(t, tracker, "1", "i1", "hygiene", "**gaps**"))[0]
			_, err := tracker.Send(t.Context(), step)
			must(t, err)
			mark := settled(t, tracker)
			must(t, w.MoveProject(1, "Elsewhere"))
			must(t, w.SetField(2, "System.WorkItemType", "Bug"))
			page, err := round(t, tracker, mark)
			must(t, err)
			moved, retyped := last(page.Items, "1"), last(page.Items, "2")
			elsewhere := tracker.model.scope[1]
			if moved.Project != elsewhere.Project || moved.Key != "1" || moved.URL != url+"/Elsewhere/_workitems/edit/1" || moved.Area != "Elsewhere" || moved.ID.Site != testSite {
				t.Errorf("moved: %+v", moved)
			}
			if retyped.Type != "Bug" || retyped.Kind != backlog.Bug || retyped.Project.Name != "Platform" {
				t.Errorf("retyped: %+v", retyped)
			}
			for _, c := range []struct {
				p  *project
				in bool
			}{{tracker.model.scope[0], false}, {elsewhere, true}} {
				in := false
				for page, err := range tracker.Census(t.Context(), backlog.ProjectID{Site: testSite, ID: c.p.ID}) {
					must(t, err)
					in = in || slices.Contains(page.IDs, moved.ID)
				}
				if in != c.in {
					t.Errorf("in the census of %s: %t", c.p.Name, in)
				}
			}
			ours, err := tracker.Comments(t.Context(), moved.ID)
			if err != nil || len(ours) != 1 || ours[0].Marker.Intent != "i1" {
				t.Errorf("comments %+v, %v", ours, err)
			}
		})
	}
}

// A work item that left the scope is found to have, by its own word, with
// everything that is known of it there: nothing counts it as gone.
func TestR14MovedOutOfTheScope(t *testing.T) {
	for name, settings := range editions() {
		t.Run(name, func(t *testing.T) {
			w, url := start(t, settings)
			tracker := connect(t, url, Settings{})
			mark := settled(t, tracker)
			must(t, w.MoveProject(1, "Elsewhere"))
			page, err := round(t, tracker, mark)
			must(t, err)
			seen, err := tracker.Fetch(t.Context(), backlog.ItemID{Site: testSite, ID: "1"})
			must(t, err)
			if s := seen[0]; s.Presence != backlog.Moved || s.Item.Project.Name != "Elsewhere" || s.Item.State.Category == "" || len(page.Gone)+len(page.Broken) > 0 || last(page.Items, "1").Key != "" {
				t.Errorf("fetched %+v; the round has %s, gone %v, broken %v", s, keys(page.Items), page.Gone, page.Broken)
			}
		})
	}
}

// last is the last word on an item.
func last(items []backlog.Item, key string) (found backlog.Item) {
	for _, i := range items {
		if i.Key == key {
			found = i
		}
	}
	return found
}
