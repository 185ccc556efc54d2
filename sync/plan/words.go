package plan

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/trackwarden/trackwarden/backlog"
)

// Comment writes the comment's text in Markdown: what is missing, what is
// there, what would be enough. It holds dates and no ages, so that it changes
// only when something happened.
func Comment(asked []backlog.Finding, v backlog.View, s Settings) string {
	var b strings.Builder
	b.WriteString(headline(asked, v, s))
	for i, f := range asked {
		p := s.Policies[f.Policy]
		fmt.Fprintf(&b, "%d. **%s.** Now: %s Enough: %s [Why](%s)\n", i+1,
			escape(p.Title), escape(continued(f.Message)), escape(lowered(p.Remedy)), s.HelpURL+"/policies/"+p.ID+".md")
	}
	if len(asked) > 0 {
		b.WriteByte('\n')
	}
	if fixed := fixedLine(v, s); fixed != "" && len(asked) > 0 {
		fmt.Fprintf(&b, "*%s*\n\n", fixed)
	}
	if len(asked) > 0 {
		fmt.Fprintf(&b, "Doesn't fit? [Exempt or snooze](%s/exemptions.md).\n\n", s.HelpURL)
	}
	fmt.Fprintf(&b, "*Trackwarden%s. This comment is edited, never repeated.*\n", forTeam(v, s))
	return b.String()
}

func headline(asked []backlog.Finding, v backlog.View, s Settings) string {
	switch n := len(asked); {
	case n == 0:
		return fmt.Sprintf("**Backlog check: all clear since %s.** Thank you.\n\n", day(lastClosed(v), s))
	case len(v.Fixed) > 0:
		return fmt.Sprintf("**Backlog check: %s left**\n\n", gaps(n))
	default:
		return fmt.Sprintf("**Backlog check: %s**\n\n", gaps(n))
	}
}

func gaps(n int) string {
	if n == 1 {
		return "1 gap"
	}
	return fmt.Sprintf("%d gaps", n)
}

// fixedLine names at most the three policies fixed last. One that is open
// again, perhaps for another reason, is not fixed.
func fixedLine(v backlog.View, s Settings) string {
	var parts []string
	said := policiesOf(v.Open)
	for _, f := range slices.Backward(v.Fixed) { // the last one closed first
		if p := s.Policies[f.Policy]; p.Writes && !slices.Contains(said, f.Policy) && len(parts) < 3 {
			said = append(said, f.Policy)
			parts = append(parts, fmt.Sprintf("%s, %s", escape(lowered(p.Title)), day(f.Closed, s)))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "Fixed: " + strings.Join(parts, "; ") + "."
}

func lastClosed(v backlog.View) time.Time {
	var last time.Time
	for _, f := range v.Fixed {
		if f.Closed.After(last) {
			last = f.Closed
		}
	}
	return last
}

func forTeam(v backlog.View, s Settings) string {
	if teams := s.Organisation.TeamsOf(s.Connection, v.Item); len(teams) > 0 {
		return " for " + escape(teams[0].Name)
	}
	return ""
}

func day(t time.Time, s Settings) string { return t.In(s.Zone).Format("2 Jan 2006") }

// lowered begins a policy's own text in lower case, because it goes on a
// sentence. A word in capitals stays.
func lowered(text string) string {
	second := strings.TrimLeftFunc(text, unicode.IsUpper)
	if len(text)-len(second) != 1 {
		return text
	}
	return strings.ToLower(text[:1]) + second
}

// continued does so with a message, which may begin with a state's or an
// item's name: only words that surely are neither are changed.
func continued(text string) string {
	for _, word := range []string{"The ", "This ", "It ", "No ", "A ", "An ", "There ", "Two ", "Nobody "} {
		if strings.HasPrefix(text, word) {
			return strings.ToLower(text[:1]) + text[1:]
		}
	}
	return text
}

// escape keeps text from a ticket from becoming Markdown.
func escape(text string) string {
	var b strings.Builder
	for _, r := range strings.Join(strings.Fields(text), " ") {
		if strings.ContainsRune("\\`*_{}[]<>#|~", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
