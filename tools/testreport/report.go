package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"sort"
	"strings"
)

// event is one line of go test -json, as "go doc test2json" describes it.
type event struct {
	Action     string
	Package    string
	ImportPath string
	Test       string
	Output     string
}

// report gathers what go test tells. A test with subtests is not counted
// itself: its subtests are.
type report struct {
	out            io.Writer
	output         map[string][]string // by package and test, until it ends
	parents        map[string]bool
	ended          map[string]string // action by package and test
	skips          map[string][]string
	passed, failed int
}

func newReport(out io.Writer) *report {
	return &report{
		out: out, output: map[string][]string{}, parents: map[string]bool{},
		ended: map[string]string{}, skips: map[string][]string{},
	}
}

func (r *report) read(events io.Reader) error {
	lines := bufio.NewReader(events)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			r.line(line)
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read output: %w", err)
		}
	}
}

// line passes on what is not an event: go test may speak before it starts.
func (r *report) line(line []byte) {
	var e event
	if err := json.Unmarshal(line, &e); err != nil {
		fmt.Fprint(r.out, string(line))
		return
	}
	r.take(e)
}

func (r *report) take(e event) {
	key := e.Package + " " + e.Test
	switch e.Action {
	case "build-output":
		fmt.Fprint(r.out, e.Output)
	case "output":
		r.print(e, key)
	case "run":
		if parent, _, sub := cutLast(e.Test); sub {
			r.parents[e.Package+" "+parent] = true
		}
	case "pass", "fail", "skip":
		r.end(e, key)
	}
}

// closing are the lines with which go test ends a package.
var closing = regexp.MustCompile(`^(ok  |FAIL|\?   )\t`)

// print shows a package's own lines at once and keeps a test's until its end.
func (r *report) print(e event, key string) {
	switch {
	case e.Test != "":
		r.output[key] = append(r.output[key], e.Output)
	case closing.MatchString(e.Output):
		fmt.Fprint(r.out, e.Output)
	case e.Output != "PASS\n" && e.Output != "FAIL\n" && !strings.HasPrefix(e.Output, "coverage:"):
		r.output[key] = append(r.output[key], e.Output)
	}
}

func (r *report) end(e event, key string) {
	output := r.output[key]
	delete(r.output, key)
	if e.Action == "fail" {
		fmt.Fprint(r.out, strings.Join(output, ""))
	}
	if e.Test == "" {
		if e.Action == "fail" && !r.blamed(e.Package) {
			r.failed++
		}
		return
	}
	r.ended[key] = e.Action
	if e.Action == "skip" {
		why := reason(output)
		r.skips[why] = append(r.skips[why], e.Package+"."+e.Test)
	}
}

// blamed reports whether a test of the package has failed: if none has, the
// package itself did not build or did not end well.
func (r *report) blamed(pkg string) bool {
	for key, action := range r.ended {
		if action == "fail" && strings.HasPrefix(key, pkg+" ") {
			return true
		}
	}
	return false
}

// position is what testing writes before a message.
var position = regexp.MustCompile(`^\s+\S+\.go:\d+: `)

// reason is the message of t.Skip in a test's output.
func reason(output []string) string {
	for _, line := range output {
		if at := position.FindString(line); at != "" {
			return strings.TrimSpace(line[len(at):])
		}
	}
	return "no reason given"
}

// sum prints the skipped tests by their reasons, and the closing line.
func (r *report) sum() {
	skipped := 0
	for key, action := range r.ended {
		switch {
		case action == "skip":
			skipped++
		case r.parents[key]:
		case action == "fail":
			r.failed++
		default:
			r.passed++
		}
	}
	if skipped > 0 {
		fmt.Fprintln(r.out, "\nSkipped:")
	}
	for _, why := range sorted(r.skips) {
		fmt.Fprintf(r.out, "  %s\n", why)
		for _, test := range r.skips[why] {
			fmt.Fprintf(r.out, "    %s\n", test)
		}
	}
	fmt.Fprintf(r.out, "\n%d passed, %d failed, %d skipped\n", r.passed, r.failed, skipped)
}

func sorted(m map[string][]string) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

// cutLast cuts a subtest's name from its parent's.
func cutLast(name string) (parent, sub string, found bool) {
	i := strings.LastIndex(name, "/")
	if i < 0 {
		return name, "", false
	}
	return name[:i], name[i+1:], true
}
