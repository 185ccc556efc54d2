package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/sync/reconcile"
)

func checkCommand(s *session) *cobra.Command {
	var failOn string
	var full bool
	cmd := &cobra.Command{
		Use: "check", Short: "Read the trackers, judge, print; never writes", Args: noArgs,
		Example: `  trackwarden check
  trackwarden check --fail-on warning
  trackwarden check --format json | jq '.findings[] | select(.team == "Checkout")'`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			threshold, err := parseFailOn(failOn)
			if err != nil {
				return err
			}
			return s.check(cmd.Context(), threshold, full)
		},
	}
	s.formatFlag(cmd)
	cmd.Flags().StringVar(&failOn, "fail-on", "error", "exit with 1 when a finding of this `SEVERITY` or above is open: error, warning, info or never")
	cmd.Flags().BoolVar(&full, "full", false, "judge everything again, not only what changed")
	return cmd
}

func parseFailOn(word string) (backlog.Severity, error) {
	switch severity := backlog.Severity(word); severity {
	case backlog.Error, backlog.Warning, backlog.Info, "never":
		return severity, nil
	default:
		return "", usage(fmt.Errorf("--fail-on is error, warning, info or never, not %q", word))
	}
}

func (s *session) check(ctx context.Context, failOn backlog.Severity, full bool) error {
	a, err := s.open(ctx)
	if err != nil {
		return err
	}
	defer a.close()
	result, err := s.pass(ctx, a, reconcile.Check, full)
	if err != nil {
		return incomplete(err)
	}
	contract, err := a.checkContract(ctx, result)
	if err != nil {
		return incomplete(fmt.Errorf("collect findings: %w", err))
	}
	if s.json() {
		err = printJSON(s.out, contract)
	} else {
		newPrinter(s.out).check(contract)
	}
	if err != nil {
		return incomplete(err)
	}
	return checkStatus(contract, failOn)
}

func (p *printer) check(c checkContract) {
	p.connections(c.Connections)
	p.heading("Findings: %d", len(c.Findings))
	p.findings(c.Findings, c.complete())
	p.heading("Verdicts")
	p.verdicts(c.Verdicts)
}

// checkStatus is the exit status: incomplete data before findings.
func checkStatus(c checkContract, failOn backlog.Severity) error {
	if !c.complete() {
		return &exitError{Code: exitIncomplete}
	}
	for _, f := range c.Findings {
		if failOn != "never" && f.Severity.AtLeast(failOn) {
			return &exitError{Code: exitFindings}
		}
	}
	return nil
}

// pass does one pass with progress on standard error.
func (s *session) pass(ctx context.Context, a *app, depth reconcile.Depth, full bool) (reconcile.Result, error) {
	progress := newProgress(s.err, a.clock, a.moods)
	a.reconciler.Puller.Progress = progress.Reading
	a.reconciler.Writing = progress.Writing
	defer progress.Done()
	return a.reconciler.Pass(ctx, depth, full)
}
