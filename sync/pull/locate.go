package pull

import (
	"context"
	"iter"
	"maps"
	"slices"

	"github.com/trackwarden/trackwarden/backlog"
)

// Located lets a reader see addresses of pages in other known sites as what
// they stand for, identities or keys, so that a link from Jira to Azure DevOps,
// or back, finds its item. Everything that reads a connection has to read it
// this way: an item read otherwise would look edited.
func Located(reader backlog.Reader, sites map[string]backlog.Site) backlog.Reader {
	return located{Reader: reader, locator: slices.Collect(maps.Values(sites))}
}

// LocatedLinks does the same for the links that are read apart from items; nil
// stays nil.
func LocatedLinks(linker backlog.Linker, sites map[string]backlog.Site) backlog.Linker {
	if linker == nil {
		return nil
	}
	return locatedLinks{linker, slices.Collect(maps.Values(sites))}
}

type located struct {
	backlog.Reader
	locator
}

type locatedLinks struct {
	backlog.Linker
	locator
}

// locator knows sites.
type locator []backlog.Site

// Read locates the references of every item on a page.
func (l located) Read(ctx context.Context, s backlog.Sweep) iter.Seq2[backlog.Page, error] {
	return func(yield func(backlog.Page, error) bool) {
		for page, err := range l.Reader.Read(ctx, s) {
			for i := range page.Items {
				l.item(&page.Items[i])
			}
			if !yield(page, err) {
				return
			}
		}
	}
}

// Fetch locates the references of every item found.
func (l located) Fetch(ctx context.Context, ids ...backlog.ItemID) ([]backlog.Sighting, error) {
	sightings, err := l.Reader.Fetch(ctx, ids...)
	for i := range sightings {
		l.item(&sightings[i].Item)
	}
	return sightings, err
}

// RemoteLinks locates every link.
func (l locatedLinks) RemoteLinks(ctx context.Context, ids ...backlog.ItemID) ([]backlog.RemoteLinks, error) {
	all, err := l.Linker.RemoteLinks(ctx, ids...)
	for _, of := range all {
		for i := range of.Links {
			l.ref(&of.Links[i].To)
		}
	}
	return all, err
}

func (l locator) item(item *backlog.Item) {
	if item.Parent != nil {
		l.ref(item.Parent)
	}
	for i := range item.Links {
		l.ref(&item.Links[i].To)
	}
}

// ref replaces a bare address by what it stands for. A reference that carries
// an identity already is left alone.
func (l locator) ref(ref *backlog.Ref) {
	if !ref.ID.IsZero() || ref.URL == "" {
		return
	}
	for _, site := range l {
		if found, ok := site.Locate(ref.URL); ok {
			*ref = found
			return
		}
	}
}
