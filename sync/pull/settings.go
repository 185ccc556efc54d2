package pull

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// Settings is what pulling is told about one connection's completeness. Zero
// values mean the defaults.
type Settings struct {
	// Projects is the scope as it is configured, keys or names. Without any, it
	// is every project that the account can see, and one that is not seen any
	// more is never taken for one that left the scope.
	Projects []string
	Narrow   bool          // a query makes the scope narrower than its projects
	Census   time.Duration // how often identities are compared and context is refreshed; 0 is a day
	Canaries []string      // keys of items that have to be visible before anything is concluded from absence
	Censuses int           // an item is gone when so many censuses in a row lacked it; 0 is 3
	Over     time.Duration // and over this time; 0 is 7 days
	Drop     int           // percent of a project that may be lacking without an explanation; 0 is 10
}

// Fewer items than this may be lacking in any project, however small.
const dropAtLeast = 20

func (s Settings) every() time.Duration { return cmp.Or(s.Census, 24*time.Hour) }

// tolerance is how many of so many items may be lacking unexplained.
func (s Settings) tolerance(items int) int {
	return max(dropAtLeast, items*cmp.Or(s.Drop, 10)/100)
}

// names reports whether a project is in the scope as it is configured.
func (s Settings) names(p backlog.Project) bool {
	return len(s.Projects) == 0 || slices.ContainsFunc(s.Projects, func(name string) bool { return isCalled(p, name) })
}

func isCalled(p backlog.Project, name string) bool {
	return strings.EqualFold(name, p.Key) || strings.EqualFold(name, p.Name) || name == p.ID
}
