package backlog_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
)

func TestHistoryCountsWhatTheEventsTell(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, time.November, n, 12, 0, 0, 0, time.UTC) }
	state := func(n int, from, to backlog.Category) backlog.Event {
		return backlog.Event{At: day(n), Field: backlog.StateEvent, FromCategory: from, ToCategory: to}
	}
	moved := func(n int, begun bool, to string) backlog.Event {
		return backlog.Event{At: day(n), Field: backlog.IterationEvent, From: "7", To: to, Begun: begun}
	}
	due := func(n int, from string) backlog.Event {
		return backlog.Event{At: day(n), Field: backlog.DueEvent, From: from, To: "2026-12-24"}
	}
	for name, c := range map[string]struct {
		events []backlog.Event
		want   backlog.History
	}{
		"nothing": {nil, backlog.History{StateSince: day(1), Activity: day(1)}},
		"ours is no activity": {
			[]backlog.Event{{At: day(3)}, {At: day(9), Ours: true}},
			backlog.History{StateSince: day(1), Activity: day(3)},
		},
		"reopened twice": {
			[]backlog.Event{
				state(2, backlog.InProgress, backlog.Done), state(3, backlog.Done, backlog.InProgress),
				state(4, backlog.InProgress, backlog.Done), state(5, backlog.Done, backlog.ToDo),
			},
			backlog.History{StateSince: day(5), Activity: day(5), Reopened: 2},
		},
		"carried over only from what had begun to another, not done": {
			[]backlog.Event{
				moved(2, false, "8"), moved(3, true, "8"), moved(4, true, ""),
				state(5, backlog.InProgress, backlog.Done), moved(6, true, "9"),
			},
			backlog.History{StateSince: day(5), Activity: day(6), CarriedOver: 1},
		},
		"due dates count while work is in progress": {
			[]backlog.Event{due(2, "2026-12-01"), state(3, backlog.ToDo, backlog.InProgress), due(4, ""), due(5, "2026-12-01")},
			backlog.History{StateSince: day(3), Activity: day(5), DueMoved: 1},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := backlog.Past{Events: c.events}.History(day(1))
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("history (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAChangeThatNothingExplainsWasSomebodys(t *testing.T) {
	at := time.Date(2026, time.November, 24, 12, 0, 0, 0, time.UTC)
	ours := backlog.Past{Events: []backlog.Event{{At: at, Ours: true}}}
	created := at.AddDate(-1, 0, 0)
	for changed, want := range map[time.Time]time.Time{
		at: created, at.Add(30 * time.Second): created, at.Add(time.Hour): at.Add(time.Hour),
	} {
		if got := ours.History(created, changed).Activity; !got.Equal(want) {
			t.Errorf("changed %s: active %s, want %s", changed, got, want)
		}
	}
}
