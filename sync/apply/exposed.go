package apply

import (
	"slices"

	"github.com/trackwarden/trackwarden/backlog"
)

// What we write is for those who work on an item. Where a tracker shows it to
// customers all the same, it is taken back at once, and no comment follows in
// that project until a person says that this is mended.

// expose notes projects in which a comment of ours is shown to customers.
func (s *Summary) expose(project backlog.ProjectID, comments []backlog.Comment) {
	seen := slices.ContainsFunc(comments, func(c backlog.Comment) bool { return c.Exposed })
	if seen && !slices.Contains(s.Exposed, project) {
		s.Exposed = append(s.Exposed, project)
	}
}

// unseen is a change without its comment where customers would see it.
func (s *Summary) unseen(change backlog.Planned) backlog.Planned {
	if slices.Contains(s.Exposed, change.Project) && change.Comment != nil && !change.Comment.Delete {
		change.Change = silent(change.Change)
	}
	return change
}
