package plan_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/sync/plan"
)

// spoken is an item with two findings that we have spoken of, an hour ago.
func spoken() backlog.View {
	a, b := finding("story/a", backlog.Warning), finding("story/b", backlog.Warning)
	a.ID, b.ID = 1, 2
	v := view(a, b)
	change, _ := plan.One(v, settings(), world())
	v = after(v, change)
	for i := range v.Owned {
		v.Owned[i].Since, v.Owned[i].Told = now.Add(-time.Hour), now.Add(-time.Hour)
	}
	return v
}

// refused is the view when a person has taken a label of ours off.
func refused(v backlog.View, label string) backlog.View {
	v.Labels = drop(v.Labels, label)
	v.Owned = append(dropOwned(v.Owned, label), backlog.Owned{Kind: backlog.RefusedLabel, Value: label, Since: now})
	return v
}

func TestU01WhatAPersonWroteIntoOurCommentStays(t *testing.T) {
	v := spoken()
	v.Open = append(v.Open, finding("story/c", backlog.Error))
	v.Comments[0].Edited = true
	if got, held := plan.One(v, settings(), world()); got.Comment != nil || held == "" {
		t.Errorf("%+v, held %q", got.Comment, held)
	}
	v.Comments = append(v.Comments, backlog.Comment{ID: "c2", Marker: v.Comments[0].Marker}) // came late
	if got, _ := plan.One(v, settings(), world()); got.Comment == nil || !got.Comment.Delete || got.Comment.ID != "c2" {
		t.Errorf("the comment that only we wrote is the one to delete: %+v", got.Comment)
	}
	v.Comments[1].Edited = true
	if got, _ := plan.One(v, settings(), world()); got.Comment != nil {
		t.Errorf("people wrote into both: %+v", got.Comment)
	}
}

func TestU02ACommentThatLostItsMarkerIsKnownByItsID(t *testing.T) {
	v := spoken()
	v.Comments[0].Marker = backlog.Marker{}
	if got, held := plan.One(v, settings(), world()); !got.Empty() || !got.React.Empty() || held != "" {
		t.Errorf("%+v %+v, held %q", got.Change, got.React, held)
	}
	v.Open = v.Open[:1]
	if got, _ := plan.One(v, settings(), world()); got.Comment == nil || got.Comment.ID != "c1" || got.Comment.Marker.Item != v.ID.ID {
		t.Errorf("the next edit marks it again: %+v", got.Comment)
	}
}

func TestU03ADeletedCommentDismissesWhatItSpokeOf(t *testing.T) {
	v := spoken()
	v.Comments = nil
	got, _ := plan.One(v, settings(), world())
	if diff := cmp.Diff([]int64{1, 2}, got.React.Dismiss); diff != "" || len(got.React.Forget) != 1 || len(got.React.Gone) != 1 || got.Comment != nil {
		t.Errorf("%+v %+v\n%s", got.React, got.Comment, diff)
	}
	if diff := cmp.Diff([]string{"hygiene", "hygiene:no-acceptance-criteria", "hygiene:no-owner"}, got.RemoveLabels); diff != "" {
		t.Errorf("what is dismissed is not labelled (-want +got):\n%s", diff)
	}
	fresh := finding("story/a", backlog.Error)
	fresh.ID, fresh.Fingerprint, fresh.Opened = 3, "new evidence", now
	v.Open = append(v.Open, fresh)
	got, _ = plan.One(v, settings(), world())
	if got.Comment == nil || got.Comment.ID != "" || !strings.Contains(got.Comment.Markdown, "1 gap") || len(got.React.Dismiss) != 2 {
		t.Errorf("new evidence speaks again: %+v %+v", got.React, got.Comment)
	}
}

func TestU04ALabelTakenOffDismissesWhatItSpokeOf(t *testing.T) {
	for label, want := range map[string][]int64{"hygiene:no-owner": {2}, "hygiene": {1, 2}} {
		got, _ := plan.One(refused(spoken(), label), settings(), world())
		if diff := cmp.Diff(want, got.React.Dismiss); diff != "" || len(got.React.Forget) != 1 || contains(got.AddLabels, label) {
			t.Errorf("%s: %+v, adds %v\n%s", label, got.React, got.AddLabels, diff)
		}
	}
	v := refused(spoken(), "hygiene:no-owner")
	fresh := finding("story/b", backlog.Warning)
	fresh.ID, fresh.Opened = 3, now.Add(time.Minute)
	v.Open = append(v.Open[:1:1], fresh)
	if got, _ := plan.One(v, settings(), plan.World{Now: now.Add(time.Minute)}); !contains(got.AddLabels, "hygiene:no-owner") || len(got.React.Dismiss) > 0 {
		t.Errorf("new evidence is labelled again: %+v, adds %v", got.React, got.AddLabels)
	}
}

