package pull

import (
	"context"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// Books is what the store keeps about completeness: how far projects can be
// trusted, what is not seen any more, and which fields changed under us.
type Books interface {
	Setting(ctx context.Context, key string) (string, error)
	SetSetting(ctx context.Context, key, value string) error

	Projects(ctx context.Context, site backlog.SiteID) ([]backlog.KnownProject, error)
	SaveProject(ctx context.Context, site backlog.SiteID, k backlog.KnownProject) error
	Canaries(ctx context.Context, site backlog.SiteID) ([]backlog.Canary, error)
	SaveCanary(ctx context.Context, c backlog.Canary) error

	Compare(ctx context.Context, project backlog.ProjectID, listed []string) (backlog.Comparison, error)
	Renamed(ctx context.Context, project backlog.ProjectID, key string) ([]backlog.ItemID, error)
	NoteUnseen(ctx context.Context, connection string, u backlog.Unseen) (backlog.Changes, error)
	LeaveScope(ctx context.Context, connection string, project backlog.ProjectID) (int, error)
	Absences(ctx context.Context, site backlog.SiteID) (map[string]backlog.Absences, error)
	StaleContext(ctx context.Context, site backlog.SiteID, since time.Time, limit int) ([]backlog.ItemID, error)

	Layouts(ctx context.Context, site backlog.SiteID) ([]backlog.Layout, error)
	SaveLayouts(ctx context.Context, site backlog.SiteID, layouts []backlog.Layout) error
	Usage(ctx context.Context, since time.Time) ([]backlog.Usage, error)
	Suspensions(ctx context.Context) ([]backlog.Suspension, error)
	Suspend(ctx context.Context, site backlog.SiteID, s backlog.Suspension) (fresh bool, err error)
	Lift(ctx context.Context, site backlog.SiteID, s backlog.Suspension) error
	Emptied(ctx context.Context, site backlog.SiteID) ([]backlog.Emptied, error)
	EmptiedItems(ctx context.Context, project backlog.ProjectID, limit int) ([]backlog.ItemID, error)
	CountAnew(ctx context.Context, project backlog.ProjectID) error
}
