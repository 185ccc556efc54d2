package pull

import (
	"context"
	"fmt"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// renew reads a batch of a site's context again, as often as its census is
// taken. What cannot be read any more is unknown from then on, until it can.
func (p *Puller) renew(ctx context.Context, c Connected) error {
	if c.Reader == nil {
		return nil
	}
	every, now, key := p.Settings[c.Name].every(), p.Clock(), "context/renewed/"+string(c.Site.ID)
	text, err := p.Store.Setting(ctx, key)
	if err != nil {
		return fmt.Errorf("load when context was renewed: %w", err)
	}
	last, err := time.Parse(time.RFC3339, text) // no time at all is long ago
	if age := now.Sub(last); err == nil && age >= 0 && age < every {
		return nil
	}
	ids, err := p.Store.StaleContext(ctx, c.Site.ID, now.Add(-every), contextBatch)
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		return p.Store.SetSetting(ctx, key, now.UTC().Format(time.RFC3339))
	}
	sightings, err := c.Reader.Fetch(ctx, ids...)
	if err != nil {
		p.Log.Warn("fetch context again", "connection", c.Name, "error", err)
		return nil
	}
	if _, err := p.Store.CommitSightings(ctx, c.Name, c.Site.ID, sightings, true); err != nil {
		return fmt.Errorf("commit context: %w", err)
	}
	refs := make([]backlog.Ref, len(ids))
	for i, id := range ids {
		refs[i].ID = id
	}
	if err := p.Store.Asked(ctx, refs); err != nil {
		return fmt.Errorf("remember what was asked: %w", err)
	}
	return nil
}
