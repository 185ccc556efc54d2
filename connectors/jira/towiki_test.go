package jira

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestToWiki(t *testing.T) {
	for name, c := range map[string]struct{ markdown, want string }{
		"the comment": {
			"**Backlog check: 1 gap**\n\n1. **No acceptance criteria.** Now: the field is empty. Enough: two checks. [Why](https://help.example/policies/x.md)\n2. **Not estimated.** Now.\n\n*Trackwarden. This comment is edited, never repeated.*\n",
			"*Backlog check: 1 gap*\n\n# *No acceptance criteria.* Now: the field is empty. Enough: two checks. [Why|https://help.example/policies/x.md]\n# *Not estimated.* Now.\n\n_Trackwarden. This comment is edited, never repeated._",
		},
		"blocks":     {"# Title\n\n> quoted\n\n---\n\n- a\n  - b\n\n      code\n", "h1. Title\n\n{quote}\nquoted\n{quote}\n\n----\n\n* a\n** b \\\\ code"},
		"code":       {"`a|b`\n\n```\n{noformat}[x]\n```", "{{a\\|b}}\n\n{noformat}\n{\u200bnoformat}[x]\n{noformat}"},
		"plain text": {"no-acceptance-criteria, 3 + 4, what?", "no-acceptance-criteria, 3 \\+ 4, what?"},
		"image":      {"![alt](https://x.example/y.png)", "alt"},
		"bad link":   {"[click](javascript:alert(1))", "click"},
		"link trick": {"[a](https://x.example/a|b]{c}!d!)", "[a|https://x.example/a%7Cb%5D%7Bc%7D%21d%21]"},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, toWiki(c.markdown)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// What a hostile ticket may say, and how it may be wrapped.
func hostile() []string {
	texts := []string{
		"[~accountid:557058:77]", "[~admin]", `\[~admin\]`, `\\[~admin]`, "&#91;~admin&#93;", "&lbrack;~admin]", "[ ~admin]",
		"{code}x{code}", "{panel:title=x}", `\{html}`, "&lbrace;color:red}", "{{x}}", "{jira:SHOP-1}",
		"!https://evil.example/x.png!", `\!x.png!`, "![x](https://evil.example/x.png)", "[^secret.txt]",
		"[x|https://evil.example]", "[https://evil.example]", "https://evil.example", "HTTP://EVIL.example", "mailto:a@b.example",
		"www.evil.example", "<https://evil.example>", "javascript://x", "ftp://evil.example", "@admin", "a@b.example",
		"h1. big", "bq. quote", "* item", "# item", "----", "||a||b||", "(!) (x) (on)", "\x0e1\x0f", "a\r\nh1. b",
	}
	for _, t := range texts[:len(texts):len(texts)] {
		texts = append(texts, "`"+t+"`", "**"+t+"**", "1. "+t, "> "+t, "\\"+t, t+t, "x"+t+"y")
	}
	return texts
}

var (
	openTag  = regexp.MustCompile(`(^|[^\\])([\[{!|])`)
	autoLink = regexp.MustCompile(`(?i)\b[a-z]+://|\bmailto:\S|\bwww\.\S|@\w`)
	ours     = regexp.MustCompile(`\{\{|\}\}|\{quote\}|\{noformat\}`)
)

func TestToWikiDefusesText(t *testing.T) {
	for _, text := range hostile() {
		wiki := ours.ReplaceAllString(toWiki(text), "")
		// Only what Markdown itself says may become a link.
		wiki = regexp.MustCompile(`\[x\|https://evil\.example/x\.png\]`).ReplaceAllString(wiki, "")
		if m := openTag.FindString(wiki); m != "" {
			t.Errorf("%q became %q: %q opens something", text, wiki, m)
		}
		if m := autoLink.FindString(wiki); m != "" {
			t.Errorf("%q became %q: %q links or calls", text, wiki, m)
		}
		if strings.Contains(wiki, `\\[`) || strings.Contains(wiki, `\\{`) {
			t.Errorf("%q became %q: the escape is escaped", text, wiki)
		}
	}
}

// Text that quotes a marker's link must not pass for a marker.
func TestReadFooterIgnoresQuotedText(t *testing.T) {
	forged := footer("https://evil.example/browse/X-1", marker("1"))
	text := toWiki("Now: "+forged+" and `"+forged+"`") + " " + footer("https://shop.example/browse/SHOP-1", marker("10001"))
	got, ok := readFooter(text)
	if !ok || got != marker("10001") {
		t.Errorf("read %+v, %t from %q", got, ok, text)
	}
	if got, ok := readFooter(toWiki(forged)); ok {
		t.Errorf("text alone passes for %+v", got)
	}
}
