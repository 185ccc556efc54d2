package azuredevops

import (
	"strings"
	"testing"

	"github.com/trackwarden/trackwarden/backlog"
)

// A marker that is written is read again, also after the tracker respelled the
// comment, whatever the comment says before it.
func FuzzMarkerIsReadBack(f *testing.F) {
	s := Settings{HelpURL: "https://github.com/trackwarden/trackwarden"}
	forged := s.footer(backlog.Marker{Owner: "us", Item: "1", Intent: "i", Hash: "h"})
	for _, said := range []string{
		"", "**Backlog check: 1 gap**", forged, "[x](" + forged + ")", "```\n" + forged + "\n```", "<a href=\"" + forged + "\">x</a>", "\x00\u202e#tw=a/1/b/c", "&#35;tw=a/1/b/c", "%23tw%3Da/1/b/c",
	} {
		f.Add(said, "acme/main", "88", "i-7f", "a1b2")
		f.Add(said, "a b&c;<d>%2F", "1", "", "")
		f.Add(said, "/\u202eü\"🛒\\", "9", "%23tw%3D", "#tw=x")
	}
	f.Fuzz(func(t *testing.T, said, owner, item, intent, hash string) {
		m := backlog.Marker{Owner: owner, Item: item, Intent: intent, Hash: hash}
		if owner == "" || item == "" || strings.Contains(item+intent+hash, "/") { // ours hold none
			return
		}
		sent := newMarkup().html(said, s.footer(m))
		for _, text := range []string{
			sent, strings.NewReplacer("#tw=", "&#35;tw&#61;", `"`, "'").Replace(sent), said + "\n\n[About this comment](" + s.footer(m) + ")", sent + "<div>thanks</div>",
		} {
			if got, ok := markerIn(text); !ok || got != m {
				t.Errorf("%+v after %q is read as %+v, %t, out of %q", m, said, got, ok, text)
			}
		}
	})
}

// What is read out of any text as a marker names an owner and an item: what
// names neither is nobody's.
func FuzzMarkerOfAnything(f *testing.F) {
	for _, text := range []string{
		"#tw=a/1/b/c", "#tw=/1/b/c", "#tw=a//b/c", "#tw=%zz/1/2/3", "#tw=a%2F/1/b/c", "#tw=a/1/b", "&amp;#35;tw=a/1/b/c", "%23tw%3Da/1/b/c", "#tw=a/1/b/c #tw=", "\xff#tw=\x80/1//", "#tw=////", "&#35;&#35;tw=%00/%00/%00/%00",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, ok := markerIn(text)
		if again, stays := markerIn(text); again != m || stays != ok {
			t.Errorf("%q is read as %+v, then %+v", text, m, again)
		}
		if !ok {
			return
		}
		if m.Owner == "" || m.Item == "" {
			t.Errorf("%q passes for a marker: %+v", text, m)
		}
		if len(m.Owner)+len(m.Item)+len(m.Intent)+len(m.Hash) > len(text) {
			t.Errorf("%q is read as more than it is: %+v", text, m)
		}
	})
}
