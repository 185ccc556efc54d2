package engine_test

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
)

func TestAPolicySaysWhatItLooksAtBesideTheSubject(t *testing.T) {
	library := loadWith(t, fstest.MapFS{
		"lib/near.rego":     file("package trackwarden.lib.near\n\nopen contains c.key if {\n\tsome c in input.children\n}\n\ntied := count(input.links)\n"),
		"story/kin.rego":    policyFile("story/kin", `"x"`, "\tcount(data.trackwarden.lib.near.open) > 3"),
		"story/tied.rego":   policyFile("story/tied", `"x"`, "\tdata.trackwarden.lib.near.tied > 3\n\tinput.parent.title == input.subject.title"),
		"story/other.rego":  policyFile("story/other", `"x"`, "\tinput.subject.custom.risk == \"high\""),
		"story/due.rego":    policyFile("story/due", `"x"`, "\tinput.facts.due_in_days < 0"),
		"story/worded.rego": policyFile("story/worded", `"x"`, "\tinput.text.story.brackets == true"),
		"story/all.rego":    policyFile("story/all", `"x"`, "\tcount(input) > 100"),
	})
	want := map[string]backlog.Reads{
		"feature/no-stories": {Children: true},
		"story/orphan":       {Parent: true},
		"story/too-big":      {},
		"story/kin":          {Children: true, Timing: true}, // the whole children, and so their iterations
		"story/due":          {Timing: true},
		"story/worded":       {Wording: true},
		"story/tied":         {Links: true, Parent: true, Timing: true},
		"story/other":        {Custom: true},
		"story/all":          {Parent: true, Children: true, Links: true, Custom: true, Timing: true, Wording: true},
	}
	for id, reads := range want {
		p, _ := library.Policy(id)
		if diff := cmp.Diff(reads, p.Reads); diff != "" {
			t.Errorf("%s (-want +got):\n%s", id, diff)
		}
	}
}
