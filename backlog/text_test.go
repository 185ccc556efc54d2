package backlog_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
)

func TestCriteriaAreReadFromFieldHeadingOrChecklist(t *testing.T) {
	for name, tc := range map[string]struct {
		src  backlog.Sources
		want []string
	}{
		"field with bullets": {
			backlog.Sources{Criteria: "- Results appear within 300 ms\n- No result says so\n"},
			[]string{"Results appear within 300 ms", "No result says so"},
		},
		"field wins over heading": {
			backlog.Sources{Criteria: "* one thing", Body: "## Acceptance criteria\n- another"},
			[]string{"one thing"},
		},
		"heading in the description": {
			backlog.Sources{Body: "Some words.\n\n### Acceptance Criteria:\n1. First\n2. Second\n\n### Notes\n- not one"},
			[]string{"First", "Second"},
		},
		"bold line as heading": {
			backlog.Sources{Body: "**Acceptance criteria**\n- One\n  goes on here\n- Two\n\n**Design**\n- no"},
			[]string{"One goes on here", "Two"},
		},
		"colon line as heading": {
			backlog.Sources{Body: "Acceptance criteria: the page opens\n\nNotes:\nmore"},
			[]string{"the page opens"},
		},
		"German heading": {
			backlog.Sources{Body: "# Akzeptanzkriterien\n- Die Suche findet Schuhe"},
			[]string{"Die Suche findet Schuhe"},
		},
		"checklist": {
			backlog.Sources{Criteria: "- [ ] open\n- [x] done"},
			[]string{"open", "done"},
		},
		"scenarios": {
			backlog.Sources{Criteria: "Scenario: pay\nGiven a basket\nWhen I pay\nThen it is sent\n\nScenario: cancel\nGiven a basket\nThen nothing is sent"},
			[]string{"Scenario: pay Given a basket When I pay Then it is sent", "Scenario: cancel Given a basket Then nothing is sent"},
		},
		"paragraphs":       {backlog.Sources{Criteria: "One.\n\nTwo."}, []string{"One", "Two"}},
		"other script":     {backlog.Sources{Criteria: "- 搜索结果正确"}, []string{"搜索结果正确"}},
		"placeholders":     {backlog.Sources{Criteria: "TBD"}, nil},
		"only punctuation": {backlog.Sources{Criteria: "-\n- \n..."}, nil},
		"empty section":    {backlog.Sources{Body: "## Acceptance criteria\n\n## Notes\ntext"}, nil},
		"mentioned only":   {backlog.Sources{Body: "We still need acceptance criteria here."}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, backlog.ReadText(tc.src).Criteria); diff != "" {
				t.Errorf("criteria (-want +got):\n%s", diff)
			}
		})
	}
}

