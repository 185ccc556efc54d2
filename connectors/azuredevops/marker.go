package azuredevops

import (
	"html"
	"net/url"
	"regexp"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
)

// The tracker strips HTML comments out of comments and respells entities, but
// it keeps links. So the marker is the fragment of a link to our help page:
// #tw=OWNER/ITEM/INTENT/HASH, each part escaped.

// footer is the address that marks a comment.
func (s Settings) footer(m backlog.Marker) string {
	parts := []string{m.Owner, m.Item, m.Intent, m.Hash}
	for i, part := range parts {
		parts[i] = url.QueryEscape(part)
	}
	return s.HelpURL + "#tw=" + strings.Join(parts, "/")
}

var fragment = regexp.MustCompile(`#tw=([^\s"'<>()\[\]]+)`)

// markerIn finds the marker in a comment as the tracker returns it, HTML or
// Markdown, however it was respelled. The last one counts: it is the footer's.
func markerIn(text string) (backlog.Marker, bool) {
	text = html.UnescapeString(html.UnescapeString(text))
	text = strings.NewReplacer("%23tw%3D", "#tw=", "%23tw=", "#tw=", "#tw%3D", "#tw=").Replace(text)
	found := fragment.FindAllStringSubmatch(text, -1)
	for i := len(found) - 1; i >= 0; i-- {
		if m, ok := parseMarker(found[i][1]); ok {
			return m, true
		}
	}
	return backlog.Marker{}, false
}

// parseMarker reads the fragment. An owner may have lost the escaping of its
// slashes on the way; the other parts have none.
func parseMarker(text string) (backlog.Marker, bool) {
	parts := strings.Split(strings.NewReplacer("%2F", "/", "%2f", "/").Replace(text), "/")
	if len(parts) < 4 {
		return backlog.Marker{}, false
	}
	last := len(parts) - 3
	parts = append([]string{strings.Join(parts[:last], "/")}, parts[last:]...)
	for i, part := range parts {
		plain, err := url.QueryUnescape(part)
		if err != nil {
			return backlog.Marker{}, false
		}
		parts[i] = plain
	}
	return backlog.Marker{Owner: parts[0], Item: parts[1], Intent: parts[2], Hash: parts[3]}, parts[0] != "" && parts[1] != ""
}
