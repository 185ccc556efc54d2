package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/trackwarden/trackwarden/config"
	"github.com/trackwarden/trackwarden/policies"
	"github.com/trackwarden/trackwarden/policies/starter"
)

func policiesNewCommand(s *session) *cobra.Command {
	var folder string
	cmd := &cobra.Command{
		Use: "new LEVEL/NAME", Short: "Write a policy of your own to begin with, its test and its settings", Args: onePolicy,
		Long: `Writes a policy that works, with a test that passes, into your folder of policies:
the one of --folder, or else the first that the configuration names, or else
policies beside the configuration. Then change what it says. Nothing is ever
overwritten.

The folder and the settings are added to the configuration where that is safe;
otherwise they are printed, for you to put where they belong.

LEVEL is what is judged: portfolio, capability, feature, story or task, or team,
train, increment or connection.`,
		Example: "  trackwarden policies new story/short-title\n  trackwarden policies new team/too-much-open --folder ./policies",
		RunE:    func(_ *cobra.Command, args []string) error { return s.newPolicy(args[0], folder) },
	}
	cmd.Flags().StringVar(&folder, "folder", "", "the `FOLDER` of your policies; it is made if it is not there")
	return cmd
}

func (s *session) newPolicy(id, folder string) error {
	made, err := starter.Make(id)
	if err != nil {
		return usage(err)
	}
	cfg, err := s.perhaps()
	if err != nil {
		return err
	}
	if folder == "" {
		if folder, err = ownFolder(cfg); err != nil {
			return err
		}
	}
	if err := writeNew(folder, made); err != nil {
		return usage(err)
	}
	return s.settle(cfg, folder, made)
}

// ownFolder is the folder for a user's policies.
func ownFolder(cfg *config.Config) (string, error) {
	if cfg == nil {
		return "", usage(errors.New("there is no configuration to say where your policies are: name their folder with --folder"))
	}
	if folders := configuredFolders(cfg); len(folders) > 0 {
		return folders[0], nil
	}
	return filepath.Join(filepath.Dir(cfg.File()), "policies"), nil
}

// writeNew writes the files of a policy, all of them or none.
func writeNew(folder string, made starter.Made) error {
	for name := range made.Files {
		if _, err := fs.Stat(policies.FS(), name); err == nil {
			return fmt.Errorf("%s is built in: choose another name", made.ID)
		}
		if _, err := os.Lstat(filepath.Join(folder, filepath.FromSlash(name))); err == nil {
			return fmt.Errorf("%s is there already: choose another name, or edit it", filepath.Join(folder, filepath.FromSlash(name)))
		}
	}
	for name, text := range made.Files {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return fmt.Errorf("make folder: %w", err)
		}
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if err != nil {
			return fmt.Errorf("write policy: %w", err)
		}
		_, err = f.WriteString(text)
		if err := errors.Join(err, f.Close()); err != nil {
			return fmt.Errorf("write policy: %w", err)
		}
	}
	return nil
}

// settle puts the policy's settings into the configuration, or prints them.
func (s *session) settle(cfg *config.Config, folder string, made starter.Made) error {
	for _, ending := range []string{".rego", "_test.rego"} {
		fmt.Fprintln(s.out, "wrote", filepath.Join(folder, filepath.FromSlash(made.ID+ending)))
	}
	added := false
	if cfg != nil {
		var err error
		if added, err = addSettings(cfg, folder, made); err != nil {
			return usage(err)
		}
	}
	if added {
		fmt.Fprintf(s.out, "added its settings to %s\n", cfg.File())
	} else {
		fmt.Fprintf(s.out, "\nPut this into your configuration, together with what it says of policies already:\n\n%s", settingsEntry(cfg, folder, made))
	}
	fmt.Fprintf(s.out, "\nNow change what it looks for, and try it:\n\n  trackwarden policies test %s\n  trackwarden policies lint %s\n", folder, folder)
	return nil
}

func settingsEntry(cfg *config.Config, folder string, made starter.Made) string {
	var b strings.Builder
	b.WriteString("policies:\n")
	if cfg == nil || !named(cfg, folder) {
		fmt.Fprintf(&b, "  paths: [%q]\n", seenFrom(cfg, folder))
	}
	fmt.Fprintf(&b, "  settings:\n    - %s\n", made.Setting)
	return b.String()
}

// named reports whether the configuration names a folder of policies.
func named(cfg *config.Config, folder string) bool {
	want, err := filepath.Abs(folder)
	for _, known := range configuredFolders(cfg) {
		if have, bad := filepath.Abs(known); err == nil && bad == nil && have == want {
			return true
		}
	}
	return false
}

// seenFrom is how the configuration names a folder: from its own folder on,
// where it lies in that.
func seenFrom(cfg *config.Config, folder string) string {
	if cfg == nil {
		return folder
	}
	here, err := filepath.Abs(filepath.Dir(cfg.File()))
	there, bad := filepath.Abs(folder)
	relative, apart := filepath.Rel(here, there)
	if errors.Join(err, bad, apart) != nil || filepath.IsAbs(folder) && !filepath.IsLocal(relative) {
		return folder
	}
	if filepath.IsLocal(relative) {
		relative = "./" + relative
	}
	return filepath.ToSlash(relative)
}

// addSettings adds the folder and the policy's settings to a configuration, and
// keeps it as it was when that would not be valid.
func addSettings(cfg *config.Config, folder string, made starter.Made) (bool, error) {
	before, err := os.ReadFile(cfg.File())
	if err != nil {
		return false, fmt.Errorf("read configuration: %w", err)
	}
	if named(cfg, folder) {
		folder = ""
	} else {
		folder = seenFrom(cfg, folder)
	}
	after, added := config.AddPolicy(before, folder, made.Setting)
	if !added {
		return false, nil
	}
	trial := cfg.File() + ".new"
	if err := os.WriteFile(trial, after, 0o600); err != nil {
		return false, nil // a folder that cannot be written to: print instead
	}
	defer func() { _ = os.Remove(trial) }()
	if _, err := config.Load(trial, os.LookupEnv); err != nil {
		return false, nil
	}
	return true, replaceFile(cfg.File(), after)
}
