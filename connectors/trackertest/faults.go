package trackertest

import (
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// A change planned on what somebody has edited since is refused, where the
// tracker can compare; where it cannot, the edit survives the write.
func stale(s *story) {
	id := s.seed.Rich.ID.ID
	planned := s.commenting(s.item(id), "stale-1", "", firstText)
	planned.AddLabels = []string{ourLabel}
	s.World.HumanEdit(id, "A title from a person")
	applied := s.try(planned)
	if applied && s.Cannot.Stale == "" {
		s.Error("a write on an outdated revision was applied, want it refused as stale")
	}
	if !applied {
		fresh := s.commenting(s.item(id), "stale-2", "", firstText)
		fresh.AddLabels = planned.AddLabels
		s.apply(fresh)
	}
	s.only(id)
	s.labelled(id, append([]string{ourLabel}, s.seed.Rich.Labels...)...)
	if title := s.item(id).Title; title != "A title from a person" {
		s.Errorf("the person's title became %q", title)
	}
}

// An answer that is lost leaves us not knowing. Then we read, never send
// again: what is there counts as applied, and only what is surely not there
// may be sent once more.
func lostAnswer(s *story) {
	s.lostAfterIt(s.seed.Rich.ID.ID)
	s.lostBeforeIt(s.seed.Plain)
	s.lostLabels(s.seed.Plain)
}

// lostAfterIt: the comment is there, only its answer did not arrive.
func (s *story) lostAfterIt(id string) {
	before := s.World.Comments(id)
	step := s.lose(s.commenting(s.item(id), "lost-1", "", firstText), true)
	s.there(id, before, 1)

	found := s.resolve(step)
	if found.Outcome != backlog.Applied || !found.Recovered || found.Comment != s.only(id).ID {
		s.Errorf("the lost comment resolves to %+v, want applied, recovered, comment %s", found, s.only(id).ID)
	}
	s.there(id, before, 1)
}

// lostBeforeIt: the request never arrived, so it may be sent again.
func (s *story) lostBeforeIt(id string) {
	before := s.World.Comments(id)
	step := s.lose(s.commenting(s.item(id), "lost-2", "", firstText), false)
	s.there(id, before, 0)

	if found := s.resolve(step); found.Outcome != backlog.Refused || found.Refusal != backlog.Absent {
		s.Fatalf("a comment that never arrived resolves to %+v, want refused as absent", found)
	}
	if again := s.send(step); again.Outcome != backlog.Applied {
		s.Errorf("sent again it is %+v, want applied", again)
	}
	s.there(id, before, 1)
	s.only(id)
}

// lostLabels: labels are recognized by being there, or gone.
func (s *story) lostLabels(id string) {
	for _, arrived := range []bool{false, true} {
		want := backlog.Refused
		if arrived {
			want = backlog.Applied
		}
		step := s.lose(s.relabelling(s.item(id), "lost-3", []string{ourLabel}, nil), arrived)
		if found := s.resolve(step); found.Outcome != want {
			s.Errorf("lost labels (arrived: %t) resolve to %+v, want %s", arrived, found, want)
		}
	}
	s.labelled(id, ourLabel)
}

// lose sends a change and loses the last of its requests or that one's answer.
// Nobody can know then what became of it.
func (s *story) lose(c backlog.Change, afterApply bool) backlog.Step {
	s.Helper()
	steps := s.steps(c)
	last := len(steps) - 1
	for _, step := range steps[:last] {
		if r := s.send(step); r.Outcome != backlog.Applied {
			s.Fatalf("step %q: %+v, want applied", step.Summary, r)
		}
	}
	s.World.LoseNextAnswer(afterApply)
	if r := s.send(steps[last]); r.Outcome != backlog.Unknown {
		s.Fatalf("step %q without an answer: %+v, want unknown", steps[last].Summary, r)
	}
	return steps[last]
}

// resolve asks a connector that was opened anew, as after a crash. It only
// reads.
func (s *story) resolve(step backlog.Step) backlog.Receipt {
	s.Helper()
	before := s.World.Writes()
	_, writer := s.Again()
	receipt, err := writer.Resolve(s.Context(), step)
	s.must(err)
	s.wrote(before, 0)
	return receipt
}

// there checks how many comments an item got since a count.
func (s *story) there(id string, before, want int) {
	s.Helper()
	if got := s.World.Comments(id) - before; got != want {
		s.Fatalf("item %s got %d comments, want %d", id, got, want)
	}
}

// A tracker that asks us to wait is obeyed by whatever comes next. A throttled
// write was not looked at.
func throttle(s *story) {
	if s.Cannot.Throttle != "" {
		s.Logf("no throttling: %s", s.Cannot.Throttle)
		return
	}
	const pause = time.Second
	id := s.seed.Rich.ID.ID
	step := s.steps(s.relabelling(s.item(id), "throttle-1", []string{ourLabel}, nil))[0]
	before, start := s.World.Writes(), time.Now()
	s.World.ThrottleNext(pause)
	receipt, err := s.Writer.Send(s.Context(), step)
	if err == nil && (receipt.Outcome != backlog.Refused || receipt.Refusal != backlog.Throttled) {
		s.Errorf("a throttled write: %+v, want refused as throttled or an error", receipt)
	}
	s.wrote(before, 0)

	s.item(id)
	if waited := time.Since(start); waited < pause {
		s.Errorf("the next request left after %s, asked to wait %s", waited, pause)
	}
	if again := s.send(step); again.Outcome != backlog.Applied {
		s.Errorf("after the pause the write is %+v, want applied", again)
	}
	s.wrote(before, 1)
}

// What a person deleted is gone, or hidden where the tracker does not tell the
// two apart; it is never found, never listed, and cannot be written on.
func deletion(s *story) {
	id := s.seed.Plain
	step := s.steps(s.relabelling(s.item(id), "deletion-1", []string{ourLabel}, nil))[0]
	_, _, mark := s.round(nil)
	s.World.Delete(id)

	seen, err := s.Reader.Fetch(s.Context(), s.id(id))
	s.must(err)
	if p := seen[0].Presence; p != backlog.Gone && p != backlog.Hidden {
		s.Errorf("a deleted item is %s, want gone or hidden", p)
	}
	items, gone, _ := s.round(mark)
	if _, ok := items[id]; ok || len(items) > 0 {
		s.Errorf("a deletion brought %d items", len(items))
	}
	for _, g := range gone {
		if g.ID != id {
			s.Errorf("item %s is said to be gone", g.ID)
		}
	}
	for _, p := range s.seed.Projects {
		for page, err := range s.Reader.Census(s.Context(), p) {
			s.must(err)
			for _, listed := range page.IDs {
				if listed.ID == id {
					s.Error("the census still lists the deleted item")
				}
			}
		}
	}
	before := s.World.Writes()
	if r := s.send(step); r.Outcome != backlog.Refused || r.Refusal != backlog.Absent {
		s.Errorf("a write on a deleted item: %+v, want refused as absent", r)
	}
	s.wrote(before, 0)
}
