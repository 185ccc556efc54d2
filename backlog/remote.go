package backlog

import (
	"context"
	"slices"
)

// Linker is optional: it reads those links of items that a tracker keeps apart
// from them and tells only for one item at a time. They lead out of the tracker.
// Each costs a request, so only items that changed are asked for, and whoever
// else reads an item does not see them.
type Linker interface {
	// RemoteLinks reads them by identity, fresh, in the order asked. An item of
	// which the tracker does not tell them has Known false; one of which it
	// could not just now is left out. On an error it is of no use to ask on now;
	// what was read until then comes with it.
	RemoteLinks(ctx context.Context, ids ...ItemID) ([]RemoteLinks, error)
}

// RemoteLinks are all links of one item that are kept apart from it.
type RemoteLinks struct {
	ID    ItemID
	Known bool
	Links []RemoteLink // in an order that does not change
}

// RemoteLink is one of them. Parent is set when it says that the other end is
// the parent; that counts for an item that names none itself.
type RemoteLink struct {
	Link
	Parent bool `json:"parent,omitempty"`
}

// AddRemote makes an item whole with the links that are kept apart from it.
func (i *Item) AddRemote(links []RemoteLink) {
	own := slices.Clip(i.Links)
	for _, l := range links {
		switch {
		case l.Parent && i.Parent == nil:
			to := l.To
			i.Parent = &to
			i.Filled = i.Filled.With(FieldParent)
		case !slices.Contains(own, l.Link):
			own = append(own, l.Link)
			i.Filled = i.Filled.With(FieldLinks)
		}
	}
	i.Links = own
}

// LinksDue is an item whose links that are kept apart have to be read, in the
// revision that is stored.
type LinksDue struct {
	ID       ItemID
	Revision string
}

// LinksRead is what was read of them. Where they are not known, what was known
// before stays.
type LinksRead struct {
	LinksDue
	Known bool
	Links []RemoteLink
}
