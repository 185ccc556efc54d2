package jira

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/jira/jirasim"
	"github.com/trackwarden/trackwarden/connectors/rest"
	"github.com/trackwarden/trackwarden/connectors/simulator"
)

// Once a way is known to work, "not found" is about the issue, and no other
// way is tried for it; one that is closed later gives way to the next.
func TestWays(t *testing.T) {
	w, url := start(t, jirasim.Settings{})
	tracker := connect(t, url, Settings{})
	fetchOne(t, tracker, "SHOP-1")
	if _, _, err := tracker.own(t.Context(), "10001"); err != nil {
		t.Fatal(err)
	}
	w.Truth().Reset()
	if _, _, err := tracker.own(t.Context(), "99999"); rest.Status(err) != http.StatusNotFound {
		t.Errorf("an issue that is not there: %v", err)
	}
	if asked := w.Truth().Entries(); len(asked) != 1 {
		t.Errorf("asked %d times: %+v", len(asked), asked)
	}
	w.Faults().Add(simulator.Rule{Path: "^/rest/api/2/", Status: http.StatusGone})
	if _, _, err := tracker.own(t.Context(), "10001"); err != nil {
		t.Errorf("version 3 is there: %v", err)
	}
	w.Faults().Clear()
	w.Faults().Add(simulator.Rule{Path: "^/rest/api/", Status: http.StatusUnauthorized})
	if _, _, err := tracker.own(t.Context(), "10001"); !errors.Is(err, backlog.ErrUnauthorized) {
		t.Errorf("refused credentials: %v", err)
	}
}

// Half a list never passes for the whole.
func TestHalfLists(t *testing.T) {
	w, url := start(t, jirasim.Settings{})
	tracker := connect(t, url, Settings{})
	fetchOne(t, tracker, "SHOP-1")
	w.Faults().Add(answer("/search/jql", http.StatusOK, `{"issues":[],"isLast":false}`))
	if _, _, _, err := sweepAll(t, tracker, nil); !errors.Is(err, backlog.ErrIncomplete) {
		t.Errorf("more issues and no token: %v", err)
	}
	for _, field := range []string{`{}`, `{"comment":{"total":21,"comments":[]}}`} {
		w.Faults().Clear()
		w.Faults().Add(answer("/comment", http.StatusNotFound, `{}`))
		w.Faults().Add(answer(`/10001\?fields=comment`, http.StatusOK, `{"id":"10001","fields":`+field+`}`))
		if ours, err := tracker.Comments(t.Context(), backlog.ItemID{ID: "10001"}); !errors.Is(err, backlog.ErrUnavailable) || !strings.Contains(err.Error(), "/comment") {
			t.Errorf("%s: %v, %v", field, ours, err)
		}
	}
}

// A site that forgets its id for once stays what it was.
func TestSiteStays(t *testing.T) {
	w, url := start(t, jirasim.Settings{})
	tracker := connect(t, url, Settings{})
	before, err := tracker.Describe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	w.Faults().Add(answer("/tenant_info", http.StatusNotFound, `{}`))
	if after, err := tracker.Describe(t.Context()); err != nil || after.ID != before.ID {
		t.Errorf("%s became %s, %v", before.ID, after.ID, err)
	}
}
