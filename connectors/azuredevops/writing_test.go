package azuredevops

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/azuredevops/azuresim"
	"github.com/trackwarden/trackwarden/connectors/simulator"
)

// wish plans our tag and, with a text, our comment on an item as it is now.
func wish(t *testing.T, tracker *Tracker, id, intent, tag, markdown string) backlog.Change {
	t.Helper()
	seen, err := tracker.Fetch(t.Context(), backlog.ItemID{Site: testSite, ID: id})
	must(t, err)
	item := seen[0].Item
	c := backlog.Change{
		Intent: intent, Item: item.ID, Key: item.Key, Base: item.Revision, Present: item.Labels,
		Project: backlog.ProjectID{Site: testSite, ID: item.Project.ID}, AddLabels: []string{tag},
	}
	if markdown != "" {
		c.Comment = &backlog.CommentChange{Markdown: markdown, Marker: backlog.Marker{Owner: "trackwarden", Item: id, Intent: intent, Hash: "h"}}
	}
	return c
}

func send(t *testing.T, tracker *Tracker, c backlog.Change) backlog.Receipt {
	t.Helper()
	receipt, err := tracker.Send(t.Context(), tracker.Steps(c)[0])
	must(t, err)
	return receipt
}

func TestH25AndH27Refusals(t *testing.T) {
	for name, c := range map[string]struct {
		prepare func(*azuresim.World)
		tag     string
		want    backlog.Refusal
	}{
		"stale":         {func(w *azuresim.World) { _ = w.SetField(1, "System.Title", "by a person") }, "hygiene", backlog.Stale},
		"denied":        {func(w *azuresim.World) { w.Deny(azuresim.WriteItems) }, "hygiene", backlog.Denied},
		"no new tags":   {func(w *azuresim.World) { w.Deny(azuresim.CreateTags) }, "hygiene", backlog.Denied},
		"tag too long":  {func(*azuresim.World) {}, strings.Repeat("x", 401), backlog.Invalid},
		"deleted":       {func(w *azuresim.World) { _ = w.Delete(1) }, "hygiene", backlog.Absent},
		"stale by code": {func(w *azuresim.World) { w.Faults().Add(stale(http.StatusBadRequest)) }, "hygiene", backlog.Stale},
		"stale by 409":  {func(w *azuresim.World) { w.Faults().Add(stale(http.StatusConflict)) }, "hygiene", backlog.Stale},
	} {
		t.Run(name, func(t *testing.T) {
			w, url := start(t, azuresim.Settings{})
			tracker := connect(t, url, Settings{})
			change := wish(t, tracker, "1", "i1", c.tag, "**gaps**")
			c.prepare(w)
			if r := send(t, tracker, change); r.Outcome != backlog.Refused || r.Refusal != c.want || r.Reason == "" {
				t.Errorf("got %+v, want it refused as %s", r, c.want)
			}
			if writes := w.Truth().Writes(); len(writes) != 0 {
				t.Errorf("the world changed: %+v", writes)
			}
		})
	}
}

func stale(status int) simulator.Rule {
	rule := answer("", status, `{"message":"VS403351: Test Operation for path /rev failed, supplied value 1, current value 2"}`)
	rule.Method = http.MethodPatch
	return rule
}

// Everything that is not surely applied or surely refused is unknown.
func TestH05UnknownOutcomes(t *testing.T) {
	for name, rule := range map[string]simulator.Rule{
		"cut":             {CutBefore: true},
		"truncated":       {Truncate: 20},
		"500":             {Status: http.StatusInternalServerError},
		"503":             {Status: http.StatusServiceUnavailable},
		"says nothing":    answer("", http.StatusOK, `{}`),
		"other item":      answer("", http.StatusOK, `{"id":2,"rev":9,"commentVersionRef":{"commentId":1}}`),
		"without comment": answer("", http.StatusOK, `{"id":1,"rev":9}`),
	} {
		w, url := start(t, azuresim.Settings{})
		tracker := connect(t, url, Settings{})
		change := wish(t, tracker, "1", "i1", "hygiene", "**gaps**")
		rule.Method = http.MethodPatch
		w.Faults().Add(rule)
		if r := send(t, tracker, change); r.Outcome != backlog.Unknown || r.Reason == "" {
			t.Errorf("%s: got %+v, want it unknown", name, r)
		}
		patches := 0
		for _, e := range w.Truth().Entries() {
			if e.Method == http.MethodPatch {
				patches++
			}
		}
		if patches != 1 {
			t.Errorf("%s: sent %d times", name, patches)
		}
	}
}

