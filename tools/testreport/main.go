// Command testreport runs go test and makes its output short and whole: a
// line for each package as it ends, everything that a failed test printed, and
// at the end which tests were skipped and why.
//
// Its arguments are those of go test. With TRACKWARDEN_REQUIRE_ALL=1 a skipped
// test is a failure.
package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
)

func main() {
	passed, err := run(os.Args[1:], os.Stdout, os.Getenv("TRACKWARDEN_REQUIRE_ALL") != "")
	if err != nil {
		fmt.Fprintln(os.Stderr, "testreport:", err)
	}
	if err != nil || !passed {
		os.Exit(1)
	}
}

// run runs go test and reports whether all went well. The exit status of go
// test counts too: it knows of failures that no event tells.
func run(args []string, out io.Writer, requireAll bool) (bool, error) {
	cmd := exec.Command("go", append([]string{"test", "-json"}, args...)...) //nolint:noctx // ends with go test
	cmd.Stderr = os.Stderr
	events, err := cmd.StdoutPipe()
	if err != nil {
		return false, fmt.Errorf("read output: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return false, fmt.Errorf("run go test: %w", err)
	}
	r := newReport(out)
	readErr := r.read(events)
	waitErr := cmd.Wait()
	if readErr != nil {
		return false, readErr
	}
	r.sum()
	return waitErr == nil && r.failed == 0 && (!requireAll || len(r.skips) == 0), nil
}
