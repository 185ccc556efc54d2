package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/trackwarden/trackwarden/config"
	"github.com/trackwarden/trackwarden/policies"
	"github.com/trackwarden/trackwarden/policies/engine"
)

func policiesCommand(s *session) *cobra.Command {
	cmd := &cobra.Command{
		Use: "policies", Short: "List, show, write, test and compare policies", Args: noArgs, DisableFlagsInUseLine: true,
		Long: `Looks after the policies: the built-in ones, and those of your own folders. None
of these commands asks a tracker or writes to the store; most of them work
without a configuration too, on the built-in policies.`,
		Example: `  trackwarden policies new story/short-title
  trackwarden policies test ./policies
  trackwarden policies diff configured ./policies`,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(
		policiesListCommand(s), policiesShowCommand(s), policiesNewCommand(s), policiesTestCommand(s), policiesLintCommand(s),
		policiesFmtCommand(s), policiesDiffCommand(s), policiesBenchCommand(s), policiesDocsCommand(s), policiesSchemaCommand(s),
	)
	return cmd
}

// rules are the policies that a command is about, and where their files are.
type rules struct {
	*engine.Library
	own map[string]string // "story/no-owner.rego" → its path on this machine, for files of folders
}

// rulesOf compiles the policies of some folders together with the built-in
// ones; without folders, those of the configuration.
func (s *session) rulesOf(ctx context.Context, folders []string) (rules, error) {
	if len(folders) == 0 {
		cfg, err := s.perhaps()
		if err != nil {
			return rules{}, err
		}
		if cfg == nil {
			return loadRules(ctx, nil)
		}
		library, err := loadLibrary(ctx, cfg, s.logger())
		if err != nil {
			return rules{}, err
		}
		own, err := ownFiles(configuredFolders(cfg))
		return rules{library, own}, err
	}
	return loadRules(ctx, folders)
}

// perhaps loads the configuration; nil when there is none and none was named.
func (s *session) perhaps() (*config.Config, error) {
	cfg, err := s.load()
	if s.configPath == "" && errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return cfg, err
}

// configuredFolders are the folders of policies that a configuration names.
func configuredFolders(cfg *config.Config) []string {
	var folders []string
	for _, folder := range cfg.Policies.Paths {
		if !filepath.IsAbs(folder) {
			folder = filepath.Join(filepath.Dir(cfg.File()), folder)
		}
		folders = append(folders, folder)
	}
	return folders
}

// loadRules compiles folders beside the built-in policies. Folders that have
// one of the built-in files are a library of their own and stand for it.
func loadRules(ctx context.Context, folders []string) (rules, error) {
	own, err := ownFiles(folders)
	if err != nil {
		return rules{}, err
	}
	sources := []fs.FS{policies.FS()}
	for name := range own {
		if _, err := fs.Stat(policies.FS(), name); err == nil {
			sources = nil
			break
		}
	}
	for _, folder := range folders {
		sources = append(sources, os.DirFS(folder))
	}
	library, err := engine.Load(ctx, sources...)
	if err != nil {
		return rules{}, usage(fmt.Errorf("load policies: %w", placed(err, own)))
	}
	return rules{library, own}, nil
}

// ownFiles finds the Rego files of folders.
func ownFiles(folders []string) (map[string]string, error) {
	own := map[string]string{}
	for _, folder := range folders {
		if info, err := os.Stat(folder); err != nil || !info.IsDir() {
			return nil, usage(fmt.Errorf("%s is not a folder that can be read: name a folder with policies, such as ./policies", folder))
		}
		err := fs.WalkDir(os.DirFS(folder), ".", func(name string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case entry.IsDir() && name != "." && strings.HasPrefix(entry.Name(), "."):
				return fs.SkipDir
			case !entry.IsDir() && path.Ext(name) == ".rego":
				own[name] = filepath.Join(folder, filepath.FromSlash(name))
			}
			return nil
		})
		if err != nil {
			return nil, usage(fmt.Errorf("read policies: %w", err))
		}
	}
	return own, nil
}

// asked picks the files that a command is about: those of the folders it was
// given, else all.
func (r rules) asked(folders []string) func(string) bool {
	return func(name string) bool { return len(folders) == 0 || r.own[name] != "" }
}

// placed says of problems that begin with a file where that file is here, so
// that an editor can open it.
func placed(err error, own map[string]string) error {
	lines := strings.Split(err.Error(), "\n")
	for i, line := range lines {
		name, _, _ := strings.Cut(line, ":")
		if where, ok := own[name]; ok {
			lines[i] = where + strings.TrimPrefix(line, name)
		}
	}
	return errors.New(strings.Join(lines, "\n"))
}

// backlogOf opens the store of a configuration with the policies to be tried
// on it; nil where there is no configuration or nothing was read yet.
func (s *session) backlogOf(ctx context.Context, library *engine.Library) (*app, error) {
	cfg, err := s.perhaps()
	if err != nil || cfg == nil {
		return nil, err
	}
	a := &app{cfg: cfg, library: library, clock: time.Now, log: s.logger()}
	if _, err := os.Stat(storePath(cfg)); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	a.db, err = openStore(ctx, cfg, a.clock, a.log)
	return a, err
}

// jsonFlags is formatFlag with --json as a short form of it.
func (s *session) jsonFlags(cmd *cobra.Command) {
	s.formatFlag(cmd)
	short := cmd.Flags().Bool("json", false, "the same as --format json")
	check := cmd.PreRunE
	cmd.PreRunE = func(cmd *cobra.Command, args []string) error {
		if *short {
			s.format = "json"
		}
		return check(cmd, args)
	}
}

// byPractice groups policies as METADATA does, practices in their order.
func byPractice(all []engine.Policy) [][]engine.Policy {
	var groups [][]engine.Policy
	for _, practice := range engine.Practices() {
		group := slices.DeleteFunc(slices.Clone(all), func(p engine.Policy) bool { return p.Practice != practice })
		if len(group) > 0 {
			groups = append(groups, group)
		}
	}
	return groups
}
