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

// readFooter finds the marker in a comment's text. Text that the comment quotes
// cannot pass for it, because its brackets are escaped.
func readFooter(text string) (backlog.Marker, bool) {
	return markerOf(footerLink.FindStringSubmatch(text))
}

var markerLink = regexp.MustCompile(`"href":\s*"[^"]*#trackwarden:([^:"]+):([^:"]+):([^:"]*):([^:"]*)"`)

// readLastLink finds the marker in a document, whose last link is ours.
func readLastLink(body json.RawMessage) (backlog.Marker, bool) {
	links := markerLink.FindAllStringSubmatch(string(body), -1)
	if len(links) == 0 {
		return backlog.Marker{}, false
	}
	return markerOf(links[len(links)-1])
}

func markerOf(m []string) (backlog.Marker, bool) {
	if m == nil {
		return backlog.Marker{}, false
	}
	for i := range m {
		m[i], _ = url.QueryUnescape(m[i])
	}
	return backlog.Marker{Owner: m[1], Item: m[2], Intent: m[3], Hash: m[4]}, true
}
