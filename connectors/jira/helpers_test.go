package jira

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"iter"
	"os"
	"path/filepath"
	"testing"

	"github.com/trackwarden/trackwarden/backlog"
)

// shared finds a file beside the checkout; the test is skipped without it.
func shared(t *testing.T, parts ...string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err != nil {
			continue
		}
		path := filepath.Join(append([]string{dir, "..", "shared"}, parts...)...)
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	t.Skip("needs ../shared beside the checkout")
	return ""
}

// dataset yields the issues of a file of real issues.
func dataset(t *testing.T, name string) iter.Seq[issue] {
	path := shared(t, "data", name)
	return func(yield func(issue) bool) {
		file, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		unzipped, err := gzip.NewReader(file)
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(unzipped)
		lines.Buffer(nil, 16<<20)
		for lines.Scan() {
			var raw issue
			if err := json.Unmarshal(lines.Bytes(), &raw); err != nil {
				t.Fatal(err)
			}
			if !yield(raw) {
				return
			}
		}
	}
}

func marker(item string) backlog.Marker {
	return backlog.Marker{Owner: "shop: one/two", Item: item, Intent: "intent-1", Hash: "0123abcd"}
}
