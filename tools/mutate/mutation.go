package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// mutation breaks one thing.
type mutation struct {
	promise  string // of docs/reliability.md
	what     string
	file     string
	old, new string
	packages string // that are tested, "./store"
	run      string // which tests: a pattern for go test -run
}

type result string

const (
	red    result = "red"
	green  result = "GREEN"
	broken result = "ERROR"
)

// fits reports whether a mutation is meant by a promise or a part of its name.
func (m mutation) fits(word string) bool { return m.promise == word || strings.Contains(m.what, word) }

func (m mutation) tests() string { return m.packages + " " + m.run }

// try makes the mutation in a copy of the tree, runs its tests and takes it
// back.
func (m mutation) try(ctx context.Context, folder string) (result, string) {
	path := filepath.Join(folder, filepath.FromSlash(m.file))
	before, err := os.ReadFile(path) //nolint:gosec // of our own copy
	if err != nil {
		return broken, err.Error()
	}
	if n := strings.Count(string(before), m.old); n != 1 {
		return broken, fmt.Sprintf("%s has the text %d times: %q", m.file, n, m.old)
	}
	after := strings.Replace(string(before), m.old, m.new, 1)
	if err := os.WriteFile(path, []byte(after), 0o600); err != nil {
		return broken, err.Error()
	}
	defer os.WriteFile(path, before, 0o600) //nolint:errcheck // the next one says so
	return m.test(ctx, folder)
}

func (m mutation) test(ctx context.Context, folder string) (result, string) {
	packages := strings.Fields(m.packages)
	out, err := command(ctx, folder, testing(m.run, packages))
	switch {
	case strings.Contains(out, "[build failed]"), strings.Contains(out, "[setup failed]"):
		return broken, "does not compile: " + lastLine(out)
	case err != nil && strings.Contains(out, "--- FAIL"), err != nil && strings.Contains(out, "panic:"):
		return red, ""
	case err != nil:
		return broken, lastLine(out)
	case !strings.Contains(out, "--- PASS"):
		return broken, "no test ran that fits " + m.run
	}
	return green, ""
}

// testing is how tests are run. With -trimpath what was compiled of one copy is
// good for the next.
func testing(pattern string, packages []string) []string {
	return append([]string{"go", "test", "-trimpath", "-vet=off", "-count=1", "-failfast", "-v", "-timeout", "10m", "-run", pattern}, packages...)
}

// baseline runs all the tests without any mutation: one that is red anyway
// would notice nothing.
func baseline(ctx context.Context, folder string, chosen []mutation) (string, error) {
	var packages, patterns []string
	for _, m := range chosen {
		packages, patterns = append(packages, strings.Fields(m.packages)...), append(patterns, m.run)
	}
	slices.Sort(packages)
	return command(ctx, folder, testing(strings.Join(patterns, "|"), slices.Compact(packages)))
}

func command(ctx context.Context, folder string, args []string) (string, error) {
	c := exec.CommandContext(ctx, args[0], args[1:]...) //nolint:gosec // from the table
	c.Dir = folder
	c.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := c.CombinedOutput()
	return string(out), err
}

// failures are the lines of the tests that failed.
func failures(out string) string {
	var lines []string
	for line := range strings.Lines(out) {
		if strings.Contains(line, "FAIL") || strings.Contains(line, ".go:") {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "")
}

func lastLine(out string) string {
	lines := strings.Split(strings.TrimSpace(out), "\n")
	for _, line := range lines {
		if strings.Contains(line, ".go:") {
			return line
		}
	}
	return lines[len(lines)-1]
}

// copyTree copies what git knows of, as it is now, and what is new and not
// ignored.
func copyTree(ctx context.Context, to string) error {
	list := exec.CommandContext(ctx, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	out, err := list.Output()
	if err != nil {
		return err
	}
	for _, name := range bytes.Split(out, []byte{0}) {
		if err := copyFile(string(name), filepath.Join(to, string(name))); err != nil {
			return err
		}
	}
	return nil
}

func copyFile(from, to string) error {
	info, err := os.Stat(from)
	if from == "" || os.IsNotExist(err) || err == nil && info.IsDir() {
		return nil
	}
	if err != nil {
		return err
	}
	data, err := os.ReadFile(from) //nolint:gosec // of our own tree
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o750); err != nil {
		return err
	}
	return os.WriteFile(to, data, info.Mode().Perm())
}
