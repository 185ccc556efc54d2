package jira

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/ankitpokhrel/jira-cli/pkg/md/jirawiki"
)

// prepare hides what the translator does not know or would misread. Most lines
// have nothing of the kind, and looking for what each expression begins with
// is many times cheaper than the expression.
func (w *wikiReader) prepare(line string) string {
	as := func(begins string, re *regexp.Regexp, to string) {
		if !strings.Contains(line, begins) {
			return
		}
		line = re.ReplaceAllStringFunc(line, func(s string) string {
			return w.hide(re.ReplaceAllString(s, to))
		})
	}
	as(`\`, wikiEscape, `$1`)
	as("{", strayCode, `$0`)
	as("{{", monospace, "`$1`")
	as("[~", mention, "@$1")
	as("!", image, "![$1]($1)")
	as("[", textLink, "[$1]($2)")
	as("[", bareLink, "<$1>")
	if strings.Contains(line, "{") {
		line = color.ReplaceAllString(line, "")
	}
	if strings.Contains(line[:min(len(line), 1+2*utf8.UTFMax)], ".") && lookalike.MatchString(line) && !realTag.MatchString(line) {
		line = w.hide(line[:firstRunes(line, 3)]) + line[firstRunes(line, 3):]
	}
	return w.pairStars(w.hideForeign(line))
}

// hideForeign hides what the translator would take for bytes, brackets of no
// link, and stars that stand in a word or in a row.
func (w *wikiReader) hideForeign(line string) string {
	var b strings.Builder
	from := 0
	for i := 0; i < len(line); {
		n := foreignAt(line, i)
		if n == 0 {
			i++
			continue
		}
		b.WriteString(line[from:i])
		b.WriteString(w.hide(line[i : i+n]))
		i += n
		from = i
	}
	if from == 0 {
		return line
	}
	b.WriteString(line[from:])
	return b.String()
}

// foreignAt is the length of what has to be hidden there; 0 when nothing has.
func foreignAt(line string, i int) (n int) {
	switch c := line[i]; {
	case c >= utf8.RuneSelf:
		for n = 1; i+n < len(line) && line[i+n] >= utf8.RuneSelf; n++ {
		}
		return n
	case c == '[' || c == ']' || c == '#':
		return 1
	case c != '*':
		return 0
	case i > 0 && i+1 < len(line) && isWord(line[i-1]) && isWord(line[i+1]):
		return 1
	}
	for n = 1; i+n < len(line) && line[i+n] == '*'; n++ {
	}
	if n == 1 {
		return 0
	}
	return n
}

// isWord reports whether a byte is a letter, a digit or an underscore.
func isWord(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_'
}

// pairStars hides the last of an odd number of stars: it opens nothing.
func (w *wikiReader) pairStars(line string) string {
	if strings.Count(line, "*")%2 == 0 {
		return line
	}
	i := strings.LastIndex(line, "*")
	return line[:i] + w.hide("*") + line[i+1:]
}

// firstRunes is the length in bytes of the first n characters.
func firstRunes(s string, n int) int {
	for i := range s {
		if n == 0 {
			return i
		}
		n--
	}
	return len(s)
}

// maxLine is how much of a line the translator gets at once, in bytes: its time
// grows with the square of it.
const maxLine = 2 << 10

// text translates a line without its bullets. What is too long is translated in
// parts, cut at spaces; where it has none it stays as it is.
func (w *wikiReader) text(line string) string {
	var b strings.Builder
	for len(line) > maxLine {
		end := strings.LastIndexByte(line[:maxLine], ' ') + 1
		if end == 0 {
			if end = strings.IndexByte(line, ' '); end < 0 {
				end = len(line)
			}
			b.WriteString(line[:end])
		} else {
			b.WriteString(w.reveal(w.translate(w.prepare(line[:end]))))
		}
		line = line[end:]
	}
	b.WriteString(w.reveal(w.translate(w.prepare(line))))
	return b.String()
}

// translate is the translator, kept from ending us. A line in which it would
// find no tag is not given to it: it would come back as it is.
func (w *wikiReader) translate(line string) (out string) {
	if !mayHoldTag(line) {
		return line
	}
	defer func() {
		if recover() != nil {
			out = line
		}
	}()
	return strings.Trim(jirawiki.Parse(line), "\n")
}

// mayHoldTag reports whether the translator could find a tag in a line.
func mayHoldTag(line string) bool {
	if strings.ContainsAny(line, "{[#*|") || strings.Contains(line, "bq.") {
		return true
	}
	for i := 0; i+2 < len(line); i++ { // h1. to h6.
		if line[i] == 'h' && line[i+2] == '.' && line[i+1] >= '1' && line[i+1] <= '6' {
			return true
		}
	}
	return false
}
