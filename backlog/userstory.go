package backlog

import (
	"regexp"
	"strings"
)

// Parts of the patterns that find a user story.
const (
	asA     = `\b(?:as an?|as the|als)\b\**\s+`
	asAny   = `as\s+(?:some(?:one|body)\s)?`
	aRole   = `([^,\n]{2,80}?(?:,\s(?:who|whose|der|die|das|den|deren|dessen)\s[^,\n]{2,60})?)`
	iWant   = `(?:i (?:want|can\s|could\s|need|would (?:like|love|prefer|need|want|be able)|wish|must|should be able|am able)|i['’]d (?:like|love|want)|we (?:want|need|would like|must))`
	ichWill = `(?:(?:möchte|will|kann|brauche|benötige|muss|wünsche) ich|(?:würde|hätte) ich gerne?|(?:möchten|wollen|brauchen|benötigen|können) wir)`
	wish    = aRole + `\s*,?\s+\**(?:` + iWant + `|` + ichWill + `)\b\**[ \t]*`
	soThat  = `(?:so that|in order to|damit|so ?dass|um\s+zu)`
)

var (
	// A role and a wish, as they begin with "as", and after "as" where it stands
	// behind an underscore.
	roleClause = regexp.MustCompile(`(?i)^(?:` + asA + `|` + asAny + `)` + wish)
	anyClause  = regexp.MustCompile(`(?i)^` + asAny + wish)
	reason     = regexp.MustCompile(`(?i)^` + soThat + `\b\**\s*`)
	inOrder    = regexp.MustCompile(`(?i)^um\b\**\s*`)

	// Beginnings of a user story that lacks a part.
	noMeans = regexp.MustCompile(`(?i)^[\s*_>]*` + asA + aRole + `\s*,?\s+\**(?:` + soThat + `|um)\b\**\s*(.*)$`)
	noRole  = regexp.MustCompile(`(?i)^[\s*_>]*(?:i (?:want|need|would like|wish)|i['’]d like|ich (?:möchte|will|brauche|benötige|würde gerne?|hätte gerne?))\b\**\s+(.*)$`)

	// notRole is what stands after "as a" and is nobody.
	notRole  = regexp.MustCompile(`(?i)^(?:much|soon|long|far|well|fast|quickly|i|we|you|it|part|of|per|mentioned|discussed|said|usual|expected|always|before|such|example|result|consequence|work-?around|follow-?up|(?:first|next) step|rule|reminder|alternative|side note|ergebnis|folge|nächstes|erstes|workaround)\b`)
	endsLine = regexp.MustCompile(`(?i)^[\s*_>]*(?:so that|in order to|so i|so we|because|damit|so ?dass|um|weil)\b`)
)

// userStory finds "As a ROLE, I want MEANS so that ENDS", or the beginning of
// one that lacks its role or its means and says why.
func userStory(text string) (role, means, ends, sentence string) {
	m := findRole(text)
	if m == nil || notRole.MatchString(text[m[2]:m[3]]) {
		return begunStory(text)
	}
	more := goesOn(text[m[4]:m[5]], text[m[1]:])
	means, ends, _ = cutEnds(text[m[4] : m[5]+more])
	return tidy(text[m[2]:m[3]]), tidy(means), tidy(ends), strings.Join(strings.Fields(text[m[0]:m[1]+more]), " ")
}

// begunStory finds a line that begins as a user story does, and lacks a part.
func begunStory(text string) (role, means, ends, sentence string) {
	for line := range strings.SplitSeq(text, "\n") {
		start := strings.TrimLeft(line, " \t*_>")
		if start == "" || !strings.ContainsRune("aAiI", rune(start[0])) {
			continue
		}
		sentence = strings.Join(strings.Fields(line), " ")
		if m := noMeans.FindStringSubmatch(line); m != nil && !notRole.MatchString(m[1]) {
			return tidy(m[1]), "", tidy(m[2]), sentence
		}
		if m := noRole.FindStringSubmatch(line); m != nil {
			if means, ends, found := cutEnds(m[1]); found {
				return "", tidy(means), tidy(ends), sentence
			}
		}
	}
	return "", "", "", ""
}

// goesOn is how much of the following text belongs to a user story whose first
// line is given: lines that begin with a reason, and one more where the line
// has no end.
func goesOn(line, after string) (n int) {
	open := !strings.ContainsAny(lastOf(line), ".!?:;")
	for len(after) > n {
		rest := after[n+1:] // after the line break
		next, _, _ := strings.Cut(rest, "\n")
		skipped := 0
		if strings.TrimSpace(next) == "" && len(rest) > len(next) {
			skipped = len(next) + 1
			next, _, _ = strings.Cut(rest[skipped:], "\n")
		}
		reason := endsLine.MatchString(next)
		if !reason && (!open || skipped > 0 || !isProse(next)) {
			return n
		}
		n += 1 + skipped + len(next)
		open = false
	}
	return n
}

// lastOf is the last sign of a line, without marks of Markdown.
func lastOf(line string) string {
	line = strings.TrimRight(line, " \t\r*_")
	return line[max(0, len(line)-1):]
}

// isProse reports whether a line is text: no heading, no bullet, no table, no
// "Notes:".
func isProse(line string) bool {
	if _, is := titleIn(line); is || isBullet(line) || isScenario(line) || isGiven(line) {
		return false
	}
	trimmed := strings.TrimSpace(line)
	return trimmed != "" && !strings.ContainsAny(trimmed[:1], "#|!`<")
}
