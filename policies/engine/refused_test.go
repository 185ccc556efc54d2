package engine_test

import (
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"github.com/trackwarden/trackwarden/policies"
	"github.com/trackwarden/trackwarden/policies/engine"
)

// What must not be loaded is refused with the file, the line and what to do.
func TestP09WhatIsWrongIsSaidWithFileAndLine(t *testing.T) {
	good := string(policyFile("story/x", `"m"`, `input.facts.active == true`).Data)
	for _, test := range []struct{ name, path, text, want string }{
		{"no Rego", "story/x.rego", "package trackwarden.story\n\nviolation contains if {", "story/x.rego:3: "},
		{"wrong package (P09)", "story/x.rego", strings.Replace(good, "trackwarden.story", "trackwarden.stories", 1), "story/x.rego:1: the package is trackwarden.stories here; write `package trackwarden.story`"},
		{"set renamed (P09)", "story/x.rego", strings.Replace(good, "violation contains", "violations contains", 1), "story/x.rego:1: nothing adds to violation"},
		{"not a set", "story/x.rego", "package trackwarden.story\n\n" + metadata + "violation := {1}\n", "violation is a set"},
		{"a default", "story/x.rego", good + "\ndefault violation := {}\n", "violation is a set"},
		{"object elsewhere", "story/x.rego", "package trackwarden.story\n\n" + metadata + "violation contains v if { v := {\"policy\": \"story/x\"} }\n", "story/x.rego:11: write the object with policy"},
		{"another's name", "story/x.rego", strings.Replace(good, `"policy": "story/x"`, `"policy": "story/orphan"`, 1), `story/x.rego:11: a rule of this file adds violations of its own policy; write ` + "`\"policy\": \"story/x\"`"},
		{"no metadata", "story/x.rego", strings.Replace(good, "# METADATA", "# NOTES", 1), "story/x.rego:1: there is no METADATA"},
		{"no remedy", "story/x.rego", strings.Replace(good, "#   remedy: Something else.\n", "", 1), "story/x.rego:3: METADATA says no custom.remedy; add it"},
		{"unknown severity (P11)", "story/x.rego", strings.Replace(good, "severity: info", "severity: fatal", 1), `custom.severity is "fatal"; write error, warning or info`},
		{"unknown practice", "story/x.rego", strings.Replace(good, "practice: readiness", "practice: golf", 1), `custom.practice is "golf"; write one of break-down`},
		{"unknown key", "story/x.rego", strings.Replace(good, "#   why:", "#   wye:", 1), `unknown field "wye"`},
		{"unknown field required", "story/x.rego", strings.Replace(good, "#   severity:", "#   requires: [pionts]\n#   severity:", 1), `there is no field "pionts"; the fields are description`},
		{"odd label", "story/x.rego", strings.Replace(good, "#   severity:", "#   label: Too Big\n#   severity:", 1), `the label is "Too Big"`},
		{"misspelt field (P08)", "story/x.rego", strings.Replace(good, "input.facts.active", "input.facts.actve", 1), "story/x.rego:12: undefined ref: input.facts.actve"},
		{"misspelt in a helper", "story/x.rego", good + "\nhelp if input.subject.tilte\n", "undefined ref: input.subject.tilte"},
		{"undeclared parameter", "story/x.rego", strings.Replace(good, "input.facts.active == true", `input.settings["story/x"].most > 1`, 1), `undefined ref: input.settings["story/x"]`},
		{"parameter misspelt", "story/x.rego", strings.NewReplacer("#   severity:", "#   params: {least: {default: 1, description: d}}\n#   severity:", "input.facts.active == true", `input.settings["story/x"].most > 1`).Replace(good), `undefined ref: input.settings["story/x"].most`},
		{"another's parameter misspelt", "story/x.rego", strings.Replace(good, "input.facts.active == true", `input.settings["story/too-big"].max > 1`, 1), `undefined ref: input.settings["story/too-big"].max`},
		{"existing policy", "story/orphan.rego", good, "story/orphan.rego:1: there is already such a file"},
		{"existing shared file", "lib/say.rego", "package trackwarden.lib.say\n", "lib/say.rego:1: there is already such a file"},
		{"unknown folder", "stories/x.rego", good, "stories/x.rego:1: a policy lives in a folder called portfolio, capability, feature, story, task, team, train, increment, connection or lib"},
		{"no folder", "x.rego", good, "x.rego:1: a policy lives in a folder"},
		{"what others find", "story/x.rego", strings.Replace(good, "input.facts.active == true", "count(data.trackwarden.story.violation) > 1", 1), "story/x.rego:12: a policy cannot read what policies find"},
		{"what others find, in short", "story/x.rego", strings.Replace(good, "input.facts.active == true", "count(violation) > 1", 1), "story/x.rego:12: var violation is unsafe; a policy cannot read what policies find"},
		{"what others find, shared", "lib/x.rego", "package trackwarden.lib.x\n\nn := count(data.trackwarden.story.violation)\n", "lib/x.rego:3: a policy cannot read what policies find"},
		{"unused variable", "story/x.rego", strings.Replace(good, "input.facts.active == true", "y := input.facts.active", 1), "assigned var y unused"},
	} {
		_, err := engine.Load(t.Context(), policies.FS(), fstest.MapFS{test.path: file(test.text)})
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s:\ngot  %v\nwant %s", test.name, err, test.want)
		}
	}
}

