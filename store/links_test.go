package store_test

import (
	"testing"

	"github.com/trackwarden/trackwarden/backlog"
)

func TestPendingLinksResolveWhenTheTargetArrives(t *testing.T) {
	target := story(azure, "42", 0)
	for name, ref := range map[string]backlog.Ref{
		"by id":                 {ID: target.ID},
		"by key in place of id": {ID: backlog.ItemID{Site: azure, ID: target.Key}},
		"by key":                {Key: "plat-42"},
		"by address":            {URL: target.URL + "/"},
		"by address and key":    {URL: "https://elsewhere.example/x", Key: "PLAT-42"},
	} {
		t.Run(name, func(t *testing.T) {
			target := target
			target.Key = "PLAT-42"
			if name == "by key in place of id" {
				ref.ID.ID = "PLAT-42"
			}
			for _, first := range []string{"source", "target"} {
				w := newWorld(t)
				source := story(jira, "1", 0)
				source.Parent = &ref
				source.Links = []backlog.Link{{Type: backlog.Blocks, Direction: backlog.Inward, To: ref}}
				var linksMoved bool
				if first == "source" {
					w.page(source)
					w.settle()
					linksMoved = w.page(target).LinksChanged
					equal(t, "dirty", w.dirty(), []string{"1", "42"})
				} else {
					w.page(target)
					w.settle()
					linksMoved = w.page(source).LinksChanged
					equal(t, "dirty", w.dirty(), []string{"1", "42"})
				}
				if !linksMoved {
					t.Error("a dependency came, and nobody was told")
				}
				f := w.family(source.ID)
				if f.Parent == nil || f.Parent.ID != target.ID || f.Linked[0].Item == nil || f.Linked[0].Item.ID != target.ID {
					t.Errorf("%s first: parent %v, links %+v", first, f.Parent, f.Linked)
				}
				back := w.family(target.ID)
				if len(back.Children) != 1 || len(back.Linked) != 1 || back.Linked[0].Direction != backlog.Outward {
					t.Errorf("%s first: the target has children %v, links %+v", first, back.Children, back.Linked)
				}
				edges, err := w.Blocked(w.ctx(), []backlog.ItemID{target.ID, source.ID})
				w.must(err)
				equal(t, "edges", edges, []backlog.Edge{{From: target.ID, To: source.ID}})
			}
		})
	}
}

func TestAnAmbiguousKeyLeadsNowhere(t *testing.T) {
	w := newWorld(t)
	source, target, twin := story(jira, "1", 0), story(jira, "2", 0), story(azure, "3", 0)
	source.Links = []backlog.Link{{Type: backlog.Relates, Direction: backlog.Outward, To: backlog.Ref{Key: "SHOP-2"}}}
	twin.Key = "shop-2"
	w.page(source, target)
	if w.family(source.ID).Linked[0].Item == nil {
		t.Fatal("the one item with the key must be found")
	}
	w.settle()
	w.page(twin)
	if item := w.family(source.ID).Linked[0].Item; item != nil {
		t.Errorf("two items have the key, yet it leads to %s", item.ID)
	}
	equal(t, "dirty", w.dirty(), []string{"1", "2", "3"})
}

func TestALinkThatBothSidesTellCountsOnce(t *testing.T) {
	w := newWorld(t)
	a, b := story(jira, "1", 0), story(jira, "2", 0)
	a.Links = []backlog.Link{{Type: backlog.Blocks, Direction: backlog.Outward, To: backlog.Ref{ID: b.ID}}}
	b.Links = []backlog.Link{{Type: backlog.Blocks, Direction: backlog.Inward, To: backlog.Ref{ID: a.ID}}}
	w.page(a, b)
	if got := w.family(a.ID).Linked; len(got) != 1 || got[0].Direction != backlog.Outward {
		t.Errorf("links of a: %+v", got)
	}
	edges, err := w.Blocked(w.ctx(), []backlog.ItemID{a.ID, b.ID})
	w.must(err)
	equal(t, "edges", edges, []backlog.Edge{{From: a.ID, To: b.ID}})
}

func TestCyclesMakeTheirMembersDirty(t *testing.T) {
	w := newWorld(t)
	a, b, c := story(jira, "1", 0), story(jira, "2", 0), story(azure, "3", 0)
	w.page(a, b)
	w.page(c)
	w.settle()
	pair := []string{"SHOP-1", "SHOP-2"}
	w.must(w.SetCycles(w.ctx(), []backlog.ItemID{a.ID, b.ID, c.ID}, map[backlog.ItemID][]string{a.ID: pair, b.ID: pair}, 0))
	equal(t, "dirty", w.dirty(), []string{"1", "2"})
	equal(t, "cycle", w.family(a.ID).Cycle, pair)
	w.settle()
	w.must(w.SetCycles(w.ctx(), []backlog.ItemID{a.ID, b.ID, c.ID}, map[backlog.ItemID][]string{a.ID: pair, b.ID: pair}, 0))
	equal(t, "dirty after the same", w.dirty(), nil)
	circle := []string{"3", "SHOP-1"}
	w.must(w.SetCycles(w.ctx(), []backlog.ItemID{a.ID, b.ID, c.ID}, map[backlog.ItemID][]string{a.ID: circle, c.ID: circle}, 0))
	equal(t, "dirty after another", w.dirty(), []string{"1", "2", "3"})
	if got := w.family(b.ID).Cycle; got != nil {
		t.Errorf("b is still in %v", got)
	}
	keys, err := w.Keys(w.ctx(), []backlog.ItemID{a.ID, c.ID, {Site: jira, ID: "99"}})
	w.must(err)
	if len(keys) != 2 || keys[a.ID] != "SHOP-1" || keys[c.ID] != "3" {
		t.Errorf("keys %v", keys)
	}
}
