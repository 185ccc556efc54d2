package reconcile

import (
	"context"
	"fmt"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/sync/plan"
)

// ExposedKey names the setting that holds since which day no comments are
// written in a project because customers saw one. An empty value ends that.
func ExposedKey(site backlog.SiteID, project string) string {
	return "exposed/" + plan.ProjectScope(site, project)
}

// withhold takes the right to comment back in projects in which customers saw a
// comment of ours, until a person accepts the project as it is.
func (r *Reconciler) withhold(ctx context.Context, o *Outcome, s *plan.Settings) error {
	for _, p := range o.Site.Projects {
		right := s.Rights[p.ID]
		if !right.Service || !right.Comment {
			continue
		}
		since, err := r.Store.Setting(ctx, ExposedKey(o.Site.ID, p.ID))
		if err != nil {
			return fmt.Errorf("look up whether comments are seen in %s: %w", p.Key, err)
		}
		if since != "" {
			right.Comment = false
			s.Rights[p.ID] = right
			o.Exposed = append(o.Exposed, fmt.Sprintf("customers saw a comment of ours in %s on %s: only labels are written there, until trackwarden accept %s %s", p.Key, since, o.Name, p.Key))
		}
	}
	return nil
}

// exposed notes for good in which projects customers saw a comment of ours.
func (r *Reconciler) exposed(ctx context.Context, o *Outcome, s plan.Settings) error {
	for _, id := range o.Writes.Exposed {
		if err := r.Store.SetSetting(context.WithoutCancel(ctx), ExposedKey(id.Site, id.ID), backlog.Day(r.Clock(), s.Zone)); err != nil {
			return fmt.Errorf("note that customers see our comments: %w", err)
		}
	}
	if len(o.Writes.Exposed) > 0 {
		r.Log.Error("customers saw a comment of ours: it was taken back, and no other follows", "connection", o.Name, "projects", len(o.Writes.Exposed))
		return r.withhold(ctx, o, &s)
	}
	return nil
}