func TestAllThatIsWrongIsSaidAtOnce(t *testing.T) {
	_, err := engine.Load(t.Context(), policies.FS(), fstest.MapFS{
		"story/a.rego":   policyFile("story/a", `"m"`, "input.subject.nothing"),
		"story/b.rego":   policyFile("story/b", `"m"`, "input.subject.nowhere"),
		"feature/c.rego": policyFile("feature/c", `"m"`, "input.subject.never"),
	})
	for _, want := range []string{"story/a.rego:12: ", "story/b.rego:12: ", "feature/c.rego:12: "} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in\n%v", want, err)
		}
	}
}

// Two files of a level share a package; their helpers must not mix.
func TestHelpersKeepOutOfEachOthersWay(t *testing.T) {
	a, b := policyFile("story/a", `"m"`, "bad"), policyFile("story/b", `"m"`, "bad")
	a.Data = append(a.Data, "\nbad if input.facts.active\n"...)
	b.Data = append(b.Data, "\nbad if input.facts.committed\n"...)
	_, err := engine.Load(t.Context(), fstest.MapFS{"story/a.rego": a, "story/b.rego": b})
	if err == nil || !strings.Contains(err.Error(), "story/b.rego:15: bad is a rule of story/a.rego already; choose another name") {
		t.Errorf("got %v", err)
	}
}

// P04, P05, P06: what reaches out, has no end or does not hear a deadline does
// not compile, and `with` brings none of it back.
func TestP05P06PoliciesReachNothing(t *testing.T) {
	var trapped atomic.Int64
	trap := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { trapped.Add(1) }))
	trap.Config.ConnState = func(_ net.Conn, _ http.ConnState) { trapped.Add(1) }
	trap.Start()
	defer trap.Close()
	t.Setenv("TRACKWARDEN_CANARY", "CANARY-tok-1")

	for _, body := range []string{
		`http.send({"method": "GET", "url": "` + trap.URL + `"}).status_code == 200`,
		`net.lookup_ip_addr("localhost")`,
		`opa.runtime().env.TRACKWARDEN_CANARY`,
		`rand.intn("x", 10) >= 0`,
		`uuid.rfc4122("x")`,
		`time.now_ns() > 0`,
		`io.jwt.decode("a.b.c")`,
		`bits.lsh(1, 30000000) > 0`,
		`count(numbers.range(1, 1000000000)) > 0`,
		`walk(input, [p, v]); p; v`,
		`regex.replace(input.subject.title, "a", "b")`,
		`trace("x")`,
		`r := http.send; r`,
		`is_object({"method": "GET", "url": "` + trap.URL + `"}) with is_object as http.send`,
		`count([1]) with count as numbers.range`,
		`startswith("a", "b") with startswith as opa.runtime`,
	} {
		_, err := engine.Load(t.Context(), policies.FS(), fstest.MapFS{"story/x.rego": policyFile("story/x", `"m"`, body)})
		if err == nil || !strings.Contains(err.Error(), "story/x.rego:12: ") {
			t.Errorf("%s: %v", body, err)
		}
	}
	if trapped.Load() != 0 {
		t.Error("a policy reached the network")
	}
}
