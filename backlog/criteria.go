package backlog

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

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
	for _, begins := range []func(string) bool{isScenario, isGiven} {
		if slices.ContainsFunc(lines, begins) {
			return func(l string) (string, bool) { return l, begins(l) }
		}
	}
	if slices.ContainsFunc(lines, isBullet) { // the first decides, so few are read twice
		return func(l string) (string, bool) {
			if rest, is := bulleted(l); is {
				return rest, true
			}
			return l, strings.TrimSpace(l) == ""
		}
	}
	return func(l string) (string, bool) { return l, strings.TrimSpace(l) == "" }
}

var (
	bullet    = regexp.MustCompile(`^\s*(?:[-*+•]|\d{1,3}[.)]|[a-z][.)])\s+(?:\[[ xX]\]\s+)?`)
	gherkin   = regexp.MustCompile(`(?i)^\s*(?:\*\*|_)?(?:scenario|szenario)\b`)
	givenLine = regexp.MustCompile(`(?i)^\s*(?:\*\*|_)?(?:given|gegeben|angenommen)\b`)
)

// The patterns cost more than all other reading, and most lines do not even
// begin as they do.

func isScenario(line string) bool { return mayBegin(line, "sS") && gherkin.MatchString(line) }

func isGiven(line string) bool { return mayBegin(line, "gGaA") && givenLine.MatchString(line) }

func isBullet(line string) bool {
	_, is := bulleted(line)
	return is
}

// bulleted is what stands behind a bullet, and behind its box.
func bulleted(line string) (rest string, is bool) {
	start := strings.TrimLeft(line, blanks)
	if len(start) < 2 || start[0] < utf8.RuneSelf && !strings.ContainsRune("-*+", rune(start[0])) && !strings.ContainsAny(start[1:min(len(start), 4)], ".)") {
		return "", false
	}
	m := bullet.FindStringIndex(line)
	if m == nil {
		return "", false
	}
	return line[m[1]:], true
}

// mayBegin reports whether a line begins with one of some letters.
func mayBegin(line, letters string) bool {
	start := strings.TrimLeft(line, blanks+"*_")
	return start != "" && strings.IndexByte(letters, start[0]) >= 0
}

var placeholder = regexp.MustCompile(`(?i)^(tbd|todo|n/?a|none|-+|\.+|\?+|tba|to be (defined|done)|xxx+)\.?$`)

// meaningful refuses what people type only to fill a field.
func meaningful(criterion string) bool {
	return strings.ContainsFunc(criterion, unicode.IsLetter) && !placeholder.MatchString(criterion)
}
