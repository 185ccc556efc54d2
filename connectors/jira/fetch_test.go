package jira

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/jira/jirasim"
)

// Every identity gets its answer, in the order asked, over several requests.
func TestFetchManyAndMissing(t *testing.T) {
	w, url := start(t, jirasim.Settings{}, func(w *jirasim.World) {
		for n := range 120 {
			story(w, map[string]any{"summary": fmt.Sprint(n)})
		}
	})
	tracker := connect(t, url, Settings{})
	m, err := tracker.known(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	person := w.Human("")
	hidden, gone := w.Issue("SHOP-2")["id"].(string), w.Issue("SHOP-120")["id"].(string)
	for _, err := range []error{person.Hide("SHOP-2"), person.Delete("SHOP-120")} {
		if err != nil {
			t.Fatal(err)
		}
	}
	var ids []backlog.ItemID
	want := map[string]backlog.Presence{}
	for n := 125; n >= 1; n-- {
		id := fmt.Sprint(10000 + n)
		ids, want[id] = append(ids, m.id(ident(id))), backlog.Found
	}
	want[hidden], want[gone] = backlog.Hidden, backlog.Hidden
	seen, err := tracker.Fetch(t.Context(), append(ids, backlog.ItemID{Site: "jira:other", ID: "10001"})...)
	if err != nil || len(seen) != 126 || seen[125].Presence != backlog.Hidden {
		t.Fatalf("got %d sightings, %v", len(seen), err)
	}
	for i, id := range ids {
		if s := seen[i]; s.ID != id || s.Presence != want[id.ID] || s.Presence == backlog.Found && s.Item.ID != id {
			t.Errorf("%s is %s of %s, want %s", id, s.Presence, s.Item.ID, want[id.ID])
		}
	}
}

// A moved issue is found by its id and by its old key, and said to be moved
// when it left the scope.
func TestFetchMoved(t *testing.T) {
	w, url := start(t, jirasim.Settings{})
	id := w.Issue("SHOP-1")["id"].(string)
	key, err := w.Human("").Move("SHOP-1", "PAY")
	if err != nil {
		t.Fatal(err)
	}
	for projects, want := range map[string]backlog.Presence{"SHOP": backlog.Moved, "PAY": backlog.Found} {
		tracker := connect(t, url, Settings{Projects: []string{projects}})
		for _, name := range []string{id, key, "SHOP-1", "shop-1"} {
			if s := fetchOne(t, tracker, name); s.Presence != want || s.Item.ID.ID != id || s.Item.Key != key {
				t.Errorf("%s is %s as %s, want %s as %s", name, s.Presence, s.Item.Key, want, key)
			}
		}
		if s := fetchOne(t, tracker, "SHOP-999"); s.Presence != backlog.Hidden {
			t.Errorf("a key that never was is %s", s.Presence)
		}
	}
}

func TestFetchBroken(t *testing.T) {
	w, url := start(t, jirasim.Settings{})
	tracker := connect(t, url, Settings{})
	w.Faults().Add(answer("/issue/bulkfetch", http.StatusOK, `{"issues":[{"id":"10001","key":"SHOP-1","fields":{}}],"issueErrors":[{"id":"10002","errorMessage":"too large"}]}`))
	for _, id := range []string{"10001", "SHOP-1", "10002"} {
		if s := fetchOne(t, tracker, id); s.Presence != backlog.Damaged || s.Err == nil {
			t.Errorf("%s is %s, %v, want it broken", id, s.Presence, s.Err)
		}
	}
}

// Links that lead out of Jira become parent and links, and their coming counts
// as a change.
func TestRemoteLinks(t *testing.T) {
	links := `[{"relationship":"is child of","object":{"url":"https://dev.azure.com/o/_workitems/edit/1","title":"a"}},
		{"relationship":"depends on","object":{"url":"https://dev.azure.com/o/_workitems/edit/2","title":"b"}},
		{"relationship":"depends on","object":{"url":"https://dev.azure.com/o/_workitems/edit/2","title":"again"}},
		{"object":{"url":"https://git.example/commit/3","title":"c"}},{"object":{"title":"nowhere"}}]`
	w, url := start(t, jirasim.Settings{})
	tracker := connect(t, url, Settings{RemoteLinks: true})
	before := fetchOne(t, tracker, "SHOP-1").Item
	w.Faults().Add(answer(`/remotelink$`, http.StatusOK, links))
	after := fetchOne(t, tracker, "SHOP-1").Item
	if diff := cmp.Diff(&backlog.Ref{URL: "https://dev.azure.com/o/_workitems/edit/1"}, after.Parent); diff != "" {
		t.Errorf("parent (-want +got):\n%s", diff)
	}
	want := []backlog.Link{
		{Type: backlog.Blocks, Direction: backlog.Inward, Native: "depends on", To: backlog.Ref{URL: "https://dev.azure.com/o/_workitems/edit/2"}},
		{Type: backlog.Relates, Direction: backlog.Outward, To: backlog.Ref{URL: "https://git.example/commit/3"}},
	}
	if diff := cmp.Diff(want, after.Links); diff != "" {
		t.Errorf("links (-want +got):\n%s", diff)
	}
	if before.Revision == after.Revision || !after.Filled.Has(backlog.FieldParent) || !after.Filled.Has(backlog.FieldLinks) {
		t.Errorf("revision %s then %s, filled %b", before.Revision, after.Revision, after.Filled)
	}
	if err := w.Human("").SetField("SHOP-1", "status", "Done"); err != nil {
		t.Fatal(err)
	}
	if done := fetchOne(t, tracker, "SHOP-1").Item; done.Links != nil || done.Parent != nil {
		t.Errorf("the links of finished work were read: %+v", done)
	}
	// Refused for one issue, they break that one only.
	w.Faults().Clear()
	w.Faults().Add(answer(`/issue/10002/remotelink$`, http.StatusForbidden, `{}`))
	items, broken, _, err := sweepAll(t, tracker, nil)
	if err != nil || len(items) != 4 || len(broken) != 1 || broken[0].ID.ID != "10002" {
		t.Errorf("read %d items, broken %+v, %v", len(items), broken, err)
	}
}
