package main

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies"
	"github.com/trackwarden/trackwarden/policies/engine"
)

// ran runs a command that has to end with a status, and returns what it printed.
func ran(t *testing.T, want int, args ...string) string {
	t.Helper()
	out, errs, status := command(t, args...)
	if status != want {
		t.Fatalf("%v: status %d, want %d\n%s%s", args, status, want, out, errs)
	}
	return out + errs
}

// All that follows is asked of one backlog, which was judged once.
func TestTheKitOnAStoredBacklog(t *testing.T) {
	tr := newTrain(t, nil, nil)
	tr.pass()
	for name, test := range map[string]func(*testing.T, *train){
		"policies are listed by practice":                  listPolicies,
		"a policy is shown with its findings":              showPolicy,
		"a policy is tried on one item":                    tryPolicy,
		"two sets of policies are compared":                comparePolicies,
		"the same inputs cost and say the same from files": measurePolicies,
	} {
		t.Run(name, func(t *testing.T) { test(t, tr) })
	}
}

// builtIn writes the built-in policies into a folder, some of them changed; an
// empty text leaves a file out.
func builtIn(t *testing.T, changed map[string]string) string {
	t.Helper()
	folder := t.TempDir()
	if err := os.CopyFS(folder, policies.FS()); err != nil {
		t.Fatal(err)
	}
	for name, text := range changed {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if text == "" {
			os.Remove(path)
		}
	}
	return folder
}

func listPolicies(t *testing.T, tr *train) {
	path := tr.configure("observe", "  writing: all", "  writing: [story/no-owner]\n  settings:\n    - {policy: story/stale, team: Checkout, enabled: false}\n    - {policy: story/too-big, severity: info}")
	listed := decode[struct{ Policies []listedPolicy }](t, ran(t, exitClean, "policies", "list", "--json", "--config", path)).Policies
	var practices []string
	open := map[string]int{}
	for _, p := range listed {
		practices = append(practices, p.Practice)
		open[p.Policy] = *p.Open
		switch p.Policy {
		case "story/stale":
			if !p.Enabled || !slices.Equal(p.Otherwise, []string{"Checkout"}) || p.on() != "not for Checkout" || p.Writes {
				t.Errorf("got %+v", p)
			}
		case "story/too-big":
			if p.Severity != backlog.Info {
				t.Errorf("got %+v", p)
			}
		case "story/no-owner":
			if !p.Writes || p.Label != "hygiene:no-owner" {
				t.Errorf("got %+v", p)
			}
		}
	}
	order := slices.IndexFunc(engine.Practices(), func(p string) bool { return p == practices[0] })
	for _, p := range practices {
		if i := slices.Index(engine.Practices(), p); i < order {
			t.Errorf("%s is not in its place", p)
		} else {
			order = i
		}
	}
	want := map[string]int{}
	for _, pair := range planted() {
		_, policy, _ := strings.Cut(pair, " ")
		want[policy]++
	}
	for policy, n := range want {
		if open[policy] != n {
			t.Errorf("%s: %d open, want %d", policy, open[policy], n)
		}
	}
	table := ran(t, exitClean, "policies", "list", "--config", path)
	if !strings.Contains(table, "\nbreak-down\n") || !strings.Contains(table, "not for Checkout") {
		t.Errorf("got\n%s", table)
	}
}

// alone is a folder without a configuration, for somebody who has none.
func alone(t *testing.T) {
	t.Helper()
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	t.Chdir(t.TempDir())
}

func TestTheKitNeedsNoConfiguration(t *testing.T) {
	alone(t)
	if out := ran(t, exitClean, "policies", "list"); !strings.Contains(out, "story/orphan") || !strings.Contains(out, " 0 open findings") {
		t.Errorf("got\n%s", out)
	}
	if out := ran(t, exitClean, "policies", "show", "story/orphan"); !strings.Contains(out, "Nothing was judged yet") {
		t.Errorf("got\n%s", out)
	}
	if out := ran(t, exitUsage, "policies", "show", "story/ghost"); !strings.Contains(out, "there is no policy story/ghost; there are: ") {
		t.Errorf("got\n%s", out)
	}
	for _, args := range [][]string{{"diff", "built-in", "configured"}, {"test", "--item", "SHOP-1"}, {"bench"}} {
		if out := ran(t, exitUsage, append([]string{"policies"}, args...)...); !strings.Contains(out, "run trackwarden check first") {
			t.Errorf("%v: %s", args, out)
		}
	}
	if _, err := os.Stat("trackwarden.db"); err == nil {
		t.Error("a store was made")
	}
	var schema map[string]any
	if err := json.Unmarshal([]byte(ran(t, exitClean, "policies", "schema")), &schema); err != nil || schema["properties"] == nil {
		t.Errorf("schema: %v", err)
	}
}

