package reliability

import (
	"os"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/azuredevops"
	"github.com/trackwarden/trackwarden/connectors/azuredevops/azuresim"
	"github.com/trackwarden/trackwarden/connectors/jira"
	"github.com/trackwarden/trackwarden/connectors/jira/jirasim"
)

// R16: an issue is deleted and another is made under its key. They are two: the
// new one has nothing of the old one's, and the old one is not found in it.
func TestR16AKeyThatIsUsedAgainIsAnotherIssue(t *testing.T) {
	s := newJiraSite(t, jirasim.Settings{}, jira.Settings{}, stories("SHOP", 3))
	site := s.good().Site
	old := s.id(site, "SHOP-2")
	before, _ := s.stored(old)
	must(t, s.world.Human("").Delete("SHOP-2"))
	key := s.world.AddIssue(map[string]any{"key": "SHOP-2", "fields": map[string]any{
		"project": "SHOP", "issuetype": "Story", "summary": "another one", "updated": "2026-11-24T09:00:00.000+0000"}})
	fresh := s.id(site, key)
	if key != "SHOP-2" || fresh == old {
		t.Fatalf("the new one is %s, %v", key, fresh)
	}
	for range 3 {
		s.clock.move(25 * time.Hour)
		s.good()
	}
	now, ok := s.stored(fresh)
	if !ok || now.Title != "another one" || now.Presence != backlog.Found {
		t.Errorf("the new one is stored: %t, %+v", ok, now.Item)
	}
	gone, _ := s.stored(old)
	if gone.Presence == backlog.Found || gone.Title != before.Title {
		t.Errorf("the old one is %s and called %q", gone.Presence, gone.Title)
	}
	sightings, err := s.reader.Fetch(t.Context(), old)
	must(t, err)
	if sightings[0].Presence == backlog.Found {
		t.Errorf("asked for the old one, Jira connector shows %v", sightings[0].Item.ID)
	}
}

// R23: 60,000 work items are three times what a query may find. All are found, by
// ranges; no query and no batch is refused for its size.
func TestR23SixtyThousandWorkItems(t *testing.T) {
	const items = 60_000
	s := newAzureSite(t, azuresim.Settings{}, azuredevops.Settings{}, func(w *azuresim.World) { must(t, w.Grow(items, 1)) })
	site, err := s.reader.Describe(t.Context())
	must(t, err)
	sweeps, err := s.reader.Sweeps(t.Context(), nil)
	must(t, err)
	// Reading them all takes half a minute: done with TRACKWARDEN_LONG=1, else
	// each range is begun and the ranges have to hold all.
	all, planned, seen := os.Getenv("TRACKWARDEN_LONG") != "", 0, map[backlog.ItemID]bool{}
	for _, sweep := range sweeps {
		planned += sweep.Total
		for page, err := range s.reader.Read(t.Context(), sweep) {
			must(t, err)
			for _, item := range page.Items {
				seen[item.ID] = true
			}
			if !all {
				break
			}
		}
	}
	if all && len(seen) != items || planned != items {
		t.Errorf("%d of %d were read, the ranges hold %d", len(seen), items, planned)
	}
	counted := map[backlog.ItemID]bool{}
	for _, p := range site.Projects {
		complete := false
		for page, err := range s.reader.Census(t.Context(), backlog.ProjectID{Site: site.ID, ID: p.ID}) {
			must(t, err)
			for _, id := range page.IDs {
				counted[id] = true
			}
			complete = page.Complete
		}
		if !complete {
			t.Errorf("the census of %s is not complete", p.Key)
		}
	}
	if len(counted) != items {
		t.Errorf("%d of %d were counted", len(counted), items)
	}
	for _, e := range s.world.Truth().Entries() {
		if e.Status >= 400 {
			t.Errorf("%s %s was refused with %d", e.Method, e.Path, e.Status)
		}
	}
}
