package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/trackwarden/trackwarden/policies/engine"
)

// step is a block of code of the guide, with the last file that the text
// before it names.
type step struct {
	kind, text, file string
}

var guideFile = regexp.MustCompile("`([a-z./_-]+\\.(?:rego|yaml))`")

// steps reads the blocks of a page.
func steps(page string) []step {
	var all []step
	parts := strings.Split(page, "\n```")
	for i := 1; i < len(parts); i += 2 {
		kind, text, _ := strings.Cut(parts[i], "\n")
		s := step{kind: kind, text: text + "\n"}
		if files := guideFile.FindAllStringSubmatch(parts[i-1], -1); len(files) > 0 {
			s.file = files[len(files)-1][1]
		}
		all = append(all, s)
	}
	return all
}

// The guide is followed as a reader would: its commands are run, its files
// written, and what it says they print is printed.
func TestTheGuideToOwnPoliciesCanBeFollowed(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "own-policies.md"))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	printed, ran := "", 0
	for _, s := range steps(string(page)) {
		switch s.kind {
		case "sh":
			printed = ""
			for line := range strings.Lines(s.text) {
				printed += follow(t, strings.Fields(line))
				ran++
			}
		case "text":
			for line := range strings.Lines(s.text) {
				if want := strings.Join(strings.Fields(line), " "); !strings.Contains(plain(printed), want) {
					t.Errorf("%q is not printed:\n%s", want, printed)
				}
			}
		case "rego":
			if err := os.WriteFile(s.file, []byte(s.text), 0o644); err != nil {
				t.Fatal(err)
			}
			if formatted, err := engine.Format(s.file, []byte(s.text)); err != nil || string(formatted) != s.text {
				t.Errorf("%s is not formatted: %v\n%s", s.file, err, formatted)
			}
		case "yaml":
			setting := regexp.MustCompile(`(?m)^ +- \{policy: story/payment-unchecked.*\n`)
			before := read(t, s.file)
			after := setting.ReplaceAllString(before, s.text)
			if after == before {
				t.Fatalf("%s has no such line", s.file)
			}
			if err := os.WriteFile(s.file, []byte(after), 0o644); err != nil {
				t.Fatal(err)
			}
		default:
			t.Errorf("the guide has a block of %q", s.kind)
		}
	}
	if ran < 10 {
		t.Errorf("only %d commands ran", ran)
	}
	// As the guide says: the tests fail when the policy is broken.
	policy := filepath.Join("policies", "story", "payment-unchecked.rego")
	if err := os.WriteFile(policy, []byte(strings.Replace(read(t, policy), `"Checkout"`, `"Check-out"`, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, _, status := command(t, "policies", "test", "./policies"); status != exitFindings || !strings.Contains(out, "payment-unchecked_test.rego:") {
		t.Errorf("status %d\n%s", status, out)
	}
}

// follow does one line of a shell.
func follow(t *testing.T, words []string) string {
	t.Helper()
	switch {
	case len(words) == 2 && words[0] == "cd":
		t.Chdir(words[1])
		return ""
	case len(words) > 1 && words[0] == "trackwarden":
		out, errs, status := command(t, words[1:]...)
		if status != exitClean {
			t.Fatalf("%v: status %d\n%s%s", words, status, out, errs)
		}
		return out
	}
	t.Fatalf("the guide says %v", words)
	return ""
}

// plain is a text with single spaces.
func plain(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = strings.Join(strings.Fields(line), " ")
	}
	return strings.Join(lines, "\n")
}
