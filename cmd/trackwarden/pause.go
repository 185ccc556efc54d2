package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
)

func pauseCommand(s *session) *cobra.Command {
	var connection, reason string
	cmd := &cobra.Command{
		Use: "pause", Short: "Stop all writing, from the next request on; reading and judging go on", Args: noArgs,
		Long: `Stops writing for every process on this store, the daemon too: at most the
request that is under way still arrives. What is left is planned anew after
trackwarden resume.`,
		Example: "  trackwarden pause --reason \"release freeze until Friday\"\n  trackwarden pause --connection shop",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return s.withStore(cmd.Context(), func(a *app) error { return s.pause(cmd.Context(), a, connection, reason) })
		},
	}
	cmd.Flags().StringVar(&connection, "connection", "", "only this `CONNECTION`")
	cmd.Flags().StringVar(&reason, "reason", "", "a `TEXT` that says why, for those who ask")
	return cmd
}

func resumeCommand(s *session) *cobra.Command {
	var connection string
	cmd := &cobra.Command{
		Use: "resume", Short: "Let writing go on after a pause", Args: noArgs,
		Example: "  trackwarden resume\n  trackwarden resume --connection shop",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return s.withStore(cmd.Context(), func(a *app) error { return s.resume(cmd.Context(), a, connection) })
		},
	}
	cmd.Flags().StringVar(&connection, "connection", "", "only this `CONNECTION`")
	return cmd
}

func (s *session) pause(ctx context.Context, a *app, connection, reason string) error {
	if err := a.knows(connection); err != nil {
		return err
	}
	if err := a.db.SwitchOff(ctx, connection, reason); err != nil {
		return incomplete(fmt.Errorf("pause: %w", err))
	}
	newPrinter(s.out).line("Writing is paused %s. trackwarden resume lets it go on.", within(connection))
	return nil
}

func (s *session) resume(ctx context.Context, a *app, connection string) error {
	if err := a.knows(connection); err != nil {
		return err
	}
	stopped, err := a.db.SwitchOn(ctx, connection)
	if err != nil {
		return incomplete(fmt.Errorf("resume: %w", err))
	}
	p := newPrinter(s.out)
	if !stopped {
		p.line("Writing was not paused %s.", within(connection))
	} else {
		p.line("Writing goes on %s.", within(connection))
	}
	stops, err := a.db.Switches(ctx)
	if err != nil {
		return incomplete(err)
	}
	for _, stop := range stops {
		p.line("Still paused %s since %s.", within(stop.Scope), moment(stop.Since))
	}
	return nil
}

func within(connection string) string {
	if connection == "" {
		return "everywhere"
	}
	return "in " + connection
}

// knows refuses a connection that the configuration does not name.
func (a *app) knows(connection string) error {
	if _, known := a.cfg.Connection(connection); connection != "" && !known {
		return usage(fmt.Errorf("there is no connection %q", connection))
	}
	return nil
}
