package azuresim

import (
	"strings"

	"golang.org/x/net/html"
)

// sanitize does to HTML what the service does: comments go, scripts and styles
// go with all that is in them, handlers and script addresses go from what
// stays, and entities are spelt anew. What is read back is never what was sent.
func sanitize(source string) string {
	var out strings.Builder
	tokens := html.NewTokenizer(strings.NewReader(source))
	inside := "" // the element whose content is dropped
	for {
		kind := tokens.Next()
		if kind == html.ErrorToken {
			return out.String()
		}
		t := tokens.Token()
		switch {
		case inside != "":
			if kind == html.EndTagToken && t.Data == inside {
				inside = ""
			}
		case kind == html.CommentToken || kind == html.DoctypeToken:
		case dropped(t.Data) && kind == html.StartTagToken:
			inside = t.Data
		case dropped(t.Data) && kind != html.TextToken:
		default:
			t.Attr = safeAttributes(t.Attr)
			out.WriteString(t.String())
		}
	}
}

func dropped(element string) bool {
	switch element {
	case "script", "style", "iframe", "object", "embed", "form":
		return true
	}
	return false
}

func safeAttributes(all []html.Attribute) []html.Attribute {
	kept := all[:0]
	for _, a := range all {
		address := strings.ToLower(strings.TrimSpace(a.Val))
		if strings.HasPrefix(a.Key, "on") || strings.HasPrefix(address, "javascript:") {
			continue
		}
		kept = append(kept, a)
	}
	return kept
}
