//go:build unix

package store_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestS04AReadOnlyFile runs as a user who may not write the file. Root may write
// anything, so it hands the test on to nobody.
func TestS04AReadOnlyFile(t *testing.T) {
	if path := os.Getenv("STORE_TEST_READONLY"); path != "" {
		refused(t, path, "give this user the right to write")
		return
	}
	for name, folder := range map[string]os.FileMode{"file": 0o777, "file and folder": 0o555} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.page(story(jira, "1", 0))
			w.must(w.Close())
			w.must(os.Chmod(w.path, 0o444))
			w.must(os.Chmod(filepath.Dir(w.path), folder))
			t.Cleanup(func() { _ = os.Chmod(filepath.Dir(w.path), 0o755) })
			if os.Getuid() != 0 {
				refused(t, w.path, "give this user the right to write")
				return
			}
			asNobody(t, w.path)
		})
	}
}

func asNobody(t *testing.T, path string) {
	t.Helper()
	dir, err := os.MkdirTemp("", "store")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	for at := filepath.Dir(filepath.Dir(path)); len(at) > len(os.TempDir()); at = filepath.Dir(at) {
		if err := os.Chmod(at, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	program := filepath.Join(dir, "store.test")
	self, err := os.ReadFile(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Chmod(dir, 0o755), os.WriteFile(program, self, 0o755)); err != nil {
		t.Fatal(err)
	}
	child := exec.Command(program, "-test.run=^TestS04AReadOnlyFile$", "-test.v")
	child.Env = append(os.Environ(), "STORE_TEST_READONLY="+path)
	child.Dir = dir
	child.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	if out, err := child.CombinedOutput(); err != nil || !strings.Contains(string(out), "--- PASS") {
		t.Errorf("%v\n%s", err, out)
	}
}
