package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheDemoEndsByItselfAndItsSecondPassWritesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "demo")
	out, errs, status := command(t, "demo", "--once", "--dir", dir)
	if status != exitClean {
		t.Fatalf("status %d\n%s%s", status, out, errs)
	}
	parts := strings.Split(out, "\n3. Again")
	if len(parts) != 2 || !strings.Contains(parts[1], "0 writes") || strings.Contains(parts[0], "0 writes") {
		t.Errorf("the second pass must say 0 writes, and only it:\n%s", out)
	}
	for _, name := range []string{"report.html", "report.md", "report.json", "trackwarden.yaml"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	if strings.Contains(out, "\x1b[") {
		t.Error("colours where there is no terminal")
	}
}
