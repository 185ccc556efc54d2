package store_test

import (
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// later is an item as somebody changed it a minute after.
func later(item backlog.Item, edit func(*backlog.Item)) backlog.Item {
	item.Changed = item.Changed.Add(time.Minute)
	item.Revision += "'"
	edit(&item)
	return item
}

func TestDirtyRules(t *testing.T) {
	feature, other := story(jira, "1", 0), story(jira, "2", 0)
	feature.Level, other.Level = backlog.Feature, backlog.Feature
	child := story(jira, "3", 0)
	child.Parent = &backlog.Ref{ID: feature.ID}
	blocked := story(azure, "4", 0)
	child.Links = []backlog.Link{{Type: backlog.Blocks, Direction: backlog.Outward, To: backlog.Ref{ID: blocked.ID}}}
	stranger, check := story(jira, "5", 0), story(jira, "6", 0)
	check.Level = "" // a test case, say
	check.Parent = &backlog.Ref{ID: feature.ID}

	for name, tc := range map[string]struct {
		arrives backlog.Item
		want    []string
	}{
		"body only: the item":                {later(child, func(i *backlog.Item) { i.Body = "more" }), []string{"3"}},
		"title: parent and link end too":     {later(child, func(i *backlog.Item) { i.Title = "x" }), []string{"1", "3", "4"}},
		"title of a parent: children too":    {later(feature, func(i *backlog.Item) { i.Title = "x" }), []string{"1", "3"}},
		"title of a link end":                {later(blocked, func(i *backlog.Item) { i.Title = "x" }), []string{"3", "4"}},
		"new parent: old and new one":        {later(child, func(i *backlog.Item) { i.Parent = &backlog.Ref{ID: other.ID} }), []string{"1", "2", "3", "4"}},
		"parent taken away":                  {later(child, func(i *backlog.Item) { i.Parent = nil }), []string{"1", "3", "4"}},
		"link taken away: the old end":       {later(child, func(i *backlog.Item) { i.Links = nil }), []string{"3", "4"}},
		"no level: only neighbours":          {later(check, func(i *backlog.Item) { i.Title = "x" }), []string{"1"}},
		"the same again":                     {child, nil},
		"a new item under a parent":          {func() backlog.Item { i := story(jira, "7", 0); i.Parent = &backlog.Ref{ID: other.ID}; return i }(), []string{"2", "7"}},
		"nobody's neighbour stays untouched": {later(stranger, func(i *backlog.Item) { i.Title = "x" }), []string{"5"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.page(blocked)
			w.page(feature, other, child, stranger, check)
			w.settle()
			w.page(tc.arrives)
			equal(t, "dirty", w.dirty(), tc.want)
		})
	}
}

func TestGoneItemsLeaveAndTheirNeighboursHear(t *testing.T) {
	w := newWorld(t)
	parent, child := story(jira, "1", 0), story(jira, "2", 0)
	child.Parent = &backlog.Ref{ID: parent.ID}
	w.page(parent, child)
	if got := len(w.family(parent.ID).Children); got != 1 {
		t.Fatalf("%d children", got)
	}
	w.settle()
	w.must(w.BeginRound(w.ctx(), jira, []backlog.Sweep{{Name: "gone", Position: "0"}}))
	_, err := w.CommitPage(w.ctx(), "shop", jira, "gone", backlog.Page{Gone: []backlog.ItemID{child.ID, {Site: jira, ID: "99"}}, Last: true})
	w.must(err)
	equal(t, "dirty", w.dirty(), []string{"1"})
	if got := len(w.family(parent.ID).Children); got != 0 {
		t.Errorf("a gone child still counts")
	}
	families, err := w.Families(w.ctx(), []backlog.ItemID{child.ID})
	w.must(err)
	if len(families) != 0 {
		t.Error("a gone item is still loaded")
	}
	w.settle()
	w.page(child) // a lagging index
	equal(t, "dirty after a stale page", w.dirty(), nil)
	lacking, err := w.NotStored(w.ctx(), []backlog.ItemID{child.ID, parent.ID})
	w.must(err)
	equal(t, "lacking", lacking, []backlog.ItemID{child.ID})
	_, err = w.CommitSightings(w.ctx(), "shop", jira, []backlog.Sighting{{ID: child.ID, Presence: backlog.Found, Item: child}}, false)
	w.must(err)
	equal(t, "dirty when it is back", w.dirty(), []string{"1", "2"})
}

func TestAnItemThatGoesWhileItIsDirtyIsNotJudged(t *testing.T) {
	w := newWorld(t)
	stays, goes := story(jira, "1", 0), story(jira, "2", 0)
	w.page(stays, goes)
	_, err := w.CommitSightings(w.ctx(), "shop", jira, []backlog.Sighting{{ID: goes.ID, Presence: backlog.Gone}}, false)
	w.must(err)
	equal(t, "dirty", w.dirty(), []string{"1"})
}

func TestItemsComeThroughTheirOwnConnection(t *testing.T) {
	w := newWorld(t)
	sightings := []backlog.Sighting{{ID: story(jira, "1", 0).ID, Presence: backlog.Found, Item: story(jira, "1", 0)}}
	if _, err := w.CommitSightings(w.ctx(), "platform", jira, sightings, false); err == nil {
		t.Error("an item of another connection's site was stored")
	}
	if _, err := w.CommitSightings(w.ctx(), "new", "jira:new", sightings, false); err == nil {
		t.Error("an item of a site that was never pinned was stored")
	}
}

func TestHiddenProvesNothing(t *testing.T) {
	w := newWorld(t)
	item := story(jira, "1", 0)
	w.page(item)
	w.settle()
	changes, err := w.CommitSightings(w.ctx(), "shop", jira, []backlog.Sighting{
		{ID: item.ID, Presence: backlog.Hidden}, {ID: backlog.ItemID{Site: jira, ID: "2"}, Presence: backlog.Hidden},
		{ID: item.ID, Presence: backlog.Damaged},
	}, false)
	w.must(err)
	if changes != (backlog.Changes{Broken: 1}) {
		t.Errorf("changes: %+v", changes)
	}
	if got := w.family(item.ID).Presence; got != backlog.Found {
		t.Errorf("presence %s", got)
	}
	equal(t, "dirty", w.dirty(), nil)
}

func TestContextIsShownAndNeverJudged(t *testing.T) {
	w := newWorld(t)
	outside := story(azure, "7", 0)
	child := story(jira, "1", 0)
	child.Parent = &backlog.Ref{ID: outside.ID}
	w.page(child)
	if f := w.family(child.ID); f.Parent != nil || f.Item.Parent == nil {
		t.Fatal("an unknown parent is not known, and not none")
	}
	refs, err := w.Unresolved(w.ctx(), 10)
	w.must(err)
	equal(t, "unresolved", refs, []backlog.Ref{{ID: outside.ID}})
	w.must(w.Asked(w.ctx(), refs))
	refs, err = w.Unresolved(w.ctx(), 10)
	w.must(err)
	equal(t, "asked just now", refs, nil)
	w.now = w.now.Add(25 * time.Hour)
	refs, err = w.Unresolved(w.ctx(), 10)
	w.must(err)
	equal(t, "asked a day ago", refs, []backlog.Ref{{ID: outside.ID}})

	w.settle()
	_, err = w.CommitSightings(w.ctx(), "platform", azure, []backlog.Sighting{{ID: outside.ID, Presence: backlog.Found, Item: outside}}, true)
	w.must(err)
	equal(t, "dirty: the source, not the context", w.dirty(), []string{"1"})
	if f := w.family(child.ID); f.Parent == nil || f.Parent.Presence != backlog.Context || f.Parent.Connection != "platform" {
		t.Errorf("parent %+v", f.Parent)
	}
	w.must(w.MarkDirty(w.ctx(), "day", backlog.Some{}))
	equal(t, "all dirty", w.dirty(), []string{"1"})

	w.settle()
	w.page(outside) // it has come into scope
	equal(t, "now in scope", w.dirty(), []string{"7"})
	_, err = w.CommitSightings(w.ctx(), "platform", azure, []backlog.Sighting{{ID: outside.ID, Presence: backlog.Found, Item: outside}}, true)
	w.must(err)
	if p := w.family(outside.ID).Presence; p != backlog.Found {
		t.Errorf("an item in scope became %s", p)
	}
}

func TestDirtyIsListedForTheConnectionsAskedFor(t *testing.T) {
	w := newWorld(t)
	w.page(story(jira, "1", 0))
	w.page(story(azure, "2", 0))
	w.must(w.MarkDirty(w.ctx(), "day", backlog.Some{}))
	for _, tc := range []struct {
		connections []string
		want        int
	}{{nil, 0}, {[]string{"shop"}, 1}, {[]string{"platform", "shop"}, 2}, {[]string{"unknown"}, 0}} {
		got, err := w.Dirty(w.ctx(), tc.connections, 10)
		w.must(err)
		if len(got) != tc.want {
			t.Errorf("%v: %d dirty, want %d", tc.connections, len(got), tc.want)
		}
	}
}

func TestANewItemLiesAheadOfAWalk(t *testing.T) {
	w := newWorld(t)
	w.page(story(jira, "1", 0))
	walk := w.walks()[0]
	batch, err := w.Ahead(w.ctx(), walk, 10, nil)
	w.must(err)
	w.page(story(jira, "2", 0)) // while the first is judged
	w.page(later(story(jira, "1", 0), func(i *backlog.Item) { i.Title = "changed meanwhile" }))
	w.must(w.SaveWalked(w.ctx(), batch.Walk, nil))
	equal(t, "still to be judged", w.dirty(), []string{"1", "2"})
	w.settle()
	equal(t, "all judged", w.dirty(), nil)
	w.page(story(jira, "3", 0)) // after the walk was over
	equal(t, "new", w.dirty(), []string{"3"})
}
