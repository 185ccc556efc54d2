package backlog

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What is found by hand, because that is many times quicker, is what these
// patterns say.
var (
	rolePattern  = regexp.MustCompile(`(?i)(?:^|\n|[.*_>]\s*)\**(?:` + asA + `|` + asAny + `)` + wish + `([^\n]*)`)
	endsPattern  = regexp.MustCompile(`(?is)^(.*?)(?:,?\s*\**\b` + soThat + `|,\s*\**um)\b\**\s*(.*)$`)
	numberedLine = regexp.MustCompile(`^\s{0,3}(#{1,6})\s+(.*)$`)
	boldLine     = regexp.MustCompile(`^\s*\*\*([^*]+?)\*\*\s*:?\s*(.*)$`)
	colonLine    = regexp.MustCompile(`^\s*([\p{L}][\p{L} /()-]{2,40}):\s*(.*)$`)
)

func FuzzPatterns(f *testing.F) {
	for _, text := range []string{
		"As a buyer, I want to pay, so that I am done.", "x\n**As a** buyer **I want** y,\n** so that** z", "Pay. \n *As the* seller I can see it in order to", "_As a user_, I need this um zu",
		"_as someone who pays I want x", "** **as an admin, I’d like", "Als Kunde möchte ich zahlen, **um fertig zu sein", "> als Kunde, der zahlt, will ich das, damit",
		"as a as a user, I want", "class A: as a b, I must\n\nso I", "## Title\n### KPIs:\n####### x\n    # y", "**Acceptance** : one", "**a*b**", "****", "Notes (old): x", "a:", "abc:x", "Ünï: ", "1ab: x", "#\n# #:",
		"- a\n10. b\na) c\n•  d\n- [x] e", "  **Scenario** a", "_gegeben", "aNgenommen: x", "-x", "12.3 x", "•x",
	} {
		f.Add(text)
	}
	f.Add("As a buyer" + strings.Repeat(" ", near) + "I want to pay\nnow")
	f.Add("As a b I want x" + strings.Repeat(", so that", near))
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ReplaceAll(text, "ſ", "s") // which patterns take for it
		if got, want := findRole(text), rolePattern.FindStringSubmatchIndex(text); !slices.Equal(got, want) {
			t.Errorf("%q: the role is at %d, want %d", text, got, want)
		}
		means, ends, found := cutEnds(text)
		if m := endsPattern.FindStringSubmatch(text); found != (m != nil) || found && (m[1] != means || m[2] != ends) {
			t.Errorf("%q: %q, %q, want %q", text, means, ends, m)
		}
		for line := range strings.SplitSeq(text, "\n") {
			if got, want := readTitle(line), titleByPattern(line); got != want {
				t.Errorf("%q: %+v, want %+v", line, got, want)
			}
			if isBullet(line) != bullet.MatchString(line) || isScenario(line) != gherkin.MatchString(line) || isGiven(line) != givenLine.MatchString(line) {
				t.Errorf("%q begins a criterion by its pattern, or is said to", line)
			}
		}
	})
}

func readTitle(line string) title {
	t, is := titleIn(line)
	if !is {
		return title{}
	}
	return t
}

func titleByPattern(line string) (t title) {
	if m := numberedLine.FindStringSubmatch(line); m != nil {
		t = title{text: strings.Trim(m[2], " *_:#"), rank: len(m[1])}
	} else if m := boldLine.FindStringSubmatch(line); m != nil {
		t = title{text: strings.Trim(m[1], " :"), inline: m[2], rank: boldRank}
	} else if m := colonLine.FindStringSubmatch(line); m != nil {
		t = title{text: m[1], inline: m[2], rank: colonRank}
	}
	if t.text == "" {
		return title{}
	}
	return t
}
