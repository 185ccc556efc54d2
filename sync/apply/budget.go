package apply

import (
	"slices"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
)

// spent remembers the budgets that were found used up, so that the items that
// need them are not even read.
type spent map[string]string // scope → why

// over says which budget a change needs that is used up; empty when none is.
func (s spent) over(change backlog.Change) string {
	for _, c := range change.Charges {
		if why := s[c.Scope]; why != "" && !commentOnly(c) {
			return why
		}
	}
	return ""
}

func (s spent) note(over *backlog.OverBudget) { s[over.Charge.Scope] = over.Error() }

// commentOnly reports whether a charge is for a new comment: without one, the
// labels may still be set.
func commentOnly(c backlog.Charge) bool { return strings.HasPrefix(c.Scope, "person ") }

// silent is a change without its new comment.
func silent(change backlog.Change) backlog.Change {
	change.Comment = nil
	change.Charges = slices.DeleteFunc(slices.Clone(change.Charges), commentOnly)
	return change
}

// digest counts items of a team that the report tells of in place of a comment.
func (s *Summary) digest(team string, n int) {
	if s.Digest == nil {
		s.Digest = map[string]int{}
	}
	s.Digest[team] += n
}
