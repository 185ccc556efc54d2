package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/trackwarden/trackwarden/sync/reconcile"
)

func retractCommand(s *session) *cobra.Command {
	var connection string
	var dry bool
	cmd := &cobra.Command{
		Use: "retract", Short: "Take back everything that was ever written: our labels, our comments", Args: noArgs,
		Long: `Takes every label and comment of ours off the items, and the record of them,
until the tracker is as if we had never been there. What people wrote stays, also
what they wrote into our comment. It stops all other writing first, for every
process on this store: nothing is written again before trackwarden resume. It goes
on though writing is paused; a pause that comes later stops it.

Budgets hold, but for that per pass. What is left undone is said, and the next call
goes on from there.`,
		Example: "  trackwarden retract --dry-run\n  trackwarden retract --connection shop",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return s.withStore(cmd.Context(), func(a *app) error { return s.retract(cmd.Context(), a, connection, dry) })
		},
	}
	cmd.Flags().StringVar(&connection, "connection", "", "only in this `CONNECTION`")
	cmd.Flags().BoolVar(&dry, "dry-run", false, "only print what would be taken back")
	s.formatFlag(cmd)
	return cmd
}

func (s *session) retract(ctx context.Context, a *app, connection string, dry bool) error {
	if err := a.knows(connection); err != nil {
		return err
	}
	var result reconcile.Result
	for _, c := range a.reconciler.Connections {
		if connection != "" && c.Name != connection {
			continue
		}
		if c.Writer = a.writers[c.Name]; dry {
			c.Writer = nil
		}
		result.Connections = append(result.Connections, a.reconciler.Retract(ctx, a.db, c, dry))
	}
	contract := planOf(result, !dry)
	if s.json() {
		if err := printJSON(s.out, contract); err != nil {
			return incomplete(err)
		}
	} else {
		newPrinter(s.out).retracted(contract, dry)
	}
	return retractedStatus(result)
}

func (p *printer) retracted(c planContract, dry bool) {
	p.changes(c)
	p.held(c.Held)
	for _, problem := range c.Problems {
		p.line("%s", harmless(problem))
	}
	if dry {
		p.line("%d items would be as if we had never been there.", len(c.Changes))
		return
	}
	p.line("%s Nothing more is written there before trackwarden resume.", wrote(*c.Writes, len(c.Held)))
	if len(c.Held) > 0 {
		p.line("Not everything is taken back yet: see above, and run trackwarden retract again.")
	}
}

// retractedStatus says whether everything is taken back that can be.
func retractedStatus(result reconcile.Result) error {
	for _, o := range result.Connections {
		w := o.Writes
		if o.Err != nil || o.Stopped != "" || w.Unknown+w.Failed+w.Waiting+w.Refused > 0 {
			return &exitError{Code: exitIncomplete}
		}
	}
	return nil
}
