package azuredevops

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/azuredevops/azuresim"
	"github.com/trackwarden/trackwarden/connectors/simulator"
)

// answer makes requests of a path get this instead of what they asked for.
func answer(path string, status int, body string) simulator.Rule {
	return simulator.Rule{Path: path, Status: status, Body: body, Header: map[string]string{"Content-Type": "application/json"}}
}

// A listing that contradicts itself is not believed.
func TestListingsThatCannotBeTrusted(t *testing.T) {
	for name, c := range map[string]struct{ path, body string }{
		"query out of order":     {"/wiql", `{"workItems":[{"id":3},{"id":2}]}`},
		"query repeats itself":   {"/wiql", `{"workItems":[{"id":2},{"id":2}]}`},
		"query without a list":   {"/wiql", `{"queryType":"flat"}`},
		"feed stands still":      {"/workItemRevisions", `{"values":[],"continuationToken":"1;1;1","isLastBatch":false}`},
		"feed without a token":   {"/workItemRevisions", `{"values":[],"isLastBatch":false}`},
		"feed without its flag":  {"/workItemRevisions", `{"values":[],"continuationToken":"1;1;1"}`},
		"feed without a list":    {"/workItemLinks", `{"continuationToken":"1","isLastBatch":true}`},
		"link feed stands still": {"/workItemLinks", `{"values":[{"rel":"x","sourceId":1,"targetId":2}],"continuationToken":"1","isLastBatch":false}`},
	} {
		t.Run(name, func(t *testing.T) {
			w, url := start(t, azuresim.Settings{})
			tracker := connect(t, url, Settings{})
			first, err := round(t, tracker, nil)
			must(t, err)
			w.Faults().Add(answer("(?i)"+c.path, http.StatusOK, c.body))
			since := first.Mark
			if c.path == "/wiql" {
				since = nil
			}
			if _, err := round(t, tracker, since); !errors.Is(err, backlog.ErrIncomplete) {
				t.Errorf("the round ended with %v, want it to wrap %v", err, backlog.ErrIncomplete)
			}
			if c.path != "/wiql" {
				return
			}
			var last error
			for page, err := range tracker.Census(t.Context(), backlog.ProjectID{Site: testSite, ID: tracker.model.scope[0].ID}) {
				if last = err; page.Complete {
					t.Error("the census says that it is complete")
				}
			}
			if !errors.Is(last, backlog.ErrIncomplete) {
				t.Errorf("the census ended with %v, want it to wrap %v", last, backlog.ErrIncomplete)
			}
		})
	}
}

// A feed that only ever has empty batches is left after a while.
func TestEndlessFeed(t *testing.T) {
	w, url := start(t, azuresim.Settings{})
	tracker := connect(t, url, Settings{})
	first, err := round(t, tracker, nil)
	must(t, err)
	for n := range maxEmpty + 10 {
		rule := answer("(?i)/workItemRevisions", http.StatusOK, `{"values":[],"continuationToken":"`+strings.Repeat("1", n+1)+`","isLastBatch":false}`)
		rule.Times = 1
		w.Faults().Add(rule)
	}
	if _, err := round(t, tracker, first.Mark); !errors.Is(err, backlog.ErrIncomplete) {
		t.Errorf("the round ended with %v, want it to wrap %v", err, backlog.ErrIncomplete)
	}
}

// A project that cannot be seen any more is not an empty one.
func TestCensusOfHiddenProject(t *testing.T) {
	w, url := start(t, azuresim.Settings{})
	tracker := connect(t, url, Settings{})
	m, err := tracker.known(t.Context())
	must(t, err)
	w.Faults().Add(answer("(?i)/_apis/projects/", http.StatusNotFound, `{"message":"TF200016: The following project does not exist"}`))
	for page, err := range tracker.Census(t.Context(), backlog.ProjectID{Site: testSite, ID: m.scope[0].ID}) {
		if !errors.Is(err, backlog.ErrIncomplete) || page.Complete {
			t.Errorf("got %+v, %v; want an error that wraps %v", page, err, backlog.ErrIncomplete)
		}
	}
}