// One request does all, and says what became of it; it is quiet only when it
// is to be.
func TestFirstWrite(t *testing.T) {
	w, url := start(t, azuresim.Settings{Quiet: true})
	tracker := connect(t, url, Settings{})
	r := send(t, tracker, wish(t, tracker, "7", "i1", "hygiene", "**gaps**"))
	if r.Outcome != backlog.Applied || r.Revision != "2" || r.Comment == "" || r.RequestID == "" {
		t.Errorf("receipt: %+v", r)
	}
	quiet := wish(t, tracker, "1", "i2", "hygiene", "")
	quiet.Quiet = true
	send(t, tracker, quiet)
	writes := w.Truth().Writes()
	if len(writes) != 2 || strings.Contains(writes[0].What, "quietly") || !strings.Contains(writes[1].What, "quietly") ||
		!strings.Contains(writes[0].What, "tags") || !strings.Contains(writes[0].What, "comment") {
		t.Errorf("writes: %+v", writes)
	}
}

// What became of a lost write is read off the one revision that it can have
// made.
func TestH06AndH07Resolve(t *testing.T) {
	for name, c := range map[string]struct {
		markdown  string
		arrived   bool
		meanwhile func(*azuresim.World)
		outcome   backlog.Outcome
		refusal   backlog.Refusal
	}{
		"tags arrived":                           {"", true, nil, backlog.Applied, ""},
		"tags arrived, then a person took them":  {"", true, func(w *azuresim.World) { _ = w.RemoveTag(1, "hygiene") }, backlog.Applied, ""},
		"tags did not arrive":                    {"", false, nil, backlog.Refused, backlog.Absent},
		"not arrived, a person set the same tag": {"", false, func(w *azuresim.World) { _ = w.AddTag(1, "hygiene") }, backlog.Refused, backlog.Stale},
		"comment arrived":                        {"**gaps**", true, nil, backlog.Applied, ""},
		"comment arrived, then an edit":          {"**gaps**", true, func(w *azuresim.World) { _ = w.SetField(1, "System.Title", "x") }, backlog.Applied, ""},
		"comment arrived, then deleted":          {"**gaps**", true, func(w *azuresim.World) { _ = w.DeleteComment(1, lastComment(w)) }, backlog.Applied, ""},
		"comment did not arrive":                 {"**gaps**", false, nil, backlog.Refused, backlog.Absent},
		"comment not arrived, then an edit":      {"**gaps**", false, func(w *azuresim.World) { _ = w.SetField(1, "System.Title", "x") }, backlog.Refused, backlog.Stale},
		"item deleted":                           {"**gaps**", true, func(w *azuresim.World) { _ = w.Delete(1) }, backlog.Refused, backlog.Absent},
		"item hidden":                            {"**gaps**", true, func(w *azuresim.World) { _ = w.Hide(1) }, backlog.Unknown, ""},
		"tracker down": {"**gaps**", true, func(w *azuresim.World) {
			w.Faults().Add(simulator.Rule{Status: http.StatusBadGateway})
		}, backlog.Unknown, ""},
	} {
		t.Run(name, func(t *testing.T) {
			w, url := start(t, azuresim.Settings{})
			tracker := connect(t, url, Settings{})
			step := tracker.Steps(wish(t, tracker, "1", "i1", "hygiene", c.markdown))[0]
			w.Faults().Add(simulator.Rule{Method: http.MethodPatch, Times: 1, CutAfter: c.arrived, CutBefore: !c.arrived})
			if r, err := tracker.Send(t.Context(), step); err != nil || r.Outcome != backlog.Unknown {
				t.Fatalf("got %+v, %v, want it unknown", r, err)
			}
			comment := lastComment(w)
			if c.meanwhile != nil {
				c.meanwhile(w)
			}
			r, err := tracker.Resolve(t.Context(), step)
			must(t, err)
			if r.Outcome != c.outcome || r.Refusal != c.refusal || r.Recovered != (c.outcome != backlog.Unknown) {
				t.Errorf("resolved as %+v, want %s %s", r, c.outcome, c.refusal)
			}
			if want := commentID(map[string]any{"id": comment}); r.Outcome == backlog.Applied && c.markdown != "" && r.Comment != want {
				t.Errorf("the comment is %q, want %q", r.Comment, want)
			}
		})
	}
}

