package jirasim

import (
	"compress/gzip"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/connectors/simulator/evidence"
)

func (v *visitor) load(name string) int {
	v.Helper()
	f, err := os.Open(evidence.File(v.T, "data/"+name))
	if err != nil {
		v.Fatal(err)
	}
	defer f.Close()
	unzipped, err := gzip.NewReader(f)
	if err != nil {
		v.Fatal(err)
	}
	n, err := v.world.Load(unzipped)
	if err != nil {
		v.Fatal(err)
	}
	return n
}

func TestLoadsTheArchives(t *testing.T) {
	v := visit(t)
	if n := v.load("jira-ALOY.jsonl.gz"); n != 1499 {
		t.Errorf("ALOY: %d issues, want 1499", n)
	}
	if n := v.load("jira-MOD.jsonl.gz"); n != 367 {
		t.Errorf("MOD: %d issues, want 367", n)
	}
	for jql, want := range map[string]float64{
		"project = ALOY": 1499, "project = MOD": 367,
		"project = ALOY AND type = Epic": 7, "project = MOD AND type = Epic": 6,
		"project = ALOY AND parent is not EMPTY": 71 + 23, "project = MOD AND parent is not EMPTY": 27 + 31,
		"project = ALOY AND sprint is not EMPTY": 386, "project = MOD AND sprint in closedSprints()": 199,
		"project = ALOY AND priority is EMPTY": 1499 - 1437,
	} {
		if got := v.do(200, "POST", "/rest/api/3/search/approximate-count", object{"jql": jql}).body["count"]; got != want {
			t.Errorf("%s: %v, want %v", jql, got, want)
		}
	}
	keys, pages := v.keys("project in (ALOY, MOD) ORDER BY created ASC, key ASC", 5000)
	if len(keys) != 1866 || pages != 1 {
		t.Errorf("census: %d keys on %d pages", len(keys), pages)
	}
	sub := v.do(200, "GET", "/rest/api/2/issue/ALOY-300?fields=parent,issuetype,comment", nil).body["fields"].(object)
	if sub["parent"].(object)["key"] != "ALOY-258" || sub["issuetype"].(object)["hierarchyLevel"] != -1.0 {
		t.Errorf("sub-task %v", sub)
	}
	sprinted := v.do(200, "GET", "/rest/api/2/issue/ALOY-362?fields="+SprintField, nil).body["fields"].(object)[SprintField].([]any)[0].(object)
	if sprinted["name"] != "2014 Sprint 09 Tooling" || sprinted["boardId"] != 113.0 || sprinted["startDate"] != "2014-04-28T15:43:24.381Z" {
		t.Errorf("sprint %v", sprinted)
	}
	if first := v.world.Comments("ALOY-1"); len(first) != 2 || first[0]["id"] != "194980" || !strings.HasPrefix(text(first[0]["body"]), "Fix details") {
		t.Errorf("comments %v", first)
	}
}

func TestLoadNamesTheBrokenLine(t *testing.T) {
	n, err := New(Settings{}).Load(strings.NewReader(`{"key":"A-1","fields":{}}` + "\n" + `{"key":`))
	if n != 1 || err == nil || !strings.Contains(err.Error(), "issue 2") {
		t.Errorf("%d, %v", n, err)
	}
}

func TestGenerateIsTheSeeds(t *testing.T) {
	a, b := New(Settings{Clock: func() time.Time { return tuesday }}), New(Settings{Clock: func() time.Time { return tuesday }})
	a.Generate(40, 7)
	b.Generate(40, 7)
	other := New(Settings{Clock: func() time.Time { return tuesday }})
	other.Generate(40, 8)
	differs := 0
	for _, key := range a.Keys() {
		if !reflect.DeepEqual(a.Issue(key), b.Issue(key)) {
			t.Fatalf("%s differs with the same seed", key)
		}
		if !reflect.DeepEqual(a.Issue(key), other.Issue(key)) {
			differs++
		}
	}
	if differs == 0 {
		t.Error("seeds 7 and 8 gave the same")
	}
}

func BenchmarkCensusAndPages(b *testing.B) {
	w := New(Settings{Clock: func() time.Time { return tuesday }})
	w.Generate(100_000, 1)
	c := w.reader()
	for b.Loop() {
		if a := search(c, ask{JQL: "project = GEN ORDER BY created ASC, key ASC", Fields: []string{"*all"}, MaxResults: new(100)}); a.status != 200 {
			b.Fatal(a.body)
		}
	}
}