// show prints the page of docs/policies, and what was found.
func showPolicy(t *testing.T, tr *train) {
	path := tr.configure("observe")
	out := ran(t, exitClean, "policies", "show", "story/orphan", "--config", path)
	page := read(t, filepath.Join("..", "..", "docs", "policies", "story", "orphan.md"))
	_, page, _ = strings.Cut(page, "-->\n\n")
	page = strings.ReplaceAll(page, "(../../", "("+documentation+"/")
	if !strings.HasPrefix(out, page) {
		t.Errorf("the page is another one (-docs +shown):\n%s", cmp.Diff(page, out))
	}
	n := 0
	for _, pair := range planted() {
		if key, policy, _ := strings.Cut(pair, " "); policy == "story/orphan" {
			n++
			if !strings.Contains(out, " "+key+" ") {
				t.Errorf("%s is not among the findings:\n%s", key, out)
			}
		}
	}
	if n == 0 || !strings.Contains(out, "## Open findings: "+string(rune('0'+n))) {
		t.Errorf("want %d findings:\n%s", n, out)
	}
}

func tryPolicy(t *testing.T, tr *train) {
	path := tr.configure("observe")
	explained := decode[explainContract](t, ran(t, exitClean, "explain", "SHOP-13", "--format", "json", "--config", path))
	tried := decode[triedContract](t, ran(t, exitClean, "policies", "test", "--item", "shop-13", "--json", "--config", path))
	verdicts := map[string]backlog.Verdict{}
	for _, p := range tried.Policies {
		if p.Cause != "switched off" { // explain knows only those that were asked
			verdicts[p.Policy] = p.Verdict
		}
	}
	for _, p := range explained.Policies {
		if verdicts[p.Policy] != p.Verdict {
			t.Errorf("%s: tried %s, judged %s", p.Policy, verdicts[p.Policy], p.Verdict)
		}
		delete(verdicts, p.Policy)
	}
	if len(verdicts) > 0 || len(explained.Policies) == 0 {
		t.Errorf("only tried: %v", verdicts)
	}
	out, errs, _ := command(t, "policies", "test", "--item", "SHOP-13", "--policy", "story/stale", "--input", "--config", path)
	in, err := engine.ReadInput([]byte(out))
	if err != nil || in.Subject.Key != "SHOP-13" || in.Parent == nil || in.Team.Name != "Checkout" {
		t.Errorf("input %+v: %v", in, err)
	}
	if !strings.Contains(errs, "story/stale") || strings.Contains(errs, "story/orphan") {
		t.Errorf("verdicts:\n%s", errs)
	}
	if out := ran(t, exitUsage, "policies", "test", "--input", "--config", path); !strings.Contains(out, "go with --item") {
		t.Errorf("got %s", out)
	}
}

// Who would gain and lose findings is what the findings of two passes would
// say, and asking changes nothing.
func comparePolicies(t *testing.T, tr *train) {
	path := tr.configure("observe")
	before := tr.findings()
	changed := builtIn(t, map[string]string{
		"story/orphan.rego": "", "story/orphan_test.rego": "",
		"story/mine.rego": strings.NewReplacer("story/all", "story/mine", "input.level == \"story\"", "input.subject.key == \"SHOP-13\"").Replace(everyStory),
	})
	orphans := 0
	for _, pair := range planted() {
		if strings.HasSuffix(pair, " story/orphan") {
			orphans++
		}
	}
	want := []policyDiff{{Policy: "story/mine", New: 1, Gained: 1}, {Policy: "story/orphan", Old: orphans, Lost: orphans}}
	diff := func(items string) diffContract {
		return decode[diffContract](t, ran(t, exitClean, "policies", "diff", "built-in", changed, "--json", "--items", items, "--config", path))
	}
	all := diff("0")
	if d := cmp.Diff(want, all.Policies); d != "" || all.Gained != 1 || all.Lost != orphans || len(all.Findings) != 1+orphans || all.More != 0 {
		t.Errorf("%+v\n%s", all, d)
	}
	for _, f := range all.Findings {
		if f.Change == "gained" && (f.Policy != "story/mine" || f.Key != "SHOP-13") || f.Change == "lost" && !before[f.Key+" "+f.Policy] {
			t.Errorf("got %+v", f)
		}
	}
	if one := diff("1"); len(one.Findings) != 1 || one.More != orphans {
		t.Errorf("one of many: %+v", one)
	}
	if none := decode[diffContract](t, ran(t, exitClean, "policies", "diff", "built-in", "configured", "--json", "--config", path)); len(none.Policies) != 0 || none.Judged == 0 {
		t.Errorf("the same twice: %+v", none)
	}
	if d := cmp.Diff(before, tr.findings()); d != "" {
		t.Errorf("comparing changed the findings:\n%s", d)
	}
	if out := ran(t, exitUsage, "policies", "diff", "built-in", "./ghosts", "--config", path); !strings.Contains(out, "./ghosts is not a folder") {
		t.Errorf("got %s", out)
	}
}

