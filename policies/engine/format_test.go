package engine_test

import (
	"bytes"
	"io/fs"
	"path"
	"strings"
	"testing"

	"github.com/trackwarden/trackwarden/policies"
	"github.com/trackwarden/trackwarden/policies/engine"
)

func TestTheBuiltInPoliciesAreFormatted(t *testing.T) {
	err := fs.WalkDir(policies.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(name) != ".rego" {
			return err
		}
		text, err := fs.ReadFile(policies.FS(), name)
		if err != nil {
			return err
		}
		formatted, err := engine.Format(name, text)
		if err == nil && !bytes.Equal(text, formatted) {
			t.Errorf("policies/%s is not formatted: run trackwarden policies fmt policies", name)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestFormatNamesTheLineThatDoesNotParse(t *testing.T) {
	_, err := engine.Format("story/x.rego", []byte("package trackwarden.story\n\nviolation contains {\n"))
	if err == nil || !strings.Contains(err.Error(), "story/x.rego:4") {
		t.Errorf("got %v", err)
	}
}
