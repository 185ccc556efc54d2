package azuresim

import (
	"encoding/json"
	"net/http"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/trackwarden/trackwarden/connectors/simulator"
)

func TestServiceHooks(t *testing.T) {
	s := serve(t)
	var authorised atomic.Int64
	url, stop, err := simulator.Serve("127.0.0.1:0", http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if user, password, _ := r.BasicAuth(); user == "hook" && password == "word" {
			authorised.Add(1)
		}
	}))
	must(t, err)
	t.Cleanup(stop)
	must(t, s.Hooks().Register(simulator.Hook{URL: url, User: "hook", Password: "word"}))

	s.Create(object{"fields": object{"System.TeamProject": "Shop", "System.WorkItemType": "Bug", "System.Title": "It breaks"}})
	must(t, s.AddTag(3, "debt"))
	_, err = s.AddComment(3, "hello")
	must(t, err)
	must(t, s.Link(4, "System.LinkTypes.Dependency-Forward", 3))
	must(t, s.Delete(4))
	must(t, s.Restore(4))
	if a := s.patch("3", op("add", "/fields/System.Title", "Other")); a.status != 200 {
		t.Fatalf("%s", a.raw)
	}
	s.Hooks().Wait()

	got := map[string][]int{}
	for _, d := range s.Hooks().Deliveries() {
		var body object
		must(t, json.Unmarshal(d.Body, &body))
		resource := body["resource"].(object)
		id := whole(resource["id"])
		if d.Event == "workitem.updated" {
			id = whole(resource["workItemId"])
			if revision := resource["revision"].(object); whole(revision["id"]) != id || resource["fields"] == nil && resource["relations"] == nil {
				t.Errorf("%s: %s", d.Event, d.Body)
			}
		}
		got[d.Event] = append(got[d.Event], id)
		if body["eventType"] != d.Event || body["publisherId"] != "tfs" || body["id"] == nil || d.Header.Get("X-Hub-Signature") != "" {
			t.Errorf("%s: %s", d.Event, d.Body)
		}
	}
	for event, want := range map[string][]int{
		"workitem.created": {5}, "workitem.commented": {3}, "workitem.deleted": {4}, "workitem.restored": {4},
		"workitem.updated": {3, 3, 3, 3, 4},
	} {
		slices.Sort(got[event])
		if !slices.Equal(got[event], want) {
			t.Errorf("%s of %v, want %v", event, got[event], want)
		}
	}
	if authorised.Load() != 9 {
		t.Errorf("%d authorised", authorised.Load())
	}
}