const everyStory = `package trackwarden.story

# METADATA
# title: Everything
# description: Every story.
# custom:
#   why: Because.
#   remedy: Nothing.
#   practice: protect
#   severity: info
#   committed: true
violation contains {"policy": "story/all", "evidence": {}, "message": "It is a story."} if input.level == "story"
`

func measurePolicies(t *testing.T, tr *train) {
	path := tr.configure("observe")
	saved := filepath.Join(tr.dir, "inputs")
	bench := func(args ...string) map[string]costContract {
		args = append([]string{"policies", "bench", "--json", "--time", "1ms", "--config", path}, args...)
		c := decode[benchContract](t, ran(t, exitClean, args...))
		of := map[string]costContract{}
		for i, p := range c.Policies {
			if i > 0 && p.Policy != "" && c.Policies[i-1].Policy != "" && p.Each > c.Policies[i-1].Each {
				t.Errorf("%s is not in its place", p.Policy)
			}
			of[string(p.Level)+" "+p.Policy] = p
		}
		return of
	}
	stored := bench("--items", "10000", "--save", saved)
	files, err := filepath.Glob(filepath.Join(saved, "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d inputs saved: %v", len(files), err)
	}
	read := bench("--inputs", saved)
	findings := 0
	for name, cost := range stored {
		if again := read[name]; again.Findings != cost.Findings || again.Inputs != cost.Inputs || again.Failed != cost.Failed || cost.Failed > 0 {
			t.Errorf("%s: %+v from the store, %+v from files", name, cost, again)
		}
		findings += cost.Findings
	}
	if findings == 0 || len(read) != len(stored) {
		t.Errorf("%d findings, %d and %d policies", findings, len(stored), len(read))
	}
	for level, cost := range bench("--inputs", saved, "--items", "10000", "--once") {
		whole := read[level]
		if cost.Each <= 0 || cost.Inputs != whole.Inputs || cost.Findings != whole.Findings || cost.Failed != 0 {
			t.Errorf("%s, once: %+v, again and again: %+v", level, cost, whole)
		}
	}
	ran(t, exitUsage, "policies", "bench", "--once", "--config", path)
	if few := bench("--items", "3"); few["story "].Inputs+few["feature "].Inputs > 3 {
		t.Errorf("more than three: %+v", few)
	}
	if out := ran(t, exitUsage, "policies", "bench", "--inputs", tr.dir+"/nowhere", "--config", path); !strings.Contains(out, "no .json file") {
		t.Errorf("got %s", out)
	}
}

