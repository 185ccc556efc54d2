package reliability

import (
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/azuredevops"
	"github.com/trackwarden/trackwarden/connectors/azuredevops/azuresim"
	"github.com/trackwarden/trackwarden/connectors/jira"
	"github.com/trackwarden/trackwarden/connectors/jira/jirasim"
	"github.com/trackwarden/trackwarden/connectors/rest"
	"github.com/trackwarden/trackwarden/sync/reconcile"
)

// jiraSite is a simulated Jira behind real HTTP, with a house that reads it.
type jiraSite struct {
	*house
	world *jirasim.World
	url   string
}

// newJiraSite begins with what fill puts there. The account's search is behind
// by what the settings say.
func newJiraSite(t *testing.T, sim jirasim.Settings, set jira.Settings, fill func(*jirasim.World)) *jiraSite {
	t.Helper()
	clock := &clock{now: begun}
	sim.Clock, sim.SiteName, sim.User, sim.Token = clock.Now, "shop", "bot@shop.example", "token"
	world := jirasim.New(sim)
	fill(world)
	url, stop, err := world.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	set.Connection, set.URL = connection, url
	stack := rest.Settings{BaseURL: url, User: "bot@shop.example", ReadPOST: jira.ReadPOST(), Verify: jira.Verify, MinBackoff: time.Millisecond}
	tracker, err := jira.New(set, client(t, stack), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return &jiraSite{house: newHouse(t, clock, tracker, 1), world: world, url: url}
}

// issue adds a story and returns its key.
func issue(w *jirasim.World, project, title string, more map[string]any) string {
	fields := map[string]any{"project": project, "issuetype": "Story", "summary": title, "created": "2026-10-02T08:00:00.000+0000"}
	for name, value := range more {
		fields[name] = value
	}
	return w.AddIssue(map[string]any{"fields": fields})
}

func stories(project string, n int) func(*jirasim.World) {
	return func(w *jirasim.World) {
		w.AddProject(jirasim.Project{Key: project, Name: project})
		for i := range n {
			issue(w, project, fmt.Sprint("story ", i), nil)
		}
	}
}

// id is an issue's identity.
func (s *jiraSite) id(site backlog.Site, key string) backlog.ItemID {
	return unique(site.ID, s.world.Issue(key)["id"])
}

// ids are the identities of everything that is there.
func (s *jiraSite) ids(site backlog.Site) (all []backlog.ItemID) {
	for _, key := range s.world.Keys() {
		all = append(all, s.id(site, key))
	}
	return all
}

// azureSite is the same for an organisation of Azure DevOps.
type azureSite struct {
	*house
	world *azuresim.World
}

func newAzureSite(t *testing.T, sim azuresim.Settings, set azuredevops.Settings, fill func(*azuresim.World)) *azureSite {
	t.Helper()
	clock := &clock{now: begun}
	sim.Clock, sim.Organisation, sim.Token = clock.Now, "shop", "token"
	world := azuresim.New(sim)
	fill(world)
	url, stop, err := world.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	set.Connection, set.URL = connection, url
	stack := rest.Settings{BaseURL: url, BasicPAT: true, ReadPOST: azuredevops.ReadPOST(), Verify: azuredevops.Verify, MinBackoff: time.Millisecond}
	tracker, err := azuredevops.New(set, client(t, stack), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return &azureSite{house: newHouse(t, clock, tracker, 1), world: world}
}

// workItem adds a user story and returns its id.
func workItem(t *testing.T, w *azuresim.World, project, title string, more map[string]any) int {
	t.Helper()
	fields := map[string]any{"System.TeamProject": project, "System.WorkItemType": "User Story", "System.Title": title,
		"System.CreatedDate": "2026-11-02T08:00:00Z", "System.ChangedDate": "2026-11-02T08:00:00Z"}
	for name, value := range more {
		fields[name] = value
	}
	id := w.AddWorkItem(map[string]any{"fields": fields})
	if id == 0 {
		t.Fatalf("no %q was added", title)
	}
	return id
}

func workItems(t *testing.T, project string, n int) func(*azuresim.World) {
	return func(w *azuresim.World) {
		must(t, w.AddProject(azuresim.Project{Name: project, Process: "Agile"}))
		for i := range n {
			workItem(t, w, project, fmt.Sprint("story ", i), nil)
		}
	}
}

func (s *azureSite) ids(site backlog.Site) (all []backlog.ItemID) {
	for _, id := range s.world.IDs() {
		all = append(all, unique(site.ID, id))
	}
	return all
}

// good does a pass that must end well.
func (h *house) good() reconcile.Outcome {
	h.t.Helper()
	o := h.pass()
	if o.Err != nil {
		h.t.Fatal(o.Err)
	}
	return o
}

// blindly takes the census and the past away: nothing but the sweeps brings what
// changed.
func (h *house) blindly() *house {
	h.passes.Connections[0].Reader = blind{h.reader}
	h.passes.Connections[0].Historian = nil
	return h
}

// stored is an item as the store has it.
func (h *house) stored(id backlog.ItemID) (backlog.Family, bool) {
	h.t.Helper()
	families, err := h.db.Families(h.t.Context(), []backlog.ItemID{id})
	must(h.t, err)
	if len(families) == 0 {
		return backlog.Family{}, false
	}
	return families[0], true
}

// mark is how far the last complete round reached.
func (h *house) mark(site backlog.Site) backlog.Mark {
	h.t.Helper()
	_, mark, err := h.db.Round(h.t.Context(), site.ID)
	must(h.t, err)
	return mark
}

// since is when the round began that read all of Jira's projects last.
func (h *house) since(site backlog.Site) (earliest time.Time) {
	h.t.Helper()
	for key, reached := range h.mark(site) {
		if strings.HasPrefix(key, "project/") {
			ms, _, _ := strings.Cut(reached, " ")
			n, err := strconv.ParseInt(ms, 10, 64)
			must(h.t, err)
			if at := time.UnixMilli(n); earliest.IsZero() || at.Before(earliest) {
				earliest = at
			}
		}
	}
	return earliest
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
