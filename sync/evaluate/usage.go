package evaluate

import (
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// A field counts as used when at least this share of the items touched in the
// window has it filled.
const (
	usedShare  = 0.05
	usedWindow = 180 * 24 * time.Hour
)

type typeKey struct {
	site    backlog.SiteID
	project string
	name    string
}

// usage knows which fields people use, per project and type. A policy about a
// field that nobody uses would paint everything red and teach nobody anything.
type usage struct {
	filled map[typeKey]backlog.Usage
	types  map[typeKey]backlog.ItemType
}

// newUsage takes the counts of the window and those of all time; the latter
// speak for a type of which nothing was touched in the window.
func newUsage(sites map[string]backlog.Site, recent, ever []backlog.Usage) usage {
	u := usage{filled: map[typeKey]backlog.Usage{}, types: map[typeKey]backlog.ItemType{}}
	for _, counted := range [][]backlog.Usage{ever, recent} {
		for _, c := range counted {
			if c.Items > 0 {
				u.filled[typeKey{c.Site, c.Project, c.Type}] = c
			}
		}
	}
	for _, site := range sites {
		for _, t := range site.Types {
			u.types[typeKey{site.ID, t.Project, t.Name}] = t
		}
	}
	return u
}

// used reports whether people fill the field on this item's type. A field that
// the settings declare is used, whatever the statistics say.
func (u usage) used(item backlog.Item, f backlog.Field) bool {
	t := u.types[keyOf(item)]
	if t.Used.Has(f) {
		return true
	}
	c, ok := u.filled[keyOf(item)]
	if !ok || c.Items == 0 {
		return t.Layout.Has(f)
	}
	if !t.Layout.Has(f) && c.Filled[f] == 0 {
		return false
	}
	return float64(c.Filled[f]) >= usedShare*float64(c.Items)
}

func keyOf(item backlog.Item) typeKey {
	return typeKey{item.ID.Site, item.Project.ID, item.Type}
}