// One work item that cannot be read is named; the others arrive. One that is
// left out is looked for singly.
func TestBrokenWorkItems(t *testing.T) {
	for name, c := range map[string]struct {
		rules []simulator.Rule
		want  []string // broken
	}{
		"unreadable date": {[]simulator.Rule{answer("(?i)/workItemsBatch", http.StatusOK,
			`{"value":[{"id":1,"rev":1,"fields":{"System.TeamProject":"Platform","System.ChangedDate":"soon"}},null]}`)}, []string{"1"}},
		"the whole answer cannot be read": {[]simulator.Rule{
			answer("(?i)/workItemsBatch", http.StatusOK, `{"value":[`+strings.Repeat("[", 20000)+strings.Repeat("]", 20000)+`]}`),
			answer("(?i)/workItems/1[?]", http.StatusOK, strings.Repeat("[", 20000)+strings.Repeat("]", 20000)),
		}, []string{"1"}},
		"empty places": {[]simulator.Rule{answer("(?i)/workItemsBatch", http.StatusOK, `{"value":[null,{"rev":1}]}`)}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			w, url := start(t, azuresim.Settings{})
			tracker := connect(t, url, Settings{BatchSize: 2})
			for _, rule := range c.rules {
				w.Faults().Add(rule)
			}
			all, err := round(t, tracker, nil)
			must(t, err)
			var broken []string
			for _, b := range all.Broken {
				broken = append(broken, b.Key)
				if b.Err == nil || b.ID.Site != testSite {
					t.Errorf("broken is %+v", b)
				}
			}
			if !slices.Equal(broken, c.want) || len(all.Items) != seededItems-len(c.want) {
				t.Errorf("%d items and broken %v, want %v", len(all.Items), broken, c.want)
			}
		})
	}
}

// A token that the tracker does not take any more costs a look back, not the
// connection.
func TestExpiredFeedToken(t *testing.T) {
	w, url := start(t, azuresim.Settings{})
	tracker := connect(t, url, Settings{})
	first, err := round(t, tracker, nil)
	must(t, err)
	second, err := round(t, tracker, first.Mark)
	must(t, err)
	must(t, w.SetField(2, "System.Title", "Changed meanwhile"))
	for _, feed := range []string{"Revisions", "Links"} {
		expired := answer("(?i)/workItem"+feed+".*continuationToken", http.StatusBadRequest, `{"message":"VS402386: The continuation token is not valid."}`)
		expired.Times = 1
		w.Faults().Add(expired)
	}
	third, err := round(t, tracker, second.Mark)
	must(t, err)
	if !slices.ContainsFunc(third.Items, func(i backlog.Item) bool { return i.Title == "Changed meanwhile" }) {
		t.Errorf("the change did not come: %+v", third.Items)
	}
	idle, err := round(t, tracker, third.Mark)
	if err != nil || len(idle.Items) != 0 {
		t.Errorf("then %d items came, %v", len(idle.Items), err)
	}
}

// POSTs that only read are sent again when they fail.
func TestReadsAreRepeated(t *testing.T) {
	w, url := start(t, azuresim.Settings{})
	tracker := connect(t, url, Settings{})
	for _, path := range []string{"wiql", "workItemsBatch", "permissionevaluationbatch", "connectionData"} {
		w.Faults().Add(simulator.Rule{Path: "(?i)/" + path, Status: http.StatusServiceUnavailable, Times: 1})
	}
	_, err := tracker.Describe(t.Context())
	must(t, err)
	if all, err := round(t, tracker, nil); err != nil || len(all.Items) != seededItems {
		t.Errorf("read %d items, %v", len(all.Items), err)
	}
}

// Readers may work side by side.
func TestSideBySide(t *testing.T) {
	_, url := start(t, azuresim.Settings{})
	tracker := connect(t, url, Settings{})
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			if all, err := round(t, tracker, nil); err != nil || len(all.Items) != seededItems {
				t.Errorf("read %d items, %v", len(all.Items), err)
			}
		})
		group.Go(func() {
			if _, err := tracker.Describe(t.Context()); err != nil {
				t.Error(err)
			}
		})
		group.Go(func() {
			seen, err := tracker.Fetch(t.Context(), backlog.ItemID{Site: testSite, ID: "1"})
			if err != nil || seen[0].Presence != backlog.Found {
				t.Errorf("fetched %+v, %v", seen, err)
			}
		})
	}
	group.Wait()
}

// A tracker that is down is unavailable, not empty.
func TestTrackerDown(t *testing.T) {
	w, url := start(t, azuresim.Settings{})
	tracker := connect(t, url, Settings{})
	if _, err := tracker.Describe(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.Faults().Add(simulator.Rule{Status: http.StatusServiceUnavailable, Header: map[string]string{"Content-Type": "text/html"}, Body: "<html>Azure DevOps Services Unavailable</html>"})
	if _, err := round(t, tracker, nil); !errors.Is(err, backlog.ErrUnavailable) || errors.Is(err, backlog.ErrUnauthorized) {
		t.Errorf("got %v, want it to wrap %v", err, backlog.ErrUnavailable)
	}
}
