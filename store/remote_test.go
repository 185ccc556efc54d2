package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
)

// linksDue lists the ids of the Jira items whose links have to be read.
func (w *world) linksDue() (ids []string) {
	w.t.Helper()
	due, err := w.LinksDue(w.ctx(), jira, 100)
	w.must(err)
	for _, d := range due {
		ids = append(ids, d.ID.ID)
	}
	return ids
}

// tell commits what was read of an item's links; nil says that there are none.
func (w *world) tell(item backlog.Item, links ...backlog.RemoteLink) int {
	w.t.Helper()
	return w.keep(backlog.LinksRead{LinksDue: backlog.LinksDue{ID: item.ID, Revision: item.Revision}, Known: true, Links: links})
}

func (w *world) keep(read backlog.LinksRead) int {
	w.t.Helper()
	changed, err := w.CommitLinks(w.ctx(), connectionOf(read.ID.Site), read.ID.Site, []backlog.LinksRead{read})
	w.must(err)
	if diff := w.wrong(); diff != "" {
		w.t.Errorf("counts (-want +got):\n%s", diff)
	}
	return changed
}

// turned lists whose place in the graph of dependencies changed.
func (w *world) turned() (ids []string) {
	w.t.Helper()
	items, seq, err := w.Turned(w.ctx(), 100)
	w.must(err)
	for _, i := range items {
		ids = append(ids, i.ID)
	}
	w.must(w.SetCycles(w.ctx(), items, nil, seq))
	return ids
}

func waitsFor(id string) backlog.RemoteLink {
	return backlog.RemoteLink{Link: backlog.Link{Type: backlog.Blocks, Direction: backlog.Inward, Native: "is blocked by", To: to(azure, id)}}
}

func childOf(id string) backlog.RemoteLink {
	return backlog.RemoteLink{Link: backlog.Link{Type: backlog.Relates, Direction: backlog.Outward, Native: "is child of", To: to(azure, id)}, Parent: true}
}

// An item looks the same to who judges it whether its tracker tells a link with
// it or apart.
func TestLinksToldApartAreAsItsOwn(t *testing.T) {
	for _, first := range []string{"source", "target"} {
		apart, own := newWorld(t), newWorld(t)
		source, target := story(jira, "1", 0), story(azure, "42", 0)
		whole := source
		whole.AddRemote([]backlog.RemoteLink{waitsFor("42"), childOf("42")})
		if first == "target" {
			apart.page(target)
			own.page(target)
		}
		apart.page(source)
		apart.tell(source, waitsFor("42"), childOf("42"))
		own.page(whole)
		if first == "source" {
			apart.page(target)
			own.page(target)
		}
		for _, id := range []backlog.ItemID{source.ID, target.ID} {
			if diff := cmp.Diff(plain(own.family(id)), plain(apart.family(id))); diff != "" {
				t.Errorf("%s first: family of %s (-own +apart):\n%s", first, id.ID, diff)
			}
		}
		a, o := apart.asJudged(), own.asJudged()
		if len(o.Families) != 2 || len(a.Families) != 2 {
			t.Fatalf("%d and %d are judged", len(o.Families), len(a.Families))
		}
		for i := range o.Families {
			for _, f := range a.Families {
				if diff := cmp.Diff(plain(o.Families[i]), plain(f)); f.ID == o.Families[i].ID && diff != "" {
					t.Errorf("%s first: %s as it is judged (-own +apart):\n%s", first, f.ID.ID, diff)
				}
			}
		}
		edges, err := apart.Blocked(apart.ctx(), []backlog.ItemID{target.ID})
		apart.must(err)
		equal(t, "edges", edges, []backlog.Edge{{From: target.ID, To: source.ID}})
	}
}

var reads = map[backlog.Level]backlog.Reads{backlog.Story: {Parent: true, Children: true, Links: true, Custom: true}}

// asJudged loads what is dirty as judging does, from what was packed.
func (w *world) asJudged() (b backlog.Batch) {
	w.t.Helper()
	w.must(w.MarkDirty(w.ctx(), "day", backlog.Some{}))
	for range 2 { // the first time it may have to be made
		var err error
		b, err = w.Marked(w.ctx(), []string{"shop", "platform"}, 100, reads)
		w.must(err)
	}
	return b
}

// plain takes out of a family in which order it was stored.
func plain(f backlog.Family) backlog.Family {
	f.Number = 0
	return f
}

