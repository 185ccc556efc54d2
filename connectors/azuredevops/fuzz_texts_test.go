package azuredevops

import (
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/trackwarden/trackwarden/connectors/trackertest"
)

// oddTexts are what rows R21, U17 and X18 of the fault matrix speak of, as HTML
// of the editor's and as text.
var oddTexts = []string{
	"<div>As a buyer</div><div><br></div><div>I want</div>", "<ul><li>a<ul><li>b</li></ul></li></ul>", "<ol start=99999999999999999999><li>a", "<ol start=9223372036854775807><li>a<li>b", "<b>a</b><b>b</b>",
	`<a href="#" data-vss-mention="version:2.0,1-2">@Olga</a>`, `<a href="javascript:x">y</a>`, `<img src="https://x.example/_apis/wit/attachments/1" alt="a">`, "<table><tr><td>a|b</td></tr></table>",
	"<table><tr><td><table><tr><td>|</td></tr></table></td></tr></table>", "<pre>```</pre>", "<code>`</code>", "<blockquote>a<br>b", "<!-- x --><script>y</script>z", "&lt;b&gt; &amp;amp; &nbsp; &#0; &#xD800;",
	"\xff\xfe<p>", "nul\x00<b>\x00</b>", "\u202egnp.exe<i>\u202c", "e\u0301\u0301\u0301<b>", "🛒👩‍👩‍👧&", "<p>\u2028</p>", "<svg><a href=x>s</a></svg>", "<math><mi>x", "<h1>a<br>b</h1>", "<s>a</s>~~<del>b</del>",
	"<a href='https://a.b/c(d)'><div>x</div></a>", "<font color=red>x</font>", "- typed\n- as Markdown & more", "<textarea><b>", "<a href='//x.example'>y</a>", "<a href='mailto:a@b.example'>m</a>",
}

// What is read of HTML is a sound text, in which nothing is called or linked
// that was not, and no markup is left.
func FuzzFromHTML(f *testing.F) {
	for _, seed := range oddTexts {
		f.Add(seed)
	}
	element := regexp.MustCompile(`<[A-Za-z/!?]`)
	f.Fuzz(func(t *testing.T, source string) {
		markdown := trackertest.Sound(t, source, 300, func(s string) string { text, _ := fromHTML(s); return text })
		if strings.ContainsAny(source, "<&") && element.MatchString(code.ReplaceAllString(markdown, "")) {
			t.Errorf("%q became %q: markup is left", source, markdown)
		}
		plain := html.UnescapeString(source)
		for _, sign := range []string{"@", "javascript:", "data:", "mailto:"} {
			if strings.Contains(markdown, sign) && !strings.Contains(plain, sign) {
				t.Errorf("%q became %q: %q was not there", source, markdown, sign)
			}
		}
	})
}

// code is what Markdown shows as it stands.
var code = regexp.MustCompile("(?s)`+[^`]*`+")

// No piece of markup, however often, makes reading take more than its length.
func FuzzFromHTMLGrowth(f *testing.F) {
	for _, piece := range append(oddTexts, "<b>a</b>", "<b>a", "<i>a</i>", "<ul><li>", "<blockquote>", "<table><tr><td>", "<table><tr><td>|", "<a href='/x'>", "<br>", "<div>", "a<br>", "`", "<code>`", "<p><b>", "<li>a", "<td>a", "<tr>", "&lt;", "<font>", "<", "&", "<pre>", "<b><i>a</b>") {
		f.Add("<p>", piece, "")
	}
	for _, piece := range []string{"<td>a", "<br>", "<b>a</b>", "|", "</x>a"} {
		f.Add("<pre>", piece, "</pre>")
		f.Add(strings.Repeat("<ul><li>", 200), piece, "")
		f.Add(strings.Repeat("<table><tr><td>", 150), piece, "")
	}
	f.Fuzz(func(t *testing.T, before, piece, after string) {
		trackertest.Linear(t, before, piece, after, func(s string) { fromHTML(s) })
	})
}

// Whatever a comment says, as HTML it holds only text, structure and links to
// the web, calls nobody, and people can read every word of it.
func FuzzCommentHTML(f *testing.F) {
	for _, seed := range append(oddTexts, "[x](javascript:y)", "![s](https://evil.example/p.png)", "<https://x.example>", "`<b>@o</b>`", "&commat;olga", "1. **a** [Why](https://x.example)", "    </pre><b>", "[a]: https://x.example\n[a]") {
		f.Add(seed)
	}
	m := newMarkup()
	f.Fuzz(func(t *testing.T, markdown string) {
		got := trackertest.Sound(t, markdown, 400, func(s string) string { return m.html(s, "https://help.example#tw=us/88/i1/h1") })
		checkGrammar(t, markdown, got)
		tokens := html.NewTokenizer(strings.NewReader(got))
		for tokens.Next() != html.ErrorToken {
			token := tokens.Token()
			for i, part := range strings.SplitAfter(token.Data, "@") {
				if token.Type == html.TextToken && i > 0 && !strings.HasPrefix(part, "\u2060") {
					t.Errorf("%q became %q, which may call somebody", markdown, got)
				}
			}
		}
	})
}