func contains(list []string, s string) bool { return len(drop(list, s)) < len(list) }

func TestU04RemovalsInBulkDismissNothing(t *testing.T) {
	w := world()
	w.Bulk = true
	got, _ := plan.One(refused(spoken(), "hygiene"), settings(), w)
	if len(got.React.Dismiss) > 0 || len(got.React.Forget) != 1 || !contains(got.AddLabels, "hygiene") {
		t.Errorf("%+v, adds %v", got.React, got.AddLabels)
	}
	v := spoken()
	v.Comments = nil
	if got, _ = plan.One(v, settings(), w); len(got.React.Dismiss) > 0 || got.Comment == nil || got.Comment.ID != "" {
		t.Errorf("%+v %+v", got.React, got.Comment)
	}
}

// Somebody who takes the same off again and again is not fought, not even when
// many items are concerned or the evidence is always another one.
func TestU09AFightEndsAfterTwoReversals(t *testing.T) {
	removal := func(hours int) backlog.Removal {
		return backlog.Removal{Kind: backlog.OwnedLabel, Value: "hygiene", At: now.Add(-time.Duration(hours) * time.Hour)}
	}
	w := world()
	w.Bulk = true
	v := refused(spoken(), "hygiene")
	v.Removals = []backlog.Removal{removal(3), removal(0)}
	got, held := plan.One(v, settings(), w)
	if contains(got.AddLabels, "hygiene") || len(got.React.Dismiss) != 2 || !strings.Contains(held, "contested: the label hygiene") {
		t.Errorf("%+v, adds %v, held %q", got.React, got.AddLabels, held)
	}
	v = view(finding("story/a", backlog.Warning)) // new evidence
	v.Removals = []backlog.Removal{removal(3), removal(1)}
	if got, held = plan.One(v, settings(), world()); contains(got.AddLabels, "hygiene") || !strings.Contains(held, "contested") {
		t.Errorf("adds %v, held %q", got.AddLabels, held)
	}
	if end := plan.Again(v, settings(), world()); !end.Equal(now.Add(21 * time.Hour)) {
		t.Errorf("looked at again at %s", end)
	}
	v.Removals[0] = removal(25)
	if got, held = plan.One(v, settings(), world()); !contains(got.AddLabels, "hygiene") || held != "" {
		t.Errorf("a day later: adds %v, held %q", got.AddLabels, held)
	}
	comment := backlog.Removal{Kind: backlog.OwnedComment, Value: "c1", At: now.Add(-time.Hour)}
	v = spoken()
	v.Comments, v.Removals = nil, []backlog.Removal{comment}
	if got, _ = plan.One(v, settings(), w); got.Comment != nil || len(got.React.Dismiss) != 2 {
		t.Errorf("a comment that was deleted twice: %+v %+v", got.React, got.Comment)
	}
}

// Labels of ours are only ever asked for, never forbidden: two policies that
// share one cannot want the opposite, and it stays while one of them asks.
func TestU10ALabelOfTwoPoliciesStaysWhileOneAsks(t *testing.T) {
	s := settings()
	shared := s.Policies["story/b"]
	shared.Label = s.Policies["story/a"].Label
	s.Policies["story/b"] = shared
	a, b := finding("story/a", backlog.Warning), finding("story/b", backlog.Warning)
	v := view(a, b)
	change, _ := plan.One(v, s, world())
	if diff := cmp.Diff([]string{"hygiene", "hygiene:no-acceptance-criteria"}, change.AddLabels); diff != "" {
		t.Errorf("labels (-want +got):\n%s", diff)
	}
	v = after(v, change)
	for _, left := range []backlog.Finding{a, b} {
		v.Open = []backlog.Finding{left}
		if change, _ := plan.One(v, s, world()); len(change.AddLabels)+len(change.RemoveLabels) > 0 {
			t.Errorf("%s asks alone: adds %v, removes %v", left.Policy, change.AddLabels, change.RemoveLabels)
		}
	}
}

