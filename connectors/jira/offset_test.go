package jira

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/jira/jirasim"
	"github.com/trackwarden/trackwarden/connectors/simulator"
)

// server opens a connector on a Data Center that holds so many stories more,
// created a minute apart.
func server(t *testing.T, s jirasim.Settings, stories int, apart time.Duration) (*jirasim.World, string) {
	t.Helper()
	s.Edition, s.Context = jirasim.DataCenter, "/jira"
	return start(t, s, func(w *jirasim.World) {
		for n := range stories {
			created := time.Now().AddDate(0, -2, 0).Truncate(time.Second).Add(time.Duration(n) * apart).Format("2006-01-02T15:04:05.000-0700")
			story(w, map[string]any{"summary": fmt.Sprint(n), "created": created, "updated": created})
		}
	})
}

func searches(w *jirasim.World) (n int) {
	for _, e := range w.Truth().Entries() {
		if strings.HasSuffix(e.Path, "/api/2/search") {
			n++
		}
	}
	return n
}

// A Data Center caps pages in silence and refuses to look deeper than its
// window: the rows that came count, and time leads on.
func TestServerBehindItsWindow(t *testing.T) {
	for name, c := range map[string]struct {
		apart      time.Duration
		cap, pages int
	}{
		"pages of our size": {time.Minute, 1000, 13},
		"capped pages":      {time.Minute, 40, 32},
		"many in a second":  {20 * time.Millisecond, 1000, 13},
		"few seconds":       {5 * time.Millisecond, 40, 32},
	} {
		t.Run(name, func(t *testing.T) {
			w, url := server(t, jirasim.Settings{PageCap: c.cap, Window: 1100}, 1200, c.apart)
			tracker := connect(t, url, Settings{})
			if _, err := tracker.Describe(t.Context()); err != nil {
				t.Fatal(err)
			}
			w.Truth().Reset()
			items, broken, mark, err := sweepAll(t, tracker, nil)
			if err != nil || len(broken) > 0 || len(mark) == 0 {
				t.Fatal(err, broken, mark)
			}
			seen := map[string]bool{}
			for _, item := range items {
				seen[item.Key] = true
			}
			if len(seen) != 1205 || len(items) > 1205*112/100 || searches(w) > c.pages+1 {
				t.Errorf("%d issues in %d rows of %d searches", len(seen), len(items), searches(w))
			}
			var last backlog.CensusPage
			listed := map[backlog.ItemID]bool{}
			for page, err := range tracker.Census(t.Context(), backlog.ProjectID{Site: tracker.model.site, ID: "10000"}) {
				if err != nil {
					t.Fatal(err)
				}
				for _, id := range page.IDs {
					listed[id] = true
				}
				last = page
			}
			if len(listed) != 1205 || !last.Complete {
				t.Errorf("the census lists %d, %+v", len(listed), last)
			}
		})
	}
}

