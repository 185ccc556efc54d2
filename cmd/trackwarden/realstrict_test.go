package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/config"
	"github.com/trackwarden/trackwarden/connectors/simulator/evidence"
)

// found are findings of the strict policies that can be counted in a file too.
type found struct {
	EmptyFeatures, OpenDuplicates, ClosedFeatures int
	Stale, Unowned, Undescribed, NoComponent      int // stories; counted in Jira's files only
}

// add counts a finding of one of these policies.
func (f *found) add(policy string, jira bool) {
	for id, n := range map[string]*int{
		"feature/no-stories": &f.EmptyFeatures, "story/open-duplicate": &f.OpenDuplicates, "feature/done-with-open-stories": &f.ClosedFeatures,
	} {
		if id == policy {
			*n++
		}
	}
	for id, n := range map[string]*int{
		"story/stale": &f.Stale, "story/no-owner": &f.Unowned, "story/no-description": &f.Undescribed, "story/no-component": &f.NoComponent,
	} {
		if jira && id == policy {
			*n++
		}
	}
}

// addStory counts what a Jira file says of an open story.
func (f *found) addStory(t *testing.T, line *jiraLine) {
	active := line.Fields.Status.Category.Key == "indeterminate"
	updated, err := time.Parse("2006-01-02T15:04:05.999-0700", line.Fields.Updated)
	if err != nil {
		t.Fatal(err)
	}
	if !active && time.Since(updated) > 181*24*time.Hour {
		f.Stale++
	}
	if active && line.Fields.Assignee == nil {
		f.Unowned++
	}
	if !strings.ContainsFunc(line.Fields.Description, unicode.IsLetter) {
		f.Undescribed++
	}
	if len(line.Fields.Components) == 0 {
		f.NoComponent++
	}
}

// findJira counts by itself: open epics without issues, open issues that
// duplicate another one of the file, and done epics with open issues.
func findJira(t *testing.T, path string) (f found) {
	children, open, all := map[string][]string{}, map[string]bool{}, lines[jiraLine](t, path)
	known := map[string]bool{}
	for _, line := range all {
		known[line.Key], open[line.Key] = true, line.Fields.Status.Category.Key != "done"
		if line.Fields.Epic != nil {
			children[line.Fields.Epic.Key] = append(children[line.Fields.Epic.Key], line.Key)
		}
	}
	for _, line := range all {
		duplicate := false
		for _, link := range line.Fields.Links {
			duplicate = duplicate || link.Type.Name == "Duplicate" && link.Outward != nil && known[link.Outward.Key]
		}
		epic, below := line.Fields.Type.Name == "Epic", children[line.Key]
		if open[line.Key] && !epic && !line.Fields.Type.Subtask {
			f.addStory(t, &line)
		}
		switch {
		case epic && open[line.Key] && len(below) == 0:
			f.EmptyFeatures++
		case epic && !open[line.Key] && slices.ContainsFunc(below, func(key string) bool { return open[key] }):
			f.ClosedFeatures++
		case !epic && !line.Fields.Type.Subtask && open[line.Key] && duplicate:
			f.OpenDuplicates++
		}
	}
	return f
}

// findAzure does the same; duplicates link in one direction.
func findAzure(t *testing.T, path string) (f found) {
	all := lines[azureLine](t, path)
	open, below := map[string]bool{}, map[string][]string{}
	for _, line := range all {
		id, state := fmt.Sprint(line.ID), line.Fields.State
		open[id] = state != "Closed" && state != "Done" && state != "Removed"
		for _, r := range line.Relations {
			if r.Rel == "System.LinkTypes.Hierarchy-Reverse" {
				parent := r.URL[strings.LastIndex(r.URL, "/")+1:]
				below[parent] = append(below[parent], id)
			}
		}
	}
	for _, line := range all {
		id := fmt.Sprint(line.ID)
		switch {
		case line.Fields.Type != "Feature":
		case open[id] && len(below[id]) == 0:
			f.EmptyFeatures++
		case (line.Fields.State == "Done" || line.Fields.State == "Closed") && slices.ContainsFunc(below[id], func(id string) bool { return open[id] }):
			f.ClosedFeatures++
		}
	}
	return f
}

