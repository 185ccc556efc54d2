package config_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"go.yaml.in/yaml/v3"

	"github.com/trackwarden/trackwarden/config"
)

const minimal = `
connections:
  - name: shop
    kind: jira
    url: https://shop.atlassian.net
    auth: {user: bot@shop.example, token: {env: SHOP_TOKEN}}
`

const scoped = minimal + "    scope: {projects: [SHOP]}\n"

func env(pairs ...string) func(string) (string, bool) {
	return func(name string) (string, bool) {
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1], true
			}
		}
		return "", false
	}
}

// What the documents tell people to write is valid.
func TestTheDocumentedExamplesAreValid(t *testing.T) {
	for name, begin := range map[string]string{"README.md": "", "docs/exemptions.md": scoped} {
		text, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		_, blocks, _ := strings.Cut(string(text), "```yaml\n")
		example := begin
		for blocks != "" {
			block, rest, _ := strings.Cut(blocks, "```")
			example += block
			_, blocks, _ = strings.Cut(rest, "```yaml\n")
		}
		if c, err := load(t, example); err != nil || begin != "" && len(c.Policies.Exemptions) != 2 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func load(t *testing.T, text string, pairs ...string) (*config.Config, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "trackwarden.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := config.Load(path, env(pairs...))
	if err != nil {
		err = fmt.Errorf("%s", strings.ReplaceAll(err.Error(), filepath.Dir(path)+string(filepath.Separator), ""))
	}
	return c, err
}

func TestTheExampleIsRead(t *testing.T) {
	c, err := config.Load("example.yaml", env())
	if err != nil {
		t.Fatal(err)
	}
	org := c.Organisation()
	if len(c.Connections) != 2 || len(org.Teams) != 3 || len(org.Trains[0].Increments) != 2 {
		t.Errorf("read %d connections, %+v", len(c.Connections), org)
	}
	azure := backlog.Item{Iterations: []backlog.Iteration{{Path: `Platform\PI 26.4\Sprint 3`}}}
	jira := backlog.Item{Versions: []string{"26.4"}}
	for _, item := range []backlog.Item{azure, jira} {
		if inc, ok := org.Trains[0].IncrementOf("any", item); !ok || inc.Name != "PI 26.4" {
			t.Errorf("increment %+v for %+v", inc, item)
		}
	}
}

func TestDefaults(t *testing.T) {
	c, err := load(t, minimal)
	if err != nil {
		t.Fatal(err)
	}
	write := c.Connections[0].Write
	if write.Mode != config.Observe || write.Horizon != config.Planned || time.Duration(write.Settle.AfterCreation) != 8*time.Hour ||
		time.Duration(write.Comment.OpenFor) != 48*time.Hour || c.Labels.Umbrella != "hygiene" || time.Duration(c.Schedule.Poll) != time.Minute {
		t.Errorf("defaults %+v %+v", write, c)
	}
}

func TestWhatBoundsWritingIsReadAndShown(t *testing.T) {
	for text, want := range map[string]string{
		"{}": "on 2m {per_pass: 100, per_project_day: 50, per_hour: 200, per_person_day: 5} {changes: 5%, at_least: 50, removals: 2%, removals_at_least: 20}",
		"{ramp: off, quarantine: 5m, budget: {per_pass: 7}, brake: {removals: 0.5%}}": "off 5m {per_pass: 7, per_project_day: 50, per_hour: 200, per_person_day: 5} {changes: 5%, at_least: 50, removals: 0.5%, removals_at_least: 20}",
		"{budget: off, brake: off}": "on 2m off off",
	} {
		c, err := load(t, minimal+"    write: "+text+"\n")
		if err != nil {
			t.Fatal(err)
		}
		shown, err := c.Show()
		if err != nil {
			t.Fatal(err)
		}
		again, err := load(t, string(shown))
		if err != nil {
			t.Fatalf("what is shown cannot be read: %v\n%s", err, shown)
		}
		for _, w := range []config.Write{c.Connections[0].Write, again.Connections[0].Write} {
			var parts []string
			for _, part := range []any{w.Ramp, w.Quarantine, w.Budget, w.Brake} {
				line, err := yaml.Marshal(part)
				if err != nil {
					t.Fatal(err)
				}
				flat := strings.Join(strings.Fields(strings.ReplaceAll(strings.TrimSpace(string(line)), "\n", ", ")), " ")
				if strings.Contains(flat, ": ") {
					flat = "{" + flat + "}"
				}
				parts = append(parts, flat)
			}
			if got := strings.ReplaceAll(strings.Join(parts, " "), `"`, ""); got != want {
				t.Errorf("%s: %s, want %s", text, got, want)
			}
		}
	}
}

func TestProblemsNameLineAndRemedy(t *testing.T) {
	for name, tc := range map[string]struct{ text, want string }{
		"unknown key":      {minimal + "polices: {}\n", `trackwarden.yaml:7: unknown key "polices": did you mean "policies"?`},
		"unknown deep key": {minimal + "    scope: {project: [SHOP]}\n", `trackwarden.yaml:7: unknown key "project": did you mean "projects"?`},
		"far from any":     {minimal + "wizardry: 1\n", `known here are`},
		"inline token":     {strings.Replace(minimal, "{env: SHOP_TOKEN}", "s3cr3t", 1), "trackwarden.yaml:6: a secret must not stand in this file"},
		"token as a name":  {strings.Replace(minimal, "SHOP_TOKEN", "ATATT3xFf-s3cr3t", 1), "env takes the name of a variable"},
		"no token":         {strings.Replace(minimal, ", token: {env: SHOP_TOKEN}", "", 1), "auth.token is missing"},
		"http":             {strings.Replace(minimal, "https:", "http:", 1), "url must begin with https://"},
		"password in url":  {strings.Replace(minimal, "https://", "https://bot:s3cr3t@", 1), "url must hold no user or password"},
		"kind":             {strings.Replace(minimal, "kind: jira", "kind: trello", 1), "trackwarden.yaml:4: connections[0].kind must be jira or azuredevops"},
		"no connection":    {"teams: []\n", "connections needs at least 1"},
		"empty":            {"", "the file is empty"},
		"not YAML":         {"connections: [", "a bracket or brace is opened here"},
		"level":            {minimal + "    levels: {saga: [Epic]}\n", `there is no level "saga"`},
		"label":            {minimal + "labels: {prefix: 'a b'}\n", "must have no spaces"},
		"zone":             {minimal + "schedule: {timezone: Mars}\n", "is no time zone"},
		"cron":             {minimal + "schedule: {report: sometimes}\n", "must be a cron expression"},
		"duration":         {minimal + "schedule: {poll: soon}\n", "write a duration such as 30m, 8h or 2d"},
		"budget":           {minimal + "    write: {budget: small}\n", "trackwarden.yaml:7: budget: write off, or {per_pass: 100"},
		"share":            {minimal + "    write: {brake: {changes: 5}}\n", "write a share such as 5%"},
		"ramp":             {minimal + "    write: {ramp: slow}\n", "write on or off"},
		"quarantine":       {minimal + "    write: {quarantine: 20s}\n", "quarantine must be at least 1m"},
		"driver":           {minimal + "store: {driver: mysql}\n", "store.driver must be sqlite"},
		"listen":           {minimal + "server: {listen: everywhere}\n", "must be host and port"},
		"twice":            {minimal + "people: [{name: olga}, {name: Olga}]\n", `the name "Olga" occurs twice`},
		"team's train":     {minimal + "teams: [{name: A, train: X, match: [{project: SHOP}]}]\n", `there is no train "X"`},
		"match":            {minimal + "teams: [{name: A, match: [{connection: shopp}]}]\n", `there is no connection "shopp": did you mean "shop"?`},
		"empty match":      {minimal + "teams: [{name: A, match: [{}]}]\n", "teams[0].match[0] fits every item"},
		"increments":       {minimal + "trains: [{name: R, increments: [{name: a, start: 2026-01-01, end: 2026-02-01}, {name: b, start: 2026-02-01, end: 2026-03-01}]}]\n", `overlaps "a"`},
		"backwards":        {minimal + "trains: [{name: R, increments: [{name: a, start: 2026-03-01, end: 2026-02-01}]}]\n", "start must be before end"},
		"no date":          {minimal + "policies: {exemptions: [{item: SHOP-1, owner: o, reason: r, until: soon}]}\n", "must be a date such as"},
		"no owner":         {minimal + "policies: {exemptions: [{item: SHOP-1, reason: r, until: 2026-12-31}]}\n", "owner is missing"},
		"for everybody":    {minimal + "policies: {exemptions: [{owner: o, reason: r, until: 2026-12-31}]}\n", "exempts everything: name an item, a team, a train or a connection"},
		"writing":          {minimal + "policies: {writing: some}\n", "write recommended, all, or a list"},
		"settle":           {minimal + "    write: {settle: on}\n", "settle: write off"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := load(t, tc.text)
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v\nwant %s", err, tc.want)
			}
			if err != nil && strings.Contains(err.Error(), "s3cr3t") {
				t.Errorf("the secret is printed: %v", err)
			}
		})
	}
}

