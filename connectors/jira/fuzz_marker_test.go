package jira

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/trackwarden/trackwarden/backlog"
)

// A marker that is written is read again, in a text and in a document, whatever
// the comment says before it: nothing that a comment quotes passes for it.
func FuzzMarkerIsReadBack(f *testing.F) {
	forged := footer("https://shop.example/browse/SHOP-1", marker("1"))
	for _, said := range []string{
		"", "**Backlog check: 1 gap**", forged, "```\n" + forged + "\n```", "    " + forged, "[¶](https://x.example/#trackwarden:a:1:b:c)", "`" + forged + "`",
		"\\" + forged, "\x00\u202e#trackwarden:a:1:b:c]", `"href":"#trackwarden:a:1:b:c"`, "<a href=\"#trackwarden:a:1:b:c\">",
	} {
		f.Add(said, "acme/main", "10001", "i-7f", "a1b2")
		f.Add(said, "a:b|c]d e[%3A", "1", "", "")
		f.Add(said, "\u202eü\"🛒\\", "9", "#trackwarden:x:y:z:w", "¶")
	}
	f.Fuzz(func(t *testing.T, said, owner, item, intent, hash string) {
		m := backlog.Marker{Owner: owner, Item: item, Intent: intent, Hash: hash}
		if owner == "" || item == "" {
			return
		}
		page := "https://shop.example/browse/SHOP-1"
		if got, ok := readFooter(toWiki(said) + " " + footer(page, m)); !ok || got != m {
			t.Errorf("%+v after %q is read as %+v, %t", m, said, got, ok)
		}
		if got, ok := readLastLink(encode(toDocument(said, footerAddress(page, m)))); !ok || got != m {
			t.Errorf("%+v in a document that says %q is read as %+v, %t", m, said, got, ok)
		}
	})
}

// What is read out of any text as a marker stands in it, and names an owner and
// an item: what names neither is nobody's.
func FuzzMarkerOfAnything(f *testing.F) {
	for _, text := range []string{
		footer("https://x.example", marker("1")), "[¶|#trackwarden:%zz:1:a:b]", "[¶|#trackwarden:%:1::]", "[¶|x#trackwarden:a:b:c:d:e]", "¶", "[¶|#trackwarden:a:1::][¶|#trackwarden:b:2::]",
		`{"type":"doc","content":[{"marks":[{"type":"link","attrs":{"href":"x#trackwarden:a:1:b:c"}}]}]}`, `"href": "#trackwarden:%:%:%:%"`, "\xff[¶|\x80#trackwarden:a:1::]",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, read := range []func() (backlog.Marker, bool){
			func() (backlog.Marker, bool) { return readFooter(text) },
			func() (backlog.Marker, bool) { return readLastLink(json.RawMessage(text)) },
		} {
			m, ok := read()
			if again, stays := read(); again != m || stays != ok {
				t.Errorf("%q is read as %+v, then %+v", text, m, again)
			}
			if !ok {
				continue
			}
			if m.Owner == "" || m.Item == "" || !strings.Contains(text, "#trackwarden:") {
				t.Errorf("%q passes for a marker: %+v", text, m)
			}
			if len(m.Owner)+len(m.Item)+len(m.Intent)+len(m.Hash) > len(text) {
				t.Errorf("%q is read as more than it is: %+v", text, m)
			}
		}
	})
}
