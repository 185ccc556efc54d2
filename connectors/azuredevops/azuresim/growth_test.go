package azuresim

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"
)

// grownSite is an organisation whose work items have grown, with one project
// more.
func grownSite(t *testing.T, n int) *site {
	t.Helper()
	s := &site{t: t, pat: "secret", version: "7.1-preview.3", at: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)}
	s.World = New(Settings{Clock: func() time.Time { return s.at }, Organisation: "Fabrikam"})
	must(t, s.Grow(n, 7))
	must(t, s.AddProject(Project{Name: "Shop", Process: "Agile"}))
	url, stop, err := s.Start("127.0.0.1:0")
	must(t, err)
	t.Cleanup(stop)
	s.url = url
	return s
}

// Every grown item is in the feed once, in the batch, and found by queries;
// edits, moves and deletions make ordinary ones of them.
func TestGrownAreFoundLikeOthers(t *testing.T) {
	s := grownSite(t, 1000)
	s.at = s.at.Add(time.Hour)
	must(t, s.AddTag(100, "x"))
	must(t, s.Delete(101))
	must(t, s.MoveProject(102, "Shop"))
	must(t, s.Destroy(103))
	must(t, s.Hide(104))
	must(t, s.SetField(105, "System.Title", "Other"))

	seen, token, pages := map[int]int{}, "", 0
	for last := false; !last; pages++ {
		batch := s.get("/_apis/wit/reporting/workitemrevisions?includeLatestOnly=true&includeDeleted=true&$maxPageSize=300&continuationToken=" + token)
		for _, id := range ids(batch["values"]) {
			seen[id]++
		}
		token, last = batch["continuationToken"].(string), batch["isLastBatch"].(bool)
	}
	if len(seen) != 998 || seen[103]+seen[104] != 0 || pages != 4 || seen[100] != 1 {
		t.Errorf("%d items on %d pages, 103 and 104: %d", len(seen), pages, seen[103]+seen[104])
	}
	got := s.wiql("SELECT [System.Id] FROM WorkItems WHERE [System.Id] > 95 AND [System.Id] <= 110 ORDER BY [System.Id]")
	if want := []int{96, 97, 98, 99, 100, 102, 105, 106, 107, 108, 109, 110}; !slices.Equal(got, want) {
		t.Errorf("by id %v", got)
	}
	changed := s.wiql("SELECT [System.Id] FROM WorkItems WHERE [System.ChangedDate] >= '" + wireTime(s.at) + "' ORDER BY [System.Id]")
	if !slices.Equal(changed, []int{100, 102, 105}) {
		t.Errorf("changed %v", changed)
	}
	all := map[string]int{}
	for _, where := range []string{"[System.TeamProject] = 'Grown1'", "[System.TeamProject] = 'Shop'", "[System.State] = 'Closed' AND [System.TeamProject] = 'Grown1'", "[System.WorkItemType] = 'Epic'"} {
		all[where] = len(s.wiql("SELECT [System.Id] FROM WorkItems WHERE " + where))
	}
	if all["[System.TeamProject] = 'Grown1'"] != 249 || all["[System.TeamProject] = 'Shop'"] != 1 || all["[System.WorkItemType] = 'Epic'"] != 8 || all["[System.State] = 'Closed' AND [System.TeamProject] = 'Grown1'"] < 100 {
		t.Errorf("found %v", all)
	}
}

func TestGrownLinksAreLinks(t *testing.T) {
	s := grownSite(t, 1000)
	feed := map[string]bool{}
	token := ""
	for last := false; !last; {
		batch := s.get("/_apis/wit/reporting/workitemlinks?continuationToken=" + token)
		for _, row := range batch["values"].([]any) {
			l := row.(object)
			feed[fmt.Sprint(l["rel"], l["sourceId"], l["targetId"])] = true
		}
		token, last = batch["continuationToken"].(string), batch["isLastBatch"].(bool)
	}
	var onItems, child, parent int
	for id := 1; id <= 1000; id++ {
		item := s.WorkItem(id)
		for _, r := range item["relations"].([]map[string]any) {
			to, _ := targetOf(text(r["url"]))
			if r["rel"] == "System.LinkTypes.Hierarchy-Reverse" {
				child, parent = id, to
				if item["fields"].(map[string]any)["System.Parent"] != to {
					t.Errorf("%d: parent %v", id, item["fields"])
				}
			}
			if slices.Contains([]any{"System.LinkTypes.Hierarchy-Forward", "System.LinkTypes.Dependency-Forward"}, r["rel"]) {
				onItems++
				l, _ := newLink(id, text(r["rel"]), to)
				if !feed[fmt.Sprint(l.base, l.source, l.target)] {
					t.Errorf("%s is not in the feed", l)
				}
			}
		}
	}
	if onItems != len(feed) || onItems < 700 {
		t.Errorf("%d links on items, %d in the feed", onItems, len(feed))
	}
	must(t, s.Unlink(child, "System.LinkTypes.Hierarchy-Reverse", parent))
	if p := s.WorkItem(child)["fields"].(map[string]any)["System.Parent"]; p != nil {
		t.Errorf("still below %v", p)
	}
	batch := s.get("/_apis/wit/reporting/workitemlinks?continuationToken=" + token)
	if rows := batch["values"].([]any); len(rows) != 1 || rows[0].(object)["isActive"] != false {
		t.Errorf("in the feed: %v", rows)
	}
}

// BenchmarkMillion measures what a page costs the simulator itself.
func BenchmarkMillion(b *testing.B) {
	w := New(Settings{})
	if err := w.Grow(1_000_000, 1); err != nil {
		b.Fatal(err)
	}
	ask := func(b *testing.B, method, path string, body any) {
		b.Helper()
		raw, err := json.Marshal(body)
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			r := httptest.NewRequest(method, "/fabrikam"+path, bytes.NewReader(raw))
			r.Header.Set("Authorization", "Bearer x")
			got := httptest.NewRecorder()
			w.serve(got, r)
			if got.Code != http.StatusOK {
				b.Fatal(got.Body)
			}
		}
	}
	batch := []int{}
	for id := range 200 {
		batch = append(batch, 500_000+id)
	}
	b.Run("batch of 200", func(b *testing.B) {
		ask(b, "POST", "/_apis/wit/workitemsbatch?api-version=7.1", object{"ids": batch, "$expand": "relations", "errorPolicy": "omit"})
	})
	b.Run("ids of 20000", func(b *testing.B) {
		ask(b, "POST", "/Grown1/_apis/wit/wiql?api-version=7.1&$top=20000", object{"query": "SELECT [System.Id] FROM WorkItems WHERE [System.TeamProject] = 'Grown1' AND [System.Id] > 500000 ORDER BY [System.Id]"})
	})
	b.Run("feed page of 200", func(b *testing.B) {
		ask(b, "GET", "/_apis/wit/reporting/workitemrevisions?includeLatestOnly=true&$expand=fields&$maxPageSize=200&continuationToken=1500001;0;0", nil)
	})
	b.Run("idle feed", func(b *testing.B) {
		ask(b, "GET", "/_apis/wit/reporting/workitemlinks?continuationToken=3000000", nil)
	})
}