func TestAllProblemsAreToldAtOnceInTheOrderOfTheFile(t *testing.T) {
	_, err := load(t, strings.Replace(minimal, "kind: jira", "kind: trello", 1)+"polices: {}\nschedule: {timezone: Mars}\n")
	lines := strings.Split(fmt.Sprint(err), "\n")
	if len(lines) != 3 || !strings.Contains(lines[0], ":4:") || !strings.Contains(lines[1], ":7:") || !strings.Contains(lines[2], ":8:") {
		t.Errorf("got %q", lines)
	}
}

func TestTheEnvironmentOverridesSingleValues(t *testing.T) {
	c, err := load(t, minimal, "TRACKWARDEN_SCHEDULE_POLL", "5m", "TRACKWARDEN_STORE_PATH", "/var/lib/x.db", "TRACKWARDEN_OWNER", "second")
	if err != nil || time.Duration(c.Schedule.Poll) != 5*time.Minute || c.Store.Path != "/var/lib/x.db" || c.Owner != "second" {
		t.Errorf("got %+v, %v", c, err)
	}
	if _, err := load(t, minimal, "TRACKWARDEN_SCHEDULE_POLL", "soon"); err == nil || !strings.Contains(err.Error(), "TRACKWARDEN_SCHEDULE_POLL: ") {
		t.Errorf("a bad value must be named: %v", err)
	}
}

