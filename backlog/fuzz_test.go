package backlog_test

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/trackertest"
)

var storyTexts = []string{
	"As a buyer, I want to pay so that I am done.", "**As a** buyer **I want** x\n**so that** y", "Als Kunde möchte ich zahlen, damit ich fertig bin", "As a , I want",
	"## Acceptance criteria\n- a\n- [x] b\n\n## Notes\nn", "**Acceptance Criteria**: one\n\ntwo", "Akzeptanzkriterien:\n1. x\n2) y\na. z", "Scenario: s\nGiven g\nWhen w\nScenario: t", "Given a\nGiven b",
	"# Benefit hypothesis\nMeasured by: x", "we will know it works when y", "###### KPIs\nTBD", "Messgrößen: 3", "- tbd\n- ...\n- ???", "- \n-\n*\n• x", "#\n##\n# #", "****\n** **", ":\na:\n: b",
	"\xff\xfe", "nul\x00", "\u202egnp.exe", "e\u0301\u0301", "🛒👩‍👩‍👧: x", "\u2028- a\u2028- b", "\r\n- a\r\n- b\r", "> - a\n> - b", "```\n# Acceptance criteria\n```", "<b>Acceptance criteria</b>",
}

// Of any texts, what is read is made of their words, valid if they are, the
// same each time; and criteria that are written as a list are read as they are.
func FuzzReadText(f *testing.F) {
	for _, text := range storyTexts {
		f.Add(text, text, "", "")
		f.Add("title", text, text, text)
	}
	f.Fuzz(func(t *testing.T, title, body, criteria, hypothesis string) {
		src := backlog.Sources{Title: title, Body: body, Criteria: criteria, Hypothesis: hypothesis}
		all := title + "\n" + body + "\n" + criteria + "\n" + hypothesis
		got := backlog.ReadText(src)
		if again := backlog.ReadText(src); !reflect.DeepEqual(again, got) {
			t.Errorf("%q is read as %+v, then as %+v", all, got, again)
		}
		length := 0
		for _, text := range append([]string{got.Role, got.Means, got.Ends, got.Hypothesis, got.Measure}, got.Criteria...) {
			length += len(text)
			if utf8.ValidString(all) && !utf8.ValidString(text) {
				t.Errorf("%q: %q is no valid text", all, text)
			}
			for word := range strings.FieldsSeq(text) {
				if !strings.Contains(all, strings.Trim(word, " *_.")) {
					t.Errorf("%q: %q stands nowhere", all, word)
				}
			}
		}
		if length > 3*len(all) {
			t.Errorf("%q: %d bytes are read out of %d", all, length, len(all))
		}
		if list := "- " + strings.Join(got.Criteria, "\n- "); len(got.Criteria) > 0 && plain(got.Criteria) {
			if again := backlog.ReadText(backlog.Sources{Criteria: list}); !reflect.DeepEqual(again.Criteria, got.Criteria) && !again.Truncated {
				t.Errorf("%q is read as %q", list, again.Criteria)
			}
		}
	})
}

// plain is whether each begins with a letter that begins no list, scenario or
// step, so that a list of them is nothing else.
func plain(criteria []string) bool {
	for _, c := range criteria {
		first, _ := utf8.DecodeRuneInString(c)
		if !utf8.ValidString(c) || !strings.ContainsRune("bcdefhijklmnopqrtuvwxyzBCDEFHIJKLMNOPQRTUVWXYZ", first) || len(c) > 1 && strings.ContainsAny(c[1:2], ".)") {
			return false
		}
	}
	return true
}

func FuzzReadTextGrowth(f *testing.F) {
	for _, piece := range append(storyTexts, "as a ", "As a x, i want ", "so that ", "**", "\n- a", "# a\n", "a: ", "given ", "\n\n", "measured by", "we will know ", "*_.") {
		f.Add("# Acceptance criteria\n", piece, "")
	}
	f.Fuzz(func(t *testing.T, before, piece, after string) {
		trackertest.Linear(t, before, piece, after, func(s string) {
			backlog.ReadText(backlog.Sources{Title: s, Body: s})
		})
	})
}
