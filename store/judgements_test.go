package store_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
)

func subject(item backlog.Item) backlog.Subject {
	return backlog.Subject{Kind: backlog.ItemSubject, ID: item.ID.String()}
}

func finding(item backlog.Item, policy, since string, at time.Time) backlog.Finding {
	evidence := map[string]any{"since": since}
	return backlog.Finding{
		Subject: subject(item), Policy: policy, Fingerprint: backlog.Fingerprint(policy, evidence), Evidence: evidence,
		Message: "In progress since " + since, Severity: backlog.Warning, Opened: at,
	}
}

// judge saves a judgement of an item that opens findings.
func (w *world) judge(item backlog.Item, opened ...backlog.Finding) {
	w.t.Helper()
	w.save(backlog.Judged{Judgement: backlog.Judgement{Subject: subject(item), Today: "2026-11-24"}, Opened: opened, At: w.now})
}

func (w *world) save(j backlog.Judged) {
	w.t.Helper()
	w.must(w.SaveJudgements(w.ctx(), []backlog.Judged{j}))
}

func (w *world) openFindings(item backlog.Item) []backlog.Finding {
	w.t.Helper()
	open, err := w.OpenFindings(w.ctx(), []backlog.Subject{subject(item)})
	w.must(err)
	return open[subject(item)]
}

func TestAMarkSetDuringJudgingSurvives(t *testing.T) {
	w := newWorld(t)
	item := story(jira, "1", 0)
	w.page(item)
	w.settle()
	w.must(w.MarkDirty(w.ctx(), "day", backlog.Some{}))
	listed, err := w.Dirty(w.ctx(), []string{"shop"}, 10)
	w.must(err)
	w.page(later(item, func(i *backlog.Item) { i.Title = "changed while it was judged" }))
	done := backlog.Judged{Judgement: backlog.Judgement{Subject: listed[0].Subject}, DirtySeq: listed[0].Seq, At: w.now}
	w.save(done)
	again, err := w.Dirty(w.ctx(), []string{"shop"}, 10)
	w.must(err)
	if len(again) != 1 || again[0].Seq <= listed[0].Seq {
		t.Fatalf("the new mark is lost: %+v", again)
	}
	done.DirtySeq = again[0].Seq
	w.save(done)
	equal(t, "dirty", w.dirty(), nil)
	w.page(later(later(item, func(*backlog.Item) {}), func(i *backlog.Item) { i.Title = "again" }))
	done.DirtySeq = again[0].Seq // a slow process ends with what it listed long ago
	w.save(done)
	equal(t, "dirty", w.dirty(), []string{"1"})
}

func TestFindingsOpenStayAndClose(t *testing.T) {
	w := newWorld(t)
	item := story(jira, "1", 0)
	w.page(item)
	w.judge(item, finding(item, "story/stale", "2026-10-01", w.now), finding(item, "story/big", "", w.now))
	open := w.openFindings(item)
	want := []backlog.Finding{finding(item, "story/stale", "2026-10-01", w.now), finding(item, "story/big", "", w.now)}
	want[0].ID, want[1].ID = open[0].ID, open[1].ID
	if diff := cmp.Diff(want, open); diff != "" || open[0].ID == open[1].ID {
		t.Fatalf("open findings (-want +got):\n%s", diff)
	}
	w.judge(item, finding(item, "story/stale", "2026-10-01", w.now.Add(time.Hour))) // another process found it too
	if got := w.openFindings(item); len(got) != 2 || !got[0].Opened.Equal(want[0].Opened) {
		t.Errorf("a finding was opened twice, or anew: %+v", got)
	}
	kept := open[0]
	kept.Message, kept.Severity = "Now worse\x00", backlog.Error
	w.save(backlog.Judged{Judgement: backlog.Judgement{Subject: subject(item)}, Kept: []backlog.Finding{kept}, Closed: []int64{open[1].ID}, At: w.now})
	got := w.openFindings(item)
	if len(got) != 1 || got[0].Message != "Now worse" || got[0].Severity != backlog.Error || !got[0].Opened.Equal(want[0].Opened) {
		t.Errorf("kept: %+v", got)
	}
	closed, err := w.ClosedSince(w.ctx(), w.now)
	w.must(err)
	if len(closed) != 1 || closed[0].Policy != "story/big" || !closed[0].Closed.Equal(w.now) {
		t.Errorf("closed: %+v", closed)
	}
	if closed, err = w.ClosedSince(w.ctx(), w.now.Add(time.Second)); err != nil || len(closed) != 0 {
		t.Errorf("closed later: %+v, %v", closed, err)
	}
}

