package backlog

import (
	"regexp"
	"strings"
	"unicode"
)

// Text is what could be read out of an item's texts, once, so that policies
// need no text work of their own.
type Text struct {
	Criteria   []string `json:"criteria,omitempty"` // acceptance criteria, one each, without bullets
	Role       string   `json:"role,omitempty"`     // "As a …"
	Means      string   `json:"means,omitempty"`    // "I want …"
	Ends       string   `json:"ends,omitempty"`     // "so that …"
	Hypothesis string   `json:"hypothesis,omitempty"`
	Measure    string   `json:"measure,omitempty"`   // how success will be seen
	Truncated  bool     `json:"truncated,omitempty"` // a text was longer than MaxText and was cut

	Sentence string   `json:"sentence,omitempty"` // the user story as written, on one line
	Headings []string `json:"headings,omitempty"` // of the description, as written, the first MaxHeadings
	Words    int      `json:"words,omitempty"`    // of the description
}

// MaxText is the longest text kept of one field, in bytes. Longer ones are cut
// at a rune and the item says so.
const MaxText = 64 << 10

// MaxHeadings is how many headings of a description are kept.
const MaxHeadings = 40

// Sources are the texts that ReadText reads, all Markdown.
type Sources struct {
	Title, Body string
	Criteria    string // the acceptance-criteria field; a checklist field is its items as a list
	Hypothesis  string // the benefit-hypothesis field
}

// ReadText reads criteria, the user-story sentence, the benefit hypothesis and
// its measure out of an item's texts. A filled field wins over a heading in
// the description. Headings and sentences are understood in English and
// German.
func ReadText(src Sources) Text {
	body, cutBody := cut(src.Body)
	field, cutField := cut(src.Criteria)
	hypothesis, cutHypothesis := cut(src.Hypothesis)
	text := Text{Truncated: cutBody || cutField || cutHypothesis}

	text.Criteria = splitCriteria(field)
	if len(text.Criteria) == 0 {
		text.Criteria = splitCriteria(section(body, criteriaHeading))
	}
	text.Hypothesis = strings.TrimSpace(hypothesis)
	if text.Hypothesis == "" {
		text.Hypothesis = strings.TrimSpace(section(body, hypothesisHeading))
	}
	text.Measure = strings.TrimSpace(section(body, measureHeading))
	if text.Measure == "" {
		text.Measure = firstGroup(measureSentence, text.Hypothesis)
	}
	text.Headings, text.Words = outline(body)
	text.Role, text.Means, text.Ends, text.Sentence = userStory(src.Title + "\n" + body)
	return text
}

var (
	criteriaHeading   = regexp.MustCompile(`(?i)^(acceptance criteria|acceptance criterion|acceptance tests?|conditions of satisfaction|akzeptanzkriterien|abnahmekriterien)\b`)
	hypothesisHeading = regexp.MustCompile(`(?i)^(benefit hypothesis|hypothesis|expected benefits?|business value|nutzenhypothese|nutzen)\b`)
	measureHeading    = regexp.MustCompile(`(?i)^(leading indicators?|success (measures?|metrics?|criteria)|measures? of success|how we measure|kpis?|messgr(ö|oe)(ß|ss)en?|erfolgskriterien)\b`)
	measureSentence   = regexp.MustCompile(`(?i)\b(?:measured by|we will know .{0,60}? when|gemessen an)\b[:\s]*([^\n]+)`)

	heading   = regexp.MustCompile(`^\s{0,3}(#{1,6})\s+(.*)$`)
	boldLine  = regexp.MustCompile(`^\s*\*\*([^*]+?)\*\*\s*:?\s*(.*)$`)
	colonLine = regexp.MustCompile(`^\s*([\p{L}][\p{L} /()-]{2,40}):\s*(.*)$`)
	bullet    = regexp.MustCompile(`^\s*(?:[-*+•]|\d{1,3}[.)]|[a-z][.)])\s+(?:\[[ xX]\]\s+)?(.*)$`)
	gherkin   = regexp.MustCompile(`(?i)^\s*(?:\*\*|_)?(?:scenario|szenario)\b`)
	givenLine = regexp.MustCompile(`(?i)^\s*(?:\*\*|_)?(?:given|gegeben|angenommen)\b`)
)

// outline lists the headings of a text and counts its words.
func outline(markdown string) (headings []string, words int) {
	for line := range strings.SplitSeq(markdown, "\n") {
		words += countWords(line)
		if len(headings) == MaxHeadings {
			continue
		}
		if title, _, _ := headingOf(line, true); title != "" {
			headings = append(headings, title)
		}
	}
	return headings, words
}

