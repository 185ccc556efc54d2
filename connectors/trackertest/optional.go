package trackertest

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
)

// A connector that tells history knows when an item entered its state and what
// people did to it, and never takes our own labels and comments for theirs.
func history(s *story) {
	historian, ok := s.Reader.(backlog.Historian)
	if !ok {
		s.Log("no history: the connector is no backlog.Historian")
		return
	}
	world, ok := s.World.(Biographer)
	if !ok {
		s.Fatal("the connector tells history; make its World a trackertest.Biographer")
	}
	id := s.seed.Plain
	quiet := s.past(historian, id)

	item := s.item(id)
	ours := s.commenting(item, "history-1", "", firstText)
	ours.AddLabels = []string{ourLabel}
	s.apply(ours)
	after := s.past(historian, id)
	if was, is := quiet.History(item.Created).Activity, after.History(item.Created).Activity; !was.Equal(is) {
		s.Errorf("our own label and comment count as activity of %s: %+v", is, after.Events)
	}

	world.HumanState(id)
	moved := s.item(id)
	past := s.past(historian, id)
	s.tells(past, item.State, moved.State)
	if h := past.History(item.Created); !h.Activity.After(quiet.History(item.Created).Activity) || !h.StateSince.Equal(h.Activity) {
		s.Errorf("after a person's move the state is since %s and the last activity %s", h.StateSince, h.Activity)
	}

	world.HumanState(id)
	if h := s.past(historian, id).History(item.Created); moved.State.Category == backlog.Done && h.Reopened != 1 {
		s.Errorf("reopened %d times, want once", h.Reopened)
	}
	s.World.HumanEdit(id, "A title from a person")
	last := s.past(historian, id)
	if n := len(last.Events); n == 0 || last.Events[n-1].Ours || last.Events[n-1].Field != "" {
		s.Errorf("a person's edit is not the last event: %+v", last.Events)
	}
	s.inOrder(historian)
}

// past is the one history of an item that has to be known.
func (s *story) past(h backlog.Historian, id string) backlog.Past {
	s.Helper()
	time.Sleep(2 * time.Millisecond) // so that what follows has another time
	pasts, err := h.History(s.Context(), s.id(id))
	s.must(err)
	if len(pasts) != 1 || !pasts[0].Known || pasts[0].ID.ID != id {
		s.Fatalf("the history of item %s is %+v, want it known", id, pasts)
	}
	if !slices.IsSortedFunc(pasts[0].Events, func(a, b backlog.Event) int { return a.At.Compare(b.At) }) {
		s.Errorf("the events are not in order: %+v", pasts[0].Events)
	}
	return pasts[0]
}

// tells checks that the last event of a state is a move between two.
func (s *story) tells(past backlog.Past, from, to backlog.State) {
	s.Helper()
	for _, e := range slices.Backward(past.Events) {
		if e.Field != backlog.StateEvent {
			continue
		}
		if e.Ours || e.From != from.Native || e.To != to.Native || e.FromCategory != from.Category || e.ToCategory != to.Category {
			s.Errorf("the move is %+v, want from %+v to %+v", e, from, to)
		}
		return
	}
	s.Errorf("no event tells of the move to %s: %+v", to.Native, past.Events)
}

// inOrder: one Past each, in the order asked; what is not there is not known.
func (s *story) inOrder(h backlog.Historian) {
	asked := []backlog.ItemID{s.seed.Rich.ID, s.id(s.seed.Absent), s.id(s.seed.Plain)}
	pasts, err := h.History(s.Context(), asked...)
	s.must(err)
	if len(pasts) != len(asked) {
		s.Fatalf("asked for %d histories, got %d", len(asked), len(pasts))
	}
	for i, p := range pasts {
		if p.ID != asked[i] || p.Known != (i != 1) {
			s.Errorf("history %d is of %s, known %t", i, p.ID, p.Known)
		}
	}
}

// A connector that reads links apart from items tells them of each item that
// there is, none of others, in the order asked.
func links(s *story) {
	linker, ok := s.Reader.(backlog.Linker)
	if !ok {
		s.Log("no links apart: the connector is no backlog.Linker")
		return
	}
	asked := []backlog.ItemID{s.seed.Rich.ID, s.id(s.seed.Absent), s.id(s.seed.Plain)}
	told, err := linker.RemoteLinks(s.Context(), asked...)
	s.must(err)
	if len(told) != len(asked) {
		s.Fatalf("asked for the links of %d items, got those of %d", len(asked), len(told))
	}
	for i, t := range told {
		if t.ID != asked[i] || t.Known != (i != 1) {
			s.Errorf("answer %d is of %s, known %t", i, t.ID, t.Known)
		}
	}
	again, err := linker.RemoteLinks(s.Context(), asked...)
	s.must(err)
	if diff := cmp.Diff(told, again); diff != "" {
		s.Errorf("the same links are told otherwise (-before +again):\n%s", diff)
	}
	s.wrote(0, 0)
}

// whole is an item with the links that are read apart from it.
func (s *story) whole(item backlog.Item) backlog.Item {
	s.Helper()
	if linker, ok := s.Reader.(backlog.Linker); ok {
		told, err := linker.RemoteLinks(s.Context(), item.ID)
		s.must(err)
		if len(told) != 1 || !told[0].Known {
			s.Fatalf("the links of item %s are %+v, want them known", item.ID, told)
		}
		item.AddRemote(told[0].Links)
	}
	return item
}

// A connector that reads webhooks names the item that one speaks of, believes
// none that does not prove who sent it, and writes nothing.
func hint(s *story) {
	hinter, ok := s.Reader.(backlog.Hinter)
	if !ok {
		s.Log("no hints: the connector is no backlog.Hinter")
		return
	}
	world, ok := s.World.(Caller)
	if !ok {
		s.Fatal("the connector reads webhooks; make its World a trackertest.Caller")
	}
	id := s.id(s.seed.Plain)
	request, body := world.Call(id.ID)
	hints, err := hinter.Hint(request.WithContext(s.Context()), body)
	s.must(err)
	if !slices.Contains(hints, backlog.Hint{ID: id}) {
		s.Errorf("the webhook about %s speaks of %+v", id, hints)
	}
	forged := request.Clone(s.Context())
	forged.Header, forged.URL.RawQuery = http.Header{}, ""
	for name := range request.Header {
		if strings.EqualFold(name, "Content-Type") {
			forged.Header.Set(name, request.Header.Get(name))
		}
	}
	if hints, err := hinter.Hint(forged, body); !errors.Is(err, backlog.ErrUnauthorized) || len(hints) > 0 {
		s.Errorf("a webhook that proves nothing gave %+v, %v; want it to wrap %v", hints, err, backlog.ErrUnauthorized)
	}
	s.wrote(0, 0)
}
