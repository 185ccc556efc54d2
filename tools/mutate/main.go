// Command mutate breaks the product on purpose, once for each promise, and runs
// the tests that have to notice. A mutation is a small piece of text in one file
// that is replaced by another. It is made in a copy of the tree; the tree itself
// stays as it is.
//
// Red is good: the tests noticed. Green is a hole in the tests. A mutation that
// does not fit the code any more, or does not compile, is an error: mend it.
//
//	go run ./tools/mutate
//	go run ./tools/mutate -only P5
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

func main() {
	only := flag.String("only", "", "promises, or words of mutations, separated by commas")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *only); err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(1) //nolint:gocritic // nothing is left to be undone
	}
}

func run(ctx context.Context, only string) error {
	above, err := os.MkdirTemp("", "mutate")
	if err != nil {
		return err
	}
	defer os.RemoveAll(above) //nolint:errcheck // a copy
	folder := filepath.Join(above, "tree")
	if evidence, err := filepath.Abs("../shared"); err == nil { // some tests look for it beside the tree, and skip without
		_ = os.Symlink(evidence, filepath.Join(above, "shared"))
	}
	if err := copyTree(ctx, folder); err != nil {
		return fmt.Errorf("copy the tree: %w", err)
	}
	chosen := slices.DeleteFunc(slices.Clone(mutations), func(m mutation) bool {
		return only != "" && !slices.ContainsFunc(strings.Split(only, ","), m.fits)
	})
	if out, err := baseline(ctx, folder, chosen); err != nil {
		return fmt.Errorf("these tests have to pass before anything is broken: %w\n%s", err, failures(out))
	}
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "PROMISE\tMUTATION\tTESTS\tRESULT\tTOOK")
	counts := map[result]int{}
	for _, m := range chosen {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		start := time.Now()
		r, why := m.try(ctx, folder)
		counts[r]++
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", m.promise, m.what, m.tests(), r, time.Since(start).Round(time.Second))
		if why != "" {
			fmt.Fprintf(table, "\t%s\t\t\t\n", why)
		}
		_ = table.Flush() // of standard output
	}
	fmt.Printf("mutations %d, red %d, green %d, errors %d\n", counts[red]+counts[green]+counts[broken], counts[red], counts[green], counts[broken])
	if counts[green]+counts[broken] > 0 {
		return errors.New("not every mutation is noticed")
	}
	return nil
}
