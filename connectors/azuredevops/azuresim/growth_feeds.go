package azuresim

import (
	"iter"
	"sort"
	"time"
)

// revisionsFrom walks all revisions behind a watermark, those of the growth
// first. since is a hint: what was changed before may be left out.
func (w *World) revisionsFrom(from int, since time.Time) iter.Seq[*revision] {
	return func(yield func(*revision) bool) {
		g := w.growth
		first := sort.Search(g.size(), func(p int) bool { return 3*p+1 > from && g.changed[g.byChange[p]] >= since.UnixMilli() })
		for place := first; place < g.size(); place++ {
			k := int(g.byChange[place])
			if w.vanished(k) {
				continue
			}
			if !yield(w.item(g.first + k).revisions[0]) {
				return
			}
			g.tidy()
		}
		at := sort.Search(len(w.revisions), func(i int) bool { return w.revisions[i].watermark > from })
		for _, rv := range w.revisions[at:] {
			if !yield(rv) {
				return
			}
		}
	}
}

// linksFrom walks all links behind a watermark, those of the growth first.
func (w *World) linksFrom(from int, since time.Time) iter.Seq[*link] {
	return func(yield func(*link) bool) {
		g := w.growth
		first := sort.Search(g.size(), func(k int) bool { return 3*k+3 > from && !g.created(k).Before(since) })
		for k := first; k < g.size(); k++ {
			for _, l := range g.brought(w, k) {
				if l.watermark > from && !yield(l) {
					return
				}
			}
		}
		at := sort.Search(len(w.linkLog), func(i int) bool { return w.linkLog[i].watermark > from })
		for _, l := range w.linkLog[at:] {
			if !yield(l) {
				return
			}
		}
	}
}
