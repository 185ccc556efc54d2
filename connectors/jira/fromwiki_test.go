package jira

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The golden pairs: NAME.wiki as Jira sends it, NAME.md as we read it.
func TestFromWikiGolden(t *testing.T) {
	names, err := filepath.Glob("testdata/*.wiki")
	if err != nil || len(names) == 0 {
		t.Fatalf("found no golden files: %v", err)
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			golden := strings.TrimSuffix(name, ".wiki") + ".md"
			got := fromWiki(read(t, name)) + "\n"
			if os.Getenv("UPDATE_GOLDEN") != "" {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(read(t, golden), got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// No word of a description may get lost on the way, whatever its markup.
func TestFromWikiKeepsWords(t *testing.T) {
	for raw := range dataset(t, "jira-ALOY.jsonl.gz") {
		wiki, _ := raw.Fields.decoded("description").(string)
		markdown := fromWiki(wiki)
		for _, word := range word.FindAllString(ignored.ReplaceAllString(wiki, " "), -1) {
			if !strings.Contains(markdown, word) {
				t.Errorf("%s: %q is lost\n--- wiki\n%s\n--- markdown\n%s", raw.Key, word, wiki, markdown)
				break
			}
		}
	}
}

var (
	word    = regexp.MustCompile(`[\p{L}\p{N}]+`)
	ignored = regexp.MustCompile(`\{[^}\n]*\}|!\S[^!\n]*!|\[[^\]\n]*\]|(?m:^\s*(h[1-6]|bq)\.)|accountid`)
)
