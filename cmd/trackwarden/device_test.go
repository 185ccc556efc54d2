//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/trackwarden/trackwarden/report"
)

// A report may go into a pipe or to a device, which must be there afterwards:
// renaming a file over it would take it away from everybody.
func TestAReportReplacesNoDevice(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	pipe, err := os.OpenFile(path, os.O_RDWR, 0) // so that nobody waits for the other end
	if err != nil {
		t.Fatal(err)
	}
	defer pipe.Close()
	if _, err := writeReport(path, "json", report.Report{}); err != nil {
		t.Fatal(err)
	}
	info, err := os.Lstat(path)
	if err != nil || info.Mode()&os.ModeNamedPipe == 0 {
		t.Fatalf("the pipe was replaced: %v, %v", info.Mode(), err)
	}
	text := make([]byte, 100)
	if n, err := pipe.Read(text); err != nil || !strings.HasPrefix(string(text[:n]), "{") {
		t.Errorf("in the pipe: %q, %v", text[:n], err)
	}
}
