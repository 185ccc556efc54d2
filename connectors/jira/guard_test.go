package jira

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/jira/jirasim"
	"github.com/trackwarden/trackwarden/connectors/rest"
	"github.com/trackwarden/trackwarden/connectors/simulator"
)

const oneIssue = `{"id":"10001","key":"SHOP-1","fields":{"summary":"x","project":{"id":"10000","key":"SHOP"},"issuetype":{"name":"Story"},` +
	`"status":{"name":"Open"},"created":"2026-11-01T09:00:00.000+0000","updated":"2026-11-01T09:00:00.000+0000"}}`

// A listing that contradicts itself is not believed.
func TestListingsThatCannotBeTrusted(t *testing.T) {
	for name, body := range map[string]string{
		"same page token twice": `{"issues":[` + oneIssue + `],"nextPageToken":"again"}`,
		"CLAUSE_LIMIT_EXCEEDED": `{"issues":[` + oneIssue + `],"warnings":[{"type":"CLAUSE_LIMIT_EXCEEDED"}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			w, url := start(t, jirasim.Settings{})
			tracker := connect(t, url, Settings{})
			w.Faults().Add(answer("/search/jql", http.StatusOK, body))
			if _, _, _, err := sweepAll(t, tracker, nil); !errors.Is(err, backlog.ErrIncomplete) || !strings.Contains(err.Error(), name) {
				t.Errorf("the sweep ended with %v, want it to wrap %v", err, backlog.ErrIncomplete)
			}
			var last error
			for page, err := range tracker.Census(t.Context(), backlog.ProjectID{Site: tracker.model.site, ID: "10000"}) {
				if last = err; page.Complete {
					t.Error("the census says that it is complete")
				}
			}
			if !errors.Is(last, backlog.ErrIncomplete) || !strings.Contains(last.Error(), name) {
				t.Errorf("the census ended with %v, want it to wrap %v", last, backlog.ErrIncomplete)
			}
		})
	}
}

func TestGuardEndsEndlessListings(t *testing.T) {
	g := newGuard(maxPages-2, "")
	if err := g.check("a", 1); err != nil {
		t.Fatal(err)
	}
	if err := g.check("b", 1); !errors.Is(err, backlog.ErrIncomplete) {
		t.Errorf("got %v, want it to wrap %v", err, backlog.ErrIncomplete)
	}
	g = newGuard(0, "")
	for n := range maxEmpty {
		if err := g.check(fmt.Sprint(n), 0); err != nil {
			t.Fatal(err)
		}
	}
	if err := g.check("more", 0); !errors.Is(err, backlog.ErrIncomplete) {
		t.Errorf("got %v, want it to wrap %v", err, backlog.ErrIncomplete)
	}
}

// A token that Jira no longer knows costs a new beginning, once.
func TestExpiredToken(t *testing.T) {
	w, url := start(t, jirasim.Settings{})
	tracker := connect(t, url, Settings{PageSize: 2})
	expired := answer("/search/jql", http.StatusBadRequest, `{"errorMessages":["The value for nextPageToken is invalid."],"errors":{}}`)
	expired.From, expired.Times = 2, 1
	w.Faults().Add(expired)
	items, _, mark, err := sweepAll(t, tracker, nil)
	if err != nil || len(items) != 7 || len(mark) == 0 {
		t.Errorf("read %d items, mark %v, %v; want two, then all five", len(items), mark, err)
	}
	w.Faults().Clear()
	expired.Times = 0
	w.Faults().Add(expired)
	if _, _, _, err := sweepAll(t, tracker, nil); rest.Status(err) != http.StatusBadRequest {
		t.Errorf("got %v, want the second 400 to end the sweep", err)
	}
}

// One issue that cannot be read is named; the others arrive.
func TestBrokenIssue(t *testing.T) {
	w, url := start(t, jirasim.Settings{})
	tracker := connect(t, url, Settings{})
	broken := strings.NewReplacer(`"10001"`, `"10002"`, "SHOP-1", "SHOP-2", `"updated":"2026-11-01T09:00:00.000+0000"`, `"updated":""`).Replace(oneIssue)
	w.Faults().Add(answer("/search/jql", http.StatusOK, `{"issues":[`+broken+`,`+oneIssue+`,{"id":"10003","key":"SHOP-3","fields":[]}]}`))
	items, named, _, err := sweepAll(t, tracker, nil)
	if err != nil || len(items) != 1 || items[0].Key != "SHOP-1" {
		t.Fatalf("got %+v, %v", items, err)
	}
	if len(named) != 2 || named[0].Key != "SHOP-2" || named[0].ID.ID != "10002" || !strings.Contains(named[0].Err.Error(), "updated") || named[1].Key != "SHOP-3" {
		t.Errorf("broken are %+v", named)
	}
}

// A census shorter than Jira's own count is not complete.
func TestShortCensus(t *testing.T) {
	w, url := start(t, jirasim.Settings{})
	tracker := connect(t, url, Settings{})
	count := func() (last backlog.CensusPage) {
		m, err := tracker.known(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for page, err := range tracker.Census(t.Context(), backlog.ProjectID{Site: m.site, ID: "10000"}) {
			if err != nil {
				t.Fatal(err)
			}
			last = page
		}
		return last
	}
	if page := count(); !page.Complete || len(page.IDs) != 5 || page.Basis == "" {
		t.Errorf("the whole project counts as %+v", page)
	}
	w.Faults().Add(answer("/search/approximate-count", http.StatusOK, `{"count":500}`))
	if page := count(); page.Complete || page.Basis == "" {
		t.Errorf("five of about 500 count as %+v", page)
	}
}

// A tracker that is down is unavailable, not empty.
func TestTrackerDown(t *testing.T) {
	w, url := start(t, jirasim.Settings{})
	tracker := connect(t, url, Settings{})
	if _, err := tracker.Describe(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.Faults().Add(simulator.Rule{Status: http.StatusBadGateway, Header: map[string]string{"Content-Type": "text/html"}, Body: "<html>Bad gateway</html>"})
	if _, _, _, err := sweepAll(t, tracker, nil); !errors.Is(err, backlog.ErrUnavailable) {
		t.Errorf("got %v, want it to wrap %v", err, backlog.ErrUnavailable)
	}
}
