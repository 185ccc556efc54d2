package engine_test

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies/engine"
)

// What is done is mostly not asked about at all; a policy about what is done is
// heard all the same, whatever its first condition is.
func TestAPolicyAboutWhatIsDoneIsHeard(t *testing.T) {
	library := loadWith(t, fstest.MapFS{
		"story/done.rego":  policyFile("story/done", `"x"`, "\tinput.subject.state.category == \"done\"\n\tinput.text.criteria == []"),
		"story/other.rego": policyFile("story/other", `"x"`, "\tinput.facts.age_days > 1000"),
		"story/lib.rego":   policyFile("story/lib", `"x"`, "\tdata.trackwarden.lib.late.late"),
		"lib/late.rego":    file("package trackwarden.lib.late\n\nlate if input.facts.idle_days > 1000\n"),
	})
	for name, tc := range map[string]struct {
		change func(*engine.Input)
		want   string
	}{
		"nothing":                  {func(*engine.Input) {}, ""},
		"indexed condition":        {func(in *engine.Input) { in.Text.Criteria = nil }, "story/done"},
		"comparison":               {func(in *engine.Input) { in.Facts.AgeDays = 2000 }, "story/other"},
		"a rule in a shared file":  {func(in *engine.Input) { in.Facts.IdleDays = 2000 }, "story/lib"},
		"a condition of open work": {func(in *engine.Input) { in.Subject.Points = ptr(100.0) }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			in := healthyStory()
			in.Subject.State.Category, in.Facts.NotDone, in.Facts.Active, in.Facts.Committed = backlog.Done, false, false, false
			tc.change(&in)
			var said []string
			for id := range evaluate(t, library, in).Violations {
				said = append(said, id)
			}
			var want []string
			if tc.want != "" {
				want = []string{tc.want}
			}
			if diff := cmp.Diff(want, said); diff != "" {
				t.Errorf("violations (-want +got):\n%s", diff)
			}
		})
	}
}