// What the strict policies find on real data is what the files say.
func TestStrictPoliciesOnRealData(t *testing.T) {
	for name, tc := range map[string]struct {
		file   string
		jira   bool
		count  func(*testing.T, string) found
		absent map[string]int // items, by the field
	}{
		"Jira ALOY": {"jira-ALOY.jsonl.gz", true, findJira, map[string]int{
			"acceptance criteria": 1428, "benefit hypothesis": 7, "due": 1428, "parent": 7, "persona": 1419, "points": 1421,
			"wsjf value, wsjf criticality, wsjf risk, wsjf size": 7, "wsjf value, wsjf size": 7,
		}},
		"Jira MOD": {"jira-MOD.jsonl.gz", true, findJira, map[string]int{
			"acceptance criteria": 340, "benefit hypothesis": 6, "due": 340, "parent": 6, "persona": 321, "points": 334,
			"wsjf value, wsjf criticality, wsjf risk, wsjf size": 6, "wsjf value, wsjf size": 6,
		}},
		"Azure eShopOnWeb": {"azure-eShopOnWeb.jsonl.gz", false, findAzure, map[string]int{
			"acceptance criteria": 75, "benefit hypothesis": 32, "component": 53, "description": 75, "due": 90, "persona": 40,
			"wsjf value, wsjf criticality, wsjf risk, wsjf size": 17, "wsjf value, wsjf size": 17,
		}},
		"Azure PartsUnlimited": {"azure-PartsUnlimited.jsonl.gz", false, findAzure, map[string]int{
			"acceptance criteria": 42, "benefit hypothesis": 38, "component": 20, "due": 58, "persona": 16,
			"wsjf value, wsjf criticality, wsjf risk, wsjf size": 22, "wsjf value, wsjf size": 22,
		}},
	} {
		t.Run(name, func(t *testing.T) {
			path := evidence.File(t, "data", tc.file)
			var tr *train
			if tc.jira {
				tr = newTrain(t, []string{path}, nil)
			} else {
				tr = newTrain(t, nil, []string{path})
			}
			tr.openWith(config.Observe, "policies:", "policies:\n  bundles: [strict]")
			tr.pass()
			var have found
			for finding := range tr.findings() {
				_, policy, _ := strings.Cut(finding, " ")
				have.add(policy, tc.jira)
			}
			want := tc.count(t, path)
			if diff := cmp.Diff(want, have); diff != "" {
				t.Errorf("found (-file +Trackwarden):\n%s", diff)
			}
			t.Logf("%+v", want)
			if diff := cmp.Diff(tc.absent, tr.absent()); diff != "" {
				t.Errorf("items of which policies could not speak for want of a field (-want +got):\n%s", diff)
			}
		})
	}
}

// notUsed is the beginning of the cause that names fields which a project does
// not use, or does not have.
const notUsed = "field not used here: "

// absent counts the items of which a policy could not speak for want of a
// field, by the field. Whatever is skipped or unknown has to say why.
func (tr *train) absent() map[string]int {
	tr.t.Helper()
	items := map[string]map[string]bool{}
	err := tr.app.db.EachJudgement(tr.t.Context(), func(s backlog.Subject, _ *backlog.Stored, j backlog.Judgement) error {
		for _, o := range j.Outcomes {
			if o.Verdict != backlog.Skipped && o.Verdict != backlog.Undecidable {
				continue
			}
			if o.Cause == "" {
				tr.t.Errorf("%s is %s on %s without a cause", o.Policy, o.Verdict, s.ID)
			}
			field, is := strings.CutPrefix(o.Cause, notUsed)
			if o.Verdict == backlog.Undecidable {
				field, is = "unknown: "+o.Cause, true
			}
			if is && items[field] == nil {
				items[field] = map[string]bool{}
			}
			if is {
				items[field][s.ID] = true
			}
		}
		return nil
	})
	if err != nil {
		tr.t.Fatal(err)
	}
	counts := map[string]int{}
	for field, ids := range items {
		counts[field] = len(ids)
	}
	return counts
}
