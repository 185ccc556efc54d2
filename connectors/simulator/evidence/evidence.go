// Package evidence finds, for tests, what the simulators are built on and what
// everything is tried on: vendors' OpenAPI documents, recorded exchanges,
// archives of real sites. It is too large and not ours to be kept here, so it
// lies in a folder "shared" beside the checkout.
package evidence

import (
	"os"
	"path/filepath"
	"testing"
)

// File is the path of a piece of evidence, given by its parts. Where it is
// absent the test is skipped.
func File(t testing.TB, parts ...string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for !exists(filepath.Join(dir, "go.mod")) {
		above := filepath.Dir(dir)
		if above == dir {
			t.Fatal("no go.mod above the test")
		}
		dir = above
	}
	path := filepath.Join(append([]string{dir, "..", "shared"}, parts...)...)
	if !exists(path) {
		t.Skip("needs ../shared beside the checkout")
	}
	return path
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
