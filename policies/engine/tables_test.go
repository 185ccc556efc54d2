package engine_test

import (
	"strings"
	"testing"

	"github.com/trackwarden/trackwarden/policies/engine"
)

// A line of a table in the settings that cannot be read must make nothing pass:
// the policy knows nothing then, and says which line it is. The others go on.
func TestAMalformedLineOfATableIsNoPass(t *testing.T) {
	library := load(t)
	in := healthyStory()
	in.Subject.Points = ptr(21.0)
	for line, want := range map[string]string{
		"In Progress; points":    `the settings have the line \"In Progress; points\", which is not KEY: VALUE`,
		": points":               "which is not KEY: VALUE",
		"In Progress: pionts":    `the settings name the field \"pionts\", which there is not`,
		"In Progress: assignee,": `the settings name the field \"\", which there is not`,
	} {
		in.Settings = engine.NewSettings(map[string]map[string]any{"story/state-requirements": {"states": []any{"Ready: points", line}}})
		result := evaluate(t, library, in)
		if err := result.Failed["story/state-requirements"]; err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", line, err, want)
		}
		if len(result.Failed) != 1 || len(result.Violations["story/too-big"]) != 1 || len(result.Violations["story/state-requirements"]) > 0 {
			t.Errorf("%q: the others said %v, %v", line, result.Violations, result.Failed)
		}
	}
}
