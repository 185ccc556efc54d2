package main

import (
	"compress/gzip"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/simulator/evidence"
	_ "modernc.org/sqlite" // the store's driver
)

// lines reads a gzipped file of JSON lines.
func lines[T any](t *testing.T, path string) []T {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	text, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	var all []T
	for decoder := json.NewDecoder(text); decoder.More(); {
		var one T
		if err := decoder.Decode(&one); err != nil {
			t.Fatal(err)
		}
		all = append(all, one)
	}
	return all
}

// counts are what both the files and Trackwarden can be asked for.
type counts struct {
	Items, Features, Links, Orphans int
}

type jiraLine struct {
	Key    string `json:"key"`
	Fields struct {
		Type struct {
			Name    string `json:"name"`
			Subtask bool   `json:"subtask"`
		} `json:"issuetype"`
		Status struct {
			Category struct {
				Key string `json:"key"`
			} `json:"statusCategory"`
		} `json:"status"`
		Description string     `json:"description"`
		Updated     string     `json:"updated"`
		Assignee    *struct{}  `json:"assignee"`
		Components  []struct{} `json:"components"`
		Epic        *struct {
			Key string `json:"key"`
		}
		Parent *struct {
			Key string `json:"key"`
		}
		Links []struct {
			Type struct {
				Name string `json:"name"`
			} `json:"type"`
			Outward *struct {
				Key string `json:"key"`
			} `json:"outwardIssue"`
		} `json:"issuelinks"`
	} `json:"fields"`
}

// countJira counts a Jira file by itself: an orphan is an open story that is
// no bug and has neither epic nor parent.
func countJira(t *testing.T, path string) (c counts) {
	for _, line := range lines[jiraLine](t, path) {
		c.Items++
		c.Links += len(line.Fields.Links)
		epic := line.Fields.Type.Name == "Epic"
		if epic {
			c.Features++
		}
		open := line.Fields.Status.Category.Key != "done"
		if open && !epic && !line.Fields.Type.Subtask && line.Fields.Type.Name != "Bug" && line.Fields.Epic == nil && line.Fields.Parent == nil {
			c.Orphans++
		}
	}
	return c
}

type azureLine struct {
	ID     int `json:"id"`
	Fields struct {
		Type  string `json:"System.WorkItemType"`
		State string `json:"System.State"`
	} `json:"fields"`
	Relations []struct {
		Rel string `json:"rel"`
		URL string `json:"url"`
	} `json:"relations"`
}

// countAzure counts an Azure file by itself. Links are those between work
// items that are not the hierarchy; each shows on both its ends, also where
// the file has it on one only.
func countAzure(t *testing.T, path string) (c counts) {
	links, here := map[[3]string]bool{}, map[string]bool{}
	for _, line := range lines[azureLine](t, path) {
		c.Items++
		id := fmt.Sprint(line.ID)
		here[id] = true
		parent := false
		for _, r := range line.Relations {
			kind, side, _ := strings.Cut(r.Rel, "-")
			other := r.URL[strings.LastIndex(r.URL, "/")+1:]
			switch {
			case kind == "System.LinkTypes.Hierarchy":
				parent = parent || side == "Reverse"
			case kind == "ArtifactLink" || kind == "AttachedFile":
			case side == "Reverse":
				links[[3]string{kind, other, id}] = true
			default:
				links[[3]string{kind, id, other}] = true
			}
		}
		story := line.Fields.Type == "User Story" || line.Fields.Type == "Product Backlog Item"
		if line.Fields.Type == "Feature" {
			c.Features++
		}
		if story && !parent && line.Fields.State != "Closed" && line.Fields.State != "Done" && line.Fields.State != "Removed" {
			c.Orphans++
		}
	}
	for link := range links {
		for _, end := range link[1:] {
			if here[end] {
				c.Links++
			}
		}
	}
	return c
}

