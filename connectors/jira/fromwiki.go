package jira

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
)

// fromWiki turns Jira's wiki markup into Markdown.
//
// The work is done by jira-cli's translator, line by line, because it was made
// for a terminal: it loses what follows a code block on one line, reads every
// byte outside a tag as a character, and stumbles over lines that only look
// like tags. So code is set apart first, what it would misread is hidden
// behind placeholders, and a line that it cannot bear stays as it is.
func fromWiki(wiki string) string {
	w := wikiReader{}
	if len(wiki) > maxWiki {
		wiki = wiki[:maxWiki]
	}
	wiki = tidy.Replace(strings.ToValidUTF8(wiki, "�"))
	var b strings.Builder
	for last := 0; ; {
		var m []int
		if strings.Contains(wiki[last:], "{") {
			m = codeBlock.FindStringSubmatchIndex(wiki[last:])
		}
		if m == nil {
			b.WriteString(w.lines(wiki[last:]))
			break
		}
		for i := range m {
			m[i] += last
		}
		b.WriteString(w.lines(wiki[last:m[0]]))
		b.WriteString(fence(wiki[m[2]:m[3]], wiki[m[4]:m[5]], wiki[m[6]:m[7]]))
		last = m[1]
	}
	markdown := b.String()
	if strings.Contains(markdown, "\n\n\n") {
		markdown = manyBlank.ReplaceAllString(markdown, "\n\n")
	}
	return strings.TrimSpace(markdown)
}

// maxWiki is the longest text of one field that is read, in bytes. It is far
// more than is kept, and than Jira takes unless an administrator wants it so.
const maxWiki = 16 * backlog.MaxText

// The placeholders are numbered between two control characters that no text
// needs.
const (
	shield   = "\x0e"
	unshield = "\x0f"
	quoteTag = "{quote}"
)

// leftover takes out what is left of placeholders.
var leftover = strings.NewReplacer(shield, "", unshield, "")

// tidy makes lines end alike, and leaves the placeholders to us.
var tidy = strings.NewReplacer("\r\n", "\n", "\r", "\n", shield, "", unshield, "")

var (
	codeBlock = regexp.MustCompile(`(?s)\{(code|noformat)((?::[^}]*)?)\}(.*?)\{(?:code|noformat)\}`)
	manyBlank = regexp.MustCompile(`\n{3,}`)

	monospace  = regexp.MustCompile(`\{\{(.+?)\}\}`)
	mention    = regexp.MustCompile(`\[~(?:accountid:)?([^\]|]+)\]`)
	textLink   = regexp.MustCompile(`\[([^\]|\n]+)\|([^\]|\n]+)(?:\|[^\]\n]*)?\]`)
	bareLink   = regexp.MustCompile(`\[((?:https?|ftp|mailto):[^\]|\s]+)\]`)
	image      = regexp.MustCompile(`!([^\s!|][^!|\n]*\.[A-Za-z0-9]{2,5})(?:\|[^!\n]*)?!`)
	color      = regexp.MustCompile(`\{(?:color|anchor)(?::[^}]*)?\}`)
	wikiEscape = regexp.MustCompile(`\\([\\{}\[\]*_+^~!|#?().-])`)
	lookalike  = regexp.MustCompile(`^(?:[hb].\.|..\.)`)
	realTag    = regexp.MustCompile(`^(?:h[1-6]\.\s|bq\.\s)`)
	listTag    = regexp.MustCompile(`^[*#-]+\s`)
	onlyTag    = regexp.MustCompile(`^(?:[*#]+|-{3,})$`)
	strayCode  = regexp.MustCompile(`\{(?:code|noformat)[^}]*\}`)
	hidden     = regexp.MustCompile(shield + `(\d+)` + unshield + `?`) // the translator may cut its end off
)

type wikiReader struct {
	kept  []string
	quote bool // inside {quote}
}

// hide keeps a piece as it shall appear and gives its placeholder.
func (w *wikiReader) hide(s string) string {
	w.kept = append(w.kept, s)
	return shield + strconv.Itoa(len(w.kept)-1) + unshield
}

func (w *wikiReader) reveal(s string) string {
	for strings.Contains(s, shield) && hidden.MatchString(s) {
		s = hidden.ReplaceAllStringFunc(s, func(p string) string {
			i, err := strconv.Atoi(strings.Trim(p, shield+unshield))
			if err != nil || i >= len(w.kept) {
				return ""
			}
			return w.kept[i]
		})
	}
	if !strings.ContainsAny(s, shield+unshield) {
		return s
	}
	return leftover.Replace(s)
}

func (w *wikiReader) lines(text string) string {
	var b strings.Builder
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(w.line(line))
	}
	return b.String()
}

func (w *wikiReader) line(line string) string {
	opened := w.quote
	between := strings.Split(line, quoteTag)
	for range between[1:] {
		w.quote = !w.quote
		opened = opened || w.quote
	}
	line = strings.Join(between, "")
	text := strings.TrimSpace(line)
	if text == "" {
		return ""
	}
	mayBeTag := strings.ContainsRune("*#-", rune(text[0]))
	if mayBeTag && onlyTag.MatchString(text) { // a ruler, or bullets without a text
		return "\n" + text + "\n"
	}
	bullets := ""
	if mayBeTag {
		bullets = listTag.FindString(text)
	}
	out := w.text(text[len(bullets):])
	if bullets != "" {
		out = strings.Repeat("\t", len(strings.TrimSpace(bullets))-1) + "- " + out
	}
	switch {
	case opened:
		return "> " + out
	case strings.HasPrefix(out, "---"): // under a line of text it would make that a heading
		return "\n" + out + "\n"
	}
	return out
}

// fence writes a code block. Its language is the first parameter that is no
// assignment.
func fence(tag, parameters, code string) string {
	language := ""
	for part := range strings.SplitSeq(strings.TrimPrefix(parameters, ":"), "|") {
		if tag == "code" && part != "" && !strings.Contains(part, "=") {
			language = strings.TrimSpace(part)
			break
		}
	}
	ticks := strings.Repeat("`", max(3, longestRun(code, '`')+1))
	return "\n" + ticks + language + "\n" + strings.Trim(code, "\n") + "\n" + ticks + "\n"
}

// longestRun is how often a character stands in a row at most.
func longestRun(s string, c byte) int {
	longest, run := 0, 0
	for i := range len(s) {
		if run++; s[i] != c {
			run = 0
		}
		longest = max(longest, run)
	}
	return longest
}