func TestUserStoryIsReadFromTitleOrBody(t *testing.T) {
	for name, tc := range map[string]struct {
		src               backlog.Sources
		role, means, ends string
	}{
		"one line":   {backlog.Sources{Body: "As a busy parent, I want to pay with one tap so that I am done before the bus comes."}, "busy parent", "to pay with one tap", "I am done before the bus comes"},
		"title":      {backlog.Sources{Title: "As an editor I can undo, in order to try things"}, "editor", "undo", "try things"},
		"bold marks": {backlog.Sources{Body: "**As a** shopper **I want** filters **so that** I find shoes"}, "shopper", "filters", "I find shoes"},
		"no ends":    {backlog.Sources{Body: "As a shopper, I want filters."}, "shopper", "filters", ""},
		"German":     {backlog.Sources{Body: "Als Kundin möchte ich filtern, damit ich Schuhe finde"}, "Kundin", "filtern", "ich Schuhe finde"},
		"two lines":  {backlog.Sources{Body: "As a shopper,\nI want filters\n\n**so that** I find shoes\n\nNotes: none"}, "shopper", "filters", "I find shoes"},
		"own line":   {backlog.Sources{Body: "As a shopper, I want filters.\nUsed by half of us."}, "shopper", "filters", ""},
		"bullets":    {backlog.Sources{Body: "As a shopper, I want filters\n- by size"}, "shopper", "filters", ""},
		"who":        {backlog.Sources{Body: "As a nurse, who works nights, I'd like a lamp"}, "nurse, who works nights", "a lamp", ""},
		"no role":    {backlog.Sources{Body: "Hello\n\n*I want* filters so that I find shoes"}, "", "filters", "I find shoes"},
		"no means":   {backlog.Sources{Body: "As a teacher, so that parents know"}, "teacher", "", "parents know"},
		"um zu":      {backlog.Sources{Title: "Als Koch brauche ich eine Uhr, um nicht zu spät zu sein"}, "Koch", "eine Uhr", "nicht zu spät zu sein"},
		"a result":   {backlog.Sources{Body: "As a result, I can not pay so that I leave"}, "", "", ""},
		"as much as": {backlog.Sources{Body: "As much as I'd like to keep it so that all is as it was"}, "", "", ""},
		"as I know":  {backlog.Sources{Body: "as I know, I can't use it, I can use that so that it works"}, "", "", ""},
		"no article": {backlog.Sources{Title: "As developer, I want a clone"}, "developer", "a clone", ""},
		"no wish":    {backlog.Sources{Body: "I want this by Friday."}, "", "", ""},
		"none":       {backlog.Sources{Title: "Tune the index", Body: "Do it as a team."}, "", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := backlog.ReadText(tc.src)
			if got.Role != tc.role || got.Means != tc.means || got.Ends != tc.ends {
				t.Errorf("got %q, %q, %q", got.Role, got.Means, got.Ends)
			}
		})
	}
}

func TestHypothesisAndMeasure(t *testing.T) {
	got := backlog.ReadText(backlog.Sources{Body: "## Benefit hypothesis\nShoppers find more.\n\n## Leading indicators\nSearches without a click fall by 20 %"})
	if got.Hypothesis != "Shoppers find more." || got.Measure != "Searches without a click fall by 20 %" {
		t.Errorf("got %+v", got)
	}
	got = backlog.ReadText(backlog.Sources{Hypothesis: "More orders, measured by the share of returning shoppers"})
	if got.Measure != "the share of returning shoppers" {
		t.Errorf("measure %q", got.Measure)
	}
}

func TestLongTextIsCutAndSaysSo(t *testing.T) {
	got := backlog.ReadText(backlog.Sources{Body: strings.Repeat("ä", backlog.MaxText)})
	if !got.Truncated {
		t.Error("a text over the limit must be marked as cut")
	}
	if got := backlog.ReadText(backlog.Sources{Body: "short"}); got.Truncated {
		t.Error("a short text must not be marked as cut")
	}
}

func TestAnOutlineAndTheUserStoryAreKept(t *testing.T) {
	body := "## Context\nTwo clicks are one too many - so we think.\n\n**Out of scope:** refunds\n\nDesign:\nhttps://x.example\n\n" +
		"As a *busy parent*, I want to pay (with one click)\nso that I am done. Also refunds."
	text := backlog.ReadText(backlog.Sources{Title: "Pay", Body: body})
	if diff := cmp.Diff([]string{"Context", "Out of scope", "Design"}, text.Headings); diff != "" {
		t.Error(diff)
	}
	if want := "As a *busy parent*, I want to pay (with one click) so that I am done. Also refunds."; text.Sentence != want {
		t.Errorf("sentence %q", text.Sentence)
	}
	if text.Words != 34 {
		t.Errorf("%d words", text.Words)
	}
	many := backlog.ReadText(backlog.Sources{Body: strings.Repeat("# x\n", 3*backlog.MaxHeadings)})
	if len(many.Headings) != backlog.MaxHeadings {
		t.Errorf("%d headings", len(many.Headings))
	}
}
