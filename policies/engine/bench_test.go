package engine_test

import (
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies/engine"
)

// A policy that walks over pairs of words is seen to be the dearest, and
// counted as what it says.
func TestMeasureFindsTheDearPolicy(t *testing.T) {
	library, err := engine.Load(t.Context(), fstest.MapFS{
		"story/cheap.rego": policyFile("story/cheap", `"m"`, "\tinput.facts.active == true"),
		"story/dear.rego": policyFile("story/dear", `"m"`, `	input.facts.not_done == true
	words := split(input.subject.title, " ")
	count([a | some a in words; some b in words; contains(a, b)]) > 1`),
		"story/errs.rego": policyFile("story/errs", `"m"`, "\tinput.facts.not_done == true\n\tto_number(input.subject.title) > 1"),
	})
	if err != nil {
		t.Fatal(err)
	}
	var inputs []engine.Input
	for range 50 {
		in := healthyStory()
		in.Facts.Active, in.Subject.Title = false, "one two three four five six seven eight nine"
		inputs = append(inputs, in)
	}
	costs, err := library.Measure(t.Context(), inputs, time.Now, 10*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	want := []engine.Cost{{Policy: "", Level: backlog.Story, Inputs: 50, Found: 50, Failed: 50}}
	for _, c := range []engine.Cost{{Policy: "story/dear", Found: 50}, {Policy: "story/errs", Failed: 50}, {Policy: "story/cheap"}} {
		c.Level, c.Inputs = backlog.Story, 50
		want = append(want, c)
	}
	for i := range costs {
		if costs[i].Each <= 0 {
			t.Errorf("%s took no time", costs[i].Policy)
		}
		costs[i].Each = 0
	}
	if diff := cmp.Diff(want, costs); diff != "" {
		t.Errorf("costs (-want +got):\n%s", diff)
	}
}

func TestAnInputIsReadAsItWasWritten(t *testing.T) {
	for _, in := range []engine.Input{healthyStory(), healthyFeature()} {
		in.Settings = engine.NewSettings(map[string]map[string]any{"story/too-big": {"max_points": 3.0}})
		text, err := json.Marshal(in)
		if err != nil {
			t.Fatal(err)
		}
		read, err := engine.ReadInput(text)
		if err != nil {
			t.Fatal(err)
		}
		again, err := json.Marshal(read)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(text), string(again)); diff != "" {
			t.Errorf("written and read (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(evaluate(t, load(t), in), evaluate(t, load(t), read)); diff != "" {
			t.Errorf("judged (-want +got):\n%s", diff)
		}
	}
	for text, says := range map[string]string{
		`{`: "unexpected end", `{"schema": 2, "level": "story"}`: "its schema is 2, not 1", `{}`: "it has no level",
	} {
		if _, err := engine.ReadInput([]byte(text)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want %s", text, err, says)
		}
	}
}
