package main

import (
	"github.com/spf13/cobra"

	"github.com/trackwarden/trackwarden/policies/engine"
)

func policiesSchemaCommand(s *session) *cobra.Command {
	return &cobra.Command{
		Use: "schema", Short: "Print the JSON Schema of what policies see as input, for editors", Args: noArgs,
		Example: "  trackwarden policies schema > input.schema.json",
		RunE: func(*cobra.Command, []string) error {
			_, err := s.out.Write(engine.Schema())
			return err
		},
	}
}
