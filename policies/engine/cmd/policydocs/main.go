// Command policydocs writes a page per policy, and a table of all of them,
// from what the policies' METADATA says. The pages are for the people who get
// a finding: the comment on an item links to them.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/trackwarden/trackwarden/policies"
	"github.com/trackwarden/trackwarden/policies/engine"
	"github.com/trackwarden/trackwarden/policies/pages"
)

func main() {
	out := flag.String("out", "docs/policies", "the folder to write to")
	flag.Parse()
	if err := run(context.Background(), *out); err != nil {
		fmt.Fprintln(os.Stderr, "policydocs:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out string) error {
	library, err := engine.Load(ctx, policies.FS())
	if err != nil {
		return fmt.Errorf("load policies: %w", err)
	}
	all, err := pages.All(library, pages.Settings{Docs: ".."})
	if err != nil {
		return err
	}
	for name, text := range all {
		path := filepath.Join(out, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return fmt.Errorf("make folder: %w", err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			return fmt.Errorf("write page: %w", err)
		}
	}
	return nil
}
