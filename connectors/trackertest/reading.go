package trackertest

import (
	"maps"
	"slices"

	"github.com/trackwarden/trackwarden/backlog"
)

// A connector begins by saying where it is: who we are there, what we may do,
// how the site is built, and how to tell an address of one of its items.
func describe(s *story) {
	site, err := s.Reader.Describe(s.Context())
	s.must(err)
	if site.ID != s.seed.Site {
		s.Errorf("site is %q, want %q", site.ID, s.seed.Site)
	}
	if site.Kind == "" || site.Account.ID == "" || site.Now.IsZero() {
		s.Errorf("kind %q, account %q and clock %v have to be known", site.Kind, site.Account.ID, site.Now)
	}
	if len(site.Missing)+len(site.Problems) > 0 {
		s.Errorf("nothing is missing here, but: %v %v", site.Missing, site.Problems)
	}
	for _, p := range s.seed.Projects {
		s.describesProject(site, p.ID)
	}
	rich := s.seed.Rich
	if kind, ok := site.TypeOf(s.item(rich.ID.ID)); !ok || kind.Level != rich.Level {
		s.Errorf("type %q is %+v, want it on level %q", rich.Type, kind, rich.Level)
	}
	ref, ok := site.Locate(rich.URL)
	if !ok || ref.ID != rich.ID && ref.Key != rich.Key || ref.URL != rich.URL {
		s.Errorf("address %s is located as %+v, want %s", rich.URL, ref, rich.Key)
	}
	s.wrote(0, 0)
}

func (s *story) describesProject(site backlog.Site, id string) {
	s.Helper()
	if !slices.ContainsFunc(site.Projects, func(p backlog.Project) bool { return p.ID == id && p.Key != "" }) {
		s.Errorf("project %s is not described: %+v", id, site.Projects)
	}
	if s.Cannot.Write == "" && !slices.ContainsFunc(site.Rights, func(r backlog.Rights) bool { return r.Project == id && r.Edit && r.Comment }) {
		s.Errorf("project %s may be edited and commented on, but the rights are %+v", id, site.Rights)
	}
}

// Sweeping without a mark reads everything: every item arrives, page after
// page, and the last page says from where the next round goes on.
func sweep(s *story) {
	items, _, mark := s.round(nil)
	for _, id := range s.seed.IDs {
		if _, ok := items[id]; !ok {
			s.Errorf("item %s did not arrive", id)
		}
	}
	if len(mark) == 0 {
		s.Error("the round left no mark")
	}
	s.wrote(0, 0)
}

// A restart costs nothing: whoever opens the connector anew goes on from the
// position behind the last page, and nothing is lost between.
func resume(s *story) {
	sweeps, err := s.Reader.Sweeps(s.Context(), nil)
	s.must(err)
	seen := map[string]bool{}
	collect := func(p backlog.Page) {
		for _, item := range p.Items {
			seen[item.ID.ID] = true
		}
	}
	stopped := false
	for _, sweep := range sweeps {
		if sweep.Position == "" {
			s.Fatalf("sweep %q has no position", sweep.Name)
		}
		page := s.pages(s.Reader, sweep, func(p backlog.Page) bool { collect(p); return false })
		if page.Last {
			continue
		}
		stopped = true
		reader, _ := s.Again()
		sweep.Position = page.Position
		s.pages(reader, sweep, func(p backlog.Page) bool { collect(p); return true })
	}
	if !stopped {
		s.Error("no sweep has a second page; seed more items or ask for smaller pages")
	}
	for _, id := range s.seed.IDs {
		if !seen[id] {
			s.Errorf("item %s was lost at the restart", id)
		}
	}
}

// From a mark on, only what changed comes: nothing while nothing happens, and
// after an edit that item with the edit in it.
func incremental(s *story) {
	_, _, mark := s.round(nil)
	idle, _, mark := s.round(mark)
	if len(idle) > 0 {
		s.Errorf("nothing happened, but %v came", slices.Sorted(maps.Keys(idle)))
	}
	id := s.seed.Plain
	s.World.HumanEdit(id, "A title from a person")
	items, gone, _ := s.round(mark)
	if got := items[id].Title; got != "A title from a person" {
		s.Errorf("the edited item came with the title %q", got)
	}
	delete(items, id)
	if len(items)+len(gone) > 0 {
		s.Errorf("one item was edited, but %v came too, gone %v", slices.Sorted(maps.Keys(items)), gone)
	}
}

// Fetching by identity is fresh and answers each question in the order asked;
// a key will do where nothing better is known. What is not there is hidden, or
// gone where the tracker can prove it.
func fetch(s *story) {
	plain, absent, rich := s.id(s.seed.Plain), s.id(s.seed.Absent), s.id(s.seed.Rich.ID.ID)
	asked := []backlog.ItemID{plain, absent, rich, s.id(s.seed.Rich.Key)}
	s.World.HumanEdit(plain.ID, "Fresh from a person")
	seen, err := s.Reader.Fetch(s.Context(), asked...)
	s.must(err)
	if len(seen) != len(asked) {
		s.Fatalf("asked for %d items, got %d sightings", len(asked), len(seen))
	}
	for i, want := range []backlog.ItemID{plain, {}, rich, rich} {
		if seen[i].ID != asked[i] {
			s.Errorf("sighting %d is of %s, want %s", i, seen[i].ID, asked[i])
		}
		if found := seen[i].Presence == backlog.Found; found != !want.IsZero() || seen[i].Item.ID != want {
			s.Errorf("sighting %d is %s of item %q, want %q", i, seen[i].Presence, seen[i].Item.ID, want)
		}
	}
	if p := seen[1].Presence; p != backlog.Hidden && p != backlog.Gone {
		s.Errorf("an item that never was is %s, want hidden or gone", p)
	}
	if got := seen[0].Item.Title; got != "Fresh from a person" {
		s.Errorf("the fetched title is %q, so the reading is not fresh", got)
	}
	if s.Cannot.Move != "" {
		s.Logf("no move: %s", s.Cannot.Move)
		return
	}
	s.moved(seen[0].Item)
}

// moved: identity survives a move.
func (s *story) moved(before backlog.Item) {
	s.World.Move(before.ID.ID)
	seen, err := s.Reader.Fetch(s.Context(), before.ID)
	s.must(err)
	if p := seen[0].Presence; p != backlog.Moved && p != backlog.Found {
		s.Fatalf("a moved item is %s, want moved or found", p)
	}
	after := seen[0].Item
	if after.ID != before.ID || after.Key == before.Key && after.Project == before.Project {
		s.Errorf("moved from %s in %s to %s in %s with identity %s", before.Key, before.Project.Key, after.Key, after.Project.Key, after.ID)
	}
}

// A census names every identity, and only its last page may say that it is
// complete, and must say how that is known.
func census(s *story) {
	seen := map[string]bool{}
	for _, p := range s.seed.Projects {
		var last backlog.CensusPage
		for page, err := range s.Reader.Census(s.Context(), p) {
			s.must(err)
			if last.Complete {
				s.Error("a page came after the complete one")
			}
			for _, id := range page.IDs {
				seen[id.ID] = true
			}
			last = page
		}
		if !last.Complete || last.Basis == "" {
			s.Errorf("the census of project %s ended complete=%t, basis %q", p.ID, last.Complete, last.Basis)
		}
	}
	got, want := slices.Sorted(maps.Keys(seen)), slices.Sorted(slices.Values(s.seed.IDs))
	if !slices.Equal(got, want) {
		s.Errorf("the census found %v, want %v", got, want)
	}
	s.wrote(0, 0)
}
