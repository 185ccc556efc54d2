package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/trackwarden/trackwarden/policies/engine"
)

func policiesTestCommand(s *session) *cobra.Command {
	cmd := &cobra.Command{
		Use: "test [FOLDER…]", Short: "Run the policies' own tests, and say what they do not reach",
		Long: `Runs the tests of the policies in the folders; without a folder, of all policies.
Exit status 1 when a test fails.`,
		Example: `  trackwarden policies test
  trackwarden policies test ./policies`,
		RunE: func(cmd *cobra.Command, folders []string) error { return s.testPolicies(cmd.Context(), folders) },
	}
	s.jsonFlags(cmd)
	return cmd
}

// testedContract is what policies test prints.
type testedContract struct {
	Schema   int             `json:"schema"`
	Passed   int             `json:"passed"`
	Failed   int             `json:"failed"`
	Failures []string        `json:"failures"` // FILE:LINE: what
	Files    []coverContract `json:"files"`
}

type coverContract struct {
	File    string  `json:"file"`
	Tests   int     `json:"tests"`
	Percent float64 `json:"percent"` // of its lines that tests reach
	Missed  string  `json:"missed"`  // lines, such as "12, 14-17"
}

func (s *session) testPolicies(ctx context.Context, folders []string) error {
	r, err := s.rulesOf(ctx, folders)
	if err != nil {
		return err
	}
	done, err := r.TestSome(ctx, r.asked(folders))
	if err != nil {
		return usage(placed(err, r.own))
	}
	c := testedContract{Schema: contractSchema, Passed: done.Passed, Failed: len(done.Failures), Failures: []string{}, Files: []coverContract{}}
	for _, failure := range done.Failures {
		c.Failures = append(c.Failures, placed(failure, r.own).Error())
	}
	for _, f := range done.Covered {
		c.Files = append(c.Files, coverContract{f.Path, f.Tests, f.Percent, missedLines(f)})
	}
	if s.json() {
		err = printJSON(s.out, c)
	} else {
		newPrinter(s.out).tested(c)
	}
	switch {
	case err != nil:
		return incomplete(err)
	case len(c.Files) == 0:
		return usage(errors.New("there is no policy to test: write one with trackwarden policies new"))
	case c.Failed > 0:
		return &exitError{Code: exitFindings}
	}
	return nil
}

func missedLines(c engine.Covered) string {
	parts := make([]string, len(c.Missed))
	for i, lines := range c.Missed {
		parts[i] = strconv.Itoa(lines.From)
		if lines.To > lines.From {
			parts[i] += "-" + strconv.Itoa(lines.To)
		}
	}
	return strings.Join(parts, ", ")
}

func (p *printer) tested(c testedContract) {
	var rows [][]string
	for _, f := range c.Files {
		rows = append(rows, []string{f.File, strconv.Itoa(f.Tests), fmt.Sprintf("%.0f %%", f.Percent), f.Missed})
	}
	p.table([]string{"FILE", "TESTS", "REACHED", "LINES NOT REACHED"}, rows)
	for _, failure := range c.Failures {
		p.line("%s", p.tint(harmless(failure), minus))
	}
	p.line("%d tests passed, %d failed.", c.Passed, c.Failed)
}
