package main

import (
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/trackwarden/trackwarden/config"
)

func configCommand(s *session) *cobra.Command {
	cmd := &cobra.Command{
		Use: "config", Short: "Validate, show or describe the configuration", Args: noArgs, DisableFlagsInUseLine: true,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(
		&cobra.Command{
			Use: "validate", Short: "Check the configuration, the policies and the templates", Args: noArgs,
			Example: "  trackwarden config validate\n  trackwarden config validate --config /etc/trackwarden/trackwarden.yaml",
			RunE: func(cmd *cobra.Command, _ []string) error {
				cfg, err := s.load()
				if err != nil {
					return err
				}
				library, err := loadLibrary(cmd.Context(), cfg, s.logger())
				if err != nil {
					return err
				}
				if _, err := loadWords(cfg); err != nil {
					return err
				}
				fmt.Fprintf(s.out, "%s is valid: %d connections, %d teams, %d policies.\n",
					cfg.File(), len(cfg.Connections), len(cfg.Teams), len(library.Policies()))
				return nil
			},
		},
		&cobra.Command{
			Use: "show", Short: "Print the configuration with its defaults; secrets as references", Args: noArgs,
			Example: "  trackwarden config show",
			RunE: func(*cobra.Command, []string) error {
				cfg, err := s.load()
				if err != nil {
					return err
				}
				text, err := cfg.Show()
				if err != nil {
					return fmt.Errorf("show configuration: %w", err)
				}
				_, err = s.out.Write(text)
				return err
			},
		},
		&cobra.Command{
			Use: "schema", Short: "Print the JSON Schema of the configuration, for editors", Args: noArgs,
			Example: "  trackwarden config schema > trackwarden.schema.json",
			RunE: func(*cobra.Command, []string) error {
				schema, err := config.Schema()
				if err != nil {
					return fmt.Errorf("make schema: %w", err)
				}
				_, err = s.out.Write(schema)
				return err
			},
		},
	)
	return cmd
}

// load reads the configuration and prints its warnings.
func (s *session) load() (*config.Config, error) {
	cfg, err := config.Load(s.configPath, os.LookupEnv)
	if err != nil {
		return nil, usage(err)
	}
	for _, warning := range cfg.Warnings(time.Now().In(cfg.Schedule.Zone()).Format(time.DateOnly)) {
		fmt.Fprintln(s.err, "warning:", warning)
	}
	return cfg, nil
}
