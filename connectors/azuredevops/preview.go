package azuredevops

import "github.com/trackwarden/trackwarden/backlog"

// Rendered is the HTML of the comment that a change would post or edit, empty
// when it writes none. It makes no request.
func (t *Tracker) Rendered(c backlog.Change) string {
	if c.Comment == nil || c.Comment.Delete {
		return ""
	}
	return t.markup.html(c.Comment.Markdown, t.settings.footer(c.Comment.Marker))
}
