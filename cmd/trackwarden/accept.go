package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/trackwarden/trackwarden/sync/pull"
	"github.com/trackwarden/trackwarden/sync/reconcile"
)

func acceptCommand(s *session) *cobra.Command {
	return &cobra.Command{
		Use: "accept CONNECTION [PROJECT]", Short: "Declare that what a tracker shows now is right, after a mass deletion or a changed field",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) < 1 || len(args) > 2 {
				return usage(errors.New("name a connection and, if you like, one project of it"))
			}
			return nil
		},
		Example: "  trackwarden accept shop SHOP",
		RunE: func(cmd *cobra.Command, args []string) error {
			project := ""
			if len(args) == 2 {
				project = args[1]
			}
			return s.accept(cmd.Context(), args[0], project)
		},
	}
}

// accept takes what is there now as the base of the next census, and trusts
// every field again. It asks no tracker.
func (s *session) accept(ctx context.Context, connection, project string) error {
	a, err := s.open(ctx)
	if err != nil {
		return err
	}
	defer a.close()
	n, err := a.db.Accept(ctx, connection, project)
	if err == nil {
		err = a.trust(ctx, connection, project)
	}
	if err != nil {
		return incomplete(err)
	}
	if n == 0 {
		return usage(fmt.Errorf("nothing is known of %s yet: check the names, or read it first", connection+" "+project))
	}
	fmt.Fprintf(s.out, "Accepted: the next pass counts %d projects anew.\n", n)
	return nil
}

// trust lets comments be written again where customers saw one.
func (a *app) trust(ctx context.Context, connection, project string) error {
	site, known, err := a.db.Site(ctx, connection)
	if err != nil || !known {
		return err
	}
	for _, p := range site.Projects {
		if project == "" || strings.EqualFold(p.Key, project) {
			if err := a.db.SetSetting(ctx, reconcile.ExposedKey(site.ID, p.ID), ""); err != nil {
				return fmt.Errorf("trust %s: %w", p.Key, err)
			}
		}
	}
	return nil
}

// reading turns the configuration into what pulling is told.
func (a *app) reading() map[string]pull.Settings {
	all := map[string]pull.Settings{}
	for _, c := range a.cfg.Connections {
		s := pull.Settings{
			Projects: c.Scope.Projects, Narrow: c.Scope.Query != "", Census: time.Duration(c.Census), Canaries: c.Scope.Canary,
		}
		if c.Absence != nil {
			s.Censuses, s.Over, s.Drop = c.Absence.Censuses, time.Duration(c.Absence.Over), c.Absence.Drop
		}
		all[c.Name] = s
	}
	return all
}
