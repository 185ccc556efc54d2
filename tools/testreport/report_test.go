package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// module writes a module with one test file and goes there.
func module(t *testing.T, test string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"go.mod": "module x\n\ngo 1.26\n", "x_test.go": "package x\n\nimport \"testing\"\n\n" + test} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
}

func runs(t *testing.T, requireAll bool) (bool, string) {
	t.Helper()
	var out strings.Builder
	ok, err := run([]string{"./..."}, &out, requireAll)
	if err != nil {
		t.Fatal(err)
	}
	return ok, out.String()
}

func want(t *testing.T, out string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(out, part) {
			t.Errorf("lacks %q:\n%s", part, out)
		}
	}
}

func TestSkipsAreNamedWithTheirReason(t *testing.T) {
	module(t, `
func TestGood(t *testing.T) { t.Run("a", func(t *testing.T) {}); t.Run("b", func(t *testing.T) {}); t.Log("quiet") }
func TestIdle(t *testing.T) { t.Skip("needs a tracker") }
`)
	ok, out := runs(t, false)
	want(t, out, "ok  \tx\t", "  needs a tracker\n    x.TestIdle\n", "\n2 passed, 0 failed, 1 skipped\n")
	if !ok || strings.Contains(out, "quiet") {
		t.Errorf("passed %v:\n%s", ok, out)
	}
	if ok, _ := runs(t, true); ok {
		t.Error("a skip counts as passed although nothing may be skipped")
	}
}

func TestFailuresShowWhatTheyPrinted(t *testing.T) {
	module(t, `
func TestBad(t *testing.T) { t.Run("sub", func(t *testing.T) { t.Error("one is not two") }) }
func TestGood(t *testing.T) { t.Log("quiet") }
`)
	ok, out := runs(t, false)
	want(t, out, "--- FAIL: TestBad/sub", "one is not two", "FAIL\tx\t", "\n1 passed, 1 failed, 0 skipped\n")
	if ok || strings.Contains(out, "quiet") {
		t.Errorf("passed %v:\n%s", ok, out)
	}
}

func TestWhatIsNoTestFailsToo(t *testing.T) {
	for name, test := range map[string]string{
		"does not build": `func TestBad(t *testing.T) { missing() }`,
		"panics":         `func TestBad(t *testing.T) { panic("sudden") }`,
		"ends early":     "func TestMain(m *testing.M) { println(\"gone\"); panic(\"sudden\") }",
	} {
		t.Run(name, func(t *testing.T) {
			module(t, test)
			ok, out := runs(t, false)
			want(t, out, "FAIL\tx", "1 failed")
			if ok || !strings.Contains(out, "missing") && !strings.Contains(out, "sudden") {
				t.Errorf("passed %v:\n%s", ok, out)
			}
		})
	}
}
