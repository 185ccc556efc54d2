package pull

import (
	"context"
	"fmt"

	"github.com/trackwarden/trackwarden/backlog"
)

// locator turns addresses of pages in any known site into identities or keys,
// so that a link from Jira to Azure DevOps, or back, finds its item.
type locator []backlog.Site

func (p *Puller) locator(ctx context.Context, own backlog.SiteID) (locator, error) {
	sites, err := p.Store.Sites(ctx)
	if err != nil {
		return nil, fmt.Errorf("load sites: %w", err)
	}
	all := make(locator, 0, len(sites))
	for _, site := range sites {
		if site.ID != own {
			all = append(all, site)
		}
	}
	return all, nil
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
