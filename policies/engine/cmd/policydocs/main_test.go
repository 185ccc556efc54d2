package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/trackwarden/trackwarden/policies"
	"github.com/trackwarden/trackwarden/policies/engine"
	"github.com/trackwarden/trackwarden/policies/pages"
)

// folder is docs/policies, from here.
const folder = "../../../../docs/policies"

func rendered(t *testing.T) map[string]string {
	t.Helper()
	library, err := engine.Load(t.Context(), policies.FS())
	if err != nil {
		t.Fatal(err)
	}
	all, err := pages.All(library, pages.Settings{Docs: ".."})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestThePagesAreFresh(t *testing.T) {
	fresh := rendered(t)
	for name, want := range fresh {
		if have, err := os.ReadFile(filepath.Join(folder, name)); err != nil || string(have) != want {
			t.Errorf("docs/policies/%s is stale; run `make generate`", name)
		}
	}
	err := fs.WalkDir(os.DirFS(folder), ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && fresh[name] == "" {
			t.Errorf("docs/policies/%s belongs to no policy; remove it", name)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestRunWritesThePages(t *testing.T) {
	out := t.TempDir()
	if err := run(t.Context(), out); err != nil {
		t.Fatal(err)
	}
	for name, want := range rendered(t) {
		if have, err := os.ReadFile(filepath.Join(out, name)); err != nil || string(have) != want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The example in the guide is a policy that works.
func TestTheExampleInTheGuideCompiles(t *testing.T) {
	_, after, _ := strings.Cut(rendered(t)["README.md"], "```rego\n")
	example, _, found := strings.Cut(after, "```")
	if !found {
		t.Fatal("there is no example")
	}
	if _, err := engine.Load(t.Context(), policies.FS(), fstest.MapFS{"story/no-due-date.rego": {Data: []byte(example)}}); err != nil {
		t.Error(err)
	}
}