func TestWhatIsWrongWithAFolderIsAStatus(t *testing.T) {
	alone(t)
	ran(t, exitClean, "policies", "new", "story/mine", "--folder", "mine")
	policy, test := filepath.Join("mine", "story", "mine.rego"), filepath.Join("mine", "story", "mine_test.rego")
	sound := map[string]string{policy: read(t, policy), test: read(t, test)}
	for name, tc := range map[string]struct {
		file, old, new string
		command, says  string
		status         int
	}{
		"a test that fails":   {test, "of at least 3 words", "of at least 4 words", "test", "mine/story/mine_test.rego:", exitFindings},
		"a test that errs":    {test, "said_mine({}) == set()", "to_number(\"x\") == 1", "test", "to_number", exitFindings},
		"a field that is not": {policy, "input.subject.title,", "input.subject.titel,", "test", "mine/story/mine.rego:", exitUsage},
		"a rule that is dear": {policy, "input.facts.not_done == true", "input.facts.not_done != false", "lint", "mine/story/mine.rego:", exitFindings},
		"a text that is none": {policy, "# title: Mine", "# title: Mine.", "lint", "no full stop", exitFindings},
		"not Rego to lint":    {policy, "violation contains", "violation contain", "lint", "mine/story/mine.rego:", exitUsage},
		"not formatted":       {policy, "\tinput.facts", "  input.facts", "fmt", "mine/story/mine.rego", exitFindings},
		"not Rego to format":  {policy, "violation contains {", "violation contains (", "fmt", "mine/story/mine.rego:", exitUsage},
	} {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(sound[tc.file], tc.old) {
				t.Fatalf("%s does not hold %s", tc.file, tc.old)
			}
			for file, text := range sound {
				if file == tc.file {
					text = strings.Replace(text, tc.old, tc.new, 1)
				}
				if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			args := []string{"policies", tc.command, "./mine"}
			if tc.command == "fmt" {
				args = append(args, "--check")
			}
			if out := ran(t, tc.status, args...); !strings.Contains(out, tc.says) {
				t.Errorf("got\n%s", out)
			}
		})
	}
}

func TestFmtWritesWhatCheckMisses(t *testing.T) {
	folder := builtIn(t, map[string]string{"story/mine.rego": strings.Replace(everyStory, "package", "package ", 1)})
	alone(t)
	ran(t, exitFindings, "policies", "fmt", "-l", folder)
	if out := ran(t, exitClean, "policies", "fmt", folder); strings.TrimSpace(out) != filepath.Join(folder, "story", "mine.rego") {
		t.Errorf("formatted\n%s", out)
	}
	if out := ran(t, exitClean, "policies", "fmt", "--check", folder); out != "" {
		t.Errorf("still not formatted:\n%s", out)
	}
}

func TestNewOverwritesNothingAndSettlesItself(t *testing.T) {
	tr := newTrain(t, nil, nil)
	path := tr.configure("observe")
	ran(t, exitClean, "policies", "new", "story/mine", "--config", path)
	text := read(t, path)
	if !strings.Contains(text, "{policy: story/mine, severity: warning") || !strings.Contains(text, `paths: ["./policies"]`) {
		t.Errorf("the configuration is\n%s", text)
	}
	if out := ran(t, exitClean, "config", "validate", "--config", path); !strings.Contains(out, "is valid") {
		t.Errorf("got %s", out)
	}
	ran(t, exitClean, "policies", "new", "team/mine", "--config", path)
	if _, err := os.Stat(filepath.Join(tr.dir, "policies", "team", "mine_test.rego")); err != nil || strings.Count(read(t, path), "paths:") != 1 {
		t.Errorf("the second: %v\n%s", err, read(t, path))
	}
	ran(t, exitClean, "config", "validate", "--config", path)
	for id, says := range map[string]string{"story/mine": "is there already", "story/orphan": "is built in", "story/Mine": "LEVEL/NAME"} {
		if out := ran(t, exitUsage, "policies", "new", id, "--config", path); !strings.Contains(out, says) {
			t.Errorf("%s: %s", id, out)
		}
	}
	alone(t)
	if out := ran(t, exitUsage, "policies", "new", "story/mine"); !strings.Contains(out, "name their folder with --folder") {
		t.Errorf("got %s", out)
	}
	if entries, err := fs.Glob(os.DirFS("."), "*"); err != nil || len(entries) > 0 {
		t.Errorf("left behind: %v %v", entries, err)
	}
}

func TestThePagesOfOwnPoliciesAreWritten(t *testing.T) {
	tr := newTrain(t, nil, nil)
	path := tr.configure("observe")
	ran(t, exitClean, "policies", "new", "story/mine", "--config", path)
	out := filepath.Join(tr.dir, "pages")
	ran(t, exitClean, "policies", "docs", "--out", out, "--config", path)
	if page := read(t, filepath.Join(out, "story", "mine.md")); !strings.Contains(page, "# Mine\n") || strings.Contains(page, "](../") {
		t.Errorf("the page is\n%s", page)
	}
	if table := read(t, filepath.Join(out, "README.md")); !strings.Contains(table, "[story/mine](story/mine.md)") || !strings.Contains(table, "[story/orphan]") {
		t.Errorf("the table is\n%s", table)
	}
}
