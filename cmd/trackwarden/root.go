package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"

	"github.com/lmittmann/tint"
	"github.com/spf13/cobra"
)

// session is what every command is given.
type session struct {
	out, err   io.Writer
	configPath string
	format     string
	verbose    bool
}

// execute runs one command line and returns its exit status.
func execute(ctx context.Context, args []string, out, errs io.Writer) int {
	s := &session{out: out, err: errs}
	root := rootCommand(s)
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(errs)
	err := root.ExecuteContext(ctx)
	if err != nil && ctx.Err() != nil {
		err = incomplete(errInterrupted)
	}
	var exit *exitError
	if err != nil && (!errors.As(err, &exit) || exit.Err != nil) {
		fmt.Fprintln(errs, "trackwarden:", err)
	}
	return status(err)
}

// errInterrupted says what Ctrl-C leaves behind, in place of the error of
// whatever it stopped.
var errInterrupted = errors.New("interrupted: what was read and written is kept, and the next pass goes on from there")

func rootCommand(s *session) *cobra.Command {
	root := &cobra.Command{
		Use:   "trackwarden",
		Short: "Keep the backlogs in Jira and Azure DevOps healthy",
		Long: `Trackwarden watches the backlogs in Jira and Azure DevOps, holds them against
rules, and sets its signals on the items themselves: labels, and one comment
that says what is missing and how to mend it.

Exit status: 0 clean · 1 findings at or above --fail-on · 2 wrong usage or
configuration · 3 incomplete or unknown (a connection failed, coverage in doubt).`,
		SilenceUsage: true, SilenceErrors: true, Version: version,
	}
	root.SetVersionTemplate(versionLine() + "\n")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return fmt.Errorf("%w: %s --help lists the flags", err, cmd.CommandPath())
	})
	root.PersistentFlags().StringVarP(&s.configPath, "config", "c", "", "configuration `FILE` (default ./trackwarden.yaml, then the user's configuration folder)")
	root.PersistentFlags().BoolVarP(&s.verbose, "verbose", "v", false, "log every request and write")
	root.AddCommand(
		checkCommand(s), planCommand(s), applyCommand(s), runCommand(s), reportCommand(s),
		explainCommand(s), historyCommand(s), auditCommand(s), acceptCommand(s),
		approveCommand(s), pauseCommand(s), resumeCommand(s), retractCommand(s),
		policiesCommand(s), templatesCommand(s), configCommand(s), demoCommand(s), versionCommand(s),
	)
	return root
}

// noArgs refuses whatever is neither flag nor command.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 && cmd.HasSubCommands() {
		return fmt.Errorf("%s has no command %q: see %s --help", cmd.CommandPath(), args[0], cmd.CommandPath())
	}
	if len(args) > 0 {
		return fmt.Errorf("%s takes flags only, not %q: see %s --help", cmd.CommandPath(), args[0], cmd.CommandPath())
	}
	return nil
}

// formatFlag adds --format to a command that prints results.
func (s *session) formatFlag(cmd *cobra.Command) {
	cmd.Flags().StringVar(&s.format, "format", "table", "`FORMAT` of the results: table or json")
	cmd.PreRunE = func(*cobra.Command, []string) error {
		if s.format != "table" && s.format != "json" {
			return usage(fmt.Errorf("--format is table or json, not %q", s.format))
		}
		return nil
	}
}

func (s *session) json() bool { return s.format == "json" }

// logger writes to standard error: coloured lines on a terminal, else plain.
func (s *session) logger() *slog.Logger {
	level := slog.LevelInfo
	if s.verbose {
		level = slog.LevelDebug
	}
	return slog.New(tint.NewTextHandler(s.err, &tint.Options{
		Level: level, TimeFormat: "15:04:05", NoColor: !colourful(s.err),
	}))
}

// colourful reports whether colours may be written: only on a terminal, and
// not when NO_COLOR is set.
func colourful(w io.Writer) bool {
	return os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && onTerminal(w)
}
