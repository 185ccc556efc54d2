package trackertest_test

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/memory"
	"github.com/trackwarden/trackwarden/connectors/trackertest"
)

// which names the promise that TestBroken breaks.
const which = "TRACKERTEST_BREAK"

// A tour that notices nothing is worth nothing: each chapter has to fail on a
// connector that breaks its promise. A failing test needs a process of its own.
func TestTourNotices(t *testing.T) {
	for name, chapter := range map[string]string{
		"nobody we know":     "describe",
		"skips an item":      "sweep",
		"loses its place":    "resume",
		"forgets the mark":   "incremental",
		"other words":        "convert",
		"other order":        "fetch",
		"half a census":      "census",
		"sets labels":        "relabel",
		"posts each time":    "comment",
		"loses the marker":   "repeat",
		"overlooks edits":    "human_edits_survive",
		"keeps comments":     "take_back",
		"overwrites":         "stale",
		"sends again":        "lost_answer",
		"resolves by hope":   "lost_answer",
		"finds the deleted":  "deletion",
		"our own activity":   "history",
		"forgets states":     "history",
		"links of nobody":    "links",
		"links of others":    "links",
		"believes anybody":   "hint",
		"hints at others":    "hint",
		"nothing, all right": "",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestBroken$")
			run.Env = append(os.Environ(), which+"="+name)
			out, err := run.CombinedOutput()
			if chapter == "" {
				if err != nil {
					t.Errorf("a sound connector fails:\n%s", out)
				}
				return
			}
			if !strings.Contains(string(out), "--- FAIL: TestBroken/"+chapter+" ") {
				t.Errorf("chapter %s does not notice (%v):\n%s", chapter, err, out)
			}
		})
	}
}

// TestBroken takes the tour with a connector that breaks one promise. On its
// own it has nothing to show: TestTourNotices starts it.
func TestBroken(t *testing.T) {
	how := os.Getenv(which)
	if how == "" {
		return
	}
	trackertest.Run(t, func(*testing.T) trackertest.Tracker {
		tracker := memory.New(site, func() time.Time { return now }, 2, items()...)
		open := func() (backlog.Reader, backlog.Writer) {
			b := broken{tracker, how}
			return b, b
		}
		reader, writer := open()
		return trackertest.Tracker{
			Reader: reader, Writer: writer, Again: open, World: world{tracker.Human()},
			Cannot: trackertest.Cannot{Throttle: "a map serves everybody at once"},
		}
	})
}

// broken is a sound tracker but for one promise.
type broken struct {
	*memory.Tracker
	how string
}

func (b broken) Describe(ctx context.Context) (backlog.Site, error) {
	site, err := b.Tracker.Describe(ctx)
	if b.how == "nobody we know" {
		site.Account = backlog.Person{}
	}
	return site, err
}

func (b broken) Sweeps(ctx context.Context, since backlog.Mark) ([]backlog.Sweep, error) {
	if b.how == "forgets the mark" {
		since = nil
	}
	return b.Tracker.Sweeps(ctx, since)
}

func (b broken) Read(ctx context.Context, s backlog.Sweep) iter.Seq2[backlog.Page, error] {
	return func(yield func(backlog.Page, error) bool) {
		first := true
		for page, err := range b.Tracker.Read(ctx, s) {
			fresh := s.Position == "0"
			if first && (b.how == "skips an item" && fresh || b.how == "loses its place" && !fresh) {
				page.Items = page.Items[1:]
			}
			first = false
			if !yield(page, err) {
				return
			}
		}
	}
}

func (b broken) History(ctx context.Context, ids ...backlog.ItemID) ([]backlog.Past, error) {
	pasts, err := b.Tracker.History(ctx, ids...)
	for i := range pasts {
		for n := range pasts[i].Events {
			switch e := &pasts[i].Events[n]; b.how {
			case "our own activity":
				e.Ours = false
			case "forgets states":
				e.Field = ""
			}
		}
	}
	return pasts, err
}

