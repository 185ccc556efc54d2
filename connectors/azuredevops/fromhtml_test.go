package azuredevops

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/strikethrough"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
	"github.com/microcosm-cc/bluemonday"

	"github.com/trackwarden/trackwarden/connectors/simulator/evidence"
)

// What people did with the editor, and what nobody should.
func TestMarkdownOfOddHTML(t *testing.T) {
	for source, want := range map[string]string{
		"<ol start=3><li>a</li><li>b</li></ol>":                 "3. a\n4. b",
		"<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>":      "- a\n  - b\n- c",
		"<ul><li><p>x</p><p>y</p></li><li></li><li>z</li></ul>": "- x\n  \n  y\n- z",
		"<b>bold </b>text, <i>slanted</i>.":                     "**bold** text, *slanted*.",
		"<b>a</b><b>b</b> <b>c</b>":                             "**ab** **c**",
		"<b>a <strong>b</strong></b>":                           "**a b**",
		"<b><div>x</div><div>y</div></b>":                       "**x**\n\n**y**",
		"<b> </b>x":                                             "x",
		"one<br><br>two<br>":                                    "one\n\ntwo",
		"<pre>x &lt; y\n  z</pre>":                              "```\nx < y\n  z\n```",
		"<pre>```</pre>":                                        "````\n```\n````",
		"<code>a`b</code> &lt;c&gt;":                            "``a`b`` &lt;c&gt;",
		"<blockquote><p>a</p><ul><li>b</li></ul></blockquote>c": "> a\n> \n> - b\n\nc",
		"a<hr>b":                        "a\n\n* * *\n\nb",
		"<h1>a<br>b</h1>":               "# a b",
		"<dl><dt>a</dt><dd>b</dd></dl>": "a\n\nb",
		"<a href='/x'>rel</a> <a href='https://a.b/c(d)'>p</a>":                "[rel](/x) [p](https://a.b/c%28d%29)",
		"<a href='https://x.y'><div>z</div></a>":                               "[z](https://x.y)",
		"<a href='https://x.y'></a>z":                                          "z",
		"<img src='https://a.b/c.png' alt='x y'>":                              "![x y](https://a.b/c.png)",
		"<table><tr><td>long</td><td>b|c</td></tr><tr><td>1</td></tr></table>": "| long | b\\|c |\n|---|---|\n| 1 |  |",
		"<table><tr><td>a<table><tr><td>b</td></tr></table></td></tr></table>": "| a  \\| b \\| \\|---\\| |\n|---|",
		"<p>a <img src='data:image/png;base64,AA' onerror=y> b</p><!-- c -->":  "a b",
		"<a href=' JaVaScRiPt:x'>q</a><iframe src=x>f</iframe><svg>s</svg>":    "qs",
		"<noscript><p>n</p></noscript><textarea>t</textarea><title>t</title>z": "z",
		"&lt;script&gt;alert(1)&lt;/script&gt;":                                "&lt;script&gt;alert(1)&lt;/script&gt;",
		"<a href='https://x.y/\"><script>'>q</a>":                              "[q](https://x.y/%22%3E%3Cscript%3E)",
		"x&nbsp;y&nbsp; ": "x\u00a0y",
		strings.Repeat("<div>", 2000) + "deep<script>x</script><style>p{}</style>": "deep",
	} {
		if got, _ := fromHTML(source); got != want {
			t.Errorf("%.80s\ngot  %q\nwant %q", source, got, want)
		}
	}
}

// Lists in lists in lists cost what they hold, not its square.
func TestMarkdownOfBombs(t *testing.T) {
	for _, source := range []string{
		strings.Repeat("<ul><li>", 200) + strings.Repeat("x<br>", 100_000),
		strings.Repeat("<blockquote>", 400) + strings.Repeat("x<br>", 100_000),
		strings.Repeat("<b><i>", 200) + strings.Repeat("x ", 100_000),
		strings.Repeat("<table><tr><td>", 150) + strings.Repeat("|", 10_000),
	} {
		if text, _ := fromHTML(source); len(text) > 64*len(source) {
			t.Errorf("%.30s… became %d bytes", source, len(text))
		}
	}
}

// Texts of real work items read the same as by a library that cleans them
// first and converts them then, which costs five times as much.
func TestMarkdownOfRealTexts(t *testing.T) {
	library := converter.NewConverter(converter.WithEscapeMode(converter.EscapeModeDisabled), converter.WithPlugins(
		base.NewBasePlugin(), commonmark.NewCommonmarkPlugin(commonmark.WithListEndComment(false)),
		strikethrough.NewStrikethroughPlugin(), table.NewTablePlugin()))
	policy, texts := bluemonday.UGCPolicy(), 0
	for _, file := range []string{"data/azure-eShopOnWeb.jsonl.gz", "data/azure-PartsUnlimited.jsonl.gz"} {
		for _, raw := range lines(t, evidence.File(t, file)) {
			var w struct{ Fields map[string]any }
			must(t, json.Unmarshal(raw, &w))
			for ref, value := range w.Fields {
				source, ok := value.(string)
				if !ok || !strings.Contains(source, "</") || strings.HasPrefix(source, "<steps") { // steps of tests are no HTML
					continue
				}
				want, err := library.ConvertString(policy.Sanitize(source))
				must(t, err)
				want = strings.TrimSpace(strings.ReplaceAll(want, "\u00a0\n", "\n"))
				if got, _ := fromHTML(source); got != want {
					t.Errorf("%s %.300q\ngot  %q\nwant %q", ref, source, got, want)
				}
				texts++
			}
		}
	}
	if texts < 8 { // all that the archives hold
		t.Errorf("only %d texts", texts)
	}
}
