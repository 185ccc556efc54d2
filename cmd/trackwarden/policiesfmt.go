package main

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/trackwarden/trackwarden/policies/engine"
)

func policiesFmtCommand(s *session) *cobra.Command {
	var check bool
	cmd := &cobra.Command{
		Use: "fmt [FOLDER…]", Short: "Lay out policies as everybody does",
		Long: `Formats the policies and tests in the folders, and prints the names of the files
that it changed; without a folder, in those that the configuration names. With
--check it changes nothing, prints the names of the files that are not
formatted, and exits with 1 when there is one.`,
		Example: "  trackwarden policies fmt ./policies\n  trackwarden policies fmt --check ./policies",
		RunE:    func(_ *cobra.Command, folders []string) error { return s.formatPolicies(folders, check) },
	}
	cmd.Flags().BoolVarP(&check, "check", "l", false, "only list what is not formatted")
	return cmd
}

func (s *session) formatPolicies(folders []string, check bool) error {
	if len(folders) == 0 {
		cfg, err := s.perhaps()
		if err != nil {
			return err
		}
		if cfg != nil {
			folders = configuredFolders(cfg)
		}
	}
	if len(folders) == 0 {
		return usage(errors.New("there is nothing to format: name a folder with policies, such as ./policies"))
	}
	own, err := ownFiles(folders)
	if err != nil {
		return err
	}
	wrong := 0
	var problems []error
	for _, name := range slices.Sorted(maps.Values(own)) {
		changed, err := formatFile(name, check)
		problems = append(problems, err)
		if changed {
			wrong++
			fmt.Fprintln(s.out, name)
		}
	}
	switch err := errors.Join(problems...); {
	case err != nil:
		return usage(err)
	case check && wrong > 0:
		return &exitError{Code: exitFindings}
	}
	return nil
}

// formatFile formats one file and reports whether it was not formatted.
func formatFile(name string, check bool) (bool, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return false, fmt.Errorf("read policy: %w", err)
	}
	formatted, err := engine.Format(name, text)
	if err != nil || bytes.Equal(text, formatted) {
		return false, err
	}
	if check {
		return true, nil
	}
	return true, replaceFile(name, formatted)
}

// replaceFile writes a file whole or not at all, and follows links to it.
func replaceFile(name string, text []byte) error {
	name, err := filepath.EvalSymlinks(name)
	if err != nil {
		return fmt.Errorf("find file: %w", err)
	}
	info, err := os.Stat(name)
	if err != nil {
		return fmt.Errorf("find file: %w", err)
	}
	if err := os.WriteFile(name+".new", text, info.Mode().Perm()); err != nil {
		return fmt.Errorf("write file: %w", err)
	}
	if err := os.Rename(name+".new", name); err != nil {
		return fmt.Errorf("write file: %w", err)
	}
	return nil
}
