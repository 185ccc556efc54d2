package reconcile_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/memory"
	"github.com/trackwarden/trackwarden/sync/reconcile"
)

// rest passes on until a pass writes nothing, and returns what the passes did.
func (h *house) rest() (all reconcile.Outcome) {
	h.t.Helper()
	for range 12 {
		h.now = h.now.Add(5 * time.Minute)
		o := h.pass()
		all.Dismissed += o.Dismissed
		all.Swept = max(all.Swept, o.Swept)
		all.Plan.Held = append(all.Plan.Held, o.Plan.Held...)
		all.Writes.Add(o.Writes)
		if o.Writes.Requests == 0 {
			return all
		}
	}
	h.t.Fatal("no rest after an hour")
	return all
}

// reopen gives the bad story other evidence, or the same again.
func (h *house) criteria(id string, criteria ...string) {
	h.people.Change(id, func(i *backlog.Item) { i.Text.Criteria = criteria })
}

func (h *house) comment(id string) string {
	h.t.Helper()
	comments, err := h.tracker.Comments(h.t.Context(), backlog.ItemID{Site: "memory:1", ID: id})
	if err != nil || len(comments) == 0 {
		h.t.Fatalf("comments of %s: %v %v", id, comments, err)
	}
	return comments[0].ID
}

func TestU03ADeletedCommentIsNotPostedAgain(t *testing.T) {
	h := newHouse(t)
	h.rest()
	h.labels("3", "hygiene", "hygiene:no-acceptance-criteria", "mobile")
	h.people.HumanDeleteComment("3", h.comment("3"))
	if did := h.rest(); did.Dismissed != 1 {
		t.Errorf("dismissed %d findings", did.Dismissed)
	}
	h.labels("3", "mobile")
	for range 30 {
		h.now = h.now.AddDate(0, 0, 1)
		h.people.HumanEdit("3", h.now.String())
		if did := h.rest(); did.Writes.Requests > 0 {
			t.Fatalf("%s: %+v", h.now, did.Writes)
		}
	}
	if n := h.people.Comments("3"); n != 0 {
		t.Errorf("%d comments", n)
	}
}

func TestU04ALabelTakenOffIsNotPutBackForAMonth(t *testing.T) {
	for _, label := range []string{"hygiene", "hygiene:no-acceptance-criteria"} {
		h := newHouse(t)
		h.rest()
		h.now = h.now.Add(time.Minute)
		h.people.HumanLabel("3", label, false)
		if did := h.rest(); did.Dismissed != 1 {
			t.Errorf("%s: dismissed %d findings", label, did.Dismissed)
		}
		h.labels("3", "mobile")
		comment := h.comment("3")
		for range 30 {
			h.now = h.now.AddDate(0, 0, 1)
			if did := h.rest(); did.Writes.Requests > 0 {
				t.Fatalf("%s on %s: %+v", label, h.now, did.Writes)
			}
		}
		h.criteria("3", "It works") // cured after all
		h.rest()
		h.criteria("3") // and the same again
		if did := h.rest(); did.Writes.Requests > 0 || h.comment("3") != comment {
			t.Errorf("%s: what was dismissed speaks again: %+v", label, did.Writes)
		}
	}
}

// crowded is a house with so many bad stories, "11" and up.
func crowded(t *testing.T, n int) *house {
	t.Helper()
	h := newHouse(t)
	items := h.items()
	for i := range n {
		bad := items[2]
		bad.ID.ID, bad.Key = number2(11+i), "SHOP-"+number2(11+i)
		bad.URL = "https://tracker.example/" + bad.Key
		items = append(items, bad)
	}
	h.tracker = memory.New(site(), h.clock, 50, items...)
	h.people = h.tracker.Human()
	h.r.Connections[0].Reader, h.r.Connections[0].Writer = h.tracker, h.tracker
	return h
}

func number2(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }

// Eleven people do not say no in the same hour: somebody cleans up. What was
// taken for a no before that showed is taken back. Whoever does it again is
// not fought.
func TestU04U09RemovalsInBulkDismissNothingAndAreNotFought(t *testing.T) {
	h := crowded(t, 12)
	h.rest()
	sweep := func(from, to int) {
		for i := from; i < to; i++ {
			h.people.HumanLabel(number2(11+i), "hygiene", false)
		}
	}
	h.now = h.now.Add(time.Minute)
	sweep(0, 8)
	h.now = h.now.Add(time.Minute)
	if o := h.pass(); o.Dismissed != 8 || o.Swept != 0 {
		t.Errorf("eight: dismissed %d, swept %d", o.Dismissed, o.Swept)
	}
	sweep(8, 12)
	if did := h.rest(); did.Swept != 12 {
		t.Errorf("swept %d", did.Swept)
	}
	for i := range 12 {
		h.labels(number2(11+i), "hygiene", "hygiene:no-acceptance-criteria", "mobile")
	}
	writes := h.people.Writes()
	h.now = h.now.Add(2 * time.Hour)
	sweep(0, 12)
	did := h.rest()
	for i := range 12 {
		h.labels(number2(11+i), "mobile")
	}
	fought := 0
	for _, held := range did.Plan.Held {
		if strings.Contains(held.Reason, "contested: the label hygiene") {
			fought++
		}
	}
	if fought < 12 {
		t.Errorf("%d items are reported as contested", fought)
	}
	if n := h.people.Writes() - writes; n > 12 {
		t.Errorf("%d more writes, want none but the specific labels", n)
	}
	for range 3 {
		h.now = h.now.AddDate(0, 0, 1)
		if did := h.rest(); did.Writes.Requests > 0 {
			t.Errorf("on %s: %+v", h.now, did.Writes)
		}
	}
}

