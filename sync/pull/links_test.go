package pull_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/memory"
	"github.com/trackwarden/trackwarden/sync/pull"
)

// pinboard keeps links apart from items, notes who is asked for, and may be
// down, or silent on one item.
type pinboard struct {
	links  map[string][]backlog.RemoteLink
	asked  []string
	down   bool
	silent string
}

func (p *pinboard) RemoteLinks(_ context.Context, ids ...backlog.ItemID) (told []backlog.RemoteLinks, err error) {
	for _, id := range ids {
		p.asked = append(p.asked, id.ID)
		if p.down {
			return told, backlog.ErrUnavailable
		}
		if id.ID != p.silent {
			told = append(told, backlog.RemoteLinks{ID: id, Known: true, Links: p.links[id.ID]})
		}
	}
	return told, nil
}

func (w *world) links(p backlog.Linker, most int) (answers bool) {
	w.t.Helper()
	answers, err := w.puller.Links(w.t.Context(), "left", site("left").ID, p, most)
	if err != nil {
		w.t.Fatal(err)
	}
	return answers
}

func TestLinksAreReadForWhatChangedAndForNothingElse(t *testing.T) {
	w := newWorld(t)
	var items []backlog.Item
	for n := 49; n >= 0; n-- { // what comes last changed last
		items = append(items, item("left", n+1, func(i *backlog.Item) { i.Changed = start.Add(-time.Duration(n) * time.Minute) }))
	}
	tracker := memory.New(site("left"), func() time.Time { return w.now }, 10, items...)
	if _, err := w.pull("left", tracker); err != nil {
		t.Fatal(err)
	}
	to := backlog.RemoteLink{Link: backlog.Link{Type: backlog.Blocks, Direction: backlog.Inward, To: backlog.Ref{URL: "https://left.example/browse/LEFT-2?x=1"}}}
	board := &pinboard{links: map[string][]backlog.RemoteLink{"1": {to}}, down: true, silent: "3"}
	linker := pull.LocatedLinks(board, map[string]backlog.Site{"left": site("left")})

	if w.links(linker, 3) {
		t.Error("a tracker that is down answers")
	}
	if diff := cmp.Diff([]string{"1"}, board.asked); diff != "" {
		t.Errorf("a tracker that is down is not asked on (-want +got):\n%s", diff)
	}
	board.down, board.asked = false, nil
	w.links(linker, 3)
	if diff := cmp.Diff([]string{"1", "2", "3"}, board.asked); diff != "" {
		t.Errorf("what changed last first, and no more than wanted (-want +got):\n%s", diff)
	}
	if f := w.family("left", 1); len(f.Linked) != 1 || f.Linked[0].Item == nil || f.Linked[0].Item.Key != "LEFT-2" {
		t.Errorf("an address is not seen as what it stands for: %+v", f.Linked)
	}
	board.asked = nil
	w.links(linker, 100)
	if len(board.asked) != 48 || board.asked[0] != "3" {
		t.Errorf("asked %v, want the item that was not answered and all that was not asked", board.asked)
	}
	board.silent, board.asked = "", nil
	w.links(linker, 100)
	w.judged()
	board.asked = nil
	if _, err := w.pull("left", tracker); err != nil {
		t.Fatal(err)
	}
	w.links(linker, 100)
	if board.asked != nil || len(w.judged()) != 0 {
		t.Errorf("nothing changed, and %v was asked", board.asked)
	}
	w.now = start.Add(time.Hour)
	tracker.Human().HumanEdit("7", "Another title")
	if _, err := w.pull("left", tracker); err != nil {
		t.Fatal(err)
	}
	w.links(linker, 100)
	if diff := cmp.Diff([]string{"7"}, board.asked); diff != "" {
		t.Errorf("asked (-want +got):\n%s", diff)
	}
	w.judged()
	w.links(nil, 100)
	if diff := cmp.Diff("[2 1]", fmt.Sprint(w.judged())); diff != "" {
		t.Errorf("to be judged without the links (-want +got):\n%s", diff)
	}
}
