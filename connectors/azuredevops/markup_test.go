package azuredevops

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/trackwarden/trackwarden/backlog"
)

func TestMarkdownOfHTML(t *testing.T) {
	for name, c := range map[string]struct{ source, want string }{
		"plain":        {"Decline in orders noticed", "Decline in orders noticed"},
		"entities":     {"salt &amp; pepper", "salt & pepper"},
		"lines":        {"<div>As a buyer</div><div>I want one click</div>", "As a buyer\n\nI want one click"},
		"break":        {"<div>one<br>two</div>", "one  \ntwo"},
		"list":         {"<ul><li>first</li><li>second</li></ul>", "- first\n- second"},
		"numbered":     {"<ol><li>first<ol><li>inner</li></ol></li><li>second</li></ol>", "1. first\n   \n   1. inner\n2. second"},
		"emphasis":     {"<p><b>bold</b> and <i>slanted</i> and <s>gone</s></p>", "**bold** and *slanted* and ~~gone~~"},
		"heading":      {"<h2>Acceptance Criteria</h2><p>works</p>", "## Acceptance Criteria\n\nworks"},
		"typed":        {"<div>- first</div><div>- second</div>", "- first\n\n- second"},
		"link":         {`<a href="https://shop.example/wiki">wiki</a>`, "[wiki](https://shop.example/wiki)"},
		"table":        {"<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>", "| a | b |\n|---|---|\n| 1 | 2 |"},
		"mention":      {`<a href="#" data-vss-mention="version:2.0,9a1b">@Olga</a> please`, "@Olga please"},
		"script":       {`<script>alert(1)</script><p onclick="x()">text</p>`, "text"},
		"javascript":   {`<a href="javascript:alert(1)">here</a>`, "here"},
		"style":        {`<style>p{}</style><p style="position:fixed">text</p>`, "text"},
		"unclosed":     {"<div><p>text", "text"},
		"empty markup": {"<div><br></div>", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, truncated := fromHTML(c.source)
			if truncated {
				t.Fatal("truncated")
			}
			if got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestMarkdownOfHugeHTML(t *testing.T) {
	for name, source := range map[string]string{
		"long":   "<p>" + strings.Repeat("wörd ", maxHTML) + "</p>",
		"nested": strings.Repeat("<div>", 5000) + "deep" + strings.Repeat("</div>", 5000),
		"quotes": strings.Repeat("<blockquote>", 400) + "deep",
	} {
		text, truncated := fromHTML(source)
		if name == "long" && !truncated {
			t.Error("a text longer than what is read does not say that it was cut")
		}
		if len(cut(text)) > backlog.MaxText {
			t.Errorf("%s: %d bytes are kept", name, len(cut(text)))
		}
	}
}

// A comment of ours, as it is sent.
func TestHTMLOfComment(t *testing.T) {
	const markdown = "**Backlog check: 2 gaps**\n\n" +
		"1. **No acceptance criteria.** Now: the field is empty. [Examples](https://tw.example/p/ac?a=1&b=2)\n" +
		"2. **Not estimated.** Now: `Story Points` is empty.\n\n" +
		"*Trackwarden for Checkout.*"
	const want = "<p><strong>Backlog check: 2 gaps</strong></p>\n<ol>\n" +
		"<li><strong>No acceptance criteria.</strong> Now: the field is empty. <a href=\"https://tw.example/p/ac?a=1&amp;b=2\">Examples</a></li>\n" +
		"<li><strong>Not estimated.</strong> Now: <code>Story Points</code> is empty.</li>\n</ol>\n" +
		"<p><em>Trackwarden for Checkout.</em></p>\n" +
		"<p><a href=\"https://help.example#tw=us/88/i1/h1\">About this comment</a></p>"
	if got := newMarkup().html(markdown, "https://help.example#tw=us/88/i1/h1"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Whatever a ticket holds, our comment calls nobody and runs nothing.
func TestHTMLOfHostileComment(t *testing.T) {
	m := newMarkup()
	for _, hostile := range []string{
		`<script>alert(1)</script>`,
		"text <img src=x onerror=alert(1)> text",
		`<a href="#" data-vss-mention="version:2.0,1-2-3">@Olga</a>`,
		"[click](javascript:alert(1)) [data](data:text/html;base64,PHNjcmlwdD4=)",
		"![spy](https://evil.example/pixel.png)",
		"<https://evil.example/\"onmouseover=alert(1)>",
		"@olga and &#64;olga and &commat;olga and olga@shop.example @<1234>",
		"<!-- hidden --> <div\nonclick=x()>\n\n</div>",
		"<style>*{display:none}</style>\n<iframe src=//evil.example>",
		"`<b>@olga</b>`",
		"```\n</pre><script>alert(1)</script> @olga\n```",
		"\x00<scr\x00ipt>",
	} {
		got := m.html(hostile, "https://help.example#tw=us/88/i1/h1")
		checkGrammar(t, hostile, got)
		for i, part := range strings.SplitAfter(got, "@") {
			if i > 0 && !strings.HasPrefix(part, "\u2060") {
				t.Errorf("%q became %q, which may call somebody", hostile, got)
			}
		}
	}
	// What was meant as text is still there to be read.
	if got := m.html("use <b>bold</b> tags", "https://help.example"); !strings.Contains(got, "use &lt;b&gt;bold&lt;/b&gt; tags") {
		t.Errorf("tags in a text are lost: %s", got)
	}
}

// checkGrammar holds that nothing but text, structure and web links is left.
func checkGrammar(t *testing.T, source, got string) {
	t.Helper()
	allowed := strings.Fields("p br hr strong em code pre blockquote ul ol li h1 h2 h3 h4 a")
	tokens := html.NewTokenizer(strings.NewReader(got))
	for tokens.Next() != html.ErrorToken {
		token := tokens.Token()
		if token.Type == html.TextToken {
			continue
		}
		if !slices.Contains(allowed, token.Data) {
			t.Errorf("%q became %q, which holds %s", source, got, token)
		}
		for _, a := range token.Attr {
			web := strings.HasPrefix(a.Val, "https://") || strings.HasPrefix(a.Val, "http://")
			if token.Data != "a" || a.Key != "href" && a.Key != "rel" || a.Key == "href" && !web {
				t.Errorf("%q became %q, which holds %s", source, got, token)
			}
		}
	}
}

func TestU17MarkerSurvivesTheTracker(t *testing.T) {
	s := Settings{HelpURL: "https://github.com/trackwarden/trackwarden"}
	m := backlog.Marker{Owner: "acme/main & co", Item: "88", Intent: "i-7f", Hash: "a1b2"}
	sent := newMarkup().html("**Backlog check**", s.footer(m))
	for name, text := range map[string]string{
		"as sent":          sent,
		"other entities":   strings.NewReplacer("#tw=", "&#35;tw&#61;", "/", "&#47;", `"`, "'").Replace(sent),
		"escaped twice":    strings.ReplaceAll(sent, "#tw=", "&amp;#35;tw="),
		"percent":          strings.ReplaceAll(sent, "#tw=", "%23tw%3D"),
		"slash unescaped":  strings.ReplaceAll(sent, "%2F", "/"),
		"as Markdown":      "**Backlog check**\n\n[About this comment](" + s.footer(m) + ")",
		"more after it":    sent + "<div>thanks, will do</div>",
		"attributes added": strings.ReplaceAll(sent, "<a href", `<a target="_blank" rel="noopener" href`),
	} {
		got, ok := markerIn(text)
		if !ok || got != m {
			t.Errorf("%s: read %+v (%v) out of %s", name, got, ok, text)
		}
	}
	for _, text := range []string{"", "no link", "#tw=", "#tw=a/b", `<a href="https://x.example#tw=a//c/d">x</a>`, "#tw=%zz/1/2/3"} {
		if got, ok := markerIn(text); ok {
			t.Errorf("read %+v out of %q", got, text)
		}
	}
}
