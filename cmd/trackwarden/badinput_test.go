package main

import (
	"bytes"
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/trackwarden/trackwarden/connectors/jira/jirasim"
	"github.com/trackwarden/trackwarden/connectors/simulator"
)

// Every case: one clear sentence that names what is wrong, the right status,
// no write anywhere.
func TestBadInput(t *testing.T) {
	for name, tc := range map[string]struct {
		spoil  func(tr *train) []string // returns edits of the configuration
		says   string
		status int
		others string // a connection that must have carried on
	}{
		"Jira: 401":                   {func(tr *train) []string { tr.world.Jira.Refuse(jirasim.Unauthorized); return nil }, "check auth: ", exitIncomplete, "platform"},
		"Jira: 200 and empty":         {func(tr *train) []string { tr.world.Jira.Refuse(jirasim.Nobody); return nil }, "shop", exitIncomplete, "platform"},
		"Jira: 302 to a sign-in page": {func(tr *train) []string { tr.world.Jira.Refuse(jirasim.SignIn); return nil }, "shop", exitIncomplete, "platform"},
		"Azure: 203 with a page":      {func(tr *train) []string { tr.write("token2", "wrong"); return azureToken(tr) }, "platform", exitIncomplete, "shop"},
		"Azure: 401":                  {answer(401, "azure"), "platform", exitIncomplete, "shop"},
		"Jira: down":                  {answer(503, "jira"), "check that url is right", exitIncomplete, "platform"},
		"all down":                    {bothDown, "None known, and not everything could be read", exitIncomplete, ""},
		"a wrong organisation":        {edit("/shop\n", "/ghost\n"), "there is no organisation at", exitIncomplete, "shop"},
		"an unknown project":          {edit(`"SHOP"`, `"GHOST"`), "GHOST not read", exitIncomplete, "platform"},
		"a field that is not there":   {edit("    write: {mode: observe", "    fields: {acceptance_criteria: [\"Ghost Field\"]}\n    write: {mode: observe"), "Ghost Field", exitFindings, "platform"},
		"an unknown key":              {edit("schedule:", "shedule:"), `did you mean "schedule"`, exitUsage, ""},
		"a setting for no policy":     {edit("  writing: all", "  writing: all\n  settings: [{policy: story/ghost}]"), "there is no policy story/ghost", exitUsage, ""},
		"no token file":               {func(tr *train) []string { os.Remove(filepath.Join(tr.dir, "token")); return nil }, "shop: read secret: open ", exitIncomplete, ""},
		"a policy that is not Rego":   {policy("package trackwarden.story\n\nviolation contains {"), "story/own.rego", exitUsage, ""},
		"a policy folder not there":   {edit("  writing: all", "  writing: all\n  paths: [./ghosts]"), "ghosts", exitUsage, ""},
		"a store that is no database": {func(tr *train) []string {
			tr.app.close()
			tr.app = nil
			tr.write("trackwarden.db", strings.Repeat("not a database ", 400))
			return nil
		}, "trackwarden.db", exitUsage, ""},
		"a store in no folder": {edit("path: trackwarden.db", "path: nowhere/trackwarden.db"), "nowhere", exitUsage, ""},
	} {
		t.Run(name, func(t *testing.T) {
			tr := newTrain(t, nil, nil)
			edits := tc.spoil(tr)
			path := tr.configure("observe", edits...)
			out, errs, status := command(t, "check", "--config", path)
			if status != tc.status || !strings.Contains(out+errs, tc.says) {
				t.Errorf("status %d, want %d with %q:\n%s%s", status, tc.status, tc.says, out, errs)
			}
			if lines := strings.Count(strings.TrimSpace(errs), "\n"); tc.status == exitUsage && lines > 3 {
				t.Errorf("more than one clear sentence:\n%s", errs)
			}
			if strings.Contains(out+errs, tr.world.Token) || strings.Contains(out+errs, "panic") {
				t.Errorf("printed what must not be:\n%s%s", out, errs)
			}
			if tc.others != "" && !strings.Contains(out, tc.others+" ") {
				t.Errorf("%s did not carry on:\n%s", tc.others, out)
			}
			if n := len(tr.world.Jira.Truth().Writes()) + len(tr.world.Azure.Truth().Writes()); n != 0 {
				t.Errorf("%d writes", n)
			}
		})
	}
}

