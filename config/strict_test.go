package config_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/trackwarden/trackwarden/config"
)

// A misspelt connections makes every reference wrong: it is told once.
func TestOneMistakeIsToldOnce(t *testing.T) {
	_, err := load(t, strings.Replace(scoped, "connections:", "conections:", 1)+"teams: [{name: A, match: {connection: shop, project: S}}]\n")
	if err == nil || strings.Contains(err.Error(), "\n") || !strings.Contains(err.Error(), `did you mean "connections"?`) {
		t.Errorf("got %v", err)
	}
}

// What stands in the wrong place may be a secret: no message may repeat it.
func TestMisplacedSecretsAreNeverRepeated(t *testing.T) {
	for name, tc := range map[string]struct{ from, to, want string }{
		"instead of auth":      {"{user: bot@shop.example, token: {env: SHOP_TOKEN}}", "s3cr3t", "write keys and values"},
		"as an anchor":         {"{env: SHOP_TOKEN}", "*s3cr3t", "put quotes around"},
		"as a list":            {"{env: SHOP_TOKEN}", "[s3cr3t]", "a secret must not stand in this file"},
		"under an unknown key": {"{env: SHOP_TOKEN}", "{env: SHOP_TOKEN, value: s3cr3t}", `unknown key "value"`},
		"as the user":          {"bot@shop.example", "{password: s3cr3t}", "write a text here"},
		"in the address":       {"https://", "https://s3cr3t@", "must hold no user or password"},
		"as the variable":      {"SHOP_TOKEN", "s3cr3tATATT", "env takes the name of a variable"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := load(t, strings.Replace(minimal, tc.from, tc.to, 1))
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Fatalf("got %v\nwant %s", err, tc.want)
			}
			if strings.Contains(err.Error(), "s3cr3t") {
				t.Errorf("repeated: %v", err)
			}
		})
	}
}

func TestReferencesAndShapes(t *testing.T) {
	const azure = "\nconnections: [{name: p, kind: azuredevops, url: 'https://dev.azure.com/', auth: {token: {env: T}}}]\n"
	for name, tc := range map[string]struct{ text, want string }{
		"tabs":                   {"connections:\n\t- name: shop\n", "trackwarden.yaml:2: begin lines with spaces, not tabs"},
		"open quote":             {"owner: \"a\n", "a quote is opened here"},
		"open bracket":           {"connections: [\n", "a bracket or brace is opened here"},
		"colon in a value":       {"owner: a: b\n", "put quotes around a value that holds a colon"},
		"odd indentation":        {"connections:\n  - name: a\n   kind: jira\n", "the indentation does not fit"},
		"second document":        {minimal + "---\nowner: other\n", "trackwarden.yaml:7: only one document"},
		"no mapping":             {"hello\n", "trackwarden.yaml:1: write keys and values"},
		"key twice":              {minimal + "owner: a\nowner: b\n", "trackwarden.yaml:8: mapping key"},
		"list for a number":      {minimal + "    write: {comment: {errors: [1]}}\n", "trackwarden.yaml:7: write a number here, not a list"},
		"key in a match":         {minimal + "themes: [{name: A, match: {lable: x}}]\n", `unknown key "lable": did you mean "label"?`},
		"key in settle":          {minimal + "    write: {settle: {after_edits: 1h}}\n", `unknown key "after_edits": did you mean "after_edit"?`},
		"both places":            {strings.Replace(minimal, "env: SHOP_TOKEN", "env: SHOP_TOKEN, file: x", 1), "keep one"},
		"no organisation":        {azure, "must name the organisation"},
		"project in address":     {strings.Replace(azure, ".com/", ".com/shop/Platform", 1), "must end after the organisation"},
		"query in address":       {strings.Replace(minimal, ".net", ".net?x=1", 1), "must end before ?"},
		"owner":                  {minimal + "people: [{name: olga}]\nteams: [{name: A, owner: olgo, match: {project: S}}]\n", `there is no person "olgo": did you mean "olga"?`},
		"account":                {minimal + "people: [{name: olga, accounts: [{connection: shp, id: x}]}]\n", `there is no connection "shp": did you mean "shop"?`},
		"setting's team":         {minimal + "policies: {settings: [{policy: story/stale, team: Nobody}]}\n", `there is no team "Nobody": there are none`},
		"setting's policy":       {minimal + "policies: {settings: [{policy: stale}]}\n", "must name a policy such as story/too-big"},
		"policy and bundle":      {minimal + "policies: {settings: [{policy: story/stale, bundle: strict}]}\n", "a policy such as story/too-big, or a bundle such as strict"},
		"neither":                {minimal + "policies: {settings: [{severity: info}]}\n", "a policy such as story/too-big, or a bundle such as strict"},
		"unsigned bundle":        {minimal + "policies: {remote: [{url: 'https://p.example/b.tar.gz'}]}\n", "name the file with the public key of who signs the bundle, or write unsigned: true"},
		"bundle in clear text":   {minimal + "policies: {remote: [{url: 'http://p.example/b.tar.gz', unsigned: true}]}\n", "must begin with https:// or oci://"},
		"bundle asked too often": {minimal + "policies: {remote: [{url: 'https://p.example/b.tar.gz', unsigned: true, poll: 1s}]}\n", "poll must be at least 10s"},
		"setting's severity":     {minimal + "policies: {settings: [{policy: story/stale, severity: fatal}]}\n", "must be error or warning or info"},
		"parameter":              {minimal + "policies: {settings: [{policy: story/stale, params: {days: .nan}}]}\n", "JSON cannot express"},
		"writing's policy":       {minimal + "policies: {writing: [stale]}\n", "must name a policy such as story/too-big"},
		"item without tracker":   {minimal + "policies: {exemptions: [{item: S-1, owner: o, reason: r, until: 2026-12-31}]}\n", "name the connection of item S-1"},
		"exempted twice":         {minimal + "policies: {exemptions: [{connection: shop, item: S-1, owner: o, reason: r, until: 2026-12-31}, {connection: shop, item: S-1, owner: p, reason: q, until: 2026-12-31}]}\n", "repeats an earlier exemption"},
		"same increment":         {minimal + "trains: [{name: R, increments: [{name: a, start: 2026-01-01, end: 2026-02-01}, {name: A, start: 2026-02-02, end: 2026-03-01}]}]\n", `the name "A" occurs twice`},
		"no such day":            {minimal + "trains: [{name: R, increments: [{name: a, start: 2026-02-30, end: 2026-03-01}]}]\n", "must be a date such as"},
		"strange space":          {minimal + "labels: {umbrella: \"a\u00a0b\"}\n", "must have no spaces"},
		"slash":                  {minimal + "labels: {umbrella: a/b}\n", "must have no spaces, slashes"},
		"this machine's zone":    {minimal + "schedule: {timezone: Local}\n", "is no time zone"},
		"no time between polls":  {minimal + "schedule: {poll: 0s}\n", "schedule.poll must be at least 1s"},
		"negative":               {minimal + "schedule: {poll: -1m}\n", "write a duration such as"},
		"postgres":               {minimal + "store: {driver: postgres}\n", "store.driver must be sqlite"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := load(t, tc.text); err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v\nwant %s", err, tc.want)
			}
		})
	}
}