// A second program that takes our label off each time, on one item.
func TestU09ASecondBotIsNotFought(t *testing.T) {
	h := newHouse(t)
	h.rest()
	added := 1
	for range 10 {
		h.now = h.now.Add(time.Minute)
		h.people.HumanLabel("3", "hygiene", false)
		h.rest()
		if slices.Contains(h.people.Labels("3"), "hygiene") {
			added++
		}
	}
	if added > 2 {
		t.Errorf("our label was put on %d times", added)
	}
}

// A comment that was there all the time goes into the books again after they
// were lost, so that a cure edits it, and those that are there once too often
// are deleted.
func TestACommentThatIsNotInTheBooksIsAdoptedAndHealed(t *testing.T) {
	h := newHouse(t)
	h.rest()
	first := h.comment("3")
	h.people.CopyComments("3", "3")
	h.people.CopyComments("3", "2") // a clone: its marker names another item
	h.path += ".new"
	h.open()
	h.rest()
	if n := h.people.Comments("3"); n != 1 || h.comment("3") != first {
		t.Errorf("%d comments, the first is %s, want only %s", n, h.comment("3"), first)
	}
	if n := h.people.Comments("2"); n != 2 {
		t.Errorf("U18: the clone has %d comments, want both left alone", n)
	}
	h.criteria("3", "It works")
	h.rest()
	comments, _ := h.tracker.Comments(t.Context(), backlog.ItemID{Site: "memory:1", ID: "3"})
	if len(comments) != 1 || !strings.Contains(comments[0].Text, "all clear") {
		t.Errorf("after the cure: %+v", comments)
	}
}

// A label takes an item out of every policy, and what is ours off it; a snooze
// does so until its day is over.
func TestU13AnItemThatWantsToBeLeftAloneIs(t *testing.T) {
	silence := backlog.Silence{Ignore: "trackwarden-ignore", Snooze: "trackwarden-snooze-"}
	for name, c := range map[string]struct {
		label string
		leave bool
		days  int // until it speaks again; 0 is never
	}{
		"ignored":      {"Trackwarden-Ignore", false, 0},
		"left":         {"trackwarden-ignore", true, 0},
		"snoozed":      {"trackwarden-snooze-2026-11-26", false, 3},
		"snoozed ever": {"trackwarden-snooze-tomorrow", true, 1}, // no day: it does nothing
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			h.r.Evaluator.Settings.Silence, h.r.Connections[0].Plan.Silence = silence, silence
			h.r.Connections[0].Plan.Freeze = c.leave
			h.rest()
			h.people.HumanLabel("3", c.label, true)
			h.rest()
			spoken := []string{"hygiene", "hygiene:no-acceptance-criteria", "mobile", c.label}
			if c.leave {
				h.labels("3", spoken...)
			} else if h.labels("3", "mobile", c.label); h.people.Comments("3") != 0 {
				t.Errorf("%d comments are left", h.people.Comments("3"))
			}
			judgement, _, err := h.db.JudgementOf(t.Context(), backlog.Subject{Kind: backlog.ItemSubject, ID: "memory:1/3"})
			if err != nil {
				t.Fatal(err)
			}
			for _, o := range judgement.Outcomes {
				if exempt := o.Verdict == backlog.Exempt && o.Cause == "the label "+c.label; exempt == (c.days == 1) {
					t.Errorf("%s: %s because of %q", o.Policy, o.Verdict, o.Cause)
				}
			}
			for day := 1; day <= 4; day++ {
				h.now = h.now.AddDate(0, 0, 1)
				h.rest()
				speaks := slices.Contains(h.people.Labels("3"), "hygiene")
				if want := c.leave || c.days > 0 && day >= c.days; speaks != want || !c.leave && speaks != (h.people.Comments("3") == 1) {
					t.Errorf("on day %d: speaks %t, want %t; %d comments", day, speaks, want, h.people.Comments("3"))
				}
			}
			h.people.HumanLabel("3", c.label, false)
			h.rest()
			h.labels("3", "hygiene", "hygiene:no-acceptance-criteria", "mobile")
		})
	}
}