func TestCountsOnRealData(t *testing.T) {
	for name, tc := range map[string]struct {
		file  string
		jira  bool
		count func(*testing.T, string) counts
	}{
		"Jira ALOY":            {"jira-ALOY.jsonl.gz", true, countJira},
		"Jira MOD":             {"jira-MOD.jsonl.gz", true, countJira},
		"Azure eShopOnWeb":     {"azure-eShopOnWeb.jsonl.gz", false, countAzure},
		"Azure PartsUnlimited": {"azure-PartsUnlimited.jsonl.gz", false, countAzure},
	} {
		t.Run(name, func(t *testing.T) {
			path := evidence.File(t, "data", tc.file)
			want := tc.count(t, path)
			var tr *train
			if tc.jira {
				tr = newTrain(t, []string{path}, nil)
			} else {
				tr = newTrain(t, nil, []string{path})
			}
			tr.pass()
			if diff := cmp.Diff(want, tr.counts()); diff != "" {
				t.Errorf("counts (-file +Trackwarden):\n%s", diff)
			}
			tr.expectUnused(tc.jira)
			if again := tr.pass(); again.Writes.Requests != 0 {
				t.Errorf("the second pass writes %d times", again.Writes.Requests)
			}
		})
	}
}

// counts asks the store's tables; context from outside the scope is left out.
func (tr *train) counts() (c counts) {
	tr.t.Helper()
	db, err := sql.Open("sqlite", "file:"+tr.app.db.Path()+"?mode=ro")
	if err != nil {
		tr.t.Fatal(err)
	}
	defer db.Close()
	row := db.QueryRowContext(tr.t.Context(), `SELECT count(*), sum(level = 'feature'), sum(coalesce(json_array_length(data, '$.links'), 0))
		FROM item WHERE presence <> 'context'`)
	if err := row.Scan(&c.Items, &c.Features, &c.Links); err != nil {
		tr.t.Fatal(err)
	}
	for finding := range tr.findings() {
		if strings.HasSuffix(finding, " story/orphan") {
			c.Orphans++
		}
	}
	return c
}

// expectUnused holds that policies about fields which these data do not carry
// accuse nobody, and say why.
func (tr *train) expectUnused(jira bool) {
	tr.t.Helper()
	absent := []string{"story/no-acceptance-criteria", "feature/no-benefit-hypothesis"}
	if jira {
		absent = append(absent, "story/too-big")
	}
	causes := map[string]bool{}
	err := tr.app.db.EachJudgement(tr.t.Context(), func(_ backlog.Subject, _ *backlog.Stored, j backlog.Judgement) error {
		for _, o := range j.Outcomes {
			if o.Verdict == backlog.Fail && slices.Contains(absent, o.Policy) {
				tr.t.Errorf("%s fails for %s", o.Policy, j.Subject.ID)
			}
			causes[o.Policy+": "+o.Cause] = true
		}
		return nil
	})
	if err != nil {
		tr.t.Fatal(err)
	}
	if !causes["story/no-acceptance-criteria: field not used here: acceptance criteria"] {
		tr.t.Errorf("the cause is not told: %v", causes)
	}
}

func TestDemoOnRealData(t *testing.T) {
	dir := t.TempDir()
	args := []string{"demo", "--once", "--dir", dir}
	for _, file := range []string{"jira-ALOY.jsonl.gz", "jira-MOD.jsonl.gz"} {
		args = append(args, "--jira-data", evidence.File(t, "data", file))
	}
	for _, file := range []string{"azure-eShopOnWeb.jsonl.gz", "azure-PartsUnlimited.jsonl.gz"} {
		args = append(args, "--azure-data", evidence.File(t, "data", file))
	}
	out, errs, status := command(t, args...)
	if status != exitClean || !strings.Contains(out, "0 writes") {
		t.Errorf("status %d\n%s%s", status, out, errs)
	}
	for _, text := range []string{"ALOY 1499/1499", "MOD 367/367", "/205", "/158"} {
		if !strings.Contains(out, text) {
			t.Errorf("the output lacks %q:\n%s", text, fmt.Sprint(out))
		}
	}
}