// A later write of ours did the same: the tags are there, and a comment, but
// they are not of the lost write. Books that were set back ask so.
func TestS13ALaterWriteIsNotTakenForALostOne(t *testing.T) {
	w, url := start(t, azuresim.Settings{})
	tracker := connect(t, url, Settings{})
	lost := tracker.Steps(wish(t, tracker, "1", "i1", "hygiene", "**gaps**"))[0]
	send(t, tracker, wish(t, tracker, "1", "i2", "hygiene", "**gaps**"))
	for _, meanwhile := range []func() error{
		func() error { return nil },
		func() error { return w.DeleteComment(1, lastComment(w)) },
	} {
		must(t, meanwhile())
		r, err := tracker.Resolve(t.Context(), lost)
		must(t, err)
		if r.Outcome != backlog.Refused || r.Refusal != backlog.Stale {
			t.Errorf("resolved as %+v", r)
		}
	}
}

// lastComment is the id of the newest comment on item 1; 0 without one.
func lastComment(w *azuresim.World) int {
	id := 0
	for _, c := range w.Comments(1) {
		if n, ok := c["id"].(int); ok {
			id = max(id, n)
		}
	}
	return id
}

// An edit of our comment that got lost is found by its marker.
func TestH06AndH07ResolveEdit(t *testing.T) {
	for _, arrived := range []bool{true, false} {
		w, url := start(t, azuresim.Settings{})
		tracker := connect(t, url, Settings{})
		posted := send(t, tracker, wish(t, tracker, "1", "i1", "hygiene", "**gaps**"))
		change := wish(t, tracker, "1", "i2", "hygiene", "all clear")
		change.Comment.ID = posted.Comment
		steps := tracker.Steps(change)
		if len(steps) != 1 || steps[0].Labels {
			t.Fatalf("steps: %+v", steps)
		}
		w.Faults().Add(simulator.Rule{Method: http.MethodPatch, Times: 1, CutAfter: arrived, CutBefore: !arrived})
		if r, err := tracker.Send(t.Context(), steps[0]); err != nil || r.Outcome != backlog.Unknown {
			t.Fatalf("got %+v, %v, want it unknown", r, err)
		}
		r, err := tracker.Resolve(t.Context(), steps[0])
		must(t, err)
		if arrived && (r.Outcome != backlog.Applied || r.Comment != posted.Comment) || !arrived && (r.Outcome != backlog.Refused || r.Refusal != backlog.Absent) {
			t.Errorf("arrived %v: resolved as %+v", arrived, r)
		}
	}
}

// A step that was called off before it began was not sent.
func TestSendCalledOff(t *testing.T) {
	w, url := start(t, azuresim.Settings{})
	tracker := connect(t, url, Settings{})
	step := tracker.Steps(wish(t, tracker, "1", "i1", "hygiene", ""))[0]
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if r, err := tracker.Send(ctx, step); err == nil {
		t.Errorf("got %+v, want an error", r)
	}
	step.Payload = []byte(`{`)
	if r, err := tracker.Send(t.Context(), step); err == nil {
		t.Errorf("an unreadable step: got %+v, want an error", r)
	}
	if writes := w.Truth().Writes(); len(writes) != 0 {
		t.Errorf("the world changed: %+v", writes)
	}
}
