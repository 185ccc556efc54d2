package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSettingsOfATeamDecideSeverityAndParameters(t *testing.T) {
	tr := newTrain(t, nil, nil)
	path := tr.configure("observe", "  writing: all", `  writing: all
  settings:
    - {policy: story/too-big, connection: shop, severity: info, params: {max_points: 20}}
    - {policy: story/too-big, team: Checkout, severity: error, params: {max_points: 4}}
    - {policy: story/stale, enabled: false}`)
	out, _, _ := command(t, "check", "--format", "json", "--config", path)
	check := decode[checkContract](t, out)
	found := map[string]string{}
	for _, f := range check.Findings {
		switch f.Policy {
		case "story/too-big":
			found[f.Subject.Key] = string(f.Severity)
		case "story/stale":
			t.Errorf("%s is switched off, and finds %s", f.Policy, f.Subject.Key)
		}
	}
	want := map[string]string{ // FIND-15 has 13 points, and Search may have 20; SHOP-19 is worked on already
		"SHOP-12": "error", "SHOP-15": "error", "SHOP-16": "error", "SHOP-21": "error", "SHOP-31": "error",
		"115": "warning", // another connection: the policy's own values
	}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Errorf("too big (-want +found):\n%s", diff)
	}
	for _, v := range check.Verdicts {
		if v.Policy == "story/stale" && (v.Pass != 0 || v.Fail != 0 || v.Skipped == 0) {
			t.Errorf("switched off is skipped: %+v", v)
		}
	}
}
