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
	return located{Reader: reader, sites: slices.Collect(maps.Values(sites))}
}

type located struct {
	backlog.Reader
	sites []backlog.Site
}

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

func (l located) item(item *backlog.Item) {
	if item.Parent != nil {
		l.ref(item.Parent)
	}
	for i := range item.Links {
		l.ref(&item.Links[i].To)
	}
}

// ref replaces a bare address by what it stands for. A reference that carries
// an identity already is left alone.
func (l located) ref(ref *backlog.Ref) {
	if !ref.ID.IsZero() || ref.URL == "" {
		return
	}
	for _, site := range l.sites {
		if found, ok := site.Locate(ref.URL); ok {
			*ref = found
			return
		}
	}
}
