package jira

import (
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/jira/jirasim"
	"github.com/trackwarden/trackwarden/connectors/simulator"
	"github.com/trackwarden/trackwarden/connectors/simulator/evidence"
)

func historyOf(t *testing.T, tracker *Tracker, ids ...string) []backlog.Past {
	t.Helper()
	m, err := tracker.known(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var asked []backlog.ItemID
	for _, id := range ids {
		asked = append(asked, m.id(ident(id)))
	}
	pasts, err := tracker.History(t.Context(), asked...)
	if err != nil || len(pasts) != len(ids) {
		t.Fatal(len(pasts), err)
	}
	return pasts
}

// Whichever way a site offers its changelog, the same past is read: what
// people and we did, on issues and in comments.
func TestHistoryInEveryWay(t *testing.T) {
	for name, lacks := range map[string]string{
		"all at once":     "",
		"one by one":      `/changelog/bulkfetch$`,
		"with the issue":  `(/changelog/bulkfetch|/issue/\d+/changelog(\?.*)?)$`,
		"without classes": `(/status|/issue/bulkfetch)$`,
	} {
		t.Run(name, func(t *testing.T) {
			w, url := start(t, jirasim.Settings{})
			person, bot := w.Human(""), w.Human("557058:bot")
			comment := func(who *jirasim.Human) error { _, err := who.AddComment("SHOP-1", "Soon"); return err }
			for _, did := range []func() error{
				func() error { return person.SetField("SHOP-1", "status", "In Progress") },
				func() error { return person.SetField("SHOP-1", "duedate", "2026-12-01") },
				func() error { return person.SetField("SHOP-1", "duedate", "2026-12-08") },
				func() error { return bot.AddLabel("SHOP-1", "hygiene") },
				func() error { return comment(person) },
				func() error { return comment(bot) },
				func() error { return bot.SetField("SHOP-1", "summary", "From a rule of ours") },
			} {
				if err := did(); err != nil {
					t.Fatal(err)
				}
				time.Sleep(2 * time.Millisecond) // Jira's times are that exact
			}
			if lacks != "" {
				w.Faults().Add(simulator.Rule{Path: lacks, Status: http.StatusNotFound})
			}
			id := w.Issue("SHOP-1")["id"].(string)
			pasts := historyOf(t, connect(t, url, Settings{}), "99999", id)
			if pasts[0].Known || len(pasts[0].Events) > 0 {
				t.Errorf("an issue that is not there has the past %+v", pasts[0])
			}
			want := []backlog.Event{
				{Field: backlog.StateEvent, From: "To Do", To: "In Progress", FromCategory: backlog.ToDo, ToCategory: backlog.InProgress},
				{Field: backlog.DueEvent, To: "2026-12-01"}, {Field: backlog.DueEvent, From: "2026-12-01", To: "2026-12-08"},
				{Ours: true}, {}, {Ours: true}, {},
			}
			if diff := cmp.Diff(want, pasts[1].Events, cmpopts.IgnoreFields(backlog.Event{}, "At")); diff != "" || !pasts[1].Known || pasts[1].Cut {
				t.Errorf("known %t, cut %t (-want +got):\n%s", pasts[1].Known, pasts[1].Cut, diff)
			}
			for _, e := range pasts[1].Events {
				if time.Since(e.At) > time.Minute {
					t.Errorf("the event %+v was just now", e)
				}
			}
		})
	}
}

// The changelogs of many issues come in pages that may split one issue's. The
// shape is that of Atlassian's OpenAPI document; times may be numbers.
func TestBulkChangelogPages(t *testing.T) {
	w, url := start(t, jirasim.Settings{})
	first, second := w.Issue("SHOP-1")["id"].(string), w.Issue("SHOP-2")["id"].(string)
	pages := []string{
		`{"issueChangeLogs":[{"issueId":"` + first + `","changeHistories":[{"id":"1","author":{"accountId":"557058:ada"},"created":1764000000000,"items":[{"field":"priority","fieldId":"priority","fieldtype":"jira","from":"3","fromString":"Medium","to":"2","toString":"High"}]}]}],"nextPageToken":"more"}`,
		`{"issueChangeLogs":[{"issueId":"` + first + `","changeHistories":[{"id":"2","author":{"accountId":"557058:bot"},"created":"2026-11-02T09:00:00.000+0000","items":[{"field":"labels","fieldId":"labels","from":null,"fromString":"","to":null,"toString":"hygiene"}]}]}]}`,
	}
	for _, body := range pages {
		rule := answer("/changelog/bulkfetch$", http.StatusOK, body)
		rule.Times = 1
		w.Faults().Add(rule)
	}
	pasts := historyOf(t, connect(t, url, Settings{}), first, second)
	want := []backlog.Event{{At: time.UnixMilli(1764000000000).UTC()}, {At: time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC), Ours: true}}
	if diff := cmp.Diff(want, pasts[0].Events); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !pasts[1].Known || len(pasts[1].Events) > 0 {
		t.Errorf("an issue that never changed has %+v", pasts[1])
	}
}

