package backlog

import (
	"regexp"
	"strings"
)

// The patterns of a user story are only tried where one can begin: the engine
// for expressions would try every byte of every text.

// findRole finds the first "as a ROLE, I want …" that begins a line or follows a
// full stop, a star, an underscore or a quote. It returns where it begins with
// those, its end, and the same of the role and of what is wanted on that line;
// nil where there is none.
func findRole(text string) []int {
	for i := 0; i+1 < len(text); i++ {
		if !couldBe(text, i, "aA", "sSlL") {
			continue
		}
		start, begins := clauseStart(text, i)
		if !begins {
			continue
		}
		pattern := roleClause
		if i > 0 && text[i-1] == '_' { // which patterns take for a letter
			pattern = anyClause
		}
		if m := matchNear(pattern, text[i:]); m != nil {
			end := i + m[1]
			if n := strings.IndexByte(text[end:], '\n'); n >= 0 {
				n += end
				return []int{start, n, i + m[2], i + m[3], end, n}
			}
			return []int{start, len(text), i + m[2], i + m[3], end, len(text)}
		}
	}
	return nil
}

// near is how much of a text holds nearly every clause, in bytes. On so little
// the engine takes its quick way.
const near = 400

// matchNear matches a pattern that begins where the text does.
func matchNear(pattern *regexp.Regexp, text string) []int {
	if len(text) > near {
		if m := pattern.FindStringSubmatchIndex(text[:near]); m != nil && m[1] < near {
			return m
		}
	}
	return pattern.FindStringSubmatchIndex(text)
}

// couldBe reports whether a word could begin here with these two letters.
func couldBe(text string, i int, first, second string) bool {
	return strings.IndexByte(first, text[i]) >= 0 && strings.IndexByte(second, text[i+1]) >= 0
}

// clauseStart is where a clause whose first word is at i begins: with the
// stars, blanks and the one sign before it. None begins there when it stands in
// the middle of a line.
func clauseStart(text string, i int) (start int, begins bool) {
	stars := len(strings.TrimRight(text[:i], "*"))
	spaces := len(strings.TrimRight(text[:stars], blanks))
	switch {
	case spaces > 0 && strings.IndexByte(".*_>", text[spaces-1]) >= 0:
		return spaces - 1, true
	case stars == 0:
		return 0, true
	case text[stars-1] == '\n':
		return stars - 1, true
	}
	return stars, stars < i
}

// cutEnds cuts what is wanted from the reason for it, at the first "so that"
// or its like.
func cutEnds(wanted string) (means, ends string, found bool) {
	for i := 0; i+1 < len(wanted); i++ {
		if !couldBe(wanted, i, "sSiIdDuU", "oOnNaAmM") {
			continue
		}
		if start, after, is := reasonAt(wanted, i); is {
			return wanted[:start], wanted[after:], true
		}
	}
	return wanted, "", false
}

// reasonAt reads a reason whose first word is at i: where it begins, with the
// comma, blanks and stars before it, and where the word ends.
func reasonAt(text string, i int) (start, after int, is bool) {
	stars := len(strings.TrimRight(text[:i], "*"))
	start = len(strings.TrimRight(text[:stars], blanks))
	comma := start > 0 && text[start-1] == ','
	if comma {
		start--
	}
	if i == 0 || !isWordByte(text[i-1]) {
		if m := reason.FindStringIndex(text[i:]); m != nil {
			return start, i + m[1], true
		}
	}
	if m := inOrder.FindStringIndex(text[i:]); m != nil && comma {
		return start, i + m[1], true
	}
	return 0, 0, false
}
