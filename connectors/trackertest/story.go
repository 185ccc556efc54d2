package trackertest

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/trackwarden/trackwarden/backlog"
)

// story is one chapter under way: the tracker, its world, and the few moves
// that the chapters are told with. A move that fails ends the chapter.
type story struct {
	*testing.T
	Tracker
	seed Seed
}

func begin(t *testing.T, open func(t *testing.T) Tracker) *story {
	t.Helper()
	tracker := open(t)
	tracker.Owner = cmp.Or(tracker.Owner, "trackertest")
	return &story{t, tracker, tracker.World.Seed()}
}

// must ends the chapter when a move failed.
func (s *story) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

func (s *story) id(id string) backlog.ItemID { return backlog.ItemID{Site: s.seed.Site, ID: id} }

// round reads every sweep since a mark to its end. It returns the items by id,
// the latest reading of each, what was reported gone, and the next mark: the
// old one with what the sweeps add to it.
func (s *story) round(since backlog.Mark) (map[string]backlog.Item, []backlog.ItemID, backlog.Mark) {
	s.Helper()
	sweeps, err := s.Reader.Sweeps(s.Context(), since)
	s.must(err)
	items, gone, mark := map[string]backlog.Item{}, []backlog.ItemID{}, backlog.Mark{}
	maps.Copy(mark, since)
	for _, sweep := range sweeps {
		last := s.pages(s.Reader, sweep, func(p backlog.Page) bool {
			for _, item := range p.Items {
				items[item.ID.ID] = item
			}
			gone = append(gone, p.Gone...)
			return true
		})
		maps.Copy(mark, last.Mark)
	}
	return items, gone, mark
}

// pages reads a sweep until see has had enough, checks what holds for every
// page, and returns the last one read.
func (s *story) pages(r backlog.Reader, sweep backlog.Sweep, see func(backlog.Page) bool) (last backlog.Page) {
	s.Helper()
	for page, err := range r.Read(s.Context(), sweep) {
		s.must(err)
		if last.Last {
			s.Fatalf("sweep %q went on after its last page", sweep.Name)
		}
		for _, b := range page.Broken {
			s.Errorf("item %s (%s) cannot be read: %v", b.Key, b.ID, b.Err)
		}
		if page.Position == "" {
			s.Errorf("a page of sweep %q has no position to go on from", sweep.Name)
		}
		last = page
		if !see(page) {
			return last
		}
	}
	if !last.Last {
		s.Fatalf("sweep %q ended without a last page", sweep.Name)
	}
	return last
}

// item fetches one item that has to be there.
func (s *story) item(id string) backlog.Item {
	s.Helper()
	seen, err := s.Reader.Fetch(s.Context(), s.id(id))
	s.must(err)
	if len(seen) != 1 || seen[0].Presence != backlog.Found {
		s.Fatalf("fetch of item %s gave %+v, want it found", id, seen)
	}
	return seen[0].Item
}

// ours reads our comments on an item.
func (s *story) ours(id string) []backlog.Comment {
	s.Helper()
	comments, err := s.Reader.Comments(s.Context(), s.id(id))
	s.must(err)
	return comments
}

// only returns the one comment of ours that an item has to have.
func (s *story) only(id string) backlog.Comment {
	s.Helper()
	comments := s.ours(id)
	if len(comments) != 1 {
		s.Fatalf("item %s has %d comments of ours, want exactly one: %+v", id, len(comments), comments)
	}
	return comments[0]
}

// change begins a change of an item as it was just read.
func (s *story) change(item backlog.Item, intent string) backlog.Change {
	return backlog.Change{
		Intent: intent, Item: item.ID, Key: item.Key, Base: item.Revision, Present: item.Labels,
		Project:  backlog.ProjectID{Site: item.ID.Site, ID: item.Project.ID},
		Policies: []string{"story/no-acceptance-criteria"},
		Record:   backlog.Record{Owner: s.Owner, Item: item.ID.ID, Intent: intent},
	}
}