// R05: whatever is edited between two pages, nobody else's place in the list
// makes an issue go unread.
func TestR05ServerEditsBetweenPages(t *testing.T) {
	for _, apart := range []time.Duration{0, 7 * time.Millisecond, time.Second} {
		t.Run(apart.String(), func(t *testing.T) {
			w, url := server(t, jirasim.Settings{}, 60, apart)
			tracker := connect(t, url, Settings{PageSize: 4})
			m, err := tracker.known(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			keys := w.Keys()
			begin := position{Kind: changes, Projects: []string{m.projects[0].ID}, Since: 1, Started: time.Now().UnixMilli(), Scope: tracker.scope()}
			seen, n, gone := map[string]bool{}, 0, ""
			for page, err := range tracker.Read(t.Context(), sweep("changes", begin)) {
				if err != nil {
					t.Fatal(err)
				}
				for _, item := range page.Items {
					seen[item.Key] = true
				}
				// Somebody edits what was read already, so that it moves behind
				// everything, and deletes one of them.
				for range 3 {
					if key := keys[n%len(keys)]; seen[key] && key != gone && n < 40 {
						if err := w.Human("").AddLabel(key, fmt.Sprint("l", n)); err != nil {
							t.Fatal(err)
						}
					}
					n++
				}
				if n == 12 {
					gone = page.Items[0].Key
					if err := w.Human("").Delete(gone); err != nil {
						t.Fatal(err)
					}
				}
			}
			for _, key := range keys {
				if !seen[key] {
					t.Errorf("%s was never read", key)
				}
			}
		})
	}
}

// An index that lags sorts an issue by an older time than it shows. The shown
// time must not lead the listing past what lies between.
func TestR03ServerIndexBehindItsRows(t *testing.T) {
	rows := func(seconds ...int64) (rows []row) {
		for i, s := range seconds {
			rows = append(rows, row{id: fmt.Sprint(i), second: s * 1000})
		}
		return rows
	}
	if got := (span{}).behind(rows(1, 2, 3, 4, 5, 6, 900), 0, doubted); got != (span{At: 3000}) {
		t.Errorf("goes on from %+v", got)
	}
	if got := (span{At: 1000, Skip: 3, Anchor: "x"}).behind(rows(1, 1, 1), 2, doubted); got != (span{At: 1000, Skip: 5, Anchor: "2"}) {
		t.Errorf("goes on from %+v", got)
	}
	if got := (span{}).behind(rows(1, 2, 3, 3), 0, 1); got != (span{At: 3000, Skip: 2, Anchor: "3"}) {
		t.Errorf("goes on from %+v", got)
	}
}

// One call asks an idle Data Center for changes.
func TestServerIdlePoll(t *testing.T) {
	w, url := server(t, jirasim.Settings{}, 30, time.Minute)
	tracker := connect(t, url, Settings{})
	_, _, mark, err := sweepAll(t, tracker, nil)
	if err != nil {
		t.Fatal(err)
	}
	w.Truth().Reset()
	if items, _, _, err := sweepAll(t, tracker, mark); err != nil || len(items) > 0 || len(w.Truth().Entries()) != 1 {
		t.Errorf("%d items, %v, %d requests", len(items), err, len(w.Truth().Entries()))
	}
}

// A listing that contradicts itself is not believed on a Data Center either.
func TestServerListingsThatCannotBeTrusted(t *testing.T) {
	for name, c := range map[string]struct{ body, says string }{
		"no rows":             {`{"issues":[],"total":7}`, "empty page"},
		"the same row always": {`{"issues":[` + oneIssue + `],"total":7}`, "empty page"},
		"no total":            {`{"issues":[]}`, "how many"},
		"a row without an id": {`{"issues":[{"key":"SHOP-1"}],"total":7}`, "has no id"},
	} {
		t.Run(name, func(t *testing.T) {
			w, url := server(t, jirasim.Settings{}, 0, 0)
			tracker := connect(t, url, Settings{})
			if _, err := tracker.Describe(t.Context()); err != nil {
				t.Fatal(err)
			}
			w.Faults().Add(answer("/api/2/search$", http.StatusOK, c.body))
			var last error
			for _, err := range tracker.Read(t.Context(), sweep("backfill SHOP", position{Kind: backfill, Project: "10000"})) {
				last = err
			}
			if !errors.Is(last, backlog.ErrIncomplete) || !strings.Contains(last.Error(), c.says) {
				t.Errorf("ended with %v", last)
			}
		})
	}
}

// A token that is no longer good is answered as anonymous: nobody may take
// that for an empty site.
func TestServerAnonymous(t *testing.T) {
	w, url := server(t, jirasim.Settings{}, 0, 0)
	tracker := connect(t, url, Settings{})
	if _, err := tracker.Describe(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.Refuse(jirasim.Nobody)
	if _, _, _, err := sweepAll(t, tracker, nil); !errors.Is(err, backlog.ErrUnauthorized) {
		t.Errorf("got %v, want it to wrap %v", err, backlog.ErrUnauthorized)
	}
}

// The epic above a story is found by the type of its field, not by an id, and
// counts as filled and as part of the form.
func TestServerEpics(t *testing.T) {
	w, url := server(t, jirasim.Settings{}, 0, 0)
	epic := story(w, map[string]any{"issuetype": "Epic", "summary": "Pay by phone"})
	child := story(w, map[string]any{"parent": epic})
	sub := story(w, map[string]any{"issuetype": "Sub-task", "parent": child})
	tracker := connect(t, url, Settings{})
	site, err := tracker.Describe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(site.Problems) > 0 || !slices.Contains(site.Locators, `(?i)^`+strings.ReplaceAll(url, ".", `\.`)+`/browse/(?P<key>[A-Za-z][A-Za-z0-9_]*-[0-9]+)/?(?:[?#].*)?$`) {
		t.Errorf("problems %v, locators %v", site.Problems, site.Locators)
	}
	for key, level := range map[string]backlog.Level{epic: backlog.Feature, child: backlog.Story, sub: backlog.Task} {
		item := fetchOne(t, tracker, key).Item
		if item.Level != level || level != backlog.Feature && (item.Parent == nil || !item.Filled.Has(backlog.FieldParent)) {
			t.Errorf("%s is on level %s, parent %v", key, item.Level, item.Parent)
		}
		if kind, ok := site.TypeOf(item); !ok || level == backlog.Story && !kind.Layout.Has(backlog.FieldParent) {
			t.Errorf("type of %s: %+v", key, kind)
		}
	}
}

// What became of an issue is told with the issue, and who did it by other names.
func TestServerHistory(t *testing.T) {
	w, url := server(t, jirasim.Settings{}, 0, 0)
	if err := w.Human("").SetField("SHOP-1", "status", "In Progress"); err != nil {
		t.Fatal(err)
	}
	if err := w.Human("557058:bot").AddLabel("SHOP-1", "hygiene"); err != nil {
		t.Fatal(err)
	}
	past := historyOf(t, connect(t, url, Settings{}), w.Issue("SHOP-1")["id"].(string))[0]
	if !past.Known || past.Cut || len(past.Events) != 2 || past.Events[0].ToCategory != backlog.InProgress || past.Events[0].Ours || !past.Events[1].Ours {
		t.Errorf("the past is %+v", past)
	}
	for _, e := range w.Truth().Entries() {
		if strings.Contains(e.Path, "/changelog") {
			t.Errorf("asked for %s", e.Path)
		}
	}
}

// A footer that somebody edited away leaves the comment's property.
func TestServerMarkerWithoutFooter(t *testing.T) {
	w, url := server(t, jirasim.Settings{}, 0, 0)
	tracker := connect(t, url, Settings{})
	fetchOne(t, tracker, "SHOP-1")
	id := w.Issue("SHOP-1")["id"].(string)
	marker := backlog.Marker{Owner: "trackwarden", Item: id, Intent: "i", Hash: "h"}
	for _, step := range tracker.Steps(backlog.Change{Intent: "i", Item: backlog.ItemID{Site: tracker.model.site, ID: id}, Key: "SHOP-1", Comment: &backlog.CommentChange{Markdown: "x", Marker: marker}}) {
		if r, err := tracker.Send(t.Context(), step); err != nil || r.Outcome != backlog.Applied {
			t.Fatal(r, err)
		}
	}
	comments := w.Comments(id)
	if err := w.Human("").EditComment(id, comments[0]["id"].(string), "Somebody's words"); err != nil {
		t.Fatal(err)
	}
	ours, err := tracker.Comments(t.Context(), backlog.ItemID{Site: tracker.model.site, ID: id})
	if err != nil || len(ours) != 1 || ours[0].Marker != marker || !ours[0].Edited {
		t.Errorf("ours are %+v, %v", ours, err)
	}
	w.Faults().Add(simulator.Rule{Path: "/properties/", Status: http.StatusNotFound})
	if ours, err := tracker.Comments(t.Context(), backlog.ItemID{Site: tracker.model.site, ID: id}); err != nil || len(ours) != 1 || ours[0].Marker != (backlog.Marker{}) || !ours[0].Edited {
		t.Errorf("without property and footer: %+v, %v", ours, err)
	}
}
