package jira

import (
	"fmt"
	"net/http"
	"testing"

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