func TestASecretIsReadWhenUsedAndNeverPrinted(t *testing.T) {
	file := filepath.Join(t.TempDir(), "token")
	c, err := load(t, strings.Replace(minimal, "{env: SHOP_TOKEN}", "{file: '"+file+"'}", 1))
	if err != nil {
		t.Fatal(err)
	}
	token := c.Connections[0].Auth.Token
	if _, err := token.Read(); err == nil || !strings.Contains(err.Error(), file) {
		t.Errorf("a missing file must be named: %v", err)
	}
	for _, secret := range []string{"first-canary", "second-canary"} {
		if err := os.WriteFile(file, []byte(secret+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := token.Read(); err != nil || got != secret {
			t.Errorf("read %q, %v", got, err)
		}
		shown, _ := c.Show()
		encoded, _ := json.Marshal(c)
		var logged strings.Builder
		slog.New(slog.NewTextHandler(&logged, nil)).Info("config", "token", token, "all", c)
		for _, text := range []string{string(shown), string(encoded), logged.String(), fmt.Sprintf("%v %+v %#v %s %d", token, token, token, token, token)} {
			if strings.Contains(text, "canary") {
				t.Errorf("the secret is printed: %s", text)
			}
		}
	}
}

func TestWhatIsShownIsReadAgain(t *testing.T) {
	c, err := config.Load("example.yaml", env())
	if err != nil {
		t.Fatal(err)
	}
	shown, err := c.Show()
	if err != nil {
		t.Fatal(err)
	}
	again, err := load(t, string(shown))
	if err != nil {
		t.Fatalf("%v\n%s", err, shown)
	}
	twice, err := again.Show()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(shown), string(twice)); diff != "" {
		t.Errorf("(-first +second):\n%s", diff)
	}
}

func TestSettingsGoFromTheLeastToTheMostSpecific(t *testing.T) {
	c, err := load(t, minimal+`
teams: [{name: Checkout, match: [{project: SHOP}]}]
policies:
  settings:
    - {policy: story/too-big, team: Checkout, params: {max_points: 5}}
    - {policy: story/too-big, connection: shop, severity: info, params: {max_points: 8, other: 1}}
    - {policy: story/too-big, severity: error}
    - {policy: story/stale, enabled: false}
`)
	if err != nil {
		t.Fatal(err)
	}
	got := c.PolicySetting("story/too-big", nil, "shop", "", "Checkout")
	want := config.Setting{Enabled: true, Severity: "info", Params: map[string]any{"max_points": 5, "other": 1}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := c.PolicySetting("story/too-big", nil, "other", "", ""); got.Severity != "error" || len(got.Params) != 0 {
		t.Errorf("elsewhere %+v", got)
	}
	if c.PolicySetting("story/stale", nil, "shop", "", "").Enabled {
		t.Error("switched off must be off")
	}
}

func TestAPolicyHoldsByItsBundlesOrByName(t *testing.T) {
	c, err := load(t, minimal+`
teams: [{name: Checkout, match: [{project: SHOP}]}]
policies:
  bundles: [quiet]
  settings:
    - {bundle: strict, team: Checkout, severity: info}
    - {policy: story/loud, team: Checkout, severity: error}
    - {policy: story/named, params: {days: 3}}
    - {policy: story/off, enabled: false}
    - {policy: story/off, params: {days: 3}}
`)
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		policy, team string
		bundles      []string
		enabled      bool
		severity     string
	}{
		{"story/own", "", nil, true, ""},
		{"story/calm", "", []string{"quiet", "strict"}, true, ""},
		{"story/loud", "", []string{"strict"}, false, ""},
		{"story/loud", "Checkout", []string{"strict"}, true, "error"}, // the policy's entry after the bundle's
		{"story/other", "Checkout", []string{"strict"}, true, "info"},
		{"story/named", "", []string{"strict"}, true, ""},
		{"story/off", "", []string{"quiet"}, false, ""}, // parameters do not switch on again what is switched off
	} {
		got := c.PolicySetting(tc.policy, tc.bundles, "shop", "", tc.team)
		if got.Enabled != tc.enabled || got.Severity != tc.severity {
			t.Errorf("%s for %q: %+v", tc.policy, tc.team, got)
		}
	}
	if !c.PolicyHolds("story/loud", []string{"strict"}) || c.PolicyHolds("story/off", nil) || c.PolicyHolds("story/x", []string{"rare"}) {
		t.Error("a policy holds if it is switched on anywhere")
	}
}

func TestAnEndedExemptionIsAWarning(t *testing.T) {
	c, err := load(t, scoped+"policies: {exemptions: [{connection: shop, item: SHOP-1, owner: o, reason: r, until: 2026-11-23}]}\n", "SHOP_TOKEN", "x")
	if err != nil {
		t.Fatal(err)
	}
	if w := c.Warnings("2026-11-24"); len(w) != 1 || w[0].Line != 8 || !strings.Contains(w[0].Text, "ended on 2026-11-23") {
		t.Errorf("warnings %+v", w)
	}
	if w := c.Warnings("2026-11-23"); len(w) != 0 {
		t.Errorf("the last day is still in force: %+v", w)
	}
}

func TestThePublishedSchemaIsUpToDate(t *testing.T) {
	want, err := config.Schema()
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("schema.json")
	if err != nil || string(got) != string(want) {
		t.Errorf("schema.json is not what config schema prints (%v): run make generate", err)
	}
	if !strings.Contains(string(want), "Keys or names of the projects") {
		t.Error("the descriptions are missing")
	}
}
