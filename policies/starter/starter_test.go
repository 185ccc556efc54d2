package starter_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"go.yaml.in/yaml/v3"

	"github.com/trackwarden/trackwarden/policies"
	"github.com/trackwarden/trackwarden/policies/engine"
	"github.com/trackwarden/trackwarden/policies/starter"
)

// Whatever is made loads beside the built-in policies, passes its tests, is
// reached by them, and is clean and formatted.
func TestWhatIsMadeWorksAtOnce(t *testing.T) {
	for _, level := range engine.Folders() {
		t.Run(level, func(t *testing.T) {
			made, err := starter.Make(level + "/2-default-things")
			if err != nil {
				t.Fatal(err)
			}
			folder := fstest.MapFS{}
			for path, text := range made.Files {
				folder[path] = &fstest.MapFile{Data: []byte(text)}
				if formatted, err := engine.Format(path, []byte(text)); err != nil || string(formatted) != text {
					t.Errorf("%s is not formatted: %v\n%s", path, err, formatted)
				}
			}
			library, err := engine.Load(t.Context(), policies.FS(), folder)
			if err != nil {
				t.Fatal(err)
			}
			ours := func(path string) bool { return folder[path] != nil }
			done, err := library.TestSome(t.Context(), ours)
			if err != nil || len(done.Failures) > 0 || done.Passed < 5 {
				t.Errorf("%d passed, %v %v", done.Passed, done.Failures, err)
			}
			if len(done.Covered) != 1 || done.Covered[0].Percent != 100 {
				t.Errorf("covered %+v", done.Covered)
			}
			for _, problem := range library.Lint() {
				if ours(problem.File) {
					t.Error(problem)
				}
			}
			fits(t, library, made)
		})
	}
}

// fits holds the settings entry against the policy.
func fits(t *testing.T, library *engine.Library, made starter.Made) {
	t.Helper()
	var entry struct {
		Policy string
		Params map[string]any
	}
	if err := yaml.Unmarshal([]byte(made.Setting), &entry); err != nil || entry.Policy != made.ID {
		t.Errorf("%s: %v", made.Setting, err)
	}
	p, _ := library.Policy(made.ID)
	for name := range entry.Params {
		if _, known := p.Params[name]; !known || len(entry.Params) != len(p.Params) {
			t.Errorf("%s: the policy has %v", made.Setting, p.Params)
		}
	}
}

func TestNamesThatAreNone(t *testing.T) {
	for id, says := range map[string]string{
		"story": "LEVEL/NAME", "story/Big": "LEVEL/NAME", "story/a_test": "LEVEL/NAME", "story/../x": "LEVEL/NAME",
		"ghost/x": `no level "ghost"; there are: portfolio`, "lib/x": "no level",
	} {
		if _, err := starter.Make(id); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", id, err)
		}
	}
}
