package backlog

import (
	"regexp"
	"strings"
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
	titles := titlesOf(body)

	text.Criteria = splitCriteria(field)
	if len(text.Criteria) == 0 {
		text.Criteria = splitCriteria(section(body, titles, criteriaHeading))
	}
	text.Hypothesis = strings.TrimSpace(hypothesis)
	if text.Hypothesis == "" {
		text.Hypothesis = strings.TrimSpace(section(body, titles, hypothesisHeading))
	}
	text.Measure = strings.TrimSpace(section(body, titles, measureHeading))
	if text.Measure == "" {
		text.Measure = firstGroup(measureSentence, text.Hypothesis)
	}
	text.Headings, text.Words = headings(titles), countWords(body)
	text.Role, text.Means, text.Ends, text.Sentence = userStory(src.Title + "\n" + body)
	return text
}

var (
	criteriaHeading   = regexp.MustCompile(`(?i)^(acceptance criteria|acceptance criterion|acceptance tests?|conditions of satisfaction|akzeptanzkriterien|abnahmekriterien)\b`)
	hypothesisHeading = regexp.MustCompile(`(?i)^(benefit hypothesis|hypothesis|expected benefits?|business value|nutzenhypothese|nutzen)\b`)
	measureHeading    = regexp.MustCompile(`(?i)^(leading indicators?|success (measures?|metrics?|criteria)|measures? of success|how we measure|kpis?|messgr(ö|oe)(ß|ss)en?|erfolgskriterien)\b`)
	measureSentence   = regexp.MustCompile(`(?i)\b(?:measured by|we will know .{0,60}? when|gemessen an)\b[:\s]*([^\n]+)`)
)

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
