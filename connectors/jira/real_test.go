package jira

import (
	"compress/gzip"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/jira/jirasim"
	"github.com/trackwarden/trackwarden/connectors/simulator/evidence"
)

// A real archive, served over HTTP and swept, arrives whole: the counts are
// taken from the file itself.
func TestSweepRealArchive(t *testing.T) {
	want := struct{ issues, links, parents int }{}
	for raw := range dataset(t, "jira-ALOY.jsonl.gz") {
		var fields struct {
			Links  []json.RawMessage `json:"issuelinks"`
			Parent *linked           `json:"parent"`
			Epic   *struct{}         `json:"epic"`
		}
		encoded, _ := json.Marshal(raw.Fields)
		if err := json.Unmarshal(encoded, &fields); err != nil {
			t.Fatal(err)
		}
		want.issues++
		want.links += len(fields.Links)
		if fields.Parent != nil || fields.Epic != nil {
			want.parents++
		}
	}
	_, url := start(t, jirasim.Settings{}, func(w *jirasim.World) { load(t, w, "jira-ALOY.jsonl.gz") })
	tracker := connect(t, url, Settings{Projects: []string{"ALOY"}})
	items, broken, _, err := sweepAll(t, tracker, nil)
	if err != nil || len(broken) > 0 {
		t.Fatalf("%v, broken %+v", err, broken)
	}
	got := want
	got.issues, got.links, got.parents = 0, 0, 0
	seen := map[backlog.ItemID]bool{}
	for _, item := range items {
		if seen[item.ID] {
			t.Errorf("%s came twice", item.Key)
		}
		seen[item.ID] = true
		got.issues++
		got.links += len(item.Links)
		if item.Parent != nil {
			got.parents++
		}
	}
	if got != want {
		t.Errorf("swept %+v, want %+v", got, want)
	}
}

func load(t *testing.T, w *jirasim.World, name string) {
	t.Helper()
	file, err := os.Open(evidence.File(t, "data", name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Load(unzipped); err != nil {
		t.Fatal(err)
	}
}

// Scoped tokens work on the gateway only, whose address holds the site's id.
func TestGateway(t *testing.T) {
	_, url := start(t, jirasim.Settings{})
	tracker := connect(t, url+"/ex/jira/11111111-2222-4333-8444-555555555555", Settings{})
	items, _, _, err := sweepAll(t, tracker, nil)
	if err != nil || len(items) != 5 || items[0].ID.Site != site || items[0].URL != url+"/browse/"+items[0].Key {
		t.Errorf("swept %d items, %v", len(items), err)
	}
}

// A query that Jira does not understand is named.
func TestWrongQuery(t *testing.T) {
	_, url := start(t, jirasim.Settings{})
	_, _, _, err := sweepAll(t, connect(t, url, Settings{Query: "nonsense = 1"}), nil)
	if err == nil || !strings.Contains(err.Error(), `check the query "nonsense = 1"`) {
		t.Errorf("got %v", err)
	}
}
