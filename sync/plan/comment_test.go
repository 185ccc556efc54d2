package plan_test

import (
	"strings"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/sync/plan"
)

func TestSentencesGoOnInLowerCase(t *testing.T) {
	s := settings()
	p := s.Policies["story/b"]
	p.Remedy = "Somebody assigned."
	s.Policies["story/b"] = p
	f := finding("story/b", backlog.Warning)
	f.Message = "In Progress since 20 Nov 2026, nobody is assigned."
	change, _ := plan.One(view(f), s, world())
	if want := "Now: In Progress since 20 Nov 2026, nobody is assigned. Enough: somebody assigned. ["; !strings.Contains(change.Comment.Markdown, want) {
		t.Errorf("the comment lacks %q:\n%s", want, change.Comment.Markdown)
	}
}

func TestFirstCommentWaitsForWeight(t *testing.T) {
	s := settings()
	s.Comment = plan.CommentRule{Errors: 1, Warnings: 2, OpenFor: 48 * time.Hour}
	one, _ := plan.One(view(finding("story/a", backlog.Warning)), s, world())
	two, _ := plan.One(view(finding("story/a", backlog.Warning), finding("story/b", backlog.Warning)), s, world())
	grave, _ := plan.One(view(finding("story/c", backlog.Error)), s, world())
	young := finding("story/c", backlog.Error)
	young.Opened = now.Add(-47 * time.Hour)
	early, _ := plan.One(view(young), s, world())
	if one.Comment != nil || two.Comment == nil || grave.Comment == nil || early.Comment != nil {
		t.Errorf("one warning %v, two %v, one error %v, a young error %v", one.Comment, two.Comment, grave.Comment, early.Comment)
	}
	if len(one.AddLabels) != 2 {
		t.Errorf("labels do not wait: %v", one.AddLabels)
	}
}

func TestTextFromTheTicketCannotBecomeMarkup(t *testing.T) {
	f := finding("story/a", backlog.Warning)
	f.Message = "[click](http://evil.example) **bold** <b>x</b>\n# heading"
	change, _ := plan.One(view(f), settings(), world())
	if !strings.Contains(change.Comment.Markdown, `\[click\](http://evil.example) \*\*bold\*\* \<b\>x\</b\> \# heading`) {
		t.Errorf("comment:\n%s", change.Comment.Markdown)
	}
}

func TestTheCommentNamesWhatWasFixedLastAndIsNotOpen(t *testing.T) {
	s := settings()
	for _, id := range []string{"d", "e", "f"} {
		s.Policies["story/"+id] = plan.Policy{ID: "story/" + id, Title: "Policy " + id, Writes: true}
	}
	v := view(finding("story/a", backlog.Warning))
	// in the order of their closing, as the store has them
	v.Fixed = []backlog.Finding{closed("story/b", 9), closed("story/d", 8), closed("story/c", 4), closed("story/c", 3), closed("story/d", 2), closed("story/e", 1), closed("story/a", 0)}
	text := plan.Comment(v.Open, v, s)
	if want := "*Fixed: policy e, 23 Nov 2026; policy d, 22 Nov 2026; dependency cycle, 21 Nov 2026.*"; !strings.Contains(text, want) {
		t.Errorf("want %s in:\n%s", want, text)
	}
}

func TestAllClearIsSaidOnce(t *testing.T) {
	v := view()
	said := own(backlog.OwnedComment, "c1")
	said.Hash = "of an all clear"
	v.Owned, v.Fixed = []backlog.Owned{said}, []backlog.Finding{closed("story/a", 9), closed("story/r", 1)}
	if change, _ := plan.One(v, settings(), world()); !change.Empty() {
		t.Errorf("it said so before: %s", change.Comment.Markdown)
	}
}

func TestAHintAloneIsNoWarning(t *testing.T) {
	s := settings()
	s.Comment = plan.CommentRule{Errors: 1, Warnings: 2}
	change, _ := plan.One(view(finding("story/a", backlog.Info), finding("story/b", backlog.Info)), s, world())
	if change.Comment != nil {
		t.Errorf("two hints were commented on:\n%s", change.Comment.Markdown)
	}
}
