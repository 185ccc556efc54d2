package plan

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// comment decides what to do with our one comment on the item: post it, edit
// it, or leave it, and why it is left.
func comment(v View, asked []backlog.Finding, s Settings, w World) (*backlog.CommentChange, string) {
	current, state := ourComment(v, s)
	switch {
	case state == deletedByPerson:
		return nil, "a person deleted our comment"
	case state == editedByPerson:
		return nil, "a person edited our comment: it is left as it is"
	case state == none && !due(asked, s, w):
		return nil, ""
	case len(asked) == 0 && !allClear(v, s):
		return nil, ""
	}
	markdown := Comment(asked, v, s)
	hash := hashOf(markdown)
	if hash == current.Marker.Hash {
		return nil, ""
	}
	return &backlog.CommentChange{
		ID: current.ID, Markdown: markdown, Shows: policiesOf(asked),
		Marker: backlog.Marker{Owner: s.Owner, Item: v.ID.ID, Hash: hash},
	}, ""
}

// allClear reports whether the comment may say so: something was fixed since
// it was posted, and no finding that may write is still open.
func allClear(v View, s Settings) bool {
	for _, f := range v.Open {
		if s.Policies[f.Policy].Writes {
			return false
		}
	}
	return len(v.Fixed) > 0
}

type commentState int

const (
	none commentState = iota
	standing
	deletedByPerson
	editedByPerson
)

// ourComment finds our comment: the one in the books, or one on the item that
// carries our marker and is not in the books, which is then adopted.
func ourComment(v View, s Settings) (backlog.Comment, commentState) {
	var booked backlog.Owned
	for _, o := range v.Owned {
		if o.Kind == backlog.OwnedComment {
			booked = o
		}
	}
	if !v.Fresh {
		if booked.Value == "" {
			return backlog.Comment{}, none
		}
		return backlog.Comment{ID: booked.Value, Marker: backlog.Marker{Hash: booked.Hash}}, standing
	}
	for _, c := range v.Comments { // oldest first
		foreign := c.Marker.Owner != s.Owner || c.Marker.Item != v.ID.ID
		if foreign || booked.Value != "" && c.ID != booked.Value {
			continue
		}
		if c.Edited {
			return c, editedByPerson
		}
		if booked.Value != "" {
			c.Marker.Hash = booked.Hash
		}
		return c, standing
	}
	if booked.Value != "" {
		return backlog.Comment{}, deletedByPerson
	}
	return backlog.Comment{}, none
}

// due reports whether the findings weigh enough, for long enough, for a first
// comment.
func due(asked []backlog.Finding, s Settings, w World) bool {
	if s.Comment.Always {
		return len(asked) > 0
	}
	errors, warnings := 0, 0
	for _, f := range asked {
		if workingTime(f.Opened, w.Now, s.Zone) < s.Comment.OpenFor {
			continue
		}
		if f.Severity == backlog.Error {
			errors++
		} else {
			warnings++
		}
	}
	return errors >= max(1, s.Comment.Errors) || warnings >= max(1, s.Comment.Warnings)
}

// Comment writes the comment's text in Markdown: what is missing, what is
// there, what would be enough. It holds dates and no ages, so that it changes
// only when something happened.
func Comment(asked []backlog.Finding, v View, s Settings) string {
	var b strings.Builder
	b.WriteString(headline(asked, v, s))
	for i, f := range asked {
		p := s.Policies[f.Policy]
		fmt.Fprintf(&b, "%d. **%s.** Now: %s Enough: %s [Why](%s)\n", i+1,
			escape(p.Title), escape(continued(f.Message)), escape(continued(p.Remedy)), s.HelpURL+"/policies/"+p.ID+".md")
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

func headline(asked []backlog.Finding, v View, s Settings) string {
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

// fixedLine names at most the three findings fixed last.
func fixedLine(v View, s Settings) string {
	var parts []string
	for _, f := range v.Fixed {
		if p, known := s.Policies[f.Policy]; known && p.Writes && len(parts) < 3 {
			parts = append(parts, fmt.Sprintf("%s, %s", escape(continued(p.Title)), day(f.Closed, s)))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "Fixed: " + strings.Join(parts, "; ") + "."
}

func lastClosed(v View) time.Time {
	var last time.Time
	for _, f := range v.Fixed {
		if f.Closed.After(last) {
			last = f.Closed
		}
	}
	return last
}

func forTeam(v View, s Settings) string {
	if teams := s.Organisation.TeamsOf(s.Connection, v.Item); len(teams) > 0 {
		return " for " + escape(teams[0].Name)
	}
	return ""
}

func day(t time.Time, s Settings) string { return t.In(s.Zone).Format("2 Jan 2006") }

// continued lower-cases the first word when it goes on a sentence.
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

func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:8])
}
