package reconcile

import (
	"context"
	"fmt"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/sync/plan"
)

// ramp notes on which day writing on each project began, and bounds what may be
// written while that is new. Where nothing is written yet, today would be that
// day.
func (r *Reconciler) ramp(ctx context.Context, c Connection, o *Outcome, s *plan.Settings, writing bool) error {
	if !c.Ramp {
		return nil
	}
	today := backlog.Day(r.Clock(), s.Zone)
	s.Budget.Ramp = map[string]int{}
	for _, p := range o.Site.Projects {
		key := "ramp/" + plan.ProjectScope(o.Site.ID, p.ID)
		began, err := r.Store.Setting(ctx, key)
		if err == nil && began == "" {
			began = today
			if writing {
				err = r.Store.SetSetting(ctx, key, today)
			}
		}
		if err != nil {
			return fmt.Errorf("look up since when %s is written on: %w", p.Key, err)
		}
		s.Budget.Ramp[p.ID] = plan.Ramp(began, today)
	}
	return nil
}
