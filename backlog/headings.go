package backlog

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// title is a line of a text that reads as a heading: it has number signs, is
// bold, or ends in a colon, because many tickets have no others.
type title struct {
	text, inline string // inline follows it on the same line
	rank         int    // 1 is the highest
	begin, end   int    // where its line is in the text; end is behind the line break
}

// The ranks of what is no heading by Markdown's own word.
const (
	boldRank  = 7
	colonRank = 8
)

// opens reports whether the title also ends the section that it stands in: a
// colon with something behind it does not.
func (t title) opens() bool { return t.rank != colonRank || t.inline == "" }

// titlesOf lists the headings of a text. All that is looked for under headings
// is found in this one list: going through the text again for each cost more.
func titlesOf(markdown string) (all []title) {
	for at := 0; at < len(markdown); {
		end := len(markdown)
		if i := strings.IndexByte(markdown[at:], '\n'); i >= 0 {
			end = at + i + 1
		}
		if t, is := titleIn(strings.TrimSuffix(markdown[at:end], "\n")); is {
			t.begin, t.end = at, end
			all = append(all, t)
		}
		at = end
	}
	return all
}

// titleIn reads a line as a heading.
func titleIn(line string) (t title, is bool) {
	start := strings.TrimLeft(line, blanks)
	switch {
	case start == "":
	case start[0] == '#':
		return numbered(start, len(line)-len(start))
	case strings.HasPrefix(start, "**"):
		return bold(start)
	default:
		return colon(start)
	}
	return title{}, false
}

// blanks are spaces as patterns mean them by \s.
const blanks = "\t\n\f\r "

// numbered reads "## Title". Further in than three blanks it is code.
func numbered(start string, indent int) (title, bool) {
	text := strings.TrimLeft(start, "#")
	rank := len(start) - len(text)
	after := strings.TrimLeft(text, blanks)
	if indent > 3 || rank > 6 || len(after) == len(text) {
		return title{}, false
	}
	text = strings.Trim(after, " *_:#")
	return title{text: text, rank: rank}, text != ""
}

// bold reads "**Title**: and more".
func bold(start string) (title, bool) {
	text, rest, closed := strings.Cut(start[2:], "**")
	if !closed || text == "" || strings.Contains(text, "*") {
		return title{}, false
	}
	rest = strings.TrimPrefix(strings.TrimLeft(rest, blanks), ":")
	text = strings.Trim(text, " :")
	return title{text: text, inline: strings.TrimLeft(rest, blanks), rank: boldRank}, text != ""
}

// colon reads "Title: and more" of a few words without other signs.
func colon(start string) (title, bool) {
	text, rest, found := strings.Cut(start, ":")
	if !found || len(text) > 41*utf8.UTFMax {
		return title{}, false
	}
	letters := 0
	for _, r := range text {
		if !unicode.IsLetter(r) && (letters == 0 || !strings.ContainsRune(" /()-", r)) {
			return title{}, false
		}
		letters++
	}
	if letters < 3 || letters > 41 {
		return title{}, false
	}
	return title{text: text, inline: strings.TrimLeft(rest, blanks), rank: colonRank}, true
}

// section is the text under the first heading that matches, up to the next
// heading of the same or a higher rank.
func section(markdown string, titles []title, want *regexp.Regexp) string {
	for i, t := range titles {
		if !want.MatchString(t.text) {
			continue
		}
		end := len(markdown)
		for _, next := range titles[i+1:] {
			if next.opens() && next.rank <= t.rank {
				end = next.begin
				break
			}
		}
		return t.inline + "\n" + markdown[t.end:end]
	}
	return ""
}

// headings are the first titles of a text as written.
func headings(titles []title) (all []string) {
	for _, t := range titles {
		if t.opens() && len(all) < MaxHeadings {
			all = append(all, t.text)
		}
	}
	return all
}

// countWords counts runs of anything but spaces that hold a letter or digit.
func countWords(text string) (n int) {
	inside := false
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf && isWordByte(byte(r)) && r != '_', r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			if !inside {
				inside = true
				n++
			}
		case unicode.IsSpace(r):
			inside = false
		}
	}
	return n
}

// isWordByte reports whether patterns take a byte for part of a word.
func isWordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_'
}
