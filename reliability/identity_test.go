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

// R23: a project has more work items than a query may find. All are found, by
// ranges; no query and no batch is refused for its size. TRACKWARDEN_LONG=1 makes
// them 60,000 and reads them all, which takes minutes; else each range is begun,
// and together they have to hold all.
func TestR23MoreWorkItemsThanAQueryFinds(t *testing.T) {
	all, items := os.Getenv("TRACKWARDEN_LONG") != "", 20_500
	if all {
		items = 60_000
	}
	s := newAzureSite(t, azuresim.Settings{}, azuredevops.Settings{}, func(w *azuresim.World) { must(t, w.Generate(items, 1)) })
	site, err := s.reader.Describe(t.Context())
	must(t, err)
	sweeps, err := s.reader.Sweeps(t.Context(), nil)
	must(t, err)
	planned, seen := 0, map[backlog.ItemID]bool{}
	for _, sweep := range sweeps {
		planned += max(sweep.Total, 0)
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

// R10: a project that cannot be seen any more, and later can, makes nobody read
// the others again; and of itself only what changed meanwhile is read.
func TestR10AProjectThatComesBackIsReadFromWhereItWas(t *testing.T) {
	s := newJiraSite(t, jirasim.Settings{}, jira.Settings{Projects: []string{"SHOP", "PAY"}}, func(w *jirasim.World) {
		stories("SHOP", 30)(w)
		stories("PAY", 30)(w)
	})
	site := s.blindly().good().Site
	brought := func() int {
		s.clock.move(25 * time.Hour)
		c := s.good().Pull.Changes
		return c.New + c.Changed + c.Same
	}
	s.world.Deny("PAY", "BROWSE_PROJECTS")
	for range 3 {
		if n := brought(); n != 0 {
			t.Errorf("%d issues were read again because another project went", n)
		}
		must(t, s.world.Human("").SetField("SHOP-1", "summary", "edited"))
		if n := brought(); n != 1 {
			t.Errorf("one was edited, %d were read", n)
		}
	}
	must(t, s.world.Human("").SetField("PAY-1", "summary", "edited meanwhile"))
	s.clock.move(time.Hour)
	s.world.Allow("PAY", "BROWSE_PROJECTS")
	if n := brought(); n != 1 {
		t.Errorf("of the one that came back one was edited, %d were read", n)
	}
	if n := brought(); n != 0 {
		t.Errorf("%d were read for nothing", n)
	}
	s.equals(site, s.ids(site))
}
