package main

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// keys lists the fields of a JSON object, or of the first of a list of them.
func keys(t *testing.T, raw json.RawMessage) []string {
	t.Helper()
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) == nil && len(list) > 0 {
		raw = list[0]
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal(raw, &object); err != nil {
		t.Fatalf("%v in %s", err, raw)
	}
	return slices.Sorted(maps.Keys(object))
}

func expectKeys(t *testing.T, raw json.RawMessage, want ...string) {
	t.Helper()
	slices.Sort(want)
	if diff := cmp.Diff(want, keys(t, raw)); diff != "" {
		t.Errorf("fields (-contract +printed):\n%s", diff)
	}
}

func TestTheJSONContracts(t *testing.T) {
	tr := newTrain(t, nil, nil)
	path := tr.configure("observe")
	out, errs, _ := command(t, "check", "--format", "json", "--config", path)
	check := decode[map[string]json.RawMessage](t, out)
	if errs != "" {
		t.Errorf("standard error: %s", errs)
	}
	expectKeys(t, json.RawMessage(out), "schema", "pass", "connections", "findings", "verdicts")
	expectKeys(t, check["connections"], "name", "complete", "items", "coverage", "asOf")
	expectKeys(t, check["findings"], "policy", "severity", "connection", "subject", "team", "message", "evidence", "remedy", "since")
	expectKeys(t, decode[[]map[string]json.RawMessage](t, string(check["findings"]))[0]["subject"], "kind", "id", "key", "url", "level", "title")
	expectKeys(t, check["verdicts"], "policy", "pass", "fail", "skipped", "exempt", "unknown")

	out, _, status := command(t, "plan", "--format", "json", "--config", path)
	plan := decode[map[string]json.RawMessage](t, out)
	expectKeys(t, json.RawMessage(out), "schema", "planHash", "changes", "held")
	expectKeys(t, plan["changes"], "connection", "item", "key", "addLabels", "removeLabels", "comment", "why")
	if status != exitClean {
		t.Errorf("plan exits with %d", status)
	}
	again, _, _ := command(t, "plan", "--format", "json", "--config", path)
	if string(decode[map[string]json.RawMessage](t, again)["planHash"]) != string(plan["planHash"]) {
		t.Error("the same plan must have the same hash")
	}

	out, _, status = command(t, "apply", "--format", "json", "--config", tr.configure("enforce"))
	expectKeys(t, decode[map[string]json.RawMessage](t, out)["writes"], "requests", "applied", "refused", "unknown", "failed")
	if status != exitClean {
		t.Errorf("apply exits with %d:\n%s", status, out)
	}
	out, _, status = command(t, "report", "--format", "json", "--out", "-", "--config", path)
	expectKeys(t, json.RawMessage(out), "schema", "week", "since", "today", "made", "scoreMeans", "sets", "partial", "coverage", "all",
		"trains", "teams", "policies", "first", "exemptions", "withoutTeam", "overlaps")
	if status != exitClean {
		t.Errorf("report exits with %d", status)
	}
}

func TestEveryCommandHasHelpWithExamples(t *testing.T) {
	for _, args := range [][]string{{"check"}, {"plan"}, {"apply"}, {"run"}, {"report"}, {"demo"}, {"version"}, {"explain"}, {"history"}, {"approve"}, {"pause"}, {"resume"}, {"audit", "list"}, {"audit", "verify"}, {"audit", "export"}, {"config", "validate"}, {"config", "show"}, {"config", "schema"}} {
		out, _, status := command(t, append(args, "--help")...)
		if status != exitClean || !strings.Contains(out, "Examples:") || !strings.Contains(out, "--config") {
			t.Errorf("%v: status %d\n%s", args, status, out)
		}
	}
}

func decode[T any](t *testing.T, text string) T {
	t.Helper()
	var v T
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return v
}
