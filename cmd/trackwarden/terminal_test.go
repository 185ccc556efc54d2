package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestTextFromTicketsIsHarmlessOnATerminal(t *testing.T) {
	var out bytes.Buffer
	p := newPrinter(&out)
	p.findings([]findingContract{{Severity: "error", Policy: "story/a", Subject: subjectContract{
		Key: "A-1", Title: "\x1b]0;title\x07\x1b[2Jgone\u202egnorw\r\nnext",
	}, Message: "tab\there"}}, true)
	p.changes(planContract{Changes: []changeContract{{Key: "A-1", AddLabels: []string{"a"}, Comment: "\x1b[31mred", Why: []string{"x\x1b[0m"}}}})
	for _, bad := range []string{"\x1b", "\x07", "\u202e", "\r"} {
		if strings.Contains(out.String(), bad) {
			t.Errorf("%q reaches the terminal: %q", bad, out.String())
		}
	}
	if !strings.Contains(out.String(), "gnorw next") {
		t.Errorf("the words must stay: %q", out.String())
	}
}

func TestTheWidestColumnsWrapOnATerminal(t *testing.T) {
	var out bytes.Buffer
	p := newPrinter(&out)
	p.width = 60
	p.table([]string{"SEVERITY", "TEAM", "TITLE", "NOW"}, [][]string{
		{"warning", "Checkout", "Remember the delivery address", "The field is empty and there is no such heading."},
	})
	text := out.String()
	for _, line := range strings.Split(text, "\n") {
		if len(line) > p.width {
			t.Errorf("wider than the terminal: %q", line)
		}
	}
	if !strings.Contains(text, "warning   Checkout  Remember") || strings.Count(text, "\n") > 4 {
		t.Errorf("short columns must stay whole:\n%s", text)
	}
}

func TestTablesAreAligned(t *testing.T) {
	var out bytes.Buffer
	newPrinter(&out).table([]string{"A", "B"}, [][]string{{"long word", "x"}, {"日本", "y"}})
	lines := strings.Split(strings.TrimRight(out.String(), "\n"), "\n")
	if len(lines) != 3 || strings.Index(lines[0], "B") != strings.Index(lines[1], "x") {
		t.Errorf("got %q", lines)
	}
}
