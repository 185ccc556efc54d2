// Command simulators serves the simulators of both trackers on loopback, with
// as many items as wanted, for benchmarks and end-to-end tests of whole
// processes. It prints where they are as one JSON object on standard output and
// goes on until it is interrupted or its standard input ends.
//
//	go run ./tools/simulators -jira-items 100000 -azure-items 100000 -latency 250ms
//
// Beside what package simulator serves (GET /_truth, GET /_truth/counts, DELETE
// /_truth, POST and DELETE /_faults below each URL's host), there are POST
// /_edit?n=100, which edits so many items as people would, POST /_hooks, which
// registers a webhook, and GET /_process, which tells what the simulators
// themselves have cost.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"
)

// wanted is what the command line asks for.
type wanted struct {
	jira, azure int
	latency     time.Duration
	edition     string
	seed        uint64
	addr        string
	token       string
	lag         time.Duration
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdin, os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "simulators:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, in io.Reader, out io.Writer) error {
	var w wanted
	flags := flag.NewFlagSet("simulators", flag.ContinueOnError)
	flags.IntVar(&w.jira, "jira-items", 0, "issues of the Jira site; 0 serves none")
	flags.IntVar(&w.azure, "azure-items", 0, "work items of the Azure DevOps organisation; 0 serves none")
	flags.DurationVar(&w.latency, "latency", 0, "how long every answer takes")
	flags.StringVar(&w.edition, "edition", "cloud", "cloud, or datacenter: a Jira Data Center and an Azure DevOps Server 2022")
	flags.Uint64Var(&w.seed, "seed", 1, "of the items and of faults with a chance")
	flags.StringVar(&w.addr, "addr", "127.0.0.1:0", "where to listen; both take a port of their own")
	flags.StringVar(&w.token, "token", "simulated", "the token that both accept")
	flags.DurationVar(&w.lag, "index-lag", 0, "how far the search of Jira Cloud is behind")
	if err := flags.Parse(args); err != nil {
		return fmt.Errorf("read the command line: %w", err)
	}
	if w.edition != "cloud" && w.edition != "datacenter" {
		return fmt.Errorf("there is no edition %q", w.edition)
	}
	debug.SetGCPercent(400) // what is served is short-lived, and the numbers beside it are small
	served, stop, err := serve(w)
	if err != nil {
		return err
	}
	defer stop()
	if err := json.NewEncoder(out).Encode(served); err != nil {
		return fmt.Errorf("tell where they are: %w", err)
	}
	ended := make(chan struct{})
	go func() {
		_, _ = io.Copy(io.Discard, in) // until it is closed
		close(ended)
	}()
	select {
	case <-ctx.Done():
	case <-ended:
	}
	return nil
}
