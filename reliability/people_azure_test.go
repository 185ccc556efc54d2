package reliability

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/azuredevops/azuresim"
)

const (
	parentOf  = "System.LinkTypes.Hierarchy-Reverse"
	dependsOn = "System.LinkTypes.Dependency-Reverse"
)

// azurePeople edit an organisation of Azure DevOps at random. They remember
// what they tied and what they threw away.
type azurePeople struct {
	world   *azuresim.World
	parent  map[int]int
	depends map[[2]int]bool
	deleted map[int]bool
	n       int
}

// newAzurePeople begin with two projects in scope and one outside.
func newAzurePeople(w *azuresim.World) (*azurePeople, error) {
	p := &azurePeople{world: w, parent: map[int]int{}, depends: map[[2]int]bool{}, deleted: map[int]bool{}}
	for _, name := range []string{"Shop", "Pay", "Else"} {
		if err := w.AddProject(azuresim.Project{Name: name, Process: "Agile"}); err != nil {
			return nil, err
		}
		for n := range 25 {
			kind := "User Story"
			if n%8 == 0 {
				kind = "Feature"
			}
			p.add(name, kind, fmt.Sprintf("%s %d", kind, n), "2026-11-02T08:00:00Z")
		}
	}
	return p, nil
}

func (p *azurePeople) add(project, kind, title, at string) int {
	fields := map[string]any{"System.TeamProject": project, "System.WorkItemType": kind, "System.Title": title}
	if at != "" {
		fields["System.CreatedDate"], fields["System.ChangedDate"] = at, at
	}
	return p.world.AddWorkItem(map[string]any{"fields": fields})
}

func (p *azurePeople) look() (stories, features []int) {
	for _, id := range p.world.IDs() {
		switch {
		case p.deleted[id]:
		case p.field(id, "System.WorkItemType") == "Feature":
			features = append(features, id)
		default:
			stories = append(stories, id)
		}
	}
	return stories, features
}

func (p *azurePeople) field(id int, name string) string {
	text, _ := p.world.WorkItem(id)["fields"].(map[string]any)[name].(string)
	return text
}

// edit does one thing that people do.
func (p *azurePeople) edit(r *rand.Rand) error {
	stories, features := p.look()
	p.n++
	id, w := pick(r.Int(), stories), p.world
	switch r.IntN(20) {
	case 0, 1, 2:
		return w.SetField(id, "System.Title", fmt.Sprintf("Title %d", p.n))
	case 3:
		return w.SetField(id, "System.Description", fmt.Sprintf("<div>As a <b>shopper</b>, I want %d, so that I am done.</div>", p.n))
	case 4, 5:
		return w.AddTag(id, fmt.Sprintf("tag-%d", r.IntN(5)))
	case 6, 7:
		return w.RemoveTag(id, fmt.Sprintf("tag-%d", r.IntN(5)))
	case 8, 9:
		return w.SetField(id, "System.State", pick(r.Int(), []string{"New", "Active", "Closed"}))
	case 10, 11, 12:
		return p.reparent(r, id, features)
	case 13, 14:
		return p.depend(id, pick(r.Int(), stories))
	case 15:
		_, err := w.AddComment(id, "<div>What about this?</div>")
		return err
	case 16:
		p.add(pick(r.Int(), []string{"Shop", "Pay"}), "User Story", fmt.Sprintf("New %d", p.n), "")
		return nil
	case 17:
		return w.MoveProject(id, pick(r.Int(), []string{"Shop", "Pay", "Else"}))
	case 18:
		p.deleted[id] = true
		return w.Delete(id)
	default:
		for _, gone := range w.IDs() {
			if p.deleted[gone] && r.IntN(3) == 0 {
				delete(p.deleted, gone)
				return w.Restore(gone)
			}
		}
		return nil
	}
}

// reparent takes the parent away or gives another. Neither is a revision.
func (p *azurePeople) reparent(r *rand.Rand, id int, features []int) error {
	if before, had := p.parent[id]; had {
		delete(p.parent, id)
		if err := p.world.Unlink(id, parentOf, before); err != nil {
			return err
		}
		if r.IntN(3) == 0 {
			return nil
		}
	}
	p.parent[id] = pick(r.Int(), features)
	return p.world.Link(id, parentOf, p.parent[id])
}

// depend makes one wait for the other, or no longer. The younger one waits:
// circles are refused.
func (p *azurePeople) depend(id, on int) error {
	id, on = max(id, on), min(id, on)
	pair := [2]int{id, on}
	switch {
	case id == on:
		return nil
	case p.depends[pair]:
		delete(p.depends, pair)
		return p.world.Unlink(id, dependsOn, on)
	}
	p.depends[pair] = true
	return p.world.Link(id, dependsOn, on)
}

// everyone names every work item that ever was.
func (p *azurePeople) everyone(site backlog.SiteID) []backlog.ItemID {
	var all []backlog.ItemID
	for _, id := range p.world.IDs() {
		all = append(all, unique(site, id))
	}
	return all
}

// checks holds what people see on their pages against the store.
func (p *azurePeople) checks(h *house, site backlog.Site) {
	h.t.Helper()
	stories, features := p.look()
	for _, id := range append(stories, features...) {
		if p.field(id, "System.TeamProject") == "Else" {
			continue
		}
		families, err := h.db.Families(h.t.Context(), []backlog.ItemID{unique(site.ID, id)})
		if err != nil || len(families) != 1 {
			h.t.Errorf("%d: %d families, %v", id, len(families), err)
			continue
		}
		f := families[0]
		tags := strings.Join(slices.Sorted(slices.Values(p.world.Tags(id))), ",")
		if got := strings.Join(slices.Sorted(slices.Values(f.Labels)), ","); f.Title != p.field(id, "System.Title") || tags != got {
			h.t.Errorf("%d %q [%s] is stored as %q [%s]", id, p.field(id, "System.Title"), tags, f.Title, got)
		}
		parent := 0
		if f.Item.Parent != nil {
			parent, _ = strconv.Atoi(f.Item.Parent.ID.ID) // 0 is none
		}
		if parent != p.parent[id] && !p.deleted[p.parent[id]] {
			h.t.Errorf("%d hangs below %d and is stored below %d", id, p.parent[id], parent)
		}
	}
}
