package main

import (
	"context"

	"github.com/spf13/cobra"
)

func policiesLintCommand(s *session) *cobra.Command {
	cmd := &cobra.Command{
		Use: "lint [FOLDER…]", Short: "Say what keeps policies from being clear, steady and cheap",
		Long: `Checks the policies in the folders; without a folder, all: that they compile and
read only what the input has, that METADATA says what people need, that what they
say stays the same from day to day, and that they cost little where nothing is
wrong. Each problem has a file, a line and what to do. Exit status 1 when there
is one.`,
		Example: "  trackwarden policies lint ./policies",
		RunE:    func(cmd *cobra.Command, folders []string) error { return s.lintPolicies(cmd.Context(), folders) },
	}
	s.jsonFlags(cmd)
	return cmd
}

func (s *session) lintPolicies(ctx context.Context, folders []string) error {
	r, err := s.rulesOf(ctx, folders)
	if err != nil {
		return err
	}
	asked, problems := r.asked(folders), []string{}
	for _, problem := range r.Lint() {
		if asked(problem.File) {
			problems = append(problems, placed(problem, r.own).Error())
		}
	}
	if s.json() {
		if err := printJSON(s.out, map[string]any{"schema": contractSchema, "problems": problems}); err != nil {
			return incomplete(err)
		}
	} else {
		for _, problem := range problems {
			newPrinter(s.out).line("%s", harmless(problem))
		}
		newPrinter(s.out).line("%d problems.", len(problems))
	}
	if len(problems) > 0 {
		return &exitError{Code: exitFindings}
	}
	return nil
}
