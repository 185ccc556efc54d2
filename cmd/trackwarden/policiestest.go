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
	var q itemTrial
	cmd := &cobra.Command{
		Use: "test [FOLDER…]", Short: "Run the policies' own tests, or try them on one item",
		Long: `Runs the tests of the policies in the folders, and says which lines they do not
reach; without a folder, of all policies. Exit status 1 when a test fails.

With --item it runs no tests: it tries the policies of the configuration, or the
built-in ones and those in the folders, on an item as it is stored, and prints
what they say. With --policy too, only that one, also where it is switched off.
With --input the document that they see goes to standard output, for
policies bench --inputs or conftest, and the verdicts to standard error.`,
		Example: `  trackwarden policies test ./policies
  trackwarden policies test --item SHOP-147
  trackwarden policies test --item SHOP-147 --policy story/stale --input > SHOP-147.json`,
		RunE: func(cmd *cobra.Command, folders []string) error {
			if q.key != "" {
				return s.testItem(cmd.Context(), folders, q)
			}
			if q.input || len(q.policies) > 0 || q.connection != "" {
				return usage(errors.New("--policy, --input and --connection go with --item"))
			}
			return s.testPolicies(cmd.Context(), folders)
		},
	}
	cmd.Flags().StringVar(&q.key, "item", "", "try the policies on the stored item with this `KEY`")
	cmd.Flags().StringVar(&q.connection, "connection", "", "the item's `CONNECTION`, where several know its key")
	cmd.Flags().StringArrayVar(&q.policies, "policy", nil, "only this `POLICY`, may be given several times")
	cmd.Flags().BoolVar(&q.input, "input", false, "print the input that the policies see")
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
