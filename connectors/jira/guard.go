package jira

import (
	"fmt"

	"github.com/trackwarden/trackwarden/backlog"
)

// maxPages ends a listing that does not end by itself: a million issues at the
// usual page size.
const maxPages = 10_000

// maxEmpty is how many pages in a row may be empty and say that there are
// more, as they may be where search leaves out afterwards what the account may
// not see.
const maxEmpty = 100

// guard watches a listing for what a sound one never does. Its errors wrap
// backlog.ErrIncomplete.
type guard struct {
	seen      map[string]bool
	pages     int
	empty     int // pages in a row
	restarted bool
}

// newGuard watches a listing from a page on; the token is that page's own.
func newGuard(pages int, token string) *guard {
	return &guard{seen: map[string]bool{token: true}, pages: pages}
}

// restart allows a listing to begin again, once.
func (g *guard) restart() bool {
	if g.restarted {
		return false
	}
	*g = guard{seen: map[string]bool{}, restarted: true}
	return true
}

// check looks at a page that was read: the token of the next one, empty on the
// last page, and how many issues it had.
func (g *guard) check(token string, issues int) error {
	g.pages++
	if g.empty++; issues > 0 {
		g.empty = 0
	}
	switch {
	case token == "":
		return nil
	case g.seen[token]:
		return fmt.Errorf("%w: Jira gave the same page token twice", backlog.ErrIncomplete)
	case g.empty > maxEmpty:
		return fmt.Errorf("%w: Jira gave %d empty pages in a row and says that there are more", backlog.ErrIncomplete, g.empty)
	case g.pages >= maxPages:
		return fmt.Errorf("%w: the listing has not ended after %d pages", backlog.ErrIncomplete, g.pages)
	}
	g.seen[token] = true
	return nil
}
