package pull

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/trackwarden/trackwarden/backlog"
)

// Look fetches the items that hints speak of and stores what it finds. An item
// that is not known is taken only when it surely lies in the scope: in one of
// the site's projects, unless the scope is narrower than its projects; the
// next poll brings the others. An item that is not found is gone when the
// tracker itself says that it was deleted, else nothing is concluded.
func (p *Puller) Look(ctx context.Context, connection string, site backlog.Site, narrow bool, reader backlog.Reader, hints map[backlog.ItemID]backlog.Hint) (backlog.Changes, error) {
	ids := slices.Collect(maps.Keys(hints))
	sightings, err := reader.Fetch(ctx, ids...)
	if err != nil {
		return backlog.Changes{}, fmt.Errorf("fetch what webhooks speak of: %w", err)
	}
	var found []backlog.ItemID
	for _, s := range sightings {
		if s.Presence == backlog.Found || s.Presence == backlog.Moved {
			found = append(found, s.Item.ID)
		}
	}
	lacking, err := p.Store.NotStored(ctx, found)
	if err != nil {
		return backlog.Changes{}, fmt.Errorf("look up what webhooks speak of: %w", err)
	}
	var taken []backlog.Sighting
	for _, s := range sightings {
		switch {
		case s.Presence == backlog.Hidden && hints[s.ID].Deleted:
			s.Presence = backlog.Gone
		case slices.Contains(lacking, s.Item.ID) && (narrow || !within(site, s.Item)):
			continue
		}
		taken = append(taken, s)
	}
	changes, err := p.Store.CommitSightings(ctx, connection, site.ID, taken, false)
	if err != nil {
		return changes, fmt.Errorf("commit what webhooks speak of: %w", err)
	}
	return changes, nil
}

// within reports whether an item is in one of the projects in scope.
func within(site backlog.Site, item backlog.Item) bool {
	return slices.ContainsFunc(site.Projects, func(p backlog.Project) bool { return p.ID == item.Project.ID })
}
