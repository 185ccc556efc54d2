package engine_test

import (
	"fmt"
	"io/fs"
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies"
	"github.com/trackwarden/trackwarden/policies/engine"
)

// metadata is the least that a policy must say of itself.
const metadata = `# METADATA
# title: Ours
# description: What our folder looks for.
# custom:
#   why: We care.
#   remedy: Something else.
#   practice: readiness
#   severity: info
`

// policyFile is a complete file of a policy with some head and body.
func policyFile(id, message, body string) *fstest.MapFile {
	level, _, _ := strings.Cut(id, "/")
	return file(fmt.Sprintf("package trackwarden.%s\n\n%sviolation contains {\"policy\": %q, \"evidence\": {}, \"message\": %s} if {\n%s\n}\n",
		level, metadata, id, message, body))
}

func file(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

// loadWith compiles the built-in policies and a user's folder.
func loadWith(t testing.TB, folder fs.FS) *engine.Library {
	t.Helper()
	library, err := engine.Load(t.Context(), policies.FS(), folder)
	if err != nil {
		t.Fatal(err)
	}
	return library
}

// One file, and there is a policy: no Go, no registration.
func TestAUsersFileIsAPolicy(t *testing.T) {
	library := loadWith(t, fstest.MapFS{
		"story/shouting.rego": file(`package trackwarden.story

import data.trackwarden.lib.shout

# METADATA
# title: Shouting title
# description: A title in capital letters.
# custom:
#   why: It hurts.
#   remedy: Small letters.
#   practice: protect
#   label: loud
#   severity: info
#   requires: [description, points]
#   grace: 3
#   params:
#     least: {default: 5, description: Shorter titles may shout.}
violation contains {
	"policy": "story/shouting",
	"evidence": {"title": input.subject.title},
	"message": "The title is in capital letters.",
} if {
	input.facts.not_done == true
	shout.loud(input.subject.title)
	count(input.subject.title) >= input.settings["story/shouting"].least
}
`),
		"lib/shout.rego": file("package trackwarden.lib.shout\n\nloud(s) if upper(s) == s\n"),
		"README.md":      file("not a policy"),
	})
	have, ok := library.Policy("story/shouting")
	want := engine.Policy{
		ID: "story/shouting", Level: backlog.Story, Subject: backlog.ItemSubject, Title: "Shouting title",
		Description: "A title in capital letters.", Why: "It hurts.", Remedy: "Small letters.", Practice: "protect",
		Label: "loud", Severity: backlog.Info, Requires: []backlog.Field{backlog.FieldDescription, backlog.FieldPoints},
		Grace: 3, Params: map[string]engine.Param{"least": {Default: 5.0, Type: "number", Description: "Shorter titles may shout."}},
	}
	if diff := cmp.Diff(want, have, cmp.AllowUnexported()); !ok || diff != "" {
		t.Error(diff)
	}
	own, err := library.Only(t.Context(), func(p engine.Policy) bool { return len(p.Bundles) == 0 })
	if err != nil {
		t.Fatal(err)
	}
	in := healthyStory()
	in.Subject.Title = "PAY NOW"
	if ids := found(t, evaluate(t, own, in)); len(ids) != 1 || ids[0] != "story/shouting" {
		t.Errorf("found %v", ids)
	}
	in.Subject.Title = "PAY"
	if ids := found(t, evaluate(t, own, in)); len(ids) != 0 {
		t.Errorf("found %v", ids)
	}
	if library.Revision() == load(t).Revision() {
		t.Error("another policy, and the same revision")
	}
}

// Policies on teams, trains and increments have folders of their own.
func TestATeamCanBeJudged(t *testing.T) {
	library := loadWith(t, fstest.MapFS{
		"team/nameless.rego": policyFile("team/nameless", `"It has no name."`, `input.subject.title == ""`),
	})
	p, _ := library.Policy("team/nameless")
	if p.Subject != backlog.TeamSubject || p.Level != "team" {
		t.Errorf("got %+v", p)
	}
	in := engine.Input{Level: "team", Subject: engine.Subject{Kind: backlog.TeamSubject}}
	if ids := found(t, evaluate(t, library, in)); len(ids) != 1 {
		t.Errorf("found %v", ids)
	}
}

func TestTheRevisionSeesPoliciesAndNotTests(t *testing.T) {
	base := fstest.MapFS{"story/x.rego": policyFile("story/x", `"m"`, `input.facts.active == true`)}
	first := loadWith(t, base).Revision()
	if again := loadWith(t, base).Revision(); again != first {
		t.Errorf("%s and %s", first, again)
	}
	tested := maps.Clone(base)
	tested["story/x_test.rego"] = file("package trackwarden.story_test\n")
	if with := loadWith(t, tested).Revision(); with != first {
		t.Error("a test changed the revision")
	}
	changed := fstest.MapFS{"story/x.rego": policyFile("story/x", `"n"`, `input.facts.active == true`)}
	if other := loadWith(t, changed).Revision(); other == first {
		t.Error("another message did not change the revision")
	}
}
