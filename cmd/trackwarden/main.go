// Command trackwarden keeps the backlogs in Jira and Azure DevOps healthy.
//
// Each file holds one command; wire.go holds the one table of what kinds of
// connections, stores and channels there are. Commands decide what to print
// and how to exit; the work is in the rooms below.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	spendMemory()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := execute(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
