package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Problem is one thing that is wrong with a configuration, as a sentence that
// says what to do.
type Problem struct {
	File string // or the environment variable that set the value
	Line int    // 0 when it belongs to no line
	Text string
}

// String is "file:line: sentence".
func (p Problem) String() string {
	if p.Line == 0 {
		return p.File + ": " + p.Text
	}
	return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Text)
}

// Problems are all that is wrong, in the order of the file.
type Problems []Problem

// Error lists every problem on a line of its own.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, one := range p {
		lines[i] = one.String()
	}
	return strings.Join(lines, "\n")
}

// inOrder sorts problems by line and drops repetitions.
func (p Problems) inOrder() Problems {
	slices.SortStableFunc(p, func(a, b Problem) int { return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Text, b.Text)) })
	return slices.Compact(p)
}

// at reports whether a problem is known at a line.
func (p Problems) at(line int) bool {
	return line > 0 && slices.ContainsFunc(p, func(one Problem) bool { return one.Line == line })
}