func TestOfOurCommentsTheOldestStays(t *testing.T) {
	v := spoken()
	marker := v.Comments[0].Marker
	v.Comments = append(v.Comments, backlog.Comment{ID: "c2", Marker: marker}, backlog.Comment{ID: "c3", Marker: marker},
		backlog.Comment{ID: "c4", Marker: backlog.Marker{Owner: "trackwarden", Item: "99"}})
	for _, want := range []string{"c3", "c2", ""} {
		got, _ := plan.One(v, settings(), world())
		if want == "" {
			if !got.Empty() {
				t.Errorf("%+v", got.Comment)
			}
			break
		}
		if got.Comment == nil || !got.Comment.Delete || got.Comment.ID != want {
			t.Fatalf("%+v, want %s to be deleted", got.Comment, want)
		}
		var rest []backlog.Comment
		for _, c := range v.Comments {
			if c.ID != want {
				rest = append(rest, c)
			}
		}
		v.Comments = rest
	}
	v.Comments = append([]backlog.Comment{{ID: "c0", Marker: marker}}, v.Comments...) // another process was first
	got, _ := plan.One(v, settings(), world())
	if got.Comment == nil || got.Comment.ID != "c1" || len(got.React.Adopt) != 1 || got.React.Adopt[0].Value != "c0" || len(got.React.Forget) != 1 || len(got.React.Gone) > 0 {
		t.Errorf("%+v %+v", got.React, got.Comment)
	}
}

func TestCommentsAreReadWhenSomebodyMayHaveTouchedThem(t *testing.T) {
	v := spoken()
	v.Fresh, v.Look = false, backlog.Looked{Revision: "7", At: now}
	if got, _ := plan.One(v, settings(), world()); got.Look {
		t.Error("nobody did anything")
	}
	v.Revision = "8"
	if got, _ := plan.One(v, settings(), world()); !got.Look || !got.Empty() {
		t.Error("somebody edited the item")
	}
	late := view()
	late.Look = backlog.Looked{Revision: "7", At: now.Add(-10 * time.Minute), Late: now.Add(-20 * time.Minute)}
	if got, _ := plan.One(late, settings(), world()); !got.Look {
		t.Error("a comment may have come late")
	}
	late.Look.At = now.Add(-9 * time.Minute)
	if got, _ := plan.One(late, settings(), world()); got.Look {
		t.Error("we looked not long ago")
	}
	if next := plan.Again(late, settings(), world()); !next.Equal(now.Add(2 * time.Minute)) {
		t.Errorf("looked at again at %s", next)
	}
}

func TestU18U19ForeignMarkersAreNotAdoptedAndOursAre(t *testing.T) {
	v := view(finding("story/a", backlog.Warning))
	v.Fresh = true
	clone := backlog.Marker{Owner: "trackwarden", Item: "99"}
	other := backlog.Marker{Owner: "somebody", Item: "10001"}
	v.Comments = []backlog.Comment{{ID: "c7", Marker: clone}, {ID: "c8", Marker: other}}
	if got, _ := plan.One(v, settings(), world()); got.Comment == nil || got.Comment.ID != "" {
		t.Errorf("a foreign comment must not be edited: %+v", got.Comment)
	}
	v.Comments = append(v.Comments, backlog.Comment{ID: "c9", Marker: backlog.Marker{Owner: "trackwarden", Item: "10001"}})
	if got, _ := plan.One(v, settings(), world()); got.Comment == nil || got.Comment.ID != "c9" || len(got.React.Adopt) != 1 {
		t.Errorf("our own comment must be adopted: %+v", got.Comment)
	}
}

// Books that were set back know less than the comment says of itself: they
// learn that, and nothing is written that is there already.
func TestS13ACommentIsBelievedBeforeBooksThatWereSetBack(t *testing.T) {
	v := spoken()
	said := v.Owned[len(v.Owned)-1].Hash
	for i := range v.Owned {
		if v.Owned[i].Kind == backlog.OwnedComment {
			said, v.Owned[i].Hash = v.Owned[i].Hash, "of last week"
		}
	}
	got, _ := plan.One(v, settings(), world())
	if !got.Empty() || len(got.React.Adopt) != 1 || got.React.Adopt[0].Hash != said || len(got.React.Forget) != 0 {
		t.Errorf("%+v, reaction %+v", got.Change, got.React)
	}
}

// A label that went while a write was under way is in no book as taken off. The
// item has to be read to find out.
func TestU04ALabelThatWentUnseenIsLookedFor(t *testing.T) {
	v := spoken()
	v.Fresh, v.Comments = false, nil
	v.Labels = drop(v.Labels, "hygiene")
	if got, _ := plan.One(v, settings(), world()); !got.Look {
		t.Error("nobody looks")
	}
}
