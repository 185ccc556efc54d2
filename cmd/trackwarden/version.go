package main

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"
)

// version is set by the linker.
var version = "development"

func versionCommand(s *session) *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version", Example: "  trackwarden version", Args: noArgs,
		Run: func(*cobra.Command, []string) {
			fmt.Fprintln(s.out, versionLine())
		},
	}
}

func versionLine() string {
	return fmt.Sprintf("trackwarden %s (%s, %s/%s)", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