// A sprint that had begun when it was left is told by its own dates, whether
// the issue still names it or only the agile API knows it.
func TestSprintsThatWereLeft(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 11, n, 9, 0, 0, 0, time.UTC) }
	w, url := start(t, jirasim.Settings{}, func(w *jirasim.World) {
		w.AddBoard(jirasim.Board{ID: 7, Name: "Shop", Project: "SHOP"})
		w.AddSprint(jirasim.Sprint{ID: 47, Name: "47", State: "closed", Board: 7, Start: day(1), End: day(7)})
		w.AddSprint(jirasim.Sprint{ID: 48, Name: "48", State: "active", Board: 7, Start: day(8), End: day(14)})
		w.AddSprint(jirasim.Sprint{ID: 49, Name: "49", State: "future", Board: 7, Start: day(1)})
		story(w, map[string]any{"summary": "Carried", jirasim.SprintField: []int{47, 48}})
	})
	changed := func(d int, from, to string) string {
		return `{"created":"` + day(d).Format(time.RFC3339) + `","items":[{"field":"Sprint","fieldId":"` + jirasim.SprintField + `","from":"` + from + `","to":"` + to + `"}]}`
	}
	id := w.Issue("SHOP-6")["id"].(string)
	w.Faults().Add(answer("/changelog/bulkfetch$", http.StatusOK, `{"issueChangeLogs":[{"issueId":"`+id+`","changeHistories":[`+strings.Join([]string{
		changed(9, "47", "47, 48"), // closed with the issue unfinished: it stays named
		changed(2, "", "47"), changed(10, "47, 48", "47, 49"), changed(11, "47, 49", "47, 48"), changed(12, "47, 48", "47"), changed(13, "47", "47, 48"),
	}, ",")+`]}]}`))
	past := historyOf(t, connect(t, url, Settings{}), id)[0]
	want := []backlog.Event{
		{To: "47"}, {From: "47", To: "48", Begun: true}, {From: "48", To: "49", Begun: true}, {From: "49", To: "48"},
		{From: "48", Begun: true}, {From: "47", To: "48", Begun: true},
	}
	if diff := cmp.Diff(want, past.Events, cmpopts.IgnoreFields(backlog.Event{}, "At", "Field")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if h := past.History(day(1)); h.CarriedOver != 3 {
		t.Errorf("carried over %d times", h.CarriedOver)
	}
}

// An embedded changelog that is only the newest part says so.
func TestCutChangelog(t *testing.T) {
	w, url := start(t, jirasim.Settings{})
	for n := range 105 {
		if err := w.Human("").SetField("SHOP-1", "summary", strings.Repeat("x", n+1)); err != nil {
			t.Fatal(err)
		}
	}
	id := w.Issue("SHOP-1")["id"].(string)
	w.Faults().Add(simulator.Rule{Path: `/changelog/bulkfetch$`, Status: http.StatusNotFound})
	if past := historyOf(t, connect(t, url, Settings{}), id)[0]; past.Cut || len(past.Events) != 105 {
		t.Errorf("paged: cut %t, %d events", past.Cut, len(past.Events))
	}
	w.Faults().Add(simulator.Rule{Path: `/issue/\d+/changelog`, Status: http.StatusNotFound})
	if past := historyOf(t, connect(t, url, Settings{}), id)[0]; !past.Cut || len(past.Events) != 100 {
		t.Errorf("embedded: cut %t, %d events", past.Cut, len(past.Events))
	}
}

// Recorded changelogs of a real site are read.
func TestRecordedChangelogs(t *testing.T) {
	m := &model{repeats: &repeats{}, fields: fieldMap{known: map[backlog.Field][]string{backlog.FieldIteration: {"customfield_10020"}}}}
	var collections struct {
		Changelogs []struct {
			Data entry `json:"data"`
		} `json:"changelogs"`
	}
	recorded(t, "jira-devlake-collections.json", &collections)
	kinds := map[backlog.EventField]int{}
	for _, c := range collections.Changelogs {
		for _, e := range m.eventsOf(c.Data, statusNames{}) {
			if e.At.IsZero() {
				t.Errorf("no time: %+v", e)
			}
			kinds[e.Field]++
		}
	}
	var issues []struct {
		Data struct {
			Changelog struct {
				Entries []entry `json:"histories"`
			} `json:"changelog"`
		} `json:"data"`
	}
	recorded(t, "jira-cloud-devlake-board-issues.json", &issues)
	for _, i := range issues {
		for _, entry := range i.Data.Changelog.Entries {
			for _, e := range m.eventsOf(entry, statusNames{}) {
				kinds[e.Field]++
			}
		}
	}
	if kinds[backlog.StateEvent] != 13 || kinds[backlog.IterationEvent] < 1 || kinds[""] < 20 {
		t.Errorf("read %v", kinds)
	}
}

// recorded reads a recorded exchange.
func recorded(t *testing.T, name string, into any) {
	t.Helper()
	content, err := os.ReadFile(evidence.File(t, "recorded", name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(content, into); err != nil {
		t.Fatal(err)
	}
}

func TestChangedValuesOfAnyShape(t *testing.T) {
	var e entry
	if err := json.Unmarshal([]byte(`{"created":"soon","items":[{"field":"x","from":7,"to":{"value":"a"},"fromString":null}]}`), &e); err != nil {
		t.Fatal(err)
	}
	if !e.Created.IsZero() || e.Items[0].From != "7" || e.Items[0].To != "a" {
		t.Errorf("read %+v", e)
	}
}
