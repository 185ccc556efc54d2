package reliability

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	testName = regexp.MustCompile("`((?:Test|Fuzz)[A-Za-z0-9_]+)`")
	testFunc = regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)[A-Za-z0-9_]+)\(`)
)

// A page that names a test that is not there proves nothing. A name may stand
// for all tests that begin with it, as go test -run takes it.
func TestThePageOfReliabilityNamesOnlyTestsThatExist(t *testing.T) {
	page, err := os.ReadFile("../docs/reliability.md")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	err = filepath.WalkDir("..", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() && (entry.Name() == ".git" || entry.Name() == "bin") {
			return fs.SkipDir
		}
		if err != nil || !strings.HasSuffix(name, "_test.go") {
			return err
		}
		source, err := os.ReadFile(name)
		for _, m := range testFunc.FindAllSubmatch(source, -1) {
			fmt.Fprintf(&all, "\n%s", m[1])
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	named := testName.FindAllStringSubmatch(string(page), -1)
	if len(named) < 50 {
		t.Fatalf("the page names only %d tests", len(named))
	}
	for _, m := range named {
		if !strings.Contains(all.String(), "\n"+m[1]) {
			t.Errorf("docs/reliability.md names %s, which is not there", m[1])
		}
	}
	for n := 1; n <= 26; n++ {
		if got := strings.Count(string(page), fmt.Sprintf("\n| P%d |", n)); got != 1 {
			t.Errorf("docs/reliability.md has %d lines for promise %d", got, n)
		}
	}
}
