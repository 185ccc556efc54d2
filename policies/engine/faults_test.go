package engine_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies/engine"
)

// spoilt has two findings of built-in policies, so that it can be seen whether
// they survive a neighbour that fails.
func spoilt() engine.Input {
	in := healthyStory()
	in.Text.Criteria, in.Subject.Assignee = nil, ""
	return in
}

// judgedWith evaluates the spoilt story with one more policy and checks that
// the built-in ones were heard.
func judgedWith(t *testing.T, policy *fstest.MapFile, change func(*engine.Input)) engine.Result {
	t.Helper()
	in := spoilt()
	if change != nil {
		change(&in)
	}
	result := evaluate(t, loadWith(t, fstest.MapFS{"story/x.rego": policy}), in)
	for _, id := range []string{"story/no-acceptance-criteria", "story/no-owner"} {
		if len(result.Violations[id]) != 1 {
			t.Errorf("%s was not heard: %+v", id, result)
		}
	}
	return result
}

func failedOnly(t *testing.T, result engine.Result, want string) {
	t.Helper()
	err := result.Failed["story/x"]
	if len(result.Failed) != 1 || err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("failed: %v, want story/x with %q", result.Failed, want)
	}
	if len(result.Violations["story/x"]) > 0 {
		t.Errorf("it failed and still says %v", result.Violations["story/x"])
	}
}

// P03: an endless policy is stopped, named, and after three times no longer
// asked; the others are heard all the while.
func TestP03AnEndlessPolicyIsSetAside(t *testing.T) {
	if testing.Short() {
		t.Skip("takes six deadlines")
	}
	digits := strings.TrimSuffix(strings.Repeat("1,", 2000), ",")
	library := loadWith(t, fstest.MapFS{"story/x.rego": policyFile("story/x", `"m"`,
		fmt.Sprintf("some a in [%s]\nsome b in [%s]\nsome c in [%s]\na + b + c > 3", digits, digits, digits))})
	for i, limit := range []time.Duration{10 * time.Second, 10 * time.Second, 10 * time.Second, 900 * time.Millisecond} {
		start := time.Now()
		result := evaluate(t, library, spoilt())
		if took := time.Since(start); took > limit {
			t.Errorf("evaluation %d took %s", i+1, took)
		}
		want := "longer than 1s"
		if i == 3 {
			want = "set aside"
		}
		failedOnly(t, result, want)
		if len(result.Violations) != 2 {
			t.Errorf("evaluation %d: the others said %v", i+1, result.Violations)
		}
	}
}

// P04: the dearest regular expression that is allowed, on the longest text,
// keeps within the deadlines.
func TestP04ARegularExpressionOnALongTextIsBounded(t *testing.T) {
	start := time.Now()
	judgedWith(t, policyFile("story/x", `"m"`, `regex.match("^(a|aa|a?)*(b|bb|b?)*(x+x+)+y$", input.subject.title)`), func(in *engine.Input) {
		in.Subject.Title = strings.Repeat("a", 10<<20)
	})
	if took := time.Since(start); took > 3*time.Second {
		t.Errorf("took %s", took)
	}
}

// P07: an error of a builtin would make the rule undefined and the item look
// clean.
func TestP07AFailedBuiltinIsNoPass(t *testing.T) {
	policy := policyFile("story/x", `"m"`, `to_number(input.subject.priority) > 3`)
	failedOnly(t, judgedWith(t, policy, func(in *engine.Input) { in.Subject.Priority = "8 pts" }), "story/x.rego:12")
	if result := judgedWith(t, policy, func(in *engine.Input) { in.Subject.Priority = "8" }); len(result.Violations["story/x"]) != 1 {
		t.Errorf("a good number is not read: %+v", result)
	}
}

// P10: a conflict on some inputs.
func TestP10AConflictIsNoPass(t *testing.T) {
	policy := policyFile("story/x", `size`, `input.facts.not_done == true`)
	policy.Data = append(policy.Data, "\nsize := \"big\" if input.subject.points > 3\n\nsize := \"huge\" if input.subject.points > 8\n"...)
	failedOnly(t, judgedWith(t, policy, func(in *engine.Input) { in.Subject.Points = ptr(13.0) }), "eval_conflict_error")
	if result := judgedWith(t, policy, nil); len(result.Failed) > 0 || result.Violations["story/x"][0].Message != "big" {
		t.Errorf("got %+v", result)
	}
}