func TestADismissalHoldsForTheSameEvidence(t *testing.T) {
	w := newWorld(t)
	item := story(jira, "1", 0)
	w.page(item)
	w.judge(item, finding(item, "story/stale", "2026-10-01", w.now))
	first := w.openFindings(item)[0]
	w.must(w.Dismiss(w.ctx(), first.ID))
	when := w.now
	w.now = w.now.Add(time.Hour)
	w.must(w.Dismiss(w.ctx(), first.ID))
	if got := w.openFindings(item)[0].Dismissed; !got.Equal(when) {
		t.Errorf("dismissed %v, first %v", got, when)
	}
	w.save(backlog.Judged{Judgement: backlog.Judgement{Subject: subject(item)}, Closed: []int64{first.ID}, At: w.now})
	w.judge(item, finding(item, "story/stale", "2026-10-01", w.now), finding(item, "story/stale", "2026-11-20", w.now))
	got := w.openFindings(item)
	if len(got) != 2 || got[0].Dismissed.IsZero() || !got[1].Dismissed.IsZero() {
		t.Errorf("the old evidence stays dismissed, new evidence may speak: %+v", got)
	}
}

func TestJudgementsAndFindingsAreHandedOverWithTheirItems(t *testing.T) {
	w := newWorld(t)
	a, b, gone := story(jira, "1", 0), story(azure, "2", 0), story(jira, "3", 0)
	w.page(a, gone)
	w.page(b)
	for _, item := range []backlog.Item{a, gone, b} {
		w.save(backlog.Judged{
			Judgement: backlog.Judgement{Subject: subject(item), Revision: "r", InputHash: "h", Today: "2026-11-24", Outcomes: []backlog.PolicyOutcome{{Policy: "story/stale", Verdict: backlog.Fail}}},
			Opened:    []backlog.Finding{finding(item, "story/stale", "", w.now)}, At: w.now,
		})
	}
	team := backlog.Subject{Kind: backlog.TeamSubject, ID: "Checkout"}
	w.save(backlog.Judged{Judgement: backlog.Judgement{Subject: team}, At: w.now})
	_, err := w.CommitSightings(w.ctx(), "shop", jira, []backlog.Sighting{{ID: gone.ID, Presence: backlog.Gone}}, false)
	w.must(err)

	seen := map[backlog.Subject]string{}
	w.must(w.EachJudgement(w.ctx(), func(s backlog.Subject, item *backlog.Stored, j backlog.Judgement) error {
		if item != nil {
			seen[s] = item.Connection + " " + item.Key + " " + string(j.Outcomes[0].Verdict)
		} else {
			seen[s] = ""
		}
		return nil
	}))
	want := map[backlog.Subject]string{subject(a): "shop SHOP-1 fail", subject(b): "platform 2 fail", team: ""}
	if diff := cmp.Diff(want, seen); diff != "" {
		t.Errorf("judgements (-want +got):\n%s", diff)
	}
	var keys []string
	w.must(w.EachOpenFinding(w.ctx(), func(f backlog.Finding, item *backlog.Stored) error {
		keys = append(keys, item.Key)
		return nil
	}))
	equal(t, "findings of", keys, []string{"SHOP-1", "2"})
}

func TestUsageCountsFilledFieldsOfRecentItems(t *testing.T) {
	w := newWorld(t)
	a, b, bug, old := story(jira, "1", 10), story(jira, "2", 10), story(jira, "3", 10), story(jira, "4", -100*24*60)
	b.Filled = b.Filled.With(backlog.FieldPoints)
	bug.Type, bug.Filled = "Bug", 0
	w.page(a, b, bug, old)
	got, err := w.Usage(w.ctx(), morning)
	w.must(err)
	want := []backlog.Usage{
		{Site: jira, Project: "10", Type: "Bug", Items: 1, Filled: map[backlog.Field]int{}},
		{Site: jira, Project: "10", Type: "Story", Items: 2, Filled: map[backlog.Field]int{backlog.FieldDescription: 2, backlog.FieldPoints: 1}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("usage (-want +got):\n%s", diff)
	}
}

func TestIterationsAreThoseOfOpenItemsAsToldLast(t *testing.T) {
	w := newWorld(t)
	sprint := func(id, state string, day int) backlog.Iteration {
		return backlog.Iteration{ID: id, Name: "Sprint " + id, State: state, Start: morning.AddDate(0, 0, day)}
	}
	a, b, done := story(jira, "1", 10), story(jira, "2", 5), story(jira, "3", 10)
	a.Iterations = []backlog.Iteration{sprint("9", "closed", -14), sprint("10", "active", 0)}
	b.Iterations = []backlog.Iteration{sprint("10", "future", 1)}
	done.Iterations, done.State.Category = []backlog.Iteration{sprint("8", "closed", -28)}, backlog.Done
	w.page(a, b, done)
	w.page(later(b, func(i *backlog.Item) { i.Title = "changed before a" }))
	got, err := w.Iterations(w.ctx(), jira)
	w.must(err)
	if diff := cmp.Diff([]backlog.Iteration{sprint("9", "closed", -14), sprint("10", "active", 0)}, got); diff != "" {
		t.Errorf("iterations (-want +got):\n%s", diff)
	}
}
