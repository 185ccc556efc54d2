package jira

import (
	"encoding/json"
	"net/url"
	"regexp"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
)

// footer is the marker as a link to the issue's own page, in the last line of
// the comment. What follows the # never leaves the reader's browser.
func footer(page string, m backlog.Marker) string {
	return "[¶|" + footerAddress(page, m) + "]"
}

func footerAddress(page string, m backlog.Marker) string {
	parts := []string{m.Owner, m.Item, m.Intent, m.Hash}
	for i, part := range parts {
		parts[i] = url.QueryEscape(part)
	}
	return page + "#trackwarden:" + strings.Join(parts, ":")
}

var footerLink = regexp.MustCompile(`\[¶\|[^\]|\s]*#trackwarden:([^:\]|\s]+):([^:\]|\s]+):([^:\]|\s]*):([^:\]|\s]*)\]`)

// readFooter finds the marker in a comment's text: the last such link is ours.
// Text that the comment quotes cannot pass for it, because its brackets are
// escaped, and code that it quotes stands before it.
func readFooter(text string) (backlog.Marker, bool) {
	return lastMarker(footerLink.FindAllStringSubmatch(text, -1))
}

var markerLink = regexp.MustCompile(`"href":\s*"[^"]*#trackwarden:([^:"]+):([^:"]+):([^:"]*):([^:"]*)"`)

// readLastLink finds the marker in a document, whose last link is ours.
func readLastLink(body json.RawMessage) (backlog.Marker, bool) {
	return lastMarker(markerLink.FindAllStringSubmatch(string(body), -1))
}

// lastMarker reads the last link's four parts. One that cannot be read is
// nobody's.
func lastMarker(links [][]string) (backlog.Marker, bool) {
	if len(links) == 0 {
		return backlog.Marker{}, false
	}
	parts := links[len(links)-1][1:]
	for i, part := range parts {
		plain, err := url.QueryUnescape(part)
		if err != nil {
			return backlog.Marker{}, false
		}
		parts[i] = plain
	}
	return backlog.Marker{Owner: parts[0], Item: parts[1], Intent: parts[2], Hash: parts[3]}, true
}
