package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/trackwarden/trackwarden/sync/reconcile"
)

func applyCommand(s *session) *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use: "apply", Short: "Do one full pass: read, judge, plan, and write where write.mode is enforce", Args: noArgs,
		Example: "  trackwarden apply\n  trackwarden apply --format json\n  trackwarden apply --plan plan.json",
		RunE: func(cmd *cobra.Command, _ []string) error {
			var given reconcile.Given
			if file != "" {
				var err error
				if given, err = readPlan(file); err != nil {
					return err
				}
			}
			return s.planOrApply(cmd.Context(), reconcile.Apply, "", given)
		},
	}
	s.formatFlag(cmd)
	cmd.Flags().StringVar(&file, "plan", "", "write only what this `FILE` of plan --out has, as far as it is still planned exactly so")
	return cmd
}

// wrote sums up the write requests of a pass in one line.
func wrote(w writesContract, held int) string {
	switch {
	case w.Requests == 0 && held > 0:
		return fmt.Sprintf("0 writes; %d items are held back, see above.", held)
	case w.Requests == 0:
		return "0 writes: everything is as it should be."
	case w.Refused == 0 && w.Unknown == 0:
		return fmt.Sprintf("%d writes, all applied.", w.Requests)
	default:
		return fmt.Sprintf("%d writes: %d applied, %d refused, %d with an answer that was lost and will be looked for.",
			w.Requests, w.Applied, w.Refused, w.Unknown)
	}
}
