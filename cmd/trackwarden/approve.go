package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/trackwarden/trackwarden/backlog"
)

func approveCommand(s *session) *cobra.Command {
	return &cobra.Command{
		Use: "approve HASH", Short: "Let a plan be written that the brake has parked", Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage(fmt.Errorf("%s takes the hash of one parked plan, as trackwarden plan prints it", cmd.CommandPath()))
			}
			return nil
		},
		Long: `A plan that would change much of a project at once waits for a person. Look at it
with trackwarden plan, and approve it by its hash: exactly that is written by the
next passes, within their budgets. An approval that is not used within a week is
forgotten.`,
		Example: "  trackwarden approve 1f6ac2e09b7d4c35",
		RunE: func(cmd *cobra.Command, args []string) error {
			return s.withStore(cmd.Context(), func(a *app) error { return s.approve(cmd.Context(), a, args[0]) })
		},
	}
}

func (s *session) approve(ctx context.Context, a *app, hash string) error {
	p, err := a.db.Approve(ctx, hash)
	if errors.Is(err, backlog.ErrNotParked) {
		return usage(fmt.Errorf("%w: it may have changed, look at trackwarden plan again", err))
	}
	if err != nil {
		return incomplete(fmt.Errorf("approve: %w", err))
	}
	newPrinter(s.out).line("Approved: %d changes in %s of %s. The next passes write them, within their budgets.", p.Changes, p.Key, p.Connection)
	return nil
}

// parked prints what waits for a person.
func (p *printer) parked(all []parkedContract) {
	for _, c := range all {
		p.line("%s  %s", p.bold("Parked: "+c.Connection+" "+c.Project), c.reason)
	}
}