// countWords counts runs of anything but spaces that hold a letter or digit.
func countWords(line string) (n int) {
	inside := false
	for _, r := range line {
		switch letter := unicode.IsLetter(r) || unicode.IsDigit(r); {
		case unicode.IsSpace(r):
			inside = false
		case letter && !inside:
			inside = true
			n++
		}
	}
	return n
}

// section returns the text under the first heading that matches, up to the
// next heading of the same or a higher rank. A bold line and a line ending in
// a colon count as headings, because many tickets have no others.
func section(markdown string, want *regexp.Regexp) string {
	var found strings.Builder
	rank := 0 // of the heading we are under; 0 while outside
	for line := range strings.SplitSeq(markdown, "\n") {
		title, inline, r := headingOf(line, rank != 0)
		switch {
		case rank == 0 && title != "" && want.MatchString(title):
			rank = r
			found.WriteString(inline)
			found.WriteByte('\n')
		case rank != 0 && title != "" && r <= rank:
			return found.String()
		case rank != 0:
			found.WriteString(line)
			found.WriteByte('\n')
		}
	}
	return found.String()
}

// headingOf reads a line as a heading: its title, what follows it on the same
// line, and its rank (1 is the highest). Inside a section, a colon line is no
// heading unless nothing follows the colon.
func headingOf(line string, inside bool) (title, inline string, rank int) {
	if !strings.ContainsAny(line, "#*:") { // most lines: the patterns cost more than all other reading
		return "", "", 0
	}
	if m := heading.FindStringSubmatch(line); m != nil {
		return strings.Trim(m[2], " *_:#"), "", len(m[1])
	}
	if m := boldLine.FindStringSubmatch(line); m != nil {
		return strings.Trim(m[1], " :"), m[2], 7
	}
	if m := colonLine.FindStringSubmatch(line); m != nil && (!inside || m[2] == "") {
		return m[1], m[2], 8
	}
	return "", "", 0
}

// splitCriteria separates criteria: one per bullet, or one per Gherkin
// scenario, or one per paragraph.
func splitCriteria(markdown string) []string {
	lines := strings.Split(strings.ReplaceAll(markdown, "\r\n", "\n"), "\n")
	starts := starter(lines)
	var criteria []string
	var current []string
	flush := func() {
		if c := tidy(strings.Join(current, " ")); meaningful(c) {
			criteria = append(criteria, c)
		}
		current = nil
	}
	for _, line := range lines {
		rest, starting := starts(line)
		if starting {
			flush()
		}
		current = append(current, rest)
	}
	flush()
	return criteria
}

// starter decides what begins a new criterion in these lines: scenarios
// before Given lines, these before bullets, bullets before blank lines.
func starter(lines []string) func(string) (rest string, starts bool) {
	for _, pattern := range []*regexp.Regexp{gherkin, givenLine} {
		for _, line := range lines {
			if pattern.MatchString(line) {
				return func(l string) (string, bool) { return l, pattern.MatchString(l) }
			}
		}
	}
	for _, line := range lines {
		if bullet.MatchString(line) {
			return func(l string) (string, bool) {
				if m := bullet.FindStringSubmatch(l); m != nil {
					return m[1], true
				}
				return l, strings.TrimSpace(l) == ""
			}
		}
	}
	return func(l string) (string, bool) { return l, strings.TrimSpace(l) == "" }
}

var placeholder = regexp.MustCompile(`(?i)^(tbd|todo|n/?a|none|-+|\.+|\?+|tba|to be (defined|done)|xxx+)\.?$`)

// meaningful refuses what people type only to fill a field.
func meaningful(criterion string) bool {
	return strings.ContainsFunc(criterion, unicode.IsLetter) && !placeholder.MatchString(criterion)
}

func tidy(s string) string { return strings.Trim(strings.Join(strings.Fields(s), " "), " *_.") }

func firstGroup(re *regexp.Regexp, s string) string {
	if m := re.FindStringSubmatch(s); m != nil {
		return strings.TrimSpace(m[1])
	}
	return ""
}

// cut shortens a text to MaxText at a rune and says whether it did.
func cut(s string) (string, bool) {
	if len(s) <= MaxText {
		return s, false
	}
	return strings.ToValidUTF8(s[:MaxText], ""), true
}
