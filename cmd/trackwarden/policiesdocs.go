package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/trackwarden/trackwarden/policies/pages"
)

func policiesDocsCommand(s *session) *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use: "docs", Short: "Write a page for each policy, yours too, and a table of all", Args: noArgs,
		Long: `Writes Markdown: README.md and LEVEL/NAME.md for all policies of the
configuration. Publish the folder as policies below the address that the
configuration names as help_url, and the comments on items link to your pages.`,
		Example: "  trackwarden policies docs --out site/policies",
		RunE:    func(cmd *cobra.Command, _ []string) error { return s.documentPolicies(cmd.Context(), out) },
	}
	cmd.Flags().StringVarP(&out, "out", "o", "", "`FOLDER` to write to; it is made if it is not there")
	return cmd
}

func (s *session) documentPolicies(ctx context.Context, out string) error {
	if out == "" {
		return usage(errors.New("name the folder to write to with --out"))
	}
	r, err := s.rulesOf(ctx, nil)
	if err != nil {
		return err
	}
	settings := pages.Settings{Docs: documentation}
	if cfg, err := s.perhaps(); err == nil && cfg != nil {
		settings.Docs = cmp.Or(cfg.HelpURL, documentation)
	}
	all, err := pages.All(r.Library, settings)
	if err != nil {
		return err
	}
	for name, text := range all {
		if err := writePage(filepath.Join(out, filepath.FromSlash(name)), text); err != nil {
			return usage(err)
		}
	}
	fmt.Fprintf(s.out, "%d pages in %s.\n", len(all), out)
	return nil
}

func writePage(path, text string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		return fmt.Errorf("write page: %w", err)
	}
	return nil
}
