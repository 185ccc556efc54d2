package azuredevops

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/azuredevops/azuresim"
)

// Everything that a pass does works on every edition, for one refusal at the
// beginning at most.
func TestEveryEdition(t *testing.T) {
	for name, settings := range editions() {
		t.Run(name, func(t *testing.T) {
			w, url := start(t, settings)
			site := pass(t, w, connect(t, url, Settings{}))
			refusals := 0
			for _, e := range w.Truth().Entries() {
				if e.Status == http.StatusBadRequest {
					refusals++
				}
			}
			if refusals > 1 || (refusals == 1) != (settings.Edition == azuresim.Server2022 && !settings.Negotiates) {
				t.Errorf("%d requests were refused", refusals)
			}
			if feeds := settings.Feeds == azuresim.FeedsOpen; (len(site.Problems) == 0) != feeds {
				t.Errorf("problems %q", site.Problems)
			}
		})
	}
}

// A Server's work items have their pages at its own address, below the
// collection, and are found by it.
func TestServerAddresses(t *testing.T) {
	w, url := start(t, azuresim.Settings{Edition: azuresim.Server2022, Path: "/tfs/DefaultCollection"})
	tracker := connect(t, url, Settings{})
	site := describe(t, tracker)
	seen, err := tracker.Fetch(t.Context(), backlog.ItemID{Site: testSite, ID: "7"})
	must(t, err)
	item := seen[0].Item
	ref, ours := site.Locate(item.URL)
	if item.URL != url+"/Platform/_workitems/edit/7" || !ours || ref.ID != item.ID || item.Parent == nil || item.Parent.ID.ID != "6" || len(item.Links) != 2 {
		t.Errorf("%s is %+v; parent %+v, links %+v", item.URL, ref, item.Parent, item.Links)
	}
	host := strings.TrimPrefix(strings.TrimSuffix(url, "/tfs/DefaultCollection"), "http://")
	if site.Name != "DefaultCollection" || host == "" {
		t.Errorf("the site is %+v", site)
	}
	if len(w.Truth().Entries()) == 0 {
		t.Error("nothing was asked")
	}
}

// A server that knows neither version is named as too old.
func TestTooOldServer(t *testing.T) {
	w, url := start(t, azuresim.Settings{})
	w.Faults().Add(answer("", http.StatusBadRequest, `{"message":"The latest REST API version this server supports is 6.0.","typeKey":"VssVersionOutOfRangeException"}`))
	if _, err := connect(t, url, Settings{}).Describe(t.Context()); !errors.Is(err, backlog.ErrUnavailable) || !strings.Contains(err.Error(), "older than Azure DevOps Server 2022") {
		t.Errorf("got %v", err)
	}
}

// Without feeds, whether they are missing or refused, edits, types and projects
// are followed by query in ranges of ids, and links by reading again.
func TestR23ServerWithoutFeeds(t *testing.T) {
	for _, feeds := range []azuresim.Feeds{azuresim.FeedsMissing, azuresim.FeedsRefused} {
		now := today
		w, url := start(t, azuresim.Settings{Edition: azuresim.Server2022, Path: "/c", Feeds: feeds, Clock: func() time.Time { return now }})
		tracker := connect(t, url, Settings{})
		mark := settled(t, tracker)
		now = now.Add(time.Hour)
		for id := 1; id <= 5; id++ { // more than a range of the tests holds
			must(t, w.SetField(id, "System.Title", "Edited"))
		}
		must(t, w.Link(2, hierarchyUp, 6))
		now = now.Add(25 * time.Hour)
		describe(t, tracker) // shows us the time
		page, err := round(t, tracker, mark)
		must(t, err)
		edited := map[string]bool{}
		linked := slices.ContainsFunc(page.Items, func(i backlog.Item) bool { return i.Key == "2" && i.Parent != nil })
		for _, i := range page.Items {
			edited[i.Key] = edited[i.Key] || i.Title == "Edited"
		}
		if !linked || !edited["1"] || !edited["2"] || !edited["3"] || !edited["4"] || !edited["5"] {
			t.Errorf("%s: edited %v, linked %t", feeds, edited, linked)
		}
	}
}
