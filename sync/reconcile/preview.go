package reconcile

import (
	"context"
	"fmt"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/sync/plan"
)

// Preview plans one item from what is stored, without asking its tracker: what
// the next pass would write on it, and what it would hold back and why.
func (r *Reconciler) Preview(ctx context.Context, connection string, candidate backlog.Candidate) (backlog.Planned, string, error) {
	for _, c := range r.Connections {
		if c.Name != connection {
			continue
		}
		site, known, err := r.Store.Site(ctx, connection)
		if err != nil || !known {
			return backlog.Planned{}, "", err
		}
		iterations, err := r.Store.Iterations(ctx, site.ID)
		if err != nil {
			return backlog.Planned{}, "", fmt.Errorf("load iterations: %w", err)
		}
		change, held := plan.One(backlog.View{Candidate: candidate}, rights(c, site), plan.World{Now: r.Clock(), Iterations: iterations})
		if c.Writer == nil && held == "" && !change.Empty() {
			held = "the connection only observes: set write.mode to enforce to write there"
		}
		return change, held, nil
	}
	return backlog.Planned{}, "", nil
}
