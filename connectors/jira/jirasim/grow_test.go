package jirasim

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"testing"
	"time"
)

// grownSite is a site with issues that have grown beside ordinary ones.
func grownSite(t *testing.T, n int, change ...func(*Settings)) *visitor {
	t.Helper()
	v := visit(t, change...)
	v.world.Grow(n, 7)
	return v
}

// Searching the grown is what searching ordinary issues is: the same queries
// find the same, in the same order, on pages of any size.
func TestGrownAreFoundLikeOthers(t *testing.T) {
	v := grownSite(t, 1500)
	h := v.world.Human("")
	v.clock.pass(time.Hour)
	must(t, h.AddLabel("G3-20", "x"), h.Delete("G4-20"), h.Hide("G5-20"))
	moved, err := h.Move("G6-20", "SHOP")
	must(t, err)
	v.add(object{"project": "SHOP"})

	plainly := New(Settings{Clock: v.clock.read, User: "bot@shop.example", Token: "tok"})
	for _, key := range v.world.Keys() {
		native := v.world.Issue(key)
		if key != "G5-20" {
			plainly.AddIssue(native)
		}
	}
	url, stop, err := plainly.Start("127.0.0.1:0")
	must(t, err)
	t.Cleanup(stop)
	other := &visitor{T: t, world: plainly, clock: v.clock, url: url, token: "tok"}

	half := tuesday.Add(-span / 2).UnixMilli()
	for _, jql := range []string{
		"project in (G0, G3, SHOP) ORDER BY created ASC, key ASC", "project = G3 ORDER BY updated ASC, key ASC",
		fmt.Sprintf("created >= %d AND created < %d ORDER BY created ASC", half, half+int64(100*24*time.Hour/time.Millisecond)),
		fmt.Sprintf("project = G3 AND updated >= %d ORDER BY updated DESC", half),
		"project in (G1, G2) ORDER BY key ASC", "project in (G1, G2) ORDER BY id DESC", "project = G2 AND status = Done ORDER BY created",
		"project = G2 AND id > 10700 ORDER BY id", "project = G1 ORDER BY summary, id", "parent = G0-1", "id in (10001, 10003) OR key = " + moved,
	} {
		want, _ := other.keys(jql, 5000)
		for _, size := range []int{17, 5000} {
			got, _ := v.keys(jql, size)
			if !slices.Equal(got, want) || len(got) == 0 {
				t.Errorf("%s in pages of %d: %d found, want %d", jql, size, len(got), len(want))
			}
		}
		count := v.do(200, "POST", "/rest/api/3/search/approximate-count", object{"jql": jql}).body["count"]
		if count != float64(len(want)) {
			t.Errorf("%s: count %v, want %d", jql, count, len(want))
		}
	}
}

func TestGrownAreWholeIssues(t *testing.T) {
	v := grownSite(t, 1200)
	again := grownSite(t, 1200)
	for _, key := range []string{"G0-1", "G3-7", "G9-120"} {
		if a, b := v.world.Issue(key), again.world.Issue(key); a == nil || !reflect.DeepEqual(a["fields"].(object)["description"], b["fields"].(object)["description"]) {
			t.Errorf("%s is not the seed's", key)
		}
	}
	var parents, links, comments, histories int
	for _, key := range v.world.Keys()[:300] {
		issue := v.do(200, "GET", "/rest/api/2/issue/"+key+"?expand=changelog", nil).body
		fields := issue["fields"].(object)
		if parent, has := fields["parent"].(object); has && parent["fields"].(object)["issuetype"].(object)["name"] == "Epic" {
			parents++
		}
		links += len(fields["issuelinks"].([]any))
		comments += len(fields["comment"].(object)["comments"].([]any))
		histories += len(issue["changelog"].(object)["histories"].([]any))
	}
	if parents < 200 || links < 5 || comments < 30 || histories < 300 {
		t.Errorf("%d parents, %d links, %d comments, %d histories", parents, links, comments, histories)
	}
	v.do(204, "PUT", "/rest/api/2/issue/G3-7", object{"update": labels("+hygiene")})
	if !slices.Contains(v.world.Labels("G3-7"), "hygiene") || !slices.Contains(v.world.Keys(), "G3-7") || len(v.world.Keys()) != 1200 {
		t.Error("an edit is lost")
	}
}

// BenchmarkMillion measures what a page costs the simulator itself.
func BenchmarkMillion(b *testing.B) {
	w := New(Settings{})
	w.Grow(1_000_000, 1)
	site := w.routes()
	ask := func(b *testing.B, body object) {
		b.Helper()
		for b.Loop() {
			serveSearch(b, site, body)
		}
	}
	fields := []string{"summary", "status", "issuetype", "parent", "labels", "created", "updated", "description", "priority", "assignee", "issuelinks", "fixVersions", SprintField, PointsField}
	all := "project in (G0, G1, G2, G3, G4, G5, G6, G7, G8, G9)"
	middle := time.Now().Add(-span / 2).UnixMilli()
	b.Run("page of 100", func(b *testing.B) {
		ask(b, object{"jql": fmt.Sprintf("%s AND created >= %d ORDER BY created ASC, key ASC", all, middle), "fields": fields, "maxResults": 100})
	})
	b.Run("idle poll", func(b *testing.B) {
		ask(b, object{"jql": fmt.Sprintf("%s AND updated >= %d ORDER BY updated ASC, key ASC", all, time.Now().UnixMilli()), "fields": fields, "maxResults": 100})
	})
	b.Run("census page of 5000", func(b *testing.B) {
		ask(b, object{"jql": all + " ORDER BY id ASC", "fields": []string{"key"}, "maxResults": 5000})
	})
}

// serveSearch serves one search without a network.
func serveSearch(b *testing.B, site http.Handler, body object) {
	b.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		b.Fatal(err)
	}
	r := httptest.NewRequest("POST", "/rest/api/2/search/jql", bytes.NewReader(raw))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer x")
	got := httptest.NewRecorder()
	site.ServeHTTP(got, r)
	if got.Code != 200 {
		b.Fatal(got.Body)
	}
}