func edit(pairs ...string) func(*train) []string {
	return func(*train) []string { return pairs }
}

func bothDown(tr *train) []string {
	answer(503, "jira")(tr)
	answer(503, "azure")(tr)
	return nil
}

// answer lets every request to one tracker fail.
func answer(status int, where string) func(*train) []string {
	return func(tr *train) []string {
		rule := simulator.Rule{Status: status, Body: `{"message": "no"}`}
		if where == "jira" {
			tr.world.Jira.Faults().Add(rule)
		} else {
			tr.world.Azure.Faults().Add(rule)
		}
		return nil
	}
}

// azureToken lets only the Azure connection use the second token file.
func azureToken(tr *train) []string {
	first := filepath.Join(tr.dir, "token")
	return []string{`auth: {token: {file: "` + first + `"}}`, `auth: {token: {file: "` + first + `2"}}`}
}

// policy puts a policy of its own beside the configuration.
func policy(text string) func(*train) []string {
	return func(tr *train) []string {
		if err := os.MkdirAll(filepath.Join(tr.dir, "policies", "story"), 0o755); err != nil {
			tr.t.Fatal(err)
		}
		tr.write(filepath.Join("policies", "story", "own.rego"), text)
		return []string{"  writing: all", "  writing: all\n  paths: [./policies]"}
	}
}

func TestUsageErrors(t *testing.T) {
	tr := newTrain(t, nil, nil)
	path := tr.configure("observe")
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	busy := tr.write("busy.yaml", strings.Replace(read(t, path), "127.0.0.1:0", taken.Addr().String(), 1))
	for _, args := range [][]string{
		{"run", "--config", busy}, {"config", "validat"}, {"check", "--ful"}, {"report", "--out", "x.pdf", "--config", path},
		{"report", "--out", filepath.Join(tr.dir, "nowhere", "x.html"), "--config", path},
		{"chekc"}, {"check", "--fail-on", "sometimes", "--config", path}, {"check", "--format", "xml", "--config", path},
		{"check", "--config", filepath.Join(tr.dir, "none.yaml")}, {"check", "extra"}, {"report", "--format", "pdf", "--config", path},
		{"demo", "--jira-data", "nowhere.gz", "--dir", tr.dir},
	} {
		out, errs, status := command(t, args...)
		if status != exitUsage || strings.TrimSpace(errs) == "" {
			t.Errorf("%v: status %d\n%s%s", args, status, out, errs)
		}
	}
}

// Ctrl-C is neither wrong usage nor the error of what it stopped.
func TestAnInterruptedCommandIsIncomplete(t *testing.T) {
	tr := newTrain(t, nil, nil)
	path := tr.configure("observe")
	ctx, stop := context.WithCancel(t.Context())
	stop()
	for _, args := range [][]string{{"check", "--config", path}, {"demo", "--once", "--dir", filepath.Join(tr.dir, "demo")}} {
		var out, errs bytes.Buffer
		if status := execute(ctx, args, &out, &errs); status != exitIncomplete || !strings.HasPrefix(errs.String(), "trackwarden: interrupted: ") {
			t.Errorf("%v: status %d\n%s", args, status, errs.String())
		}
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestExitStatusOfCheck(t *testing.T) {
	tr := newTrain(t, nil, nil)
	path := tr.configure("observe")
	for failOn, want := range map[string]int{"error": exitFindings, "warning": exitFindings, "never": exitClean} {
		if _, errs, status := command(t, "check", "--fail-on", failOn, "--config", path); status != want {
			t.Errorf("--fail-on %s: status %d, want %d\n%s", failOn, status, want, errs)
		}
	}
}