// P11: what is malformed fails its policy, the others are heard.
func TestAMalformedViolationIsNoPass(t *testing.T) {
	for _, test := range []struct{ name, head, want string }{
		{"message is a number", `"evidence": {}, "message": 3`, "the message is not a text"},
		{"message is empty", `"evidence": {}, "message": " \n"`, "it has no message"},
		{"no message", `"evidence": {}`, "it has no message"},
		{"no evidence", `"message": "m"`, "it has no evidence"},
		{"evidence is a text", `"evidence": "e", "message": "m"`, "the evidence is not an object"},
		{"evidence is huge", `"evidence": {"x": input.subject.title}, "message": "m"`, "the evidence has "},
		{"evidence is deep", `"evidence": {"a": {"a": {"a": {"a": {"a": 1}}}}}, "message": "m"`, "goes deeper than 4"},
		{"evidence with odd keys", `"evidence": {"a": {1: 2}}, "message": "m"`, "a key that is not a text"},
		{"about is no list", `"evidence": {}, "message": "m", "about": "SHOP-1"`, "about is not a list"},
		{"about holds numbers", `"evidence": {}, "message": "m", "about": [1]`, "about is not a list of texts"},
		{"unknown part", `"evidence": {}, "message": "m", "severity": "fatal"`, `"severity" is not part of a violation`},
	} {
		t.Run(test.name, func(t *testing.T) {
			policy := file("package trackwarden.story\n\n" + metadata + `violation contains {"policy": "story/x", ` + test.head + "} if input.facts.not_done == true\n")
			failedOnly(t, judgedWith(t, policy, func(in *engine.Input) { in.Subject.Title = strings.Repeat("x", 3000) }), test.want)
		})
	}
}

// P11: thousands of violations of one item are counted in the last one.
func TestP11AFloodIsCapped(t *testing.T) {
	tens := "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]"
	policy := file("package trackwarden.story\n\n" + metadata + `violation contains {"policy": "story/x", "evidence": {"n": sprintf("%d%d%d%d", [a, b, c, d])}, "message": "m"} if {
	some a in ` + tens + "\nsome b in " + tens + "\nsome c in " + tens + "\nsome d in [1, 2]\n}\n")
	result := judgedWith(t, policy, nil)
	all := result.Violations["story/x"]
	if len(result.Failed) > 0 || len(all) != 20 {
		t.Fatalf("failed %v, %d violations", result.Failed, len(all))
	}
	if last := all[19].Message; last != "m (and 1980 more)" {
		t.Errorf("the last one says %q", last)
	}
	for i := range all[1:] {
		if backlog.Fingerprint("story/x", all[i].Evidence) >= backlog.Fingerprint("story/x", all[i+1].Evidence) {
			t.Error("not in the order of fingerprints")
		}
	}
}

// P11: a message of a megabyte becomes one line; what it says is escaped by
// whoever shows it.
func TestAMessageIsOneShortLine(t *testing.T) {
	result := judgedWith(t, policyFile("story/x", `input.subject.title`, `true`), func(in *engine.Input) {
		in.Subject.Title = "@everyone\n\x1b[31m<b>\u202e" + strings.Repeat("ü", 1<<20)
	})
	message := result.Violations["story/x"][0].Message
	if n := len([]rune(message)); n != 300 || !strings.HasPrefix(message, "@everyone [31m<b>ü") || !strings.HasSuffix(message, "ü…") {
		t.Errorf("%d runes: %q", n, message)
	}
}

// Two violations with the same evidence are one finding, whatever they say.
func TestOneEvidenceIsOneViolation(t *testing.T) {
	policy := policyFile("story/x", `word`, `some word in ["b", "a"]`)
	result := judgedWith(t, policy, nil)
	if all := result.Violations["story/x"]; len(all) != 1 || all[0].Message != "a" {
		t.Errorf("got %v", all)
	}
}

// Many goroutines ask one library, also where policies have to be asked alone.
func TestManyMayAskAtOnce(t *testing.T) {
	library := loadWith(t, fstest.MapFS{"story/x.rego": policyFile("story/x", `"m"`, `to_number(input.subject.priority) > 3`)})
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			for j := range 20 {
				in := spoilt()
				in.Subject.Priority = []string{"8", "8 pts"}[(i+j)%2]
				result, err := library.Evaluate(t.Context(), in)
				if err != nil || (len(result.Failed) == 1) != (in.Subject.Priority == "8 pts") || len(result.Violations) < 2 {
					t.Errorf("priority %q: %+v, %v", in.Subject.Priority, result, err)
				}
			}
		})
	}
	group.Wait()
}
