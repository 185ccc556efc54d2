package azuredevops

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/azuredevops/azuresim"
	"github.com/trackwarden/trackwarden/connectors/simulator"
)

// The same work item, as other hands write it.
func TestOddWorkItems(t *testing.T) {
	const plain = `{"id":7,"rev":3,"fields":{"System.ChangedDate":"2026-11-20T08:00:00Z","System.Title":"A"},"relations":[],"multilineFieldsFormat":{},"commentVersionRef":{"commentId":5}}`
	for name, change := range map[string][2]string{
		"as it is":         {"{", "{"},
		"texts for ids":    {`"id":7,"rev":3`, `"id":"7","rev":"3"`},
		"nulls":            {`[],"multilineFieldsFormat":{},`, `null,"multilineFieldsFormat":null,"_links":null,"url":null,`},
		"nothing optional": {`,"relations":[],"multilineFieldsFormat":{},"commentVersionRef":{"commentId":5}`, ``},
		"milliseconds":     {`08:00:00Z`, `08:00:00.000Z`},
		"offset":           {`08:00:00Z`, `09:00:00+01:00`},
		"no colon":         {`08:00:00Z`, `08:00:00+0000`},
		"no zone":          {`08:00:00Z`, `08:00:00`},
		"more":             {`"rev"`, `"x":{"y":[null]},"rev"`},
	} {
		w, err := parseItem(json.RawMessage(strings.Replace(plain, change[0], change[1], 1)))
		at, late := w.time("System.ChangedDate")
		if err != nil || late != nil || w.ID != 7 || w.Rev != 3 || at.Unix() != 1795161600 || w.text("System.Title") != "A" {
			t.Errorf("%s: %+v at %v, %v, %v", name, w, at.Unix(), err, late)
		}
	}
	var rows []change
	if err := json.Unmarshal([]byte(`[{"id":"7"},{"sourceId":"1","targetId":null}]`), &rows); err != nil || rows[0].ID != 7 || rows[1].Source != 1 {
		t.Errorf("rows %+v, %v", rows, err)
	}
	var r remark
	if err := json.Unmarshal([]byte(`{"id":"5","modifiedDate":"yesterday","createdBy":null}`), &r); err != nil || r.id() != "5" || !r.Modified.IsZero() {
		t.Errorf("comment %+v, %v", r, err)
	}
	for _, bad := range []string{`{"id":"seven"}`, `{"id":true}`, `[]`} {
		if w, err := parseItem(json.RawMessage(bad)); err == nil {
			t.Errorf("%s reads %+v", bad, w)
		}
	}
}

// Without an id of its own an organisation is known by its address, and one
// that forgets it for once stays what it was.
func TestWithoutInstance(t *testing.T) {
	me := `{"authenticatedUser":{"id":"a1","subjectDescriptor":"aad.YQ"}}`
	w, url := start(t, azuresim.Settings{})
	w.Faults().Add(answer("(?i)/connectionData", http.StatusOK, me))
	if id := describe(t, connect(t, url, Settings{})).ID; id != backlog.SiteID("azuredevops:"+strings.TrimPrefix(url, "http://")) {
		t.Errorf("the site is %s", id)
	}
	w.Faults().Clear()
	tracker := connect(t, url, Settings{})
	if id := describe(t, tracker).ID; id != testSite {
		t.Errorf("the site is %s", id)
	}
	w.Faults().Add(answer("(?i)/connectionData", http.StatusOK, me))
	if id := describe(t, tracker).ID; id != testSite {
		t.Errorf("the site became %s", id)
	}
}

// An answer that says nothing of the comment leaves it to reading.
func TestAnswerWithoutComment(t *testing.T) {
	w, url := start(t, azuresim.Settings{})
	tracker := connect(t, url, Settings{})
	step := tracker.Steps(wish(t, tracker, "1", "i1", "hygiene", "**gaps**"))[0]
	rule := answer("", http.StatusOK, `{"id":1,"rev":2,"fields":null}`)
	rule.Method, rule.Served = http.MethodPatch, true
	w.Faults().Add(rule)
	w.Faults().Add(simulator.Rule{Path: "/comments", Status: http.StatusMethodNotAllowed})
	sent, err := tracker.Send(t.Context(), step)
	must(t, err)
	found, err := tracker.Resolve(t.Context(), step)
	must(t, err)
	if sent.Outcome != backlog.Unknown || found.Outcome != backlog.Applied || found.Comment == "" {
		t.Errorf("sent %+v, found %+v", sent, found)
	}
}

// Types and states without a word on them are read by their names.
func TestGuesses(t *testing.T) {
	for process, c := range map[string]struct {
		types []string
		want  map[string]backlog.Level
	}{
		"agile":   {[]string{"Epic", "Feature", "User Story", "Issue", "Task"}, map[string]backlog.Level{"epic": backlog.Portfolio, "feature": backlog.Feature, "user story": backlog.Story, "issue": "", "task": backlog.Task}},
		"basic":   {[]string{"Epic", "Issue", "Task"}, map[string]backlog.Level{"epic": backlog.Feature, "issue": backlog.Story}},
		"unknown": {nil, map[string]backlog.Level{"epic": backlog.Portfolio, "product backlog item": backlog.Story, "impediment": ""}},
	} {
		levels := guessedLevels(c.types)
		for name, want := range c.want {
			if levels[name] != want {
				t.Errorf("%s: %s is on level %q, want %q", process, name, levels[name], want)
			}
		}
	}
	for state, want := range map[string]backlog.Category{"New": backlog.ToDo, "Resolved": backlog.InProgress, "Closed": backlog.Done, "Removed": backlog.Removed, "Blau": ""} {
		if got := guessedCategory(state); got != want {
			t.Errorf("%s is %q, want %q", state, got, want)
		}
	}
}

// Without the root area, the question about rights was about nothing.
func TestRightsWithoutArea(t *testing.T) {
	w, url := start(t, azuresim.Settings{})
	w.Faults().Add(answer("(?i)/classificationnodes", http.StatusNotFound, `{}`))
	no := `{"value":false}`
	w.Faults().Add(answer("(?i)/permissionevaluationbatch", http.StatusOK, `{"evaluations":[`+no+","+no+","+no+`]}`))
	if r := describe(t, connect(t, url, Settings{})).Rights[0]; !r.Edit || !r.Comment || r.Quiet {
		t.Errorf("rights %+v", r)
	}
}