// RemoteLinks tells that there are none, as memory keeps all links with the
// items.
func (b broken) RemoteLinks(ctx context.Context, ids ...backlog.ItemID) ([]backlog.RemoteLinks, error) {
	sightings, err := b.Fetch(ctx, ids...)
	told := make([]backlog.RemoteLinks, len(ids))
	for i, s := range sightings {
		told[i] = backlog.RemoteLinks{ID: ids[i], Known: b.how == "links of nobody" || s.Presence == backlog.Found}
	}
	if b.how == "links of others" {
		slices.Reverse(told)
	}
	return told, err
}

// Hint reads the webhooks of the test's world, which memory has none of.
func (b broken) Hint(r *http.Request, body []byte) ([]backlog.Hint, error) {
	if r.Header.Get("Authorization") == "" && b.how != "believes anybody" {
		return nil, backlog.ErrUnauthorized
	}
	id := string(body)
	if b.how == "hints at others" {
		id += "0"
	}
	return []backlog.Hint{{ID: backlog.ItemID{Site: site.ID, ID: id}}}, nil
}

func (b broken) Fetch(ctx context.Context, ids ...backlog.ItemID) ([]backlog.Sighting, error) {
	seen, err := b.Tracker.Fetch(ctx, ids...)
	for i := range seen {
		switch {
		case b.how == "other words":
			seen[i].Item.Body = "<p>" + seen[i].Item.Body + "</p>"
		case b.how == "finds the deleted" && seen[i].Presence == backlog.Gone:
			seen[i].Presence = backlog.Found
		}
	}
	if b.how == "other order" {
		slices.Reverse(seen)
	}
	return seen, err
}

func (b broken) Comments(ctx context.Context, id backlog.ItemID) ([]backlog.Comment, error) {
	comments, err := b.Tracker.Comments(ctx, id)
	for i := range comments {
		switch b.how {
		case "loses the marker":
			comments[i].Marker.Hash = ""
		case "overlooks edits":
			comments[i].Edited = false
		}
	}
	return comments, err
}

func (b broken) Census(ctx context.Context, p backlog.ProjectID) iter.Seq2[backlog.CensusPage, error] {
	return func(yield func(backlog.CensusPage, error) bool) {
		for page, err := range b.Tracker.Census(ctx, p) {
			if b.how == "half a census" {
				page.IDs = page.IDs[1:]
			}
			if !yield(page, err) {
				return
			}
		}
	}
}

func (b broken) Send(ctx context.Context, s backlog.Step) (backlog.Receipt, error) {
	var c backlog.Change
	if err := json.Unmarshal(s.Payload, &c); err != nil {
		return backlog.Receipt{}, err
	}
	seen, _ := b.Tracker.Fetch(ctx, s.Item)
	switch {
	case b.how == "sets labels":
		c.Base = seen[0].Item.Revision
		for _, label := range seen[0].Item.Labels {
			if !slices.Contains(c.Present, label) {
				c.RemoveLabels = append(c.RemoveLabels, label)
			}
		}
	case b.how == "overwrites":
		c.Base = seen[0].Item.Revision
	case b.how == "keeps comments" && c.Comment != nil && c.Comment.Delete:
		c.Comment = nil
	case b.how == "posts each time" && c.Comment != nil:
		c.Comment.ID = ""
	}
	s.Payload, _ = json.Marshal(c)
	receipt, err := b.Tracker.Send(ctx, s)
	if b.how == "sends again" && receipt.Outcome == backlog.Unknown {
		seen, _ = b.Tracker.Fetch(ctx, s.Item)
		c.Base = seen[0].Item.Revision
		s.Payload, _ = json.Marshal(c)
		_, err = b.Tracker.Send(ctx, s)
	}
	return receipt, err
}

func (b broken) Resolve(ctx context.Context, s backlog.Step) (backlog.Receipt, error) {
	receipt, err := b.Tracker.Resolve(ctx, s)
	if b.how == "resolves by hope" {
		receipt.Outcome, receipt.Refusal = backlog.Applied, ""
	}
	return receipt, err
}
