package azuresim

// linksOf are the links at an item, oldest first: the grown ones that are left,
// then the others.
func (w *World) linksOf(id int) []*link {
	g := w.growth
	if g == nil || id < g.first || id >= g.first+g.n {
		return w.links[id]
	}
	k := id - g.first
	var all []*link
	all = append(all, g.brought(w, k)...)
	for _, child := range g.children(k) {
		if l := g.parentLink(w, child); l != nil {
			all = append(all, l)
		}
	}
	if before := k - 4*len(g.projects); before >= 0 {
		if l := g.dependency(w, before); l != nil {
			all = append(all, l)
		}
	}
	return append(all, w.links[id]...)
}

// brought are the links that came with an item: its parent, and who depends on it.
func (g *growth) brought(w *World, k int) []*link {
	var all []*link
	for _, l := range []*link{g.parentLink(w, k), g.dependency(w, k)} {
		if l != nil {
			all = append(all, l)
		}
	}
	return all
}

func (g *growth) parentLink(w *World, k int) *link {
	up, has := g.above(k)
	if !has {
		return nil
	}
	return g.link(w, k, g.linkMark(k, 0), "System.LinkTypes.Hierarchy-Forward", up, k)
}

func (g *growth) dependency(w *World, k int) *link {
	to, has := g.next(k)
	if !has {
		return nil
	}
	return g.link(w, k, g.linkMark(k, 1), "System.LinkTypes.Dependency-Forward", k, to)
}

// link is a grown link, the same one each time; nil when it is gone.
func (g *growth) link(w *World, k, mark int, rel string, from, to int) *link {
	if len(g.cut) > 0 && g.cut[mark] || w.vanished(from) || w.vanished(to) {
		return nil
	}
	if l := g.seenLinks[mark]; l != nil {
		return l
	}
	l, _ := newLink(g.first+from, rel, g.first+to)
	l.by, l.changed, l.watermark, l.grown = g.people[g.dice(k, 5)%uint64(len(g.people))], wireTime(g.created(k)), mark, true
	if len(g.seenLinks) > recently {
		clear(g.seenLinks)
	}
	g.seenLinks[mark] = l
	return l
}

// vanished says that a grown item was destroyed.
func (w *World) vanished(k int) bool {
	return len(w.growth.kept) > 0 && w.growth.kept[k] && w.items[w.growth.first+k] == nil
}

// uproot makes an ordinary link of a grown one, before it is changed.
func (w *World) uproot(l *link) {
	if !l.grown {
		return
	}
	l.grown = false
	w.growth.cut[l.watermark] = true
	w.links[l.source] = append(w.links[l.source], l)
	w.links[l.target] = append(w.links[l.target], l)
}
