package main

import (
	"cmp"
	"context"

	"github.com/spf13/cobra"

	"github.com/trackwarden/trackwarden/sync/reconcile"
)

func planCommand(s *session) *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use: "plan", Short: "Read, judge, and print what would be written, as a diff; never writes", Args: noArgs,
		Example: "  trackwarden plan\n  trackwarden plan --format json\n  trackwarden plan --out plan.json   # then: trackwarden apply --plan plan.json",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return s.planOrApply(cmd.Context(), reconcile.Plan, out, nil)
		},
	}
	s.formatFlag(cmd)
	cmd.Flags().StringVar(&out, "out", "", "write the plan to this `FILE` too, for apply --plan")
	return cmd
}

// planOrApply runs a pass to the depth and prints its plan. A file that is
// named gets the plan; a given plan is all that is written.
func (s *session) planOrApply(ctx context.Context, depth reconcile.Depth, file string, given reconcile.Given) error {
	a, err := s.open(ctx)
	if err != nil {
		return err
	}
	defer a.close()
	a.reconciler.Given = given
	result, err := s.pass(ctx, a, depth, false)
	if err != nil {
		return incomplete(err)
	}
	if file != "" {
		if err := writePlan(file, result, a.clock()); err != nil {
			return err
		}
	}
	contract := planOf(result, depth == reconcile.Apply)
	if s.json() {
		if err := printJSON(s.out, contract); err != nil {
			return incomplete(err)
		}
	} else {
		newPrinter(s.out).plan(contract, result)
	}
	return completeStatus(result)
}

func (p *printer) plan(c planContract, result reconcile.Result) {
	p.changes(c)
	p.held(c.Held)
	p.parked(c.Parked)
	for _, d := range c.Digest {
		p.line("%s: held back as digest: %d items of %s, with labels only; the report tells of them.", d.Connection, d.Items, cmp.Or(harmless(d.Team), "no team"))
	}
	for _, problem := range c.Problems {
		p.line("%s", harmless(problem))
	}
	if c.Writes == nil {
		p.line("%d items would change. Plan %s.", len(c.Changes), c.PlanHash)
		return
	}
	p.line("%s", wrote(*c.Writes, len(c.Held)))
	for _, o := range result.Connections {
		if o.Observe && len(o.Plan.Changes) > 0 {
			p.line("%s only observes: %d items were left as they are. Set write.mode to enforce to write there.", o.Name, len(o.Plan.Changes))
		}
	}
}

// completeStatus is the exit status of a pass whose findings do not matter.
func completeStatus(result reconcile.Result) error {
	for _, o := range result.Connections {
		if !o.Complete() || o.Stopped != "" || o.Writes.Unknown > 0 || o.Writes.Failed > 0 {
			return &exitError{Code: exitIncomplete}
		}
	}
	return nil
}