func TestWarningsDoNotStop(t *testing.T) {
	for name, tc := range map[string]struct{ text, want string }{
		"secret":   {scoped, "environment variable SHOP_TOKEN is not set"},
		"projects": {minimal, "every project that the account can see"},
		"field":    {scoped + "    fields: {acceptance_criterion: [X]}\n", `did you mean "acceptance_criteria"?`},
		"area":     {scoped + "themes: [{name: A, match: {connection: shop, area: X}}]\n", "Jira has no area paths"},
		"role":     {scoped + "people: [{name: olga}]\ntrains: [{name: R, rte: rita}]\n", `"rita" is not in people`},
		"overlap":  {scoped + strings.Replace(scoped[len("\nconnections:\n"):], "name: shop", "name: again", 1), "reads project SHOP like connections[0]"},
	} {
		t.Run(name, func(t *testing.T) {
			c, err := load(t, tc.text)
			if err != nil {
				t.Fatal(err)
			}
			if w := config.Problems(c.Warnings("2026-11-24")); !strings.Contains(w.Error(), tc.want) {
				t.Errorf("got %v\nwant %s", w, tc.want)
			}
		})
	}
}

func TestABadValueOfTheEnvironmentNamesTheVariable(t *testing.T) {
	_, err := load(t, minimal, "TRACKWARDEN_LABELS_UMBRELLA", "a b")
	if err == nil || !strings.HasPrefix(err.Error(), "TRACKWARDEN_LABELS_UMBRELLA: labels.umbrella must have no spaces") {
		t.Errorf("got %v", err)
	}
	if c, err := load(t, minimal, "TRACKWARDEN_OWNER", ""); err != nil || c.Owner != "trackwarden" {
		t.Errorf("an empty variable counts as not set: %v", err)
	}
}

func TestTheFileIsFound(t *testing.T) {
	here, own := t.TempDir(), t.TempDir()
	t.Chdir(here)
	t.Setenv("XDG_CONFIG_HOME", own)
	write(t, filepath.Join(here, "trackwarden"), "a program, not a configuration")
	write(t, filepath.Join(here, "trackwarden.json"), "{}")
	_, err := config.Load("", env())
	if !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), own) || !strings.Contains(err.Error(), "--config") {
		t.Errorf("nothing there: %v", err)
	}
	write(t, filepath.Join(own, "trackwarden", "trackwarden.yaml"), minimal)
	if c, err := config.Load("", env()); err != nil || c.File() != filepath.Join(own, "trackwarden", "trackwarden.yaml") {
		t.Errorf("in the user's folder: %v, %v", c, err)
	}
	write(t, filepath.Join(here, "trackwarden.yaml"), minimal)
	if c, err := config.Load("", env()); err != nil || c.File() != "trackwarden.yaml" {
		t.Errorf("in this folder: %v, %v", c, err)
	}
	if _, err := config.Load("elsewhere.yaml", env()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a named file that is not there: %v", err)
	}
	if _, err := config.Load(own, env()); err == nil || !strings.Contains(err.Error(), "is a folder") {
		t.Errorf("a folder: %v", err)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestDurationsAreShortAndReadAgain(t *testing.T) {
	for text, want := range map[string]string{"2d": "2d", "48h": "2d", "8h": "8h", "30m": "30m", "1d12h": "1d12h", "90s": "1m30s", "0s": "0s", "10h0m20s": "10h0m20s", "100m": "1h40m"} {
		d, err := config.ParseDuration(text)
		if err != nil || d.String() != want {
			t.Errorf("%s is %s, %v, want %s", text, d, err, want)
		}
		if again, err := config.ParseDuration(d.String()); err != nil || again != d {
			t.Errorf("%s read again is %s, %v", d, again, err)
		}
	}
	for _, text := range []string{"", "5", "d", "-1h", "+1h", "1d-2h", "1d+2h", "1w", "999999d", "2562047h"} {
		if d, err := config.ParseDuration(text); err == nil {
			t.Errorf("%q must be refused, is %s", text, d)
		}
	}
}
