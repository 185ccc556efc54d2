package jira

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/jira/jirasim"
)

// azurePage is the page of a work item elsewhere.
func azurePage(n string) backlog.Ref {
	return backlog.Ref{URL: "https://dev.azure.com/o/_workitems/edit/" + n}
}

// Links that lead out of Jira are told apart from the issue, and make it whole.
func TestRemoteLinks(t *testing.T) {
	links := `[{"relationship":"is child of","object":{"url":"https://dev.azure.com/o/_workitems/edit/1","title":"a"}},
		{"relationship":"depends on","object":{"url":"https://dev.azure.com/o/_workitems/edit/2","title":"b"}},
		{"relationship":"depends on","object":{"url":"https://dev.azure.com/o/_workitems/edit/2","title":"again"}},
		{"object":{"url":"https://git.example/commit/3","title":"c"}},{"object":{"title":"nowhere"}}]`
	w, url := start(t, jirasim.Settings{})
	tracker := connect(t, url, Settings{})
	item := fetchOne(t, tracker, "SHOP-1").Item
	w.Faults().Add(answer(`/remotelink$`, http.StatusOK, links))
	told, err := tracker.RemoteLinks(t.Context(), item.ID, backlog.ItemID{Site: "jira:other", ID: "10001"})
	if err != nil || len(told) != 2 || !told[0].Known || told[1].Known {
		t.Fatalf("links %+v, %v", told, err)
	}
	item.AddRemote(told[0].Links)
	parent := azurePage("1")
	if diff := cmp.Diff(&parent, item.Parent); diff != "" {
		t.Errorf("parent (-want +got):\n%s", diff)
	}
	want := []backlog.Link{
		{Type: backlog.Blocks, Direction: backlog.Inward, Native: "depends on", To: azurePage("2")},
		{Type: backlog.Relates, Direction: backlog.Outward, To: backlog.Ref{URL: "https://git.example/commit/3"}},
	}
	if diff := cmp.Diff(want, item.Links); diff != "" {
		t.Errorf("links (-want +got):\n%s", diff)
	}
	if !item.Filled.Has(backlog.FieldParent) || !item.Filled.Has(backlog.FieldLinks) {
		t.Errorf("filled %b", item.Filled)
	}
	own := &backlog.Ref{Key: "SHOP-9"}
	child := backlog.Item{Parent: own}
	if child.AddRemote(told[0].Links); child.Parent != own || len(child.Links) != 3 {
		t.Errorf("an issue that names its parent has another one: %+v", child)
	}
}

// No listing and no fetch asks for the links of an issue.
func TestListingsDoNotAskForRemoteLinks(t *testing.T) {
	w, url := start(t, jirasim.Settings{})
	if err := w.Human("").RemoteLink("SHOP-1", azurePage("1").URL, "Azure 1"); err != nil {
		t.Fatal(err)
	}
	tracker := connect(t, url, Settings{})
	items, _, _, err := sweepAll(t, tracker, nil)
	if err != nil || len(items) == 0 {
		t.Fatal(len(items), err)
	}
	fetched := fetchOne(t, tracker, "SHOP-1").Item
	for _, e := range w.Truth().Entries() {
		if strings.HasSuffix(e.Path, "/remotelink") {
			t.Errorf("asked %s %s", e.Method, e.Path)
		}
	}
	if fetched.Links != nil || fetched.Revision != items[0].Revision {
		t.Errorf("fetched with %v as %s, swept as %s", fetched.Links, fetched.Revision, items[0].Revision)
	}
}

// What goes wrong with one issue is of that issue only; what goes wrong with
// all of them ends the reading.
func TestRemoteLinksThatAreNotTold(t *testing.T) {
	for name, c := range map[string]struct {
		path   string
		status int
		told   int // of five
		known  int
		err    error
	}{
		"refused for one":   {`/issue/10002/remotelink$`, http.StatusForbidden, 5, 4, nil},
		"no use for one":    {`/issue/10002/remotelink$`, http.StatusBadRequest, 5, 4, nil},
		"broken for one":    {`/issue/10002/remotelink$`, http.StatusInternalServerError, 4, 4, nil},
		"refused for all":   {`/remotelink$`, http.StatusForbidden, 5, 0, nil},
		"broken for all":    {`/remotelink$`, http.StatusInternalServerError, 0, 0, backlog.ErrUnavailable},
		"not our token":     {`/remotelink$`, http.StatusUnauthorized, 0, 0, backlog.ErrUnauthorized},
		"nothing goes awry": {`/nowhere$`, http.StatusForbidden, 5, 5, nil},
	} {
		t.Run(name, func(t *testing.T) {
			w, url := start(t, jirasim.Settings{})
			tracker := connect(t, url, Settings{})
			items, _, _, err := sweepAll(t, tracker, nil)
			if err != nil || len(items) != 5 {
				t.Fatal(len(items), err)
			}
			w.Faults().Add(answer(c.path, c.status, `{}`))
			var ids []backlog.ItemID
			for _, i := range items {
				ids = append(ids, i.ID)
			}
			told, err := tracker.RemoteLinks(t.Context(), ids...)
			known := 0
			for _, links := range told {
				if links.Known {
					known++
				}
			}
			if !errors.Is(err, c.err) || len(told) != c.told || known != c.known {
				t.Errorf("told %d, known %d, %v; want %d, %d, %v", len(told), known, err, c.told, c.known, c.err)
			}
		})
	}
}
