package engine_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/trackwarden/trackwarden/policies"
	"github.com/trackwarden/trackwarden/policies/engine"
)

func TestThePoliciesPassTheirOwnTests(t *testing.T) {
	done, err := load(t).Test(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, failure := range done.Failures {
		t.Error(failure)
	}
	t.Logf("%d tests of policies passed", done.Passed)
	if done.Passed == 0 {
		t.Error("no test ran")
	}
}

func TestTheBuiltInPoliciesAreClean(t *testing.T) {
	for _, problem := range load(t).Lint() {
		t.Error(problem)
	}
}

// Every policy has at least a passing, a failing and a guarded case.
func TestEveryPolicyIsTestedFromSeveralSides(t *testing.T) {
	for _, p := range load(t).Policies() {
		text, err := policies.FS().(interface {
			ReadFile(string) ([]byte, error)
		}).ReadFile(p.ID + "_test.rego")
		if err != nil {
			t.Error(err)
			continue
		}
		if n := strings.Count(string(text), "\ntest_"); n < 5 {
			t.Errorf("%s has %d tests", p.ID, n)
		}
	}
}

func TestAFailingTestIsNamedWithItsLine(t *testing.T) {
	library := loadWith(t, fstest.MapFS{
		"story/x.rego": policyFile("story/x", `"m"`, `input.facts.active == true`),
		"story/x_test.rego": file(`package trackwarden.story_test

test_wrong if {
	1 == 2
}

test_errs if {
	to_number("x") > 1
}
`)})
	done, err := library.Test(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(done.Failures) != 2 {
		t.Fatalf("failures: %v", done.Failures)
	}
	for i, want := range []string{"story/x_test.rego:3: test_wrong", "story/x_test.rego:7: test_errs"} {
		if got := done.Failures[i].Error(); !strings.HasPrefix(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestLintNamesWhatIsNotOurForm(t *testing.T) {
	bad := strings.NewReplacer("# title: Ours", "# title: Ours.", "#   why: We care.", "#   why: we care", "#   severity:", "#   label: other\n#   severity:").
		Replace(string(policyFile("story/x", `"m"`, `input.facts.active == true`).Data))
	library, err := engine.Load(t.Context(), fstest.MapFS{"story/x.rego": file(bad), "lib/y.rego": file("package trackwarden.lib.y\n")})
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, problem := range library.Lint() {
		said = append(said, problem.Error())
	}
	all := strings.Join(said, "\n")
	for _, want := range []string{
		"story/x.rego: there is no test; write story/x_test.rego", "the label is other", `no full stop: "Ours."`,
		`why is written in sentences: "we care"`, "lib/y.rego: there is no test; write lib/y_test.rego",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not in\n%s", want, all)
		}
	}
}

// Whoever chooses strict loses nothing of recommended, and no built-in policy
// holds without having been chosen.
func TestEveryPolicyIsInABundle(t *testing.T) {
	known := []string{"recommended", "strict", "safe-planning", "story-text", "gherkin"}
	for _, p := range load(t).Policies() {
		if len(p.Bundles) == 0 {
			t.Errorf("%s is in no bundle", p.ID)
		}
		for _, b := range p.Bundles {
			if !slices.Contains(known, b) {
				t.Errorf("%s: there is no bundle %s", p.ID, b)
			}
		}
		if slices.Contains(p.Bundles, "recommended") && !slices.Contains(p.Bundles, "strict") {
			t.Errorf("%s is in recommended and not in strict", p.ID)
		}
	}
}
