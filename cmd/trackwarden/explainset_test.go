package main

import (
	"strings"
	"testing"

	"github.com/trackwarden/trackwarden/backlog"
)

const unmeasured = `The objective "Shoppers find what they mean" of Search has no measure.`

// What is wrong with an increment is in check, explain and the report, and
// nothing is written on any item because of it.
func TestWhatAnIncrementAsksForIsShown(t *testing.T) {
	tr := newTrain(t, nil, nil)
	for _, change := range tr.pass().Changes {
		for _, why := range change.Why {
			if strings.HasPrefix(why, "increment/") || strings.Contains(change.Comment, "Objectives incomplete") {
				t.Errorf("%s: %s is written", change.Key, why)
			}
		}
	}
	path := tr.configure("observe")
	name := "Mobile shopping/" + tr.app.cfg.Trains[0].Increments[0].Name
	out, errs, status := command(t, "explain", "increment/"+name, "--format", "json", "--config", path)
	if status != exitClean {
		t.Fatalf("status %d: %s", status, errs)
	}
	c := decode[explainSetContract](t, out)
	var found []string
	for _, p := range c.Policies {
		if p.Policy == "increment/objectives-incomplete" && p.Verdict == backlog.Fail {
			for _, f := range p.Findings {
				found = append(found, f.Message)
			}
		}
	}
	if strings.Join(found, "\n") != unmeasured || c.Subject.ID != name || c.Judged != "2026-11-24" {
		t.Errorf("explain: %q, %+v", found, c)
	}
	out, _, _ = command(t, "explain", "increment/"+name, "--config", path)
	if !strings.Contains(out, "increment Mobile shopping/") || !strings.Contains(out, unmeasured) {
		t.Errorf("explain as text:\n%s", out)
	}
	out, _, _ = command(t, "check", "--config", path)
	if !strings.Contains(out, unmeasured) {
		t.Errorf("check:\n%s", out)
	}
	for format, want := range map[string]string{"json": `"sets"`, "markdown": "## Plans and backlogs"} {
		out, errs, _ := command(t, "report", "--format", format, "--out", "-", "--config", path)
		if !strings.Contains(out, want) || !strings.Contains(out, "Shoppers find what they mean") {
			t.Errorf("report as %s: %s\n%s", format, errs, out)
		}
	}
	if _, errs, status := command(t, "explain", "team/Nobody", "--config", path); status != exitUsage || !strings.Contains(errs, "was never judged") {
		t.Errorf("status %d: %s", status, errs)
	}
}

func TestOnlySetsAreNamedByTheirKind(t *testing.T) {
	for name, want := range map[string]bool{
		"team/Checkout": true, "increment/Retail/PI 26.4": true, "connection/shop": true, "train/": false,
		"SHOP-1": false, "team": false, "item/jira:1/2": false,
	} {
		if _, ok := setSubject(name); ok != want {
			t.Errorf("%s: %v", name, ok)
		}
	}
}