// relabelling plans to add and remove labels.
func (s *story) relabelling(item backlog.Item, intent string, add, remove []string) backlog.Change {
	c := s.change(item, intent)
	c.AddLabels, c.RemoveLabels = add, remove
	c.Record.Labels = add
	return c
}

// commenting plans to post our comment, or to edit it when it has an id.
func (s *story) commenting(item backlog.Item, intent, id, markdown string) backlog.Change {
	c := s.change(item, intent)
	c.Comment = &backlog.CommentChange{ID: id, Markdown: markdown, Marker: s.marker(item, intent, markdown)}
	c.Record.Comment = id
	return c
}

func (s *story) marker(item backlog.Item, intent, markdown string) backlog.Marker {
	return backlog.Marker{Owner: s.Owner, Item: item.ID.ID, Intent: intent, Hash: hash(markdown)}
}

// steps asks for the requests of a change, as they are after a night in the
// store. Asking is pure.
func (s *story) steps(c backlog.Change) []backlog.Step {
	s.Helper()
	before := s.World.Writes()
	stored, err := json.Marshal(s.Writer.Steps(c))
	s.must(err)
	again, err := json.Marshal(s.Writer.Steps(c))
	s.must(err)
	if string(stored) != string(again) || s.World.Writes() != before {
		s.Errorf("Steps is not pure")
	}
	var steps []backlog.Step
	s.must(json.Unmarshal(stored, &steps))
	for n, step := range steps {
		if step.N != n || step.Item != c.Item || step.Intent != c.Intent || step.Summary == "" {
			s.Errorf("step %d is %+v, want it numbered, and for intent %s on %s", n, step, c.Intent, c.Item)
		}
	}
	s.carried(c, steps)
	return steps
}

// carried checks that each part of a change rides in exactly one step, and the
// comment, which people are mailed about, in the last one.
func (s *story) carried(c backlog.Change, steps []backlog.Step) {
	s.Helper()
	labels, comments := 0, 0
	for n, step := range steps {
		if step.Labels {
			labels++
		}
		if step.Comment {
			comments++
			if n < len(steps)-1 {
				s.Errorf("step %q carries the comment, but is not the last", step.Summary)
			}
		}
	}
	relabels := len(c.AddLabels)+len(c.RemoveLabels) > 0
	if labels > 1 || relabels && labels == 0 {
		s.Errorf("%d steps carry the labels and the record", labels)
	}
	if want := c.Comment != nil; comments > 1 || want != (comments == 1) {
		s.Errorf("%d steps carry the comment, wanted: %t", comments, want)
	}
}

// send makes one request.
func (s *story) send(step backlog.Step) backlog.Receipt {
	s.Helper()
	receipt, err := s.Writer.Send(s.Context(), step)
	s.must(err)
	return receipt
}

// apply sends a whole change and returns the last receipt. Every step has to
// be applied, and nothing else may be written.
func (s *story) apply(c backlog.Change) (last backlog.Receipt) {
	s.Helper()
	steps, before := s.steps(c), s.World.Writes()
	for _, step := range steps {
		last = s.send(step)
		if last.Outcome != backlog.Applied {
			s.Fatalf("step %q: %+v, want applied", step.Summary, last)
		}
	}
	s.wrote(before, len(steps))
	return last
}

// wrote checks how many writes were applied since a count.
func (s *story) wrote(before, want int) {
	s.Helper()
	if got := s.World.Writes() - before; got != want {
		s.Errorf("%d writes were applied, want %d", got, want)
	}
}

// labelled checks the labels in the world.
func (s *story) labelled(id string, want ...string) {
	s.Helper()
	got := s.World.Labels(id)
	slices.Sort(got)
	want = slices.Clone(want)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		s.Errorf("item %s has the labels %s, want %s", id, strings.Join(got, " "), strings.Join(want, " "))
	}
}