func TestLinksToldApartComeChangeAndVanish(t *testing.T) {
	w := newWorld(t)
	source := story(jira, "1", 0)
	w.page(source)
	w.page(story(azure, "42", 0), story(azure, "43", 0))
	w.settle()
	w.turned()

	if n := w.tell(source, waitsFor("42")); n != 1 {
		t.Errorf("%d changed, want 1", n)
	}
	equal(t, "dirty when it came", w.dirty(), []string{"1", "42"})
	equal(t, "turned when it came", w.turned(), []string{"1"})
	equal(t, "due", w.linksDue(), nil)
	w.settle()

	source.Title, source.Revision, source.Changed = "Edited", "2", w.now
	w.page(source)
	equal(t, "due after an edit", w.linksDue(), []string{"1"})
	if f := w.family(source.ID); len(f.Linked) != 1 || f.Linked[0].Item == nil {
		t.Errorf("until it is read again the link holds: %+v", f.Linked)
	}
	w.settle()
	if n := w.tell(source, waitsFor("42")); n != 0 || len(w.dirty()) != 0 || len(w.turned()) != 0 {
		t.Errorf("nothing is new, and %d changed, dirty %v", n, w.dirty())
	}
	if w.page(source).Same != 1 {
		t.Error("what is told apart makes the item look edited")
	}

	source.Revision = "3"
	w.page(source)
	w.settle()
	w.tell(source, waitsFor("43"), childOf("43"))
	equal(t, "dirty when it changed", w.dirty(), []string{"1", "42", "43"})
	equal(t, "turned when it changed", w.turned(), []string{"1"})
	if f := w.family(source.ID); f.Parent == nil || f.Parent.ID.ID != "43" || !f.Filled.Has(backlog.FieldParent) {
		t.Errorf("parent %+v", f.Parent)
	}
	w.settle()

	source.Revision = "4"
	w.page(source)
	w.settle()
	w.tell(source)
	equal(t, "dirty when it vanished", w.dirty(), []string{"1", "43"})
	equal(t, "turned when it vanished", w.turned(), []string{"1"})
	if f := w.family(source.ID); len(f.Linked) != 0 || f.Parent != nil || f.Filled.Has(backlog.FieldParent) {
		t.Errorf("left: %+v", f.Linked)
	}
}

func TestWhoseLinksAreDue(t *testing.T) {
	w := newWorld(t)
	open, done, elsewhere := story(jira, "1", 1), story(jira, "2", 2), story(jira, "3", 3)
	done.State.Category = backlog.Done
	elsewhere.Level = ""
	w.page(open, done, elsewhere, story(jira, "4", 4))
	equal(t, "due: open, on a level, what changed last first", w.linksDue(), []string{"4", "1"})
	w.reopen() // the process was killed before it asked
	equal(t, "due in the next process", w.linksDue(), []string{"4", "1"})

	w.keep(backlog.LinksRead{LinksDue: backlog.LinksDue{ID: open.ID, Revision: "0"}, Known: true, Links: []backlog.RemoteLink{waitsFor("42")}})
	if f := w.family(open.ID); len(f.Linked) != 0 {
		t.Errorf("what was read of another revision is kept: %+v", f.Linked)
	}
	equal(t, "due after that", w.linksDue(), []string{"4", "1"})
	w.tell(open, waitsFor("42"))
	open.Revision = "5"
	w.page(open)
	w.keep(backlog.LinksRead{LinksDue: backlog.LinksDue{ID: open.ID, Revision: "5"}})
	equal(t, "due after a refusal", w.linksDue(), []string{"4"})
	if f := w.family(open.ID); len(f.Linked) != 1 {
		t.Error("a refusal took the links away")
	}

	open.State.Category, open.Revision = backlog.Done, "6"
	w.page(open)
	if f := w.family(open.ID); len(f.Linked) != 0 {
		t.Errorf("finished work has links: %+v", f.Linked)
	}
	equal(t, "due when it is done", w.linksDue(), []string{"4"})
	open.State.Category, open.Revision, open.Changed = backlog.ToDo, "7", w.now
	w.page(open)
	equal(t, "due when it is open again", w.linksDue(), []string{"1", "4"})
}

func TestPlanningIsToldWhatIsDue(t *testing.T) {
	w := newWorld(t)
	item := story(jira, "1", 0)
	w.page(item)
	w.judge(item, backlog.Finding{Policy: "story/orphan", Fingerprint: "f"})
	for _, due := range []bool{true, false} {
		c, known, err := w.Candidate(w.ctx(), item.ID)
		if err != nil || !known || c.LinksDue != due {
			t.Errorf("due %v, want %v; known %v, %v", c.LinksDue, due, known, err)
		}
		w.tell(item, childOf("42"))
	}
}

// Links that nobody reads any more would never change.
func TestForgottenLinks(t *testing.T) {
	w := newWorld(t)
	item := story(jira, "1", 0)
	w.page(item)
	w.page(story(azure, "42", 0))
	w.tell(item, waitsFor("42"))
	w.settle()
	w.must(w.ForgetLinks(w.ctx(), "platform", azure))
	equal(t, "dirty", w.dirty(), nil)
	w.must(w.ForgetLinks(w.ctx(), "shop", jira))
	equal(t, "dirty", w.dirty(), []string{"1", "42"})
	equal(t, "due", w.linksDue(), []string{"1"})
	if f := w.family(item.ID); len(f.Linked) != 0 {
		t.Errorf("left: %+v", f.Linked)
	}
}
