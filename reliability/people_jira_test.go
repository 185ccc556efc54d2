package reliability

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/jira/jirasim"
)

// jiraPeople edit a Jira site at random.
type jiraPeople struct {
	world *jirasim.World
	human *jirasim.Human
	ids   map[string]string // of every issue that ever was, by key
	epic  map[string]bool   // by key
	n     int
}

// newJiraPeople begin with two projects in scope and one outside.
func newJiraPeople(w *jirasim.World) *jiraPeople {
	p := &jiraPeople{world: w, human: w.Human(""), ids: map[string]string{}, epic: map[string]bool{}}
	for _, key := range []string{"SHOP", "PAY", "ELSE"} {
		w.AddProject(jirasim.Project{Key: key, Name: key})
		var epic string
		for n := range 25 {
			fields := map[string]any{"project": key, "issuetype": "Story", "summary": fmt.Sprintf("%s story %d", key, n), "created": "2026-10-02T08:00:00.000+0000"}
			if n%8 == 0 {
				fields["issuetype"] = "Epic"
			} else {
				fields["parent"] = epic
			}
			added := w.AddIssue(map[string]any{"fields": fields})
			if n%8 == 0 {
				epic = added
			}
		}
	}
	p.look()
	return p
}

func (p *jiraPeople) look() (keys, epics []string) {
	for _, key := range p.world.Keys() {
		if p.ids[key] == "" {
			issue := p.world.Issue(key)
			p.ids[key] = issue["id"].(string)
			p.epic[key] = issue["fields"].(map[string]any)["issuetype"].(map[string]any)["name"] == "Epic"
		}
		if p.epic[key] {
			epics = append(epics, key)
		}
		keys = append(keys, key)
	}
	return keys, epics
}

// edit does one thing that people do.
func (p *jiraPeople) edit(r *rand.Rand) error {
	keys, epics := p.look()
	p.n++
	key, h := pick(r.Int(), keys), p.human
	story := !slices.Contains(epics, key)
	switch r.IntN(20) {
	case 0, 1, 2:
		return h.SetField(key, "summary", fmt.Sprintf("Title %d", p.n))
	case 3, 4:
		return h.SetField(key, "description", fmt.Sprintf("As a shopper, I want %d, so that I am done.\n\nh3. Acceptance criteria\n\n* It works %d", p.n, p.n))
	case 5, 6, 7:
		return h.AddLabel(key, fmt.Sprintf("label-%d", r.IntN(5)))
	case 8, 9:
		return h.RemoveLabel(key, fmt.Sprintf("label-%d", r.IntN(5)))
	case 10, 11:
		return h.SetField(key, "status", pick(r.Int(), []string{"To Do", "In Progress", "Done"}))
	case 12, 13:
		if !story {
			return nil
		}
		if r.IntN(4) == 0 {
			return h.SetField(key, "parent", nil)
		}
		return h.SetField(key, "parent", pick(r.Int(), epics))
	case 14:
		if other := pick(r.Int(), keys); other != key {
			return h.Link(key, "Blocks", other)
		}
		return nil
	case 15:
		_, err := h.AddComment(key, "What about this?")
		return err
	case 16, 17:
		fields := map[string]any{"project": pick(r.Int(), []string{"SHOP", "PAY"}), "issuetype": "Story", "summary": fmt.Sprintf("New %d", p.n), "parent": pick(r.Int(), epics)}
		h.Create(map[string]any{"fields": fields})
		return nil
	case 18:
		_, err := h.Move(key, pick(r.Int(), []string{"SHOP", "PAY", "ELSE"}))
		return err
	default:
		if !story {
			return nil
		}
		return h.Delete(key)
	}
}

// everyone names every issue that ever was.
func (p *jiraPeople) everyone(site backlog.SiteID) []backlog.ItemID {
	p.look()
	var all []backlog.ItemID
	for _, id := range p.ids {
		all = append(all, unique(site, id))
	}
	slices.SortFunc(all, func(a, b backlog.ItemID) int { return strings.Compare(a.ID, b.ID) })
	return slices.Compact(all) // one that moved had several keys
}

// checks holds what people see on their pages against the store.
func (p *jiraPeople) checks(h *house, site backlog.Site) {
	h.t.Helper()
	keys, _ := p.look()
	for _, key := range keys {
		issue := p.world.Issue(key)
		fields := issue["fields"].(map[string]any)
		if fields["project"].(map[string]any)["key"] == "ELSE" {
			continue
		}
		families, err := h.db.Families(h.t.Context(), []backlog.ItemID{unique(site.ID, issue["id"])})
		if err != nil || len(families) != 1 {
			h.t.Errorf("%s: %d families, %v", key, len(families), err)
			continue
		}
		labels := p.world.Labels(key)
		slices.Sort(labels)
		got := slices.Sorted(slices.Values(families[0].Labels))
		if families[0].Key != key || families[0].Title != fields["summary"] || !slices.Equal(labels, got) {
			h.t.Errorf("%s %q %v is stored as %s %q %v", key, fields["summary"], labels, families[0].Key, families[0].Title, got)
		}
	}
}
