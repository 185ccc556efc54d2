package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/trackwarden/trackwarden/policies/engine"
	"github.com/trackwarden/trackwarden/policies/pages"
)

// documentation is where this project's documentation is, unless an
// organisation has its own.
const documentation = "https://github.com/trackwarden/trackwarden/blob/main/docs"

func policiesShowCommand(s *session) *cobra.Command {
	cmd := &cobra.Command{
		Use: "show POLICY", Short: "Print a policy's page and what it has found", Args: onePolicy,
		Example: "  trackwarden policies show story/stale",
		RunE:    func(cmd *cobra.Command, args []string) error { return s.showPolicy(cmd.Context(), args[0]) },
	}
	s.jsonFlags(cmd)
	return cmd
}

func onePolicy(cmd *cobra.Command, args []string) error {
	if len(args) != 1 {
		return usage(fmt.Errorf("%s takes one policy, such as story/stale", cmd.CommandPath()))
	}
	return nil
}

// policy finds a policy by its id, or says which there are.
func (r rules) policy(id string) (engine.Policy, error) {
	p, known := r.Policy(id)
	if !known {
		return p, usage(fmt.Errorf("there is no policy %s; there are: %s", id, strings.Join(policyIDs(r.Library), ", ")))
	}
	return p, nil
}

func (s *session) showPolicy(ctx context.Context, id string) error {
	r, err := s.rulesOf(ctx, nil)
	if err != nil {
		return err
	}
	p, err := r.policy(id)
	if err != nil {
		return err
	}
	page, err := pages.One(p, pages.Settings{Docs: documentation})
	if err != nil {
		return err
	}
	a, err := s.backlogOf(ctx, r.Library)
	if err != nil {
		return err
	}
	if a == nil {
		return s.shown(page, nil)
	}
	defer a.close()
	found, err := a.findingsOf(ctx, id)
	if err != nil {
		return incomplete(fmt.Errorf("collect findings: %w", err))
	}
	return s.shown(page, found)
}

// findingsOf lists the open findings of one policy.
func (a *app) findingsOf(ctx context.Context, id string) ([]findingContract, error) {
	var c checkContract
	err := a.findings(ctx, &c)
	c.Findings = slices.DeleteFunc(c.Findings, func(f findingContract) bool { return f.Policy != id })
	c.order()
	return append([]findingContract{}, c.Findings...), err
}

// shown prints a page, and the findings unless they are nil.
func (s *session) shown(page string, found []findingContract) error {
	if s.json() {
		return printJSON(s.out, map[string]any{"schema": contractSchema, "page": page, "findings": found})
	}
	_, page, _ = strings.Cut(page, "-->\n\n") // who made it
	p := newPrinter(s.out)
	p.line("%s", page)
	if found == nil {
		p.line("Nothing was judged yet: there is no store here.")
		return nil
	}
	p.line("## Open findings: %d", len(found))
	p.line("")
	if len(found) > 0 {
		p.findings(found, true)
	}
	return nil
}
