package jira

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/jira/jirasim"
)

func change() backlog.Change {
	return backlog.Change{
		Intent: "intent-1", Item: backlog.ItemID{Site: "jira:cloud", ID: "10001"}, Key: "SHOP-1",
		AddLabels: []string{"hygiene"}, RemoveLabels: []string{"hygiene:old"},
		Comment: &backlog.CommentChange{Markdown: "**Backlog check: 1 gap**", Marker: backlog.Marker{Owner: "us", Item: "10001", Hash: "h"}},
		Record:  backlog.Record{Owner: "us", Item: "10001", Labels: []string{"hygiene"}},
	}
}

func TestSteps(t *testing.T) {
	tracker := connect(t, "http://127.0.0.1:1", Settings{})
	quiet := change()
	quiet.Quiet = true
	edit := change()
	edit.AddLabels, edit.RemoveLabels, edit.Comment.ID = nil, nil, "77"
	edit.Quiet = true
	first := change()
	first.AddLabels, first.RemoveLabels, first.Record.Labels = nil, nil, nil
	owned := first
	owned.Record.Labels = []string{"hygiene"}
	for name, c := range map[string]struct {
		change backlog.Change
		want   []string
	}{
		"labels and comment": {change(), []string{"set labels PUT rest/api/2/issue/10001?", "post comment POST rest/api/2/issue/10001/comment?"}},
		"without mail":       {quiet, []string{"set labels PUT rest/api/2/issue/10001?notifyUsers=false", "post comment POST rest/api/2/issue/10001/comment?"}},
		"edit only":          {edit, []string{"edit comment PUT rest/api/2/issue/10001/comment/77?notifyUsers=false"}},
		"first trace":        {first, []string{"write ownership record PUT rest/api/2/issue/10001?", "post comment POST rest/api/2/issue/10001/comment?"}},
		"known already":      {owned, []string{"post comment POST rest/api/2/issue/10001/comment?"}},
		"nothing":            {backlog.Change{Item: quiet.Item}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, s := range tracker.Steps(c.change) {
				var p payload
				if err := json.Unmarshal(s.Payload, &p); err != nil {
					t.Fatal(err)
				}
				got = append(got, s.Summary+" "+p.Method+" "+p.Path+"?"+p.Query)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestBodies(t *testing.T) {
	tracker := connect(t, "http://127.0.0.1:1", Settings{Owner: "us"})
	c := change()
	c.Comment.Marker.Owner, c.Record.Owner = "", ""
	steps := tracker.Steps(c)
	want := []string{
		`{"properties":[{"key":"trackwarden","value":{"owner":"us","item":"10001","labels":["hygiene"],"intent":"intent-1"}}],"update":{"labels":[{"add":"hygiene"},{"remove":"hygiene:old"}]}}`,
		`{"body":"*Backlog check: 1 gap* [¶|http://127.0.0.1:1/browse/SHOP-1#trackwarden:us:10001:intent-1:h]",` +
			`"properties":[{"key":"trackwarden","value":{"owner":"us","item":"10001","intent":"intent-1","hash":"h"}},{"key":"sd.public.comment","value":{"internal":true}}]}`,
	}
	for i, step := range steps {
		var p payload
		if err := json.Unmarshal(step.Payload, &p); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want[i], string(p.Body)); diff != "" {
			t.Errorf("step %d (-want +got):\n%s", i, diff)
		}
	}
}

// What Jira refuses is told apart, because the next move differs.
func TestH24AndH25Refusals(t *testing.T) {
	for name, c := range map[string]struct {
		arrange func(*jirasim.World)
		change  func(*backlog.Change)
		step    int
		want    backlog.Refusal
	}{
		"may not edit":      {func(w *jirasim.World) { w.Deny("SHOP", "EDIT_ISSUES") }, nil, 0, backlog.Denied},
		"may not comment":   {func(w *jirasim.World) { w.Deny("SHOP", "ADD_COMMENTS") }, nil, 1, backlog.Denied},
		"a label with room": {nil, func(c *backlog.Change) { c.AddLabels = []string{"a b"} }, 0, backlog.Invalid},
		"no such issue":     {nil, func(c *backlog.Change) { c.Item.ID = "99999" }, 0, backlog.Absent},
		"no such comment":   {nil, func(c *backlog.Change) { c.Comment.ID = "99999" }, 1, backlog.Absent},
		"throttled":         {func(w *jirasim.World) { w.Faults().Add(answer("", http.StatusTooManyRequests, `{}`)) }, nil, 0, backlog.Throttled},
	} {
		t.Run(name, func(t *testing.T) {
			w, url := start(t, jirasim.Settings{})
			tracker := connect(t, url, Settings{})
			planned := change()
			planned.Item.ID = fetchOne(t, tracker, "SHOP-1").Item.ID.ID
			if c.change != nil {
				c.change(&planned)
			}
			if c.arrange != nil {
				c.arrange(w)
			}
			receipt, err := tracker.Send(t.Context(), tracker.Steps(planned)[c.step])
			if err != nil || receipt.Outcome != backlog.Refused || receipt.Refusal != c.want || receipt.Reason == "" {
				t.Errorf("got %+v, %v, want it refused as %s", receipt, err, c.want)
			}
			if n := len(w.Truth().Writes()); n != 0 {
				t.Errorf("%d writes were applied", n)
			}
		})
	}
}

// A comment is recognised by the link in its last line when its property is
// gone.
func TestU02MarkerWithoutProperty(t *testing.T) {
	w, url := start(t, jirasim.Settings{Account: "557058:us"})
	mine := marker("10009")
	w.AddIssue(map[string]any{"id": "10009", "key": "SHOP-9", "fields": map[string]any{"summary": "x", "comment": []any{
		map[string]any{"id": "501", "author": "557058:us", "updateAuthor": "557058:us", "created": "2026-11-20T10:00:00.000+0000", "updated": "2026-11-20T10:00:00.000+0000",
			"body": "text " + footer("https://shop.example/browse/SHOP-9", mine)},
		map[string]any{"id": "502", "author": "557058:us", "updateAuthor": "557058:us", "created": "2026-11-20T11:00:00.000+0000", "updated": "2026-11-20T11:00:00.000+0000", "body": "by our account, not ours"},
		map[string]any{"id": "503", "author": "557058:person", "created": "2026-11-20T12:00:00.000+0000", "updated": "2026-11-20T12:00:00.000+0000",
			"body": "copied " + footer("https://shop.example/browse/SHOP-9", mine)},
	}}})
	tracker := connect(t, url, Settings{})
	m, err := tracker.known(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	comments, err := tracker.Comments(t.Context(), m.id("10009"))
	if err != nil || len(comments) != 1 || comments[0].ID != "501" || comments[0].Marker != mine || comments[0].Edited || !strings.HasPrefix(comments[0].Text, "text") {
		t.Errorf("got %+v, %v", comments, err)
	}
}

// What another intent left behind is not taken for ours.
func TestResolveLooksForItsOwnIntent(t *testing.T) {
	w, url := start(t, jirasim.Settings{})
	tracker := connect(t, url, Settings{})
	id := fetchOne(t, tracker, "SHOP-1").Item.ID
	earlier, later := change(), change()
	earlier.Item, later.Item, later.Intent = id, id, "intent-2"
	for _, step := range tracker.Steps(earlier) {
		if r, err := tracker.Send(t.Context(), step); err != nil || r.Outcome != backlog.Applied {
			t.Fatalf("%s: %+v, %v", step.Summary, r, err)
		}
	}
	writes := len(w.Truth().Writes())
	for i, step := range tracker.Steps(later) {
		if r, err := tracker.Resolve(t.Context(), step); err != nil || r.Outcome != backlog.Refused || r.Refusal != backlog.Absent {
			t.Errorf("%s of a change that never arrived: %+v, %v", step.Summary, r, err)
		}
		if r, err := tracker.Resolve(t.Context(), tracker.Steps(earlier)[i]); err != nil || r.Outcome != backlog.Applied || !r.Recovered {
			t.Errorf("%s of a change that arrived: %+v, %v", step.Summary, r, err)
		}
	}
	w.Faults().Add(answer("", http.StatusServiceUnavailable, `{}`))
	if r, err := tracker.Resolve(t.Context(), tracker.Steps(later)[0]); err != nil || r.Outcome != backlog.Unknown {
		t.Errorf("while Jira is down: %+v, %v, want unknown", r, err)
	}
	if got := len(w.Truth().Writes()); got != writes {
		t.Errorf("resolving wrote %d times", got-writes)
	}
}

// The answer was lost, and until somebody looks for it a person has taken one of
// the labels off again. The record and the other label say that it was applied.
func TestC09ALabelTakenOffDoesNotHideWhatWasApplied(t *testing.T) {
	w, url := start(t, jirasim.Settings{})
	tracker := connect(t, url, Settings{})
	change := change()
	change.Item = fetchOne(t, tracker, "SHOP-1").Item.ID
	change.AddLabels, change.RemoveLabels = []string{"hygiene", "hygiene:no-owner"}, nil
	step := tracker.Steps(change)[0]
	if r, err := tracker.Send(t.Context(), step); err != nil || r.Outcome != backlog.Applied {
		t.Fatalf("%+v, %v", r, err)
	}
	if err := w.Human("").RemoveLabel("SHOP-1", "hygiene:no-owner"); err != nil {
		t.Fatal(err)
	}
	if r, err := tracker.Resolve(t.Context(), step); err != nil || r.Outcome != backlog.Applied {
		t.Errorf("%+v, %v", r, err)
	}
	// And one that we had removed is put back: it is that person's now.
	change.Intent, change.AddLabels, change.RemoveLabels = "intent-2", nil, []string{"hygiene"}
	step = tracker.Steps(change)[0]
	if r, err := tracker.Send(t.Context(), step); err != nil || r.Outcome != backlog.Applied {
		t.Fatalf("%+v, %v", r, err)
	}
	if err := w.Human("").AddLabel("SHOP-1", "hygiene"); err != nil {
		t.Fatal(err)
	}
	if r, err := tracker.Resolve(t.Context(), step); err != nil || r.Outcome != backlog.Applied {
		t.Errorf("put back: %+v, %v", r, err)
	}
}
