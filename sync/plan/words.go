package plan

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/trackwarden/trackwarden/backlog"
)

// Said is what a comment's template is told: what is missing, what is there,
// what would be enough. It holds dates and no ages. All of it is Markdown
// already: text from tickets means nothing but itself.
type Said struct {
	Gaps   []Gap   // what is asked for, the weightiest first; none when all is clear
	Count  int     // how many there are
	More   int     // how many of them are not among Gaps
	Left   bool    // something was fixed before
	Fixed  []Fixed // the last three, the last one first
	Clear  string  // since when all is clear: "26 Nov 2026"
	Team   string  // that has the item; empty for none
	Item   About
	Help   string // address of the pages that explain
	Exempt string // address of the page that says how to be exempted
}

// Gap is one thing that is missing. Now and Enough go on a sentence; Message and
// Remedy are the same as sentences of their own.
type Gap struct {
	N               int // from 1
	Policy, Title   string
	Now, Message    string
	Enough, Remedy  string
	Why             string // address of the page that explains the policy
	Severity, Since string // "warning"; "20 Nov 2026"
}

// Fixed is one thing that was missing before.
type Fixed struct{ Title, Day string }

// About is the item that a comment stands on.
type About struct{ Key, Title, Type string }

// maxGaps bounds how many gaps a comment lists. Trackers take no endless text,
// and nobody mends more at once.
const maxGaps = 10

// Comment writes the comment's text in Markdown. What the organisation's
// template makes of it has to be fit to be posted; else the built-in words say
// it.
func Comment(asked []backlog.Finding, v backlog.View, s Settings) string {
	veil := &veil{}
	said := say(asked, v, s, veil)
	if s.Words != nil && s.Words.file != "" {
		if text, err := s.Words.write(said, veil); err == nil {
			return text
		}
	}
	return s.builtIn().plain(said, veil)
}

// say collects what is to be said. Text from tickets is hidden behind the veil.
func say(asked []backlog.Finding, v backlog.View, s Settings, veil *veil) Said {
	said := Said{
		Count: len(asked), More: max(0, len(asked)-maxGaps), Left: len(v.Fixed) > 0, Help: s.HelpURL, Exempt: s.HelpURL + "/exemptions.md",
		Item: About{veil.hide(v.Key), veil.hide(v.Title), veil.hide(v.Type)},
	}
	if teams := s.Organisation.TeamsOf(s.Connection, v.Item); len(teams) > 0 {
		said.Team = escape(teams[0].Name)
	}
	for _, f := range fixedLast(v, s) {
		said.Fixed = append(said.Fixed, Fixed{escape(lowered(s.Policies[f.Policy].Title)), day(f.Closed, s)})
	}
	if len(asked) == 0 {
		said.Clear = day(lastClosed(v), s)
	}
	for i, f := range asked[:min(len(asked), maxGaps)] {
		p := s.Policies[f.Policy]
		said.Gaps = append(said.Gaps, Gap{
			N: i + 1, Policy: p.ID, Title: escape(p.Title), Now: veil.hide(continued(f.Message)), Message: veil.hide(f.Message),
			Enough: escape(lowered(p.Remedy)), Remedy: escape(p.Remedy), Why: s.HelpURL + "/policies/" + p.ID + ".md",
			Severity: string(f.Severity), Since: day(f.Opened, s),
		})
	}
	return said
}

// gist is a hash of what a comment says, in whatever words: which findings,
// what was fixed and when. Only another gist is a reason to edit: a comment
// that stands keeps its words when they change.
func gist(asked []backlog.Finding, v backlog.View, s Settings) string {
	parts := []string{"gaps"}
	for _, f := range asked {
		parts = append(parts, f.Policy, f.Fingerprint)
	}
	parts = append(parts, "fixed")
	for _, f := range fixedLast(v, s) {
		parts = append(parts, f.Policy, day(f.Closed, s))
	}
	if len(asked) == 0 {
		parts = append(parts, "clear", day(lastClosed(v), s))
	}
	return hashOf(strings.Join(parts, "\x00"))
}

// fixedLast are at most the three policies fixed last, the last one first. One
// that is open again, perhaps for another reason, is not fixed.
func fixedLast(v backlog.View, s Settings) (last []backlog.Finding) {
	said := policiesOf(v.Open)
	for _, f := range slices.Backward(v.Fixed) { // the last one closed first
		if p := s.Policies[f.Policy]; p.Writes && !slices.Contains(said, f.Policy) && len(last) < 3 {
			said, last = append(said, f.Policy), append(last, f)
		}
	}
	return last
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
