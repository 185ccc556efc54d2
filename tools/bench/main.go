// Command bench measures Trackwarden as it is used: whole processes, against
// the simulators as a process of their own, on loopback. It prints one Markdown
// table on standard output, and on standard error what it is doing.
//
//	make bench            a hundred thousand items for a backfill, a million to live with
//	make bench SHORT=1    ten and twenty thousand, to see that all of it works
//
// What it knows of the program it reads from outside: the requests from the
// simulators, processor time and memory from the system, and when a part of a
// pass ended from the lines that -v brings. It runs on Linux only, because
// nothing else tells the processor time of another process finely enough.
//
// A figure that misses its target is told, and no failure; what cannot be
// measured is one.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"regexp"
	"syscall"
	"time"
)

// bench is what every measure is given.
type bench struct {
	backfill, small, large int // items
	latency                time.Duration
	passes                 int // that are measured, of each kind
	dir                    string
	warden, simulators     string // the programs
	conftest               string // the program that we are compared with; empty: do not
	log                    io.Writer
}

// measure brings rows of the table.
type measure struct {
	name string
	run  func(context.Context, *bench) ([]row, error)
}

// measures are in the order in which they run; the quick ones come first.
func measures() []measure {
	return []measure{
		{"backfill-jira", func(ctx context.Context, b *bench) ([]row, error) { return b.measureBackfill(ctx, jira) }},
		{"backfill-azure", func(ctx context.Context, b *bench) ([]row, error) { return b.measureBackfill(ctx, azure) }},
		{"daemon-azure", measureAzureDaemon},
		{"scale", measureScale},
		{"memory-azure", measureAzureMemory},
		{"evaluate", measureEvaluate},
		{"conftest", measureConftest},
	}
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out, log io.Writer) error {
	b := &bench{log: log}
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	short := flags.Bool("short", false, "10,000 items for 100,000, and 20,000 for 1,000,000")
	only := flags.String("only", "", "measure what this `REGEXP` finds: backfill-jira, backfill-azure, daemon-azure, scale, memory-azure, evaluate, conftest")
	flags.IntVar(&b.backfill, "backfill", 100_000, "`ITEMS` of a backfill")
	flags.IntVar(&b.small, "small", 10_000, "`ITEMS` of the small backlog")
	flags.IntVar(&b.large, "large", 1_000_000, "`ITEMS` of the large backlog")
	flags.DurationVar(&b.latency, "latency", 250*time.Millisecond, "of the tracker in a backfill")
	flags.StringVar(&b.conftest, "conftest", "", "compare with this `PROGRAM`")
	flags.IntVar(&b.passes, "passes", 15, "so `MANY` passes and webhooks are measured")
	if err := flags.Parse(args); err != nil {
		return fmt.Errorf("read the command line: %w", err)
	}
	if *short {
		b.backfill, b.large, b.passes = 10_000, 20_000, 5
	}
	wanted, err := regexp.Compile(*only)
	if err != nil {
		return fmt.Errorf("read the command line: %w", err)
	}
	if b.dir, err = os.MkdirTemp("", "trackwarden-bench-"); err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	defer func() { _ = os.RemoveAll(b.dir) }() // what stays there is in nobody's way
	if err := b.build(ctx); err != nil {
		return err
	}
	return b.all(ctx, wanted, out)
}

// all takes the measures that are wanted and prints what they brought, also
// when some could not be taken.
func (b *bench) all(ctx context.Context, wanted *regexp.Regexp, out io.Writer) error {
	var rows []row
	var problems []error
	when := occasion{began: time.Now(), quiet: []time.Duration{knownWork()}}
	for _, m := range measures() {
		if !wanted.MatchString(m.name) || ctx.Err() != nil {
			continue
		}
		b.say("%s …", m.name)
		brought, err := m.run(ctx, b)
		rows = append(rows, brought...)
		if err != nil {
			problems = append(problems, fmt.Errorf("measure %s: %w", m.name, err))
		}
		when.quiet = append(when.quiet, knownWork())
	}
	when.spent = time.Since(when.began)
	if err := writeTable(out, rows, when); err != nil {
		return err
	}
	return errors.Join(problems...)
}

func (b *bench) say(format string, args ...any) {
	fmt.Fprintf(b.log, time.Now().Format("15:04:05 ")+format+"\n", args...)
}
