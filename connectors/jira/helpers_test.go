package jira

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"iter"
	"os"
	"testing"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/simulator/evidence"
)

// dataset yields the issues of a file of real issues.
func dataset(t *testing.T, name string) iter.Seq[issue] {
	path := evidence.File(t, "data", name)
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
