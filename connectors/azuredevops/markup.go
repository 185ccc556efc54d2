package azuredevops

import (
	"bytes"
	"strings"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
	"golang.org/x/net/html"
)

// markup turns our Markdown into the HTML of a comment. It is safe for
// concurrent use.
type markup struct {
	writer   goldmark.Markdown
	outgoing *bluemonday.Policy
}

func newMarkup() markup {
	return markup{
		writer:   goldmark.New(goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(literal{}, 1)))),
		outgoing: commentPolicy(),
	}
}

// commentPolicy is the grammar of our comments: text, lists, emphasis, code,
// links to web pages. Nothing that could carry a mention, a script or a style.
func commentPolicy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "hr", "strong", "em", "code", "pre", "blockquote", "ul", "ol", "li", "h1", "h2", "h3", "h4")
	p.AllowAttrs("href").OnElements("a")
	p.AllowURLSchemes("https", "http")
	p.RequireParseableURLs(true)
	return p
}

// html writes a comment of ours: the Markdown, and a link at its end that says
// whose comment it is.
func (m markup) html(markdown, footer string) string {
	var out bytes.Buffer
	if err := m.writer.Convert([]byte(markdown), &out); err != nil { // into memory, and Markdown has no errors
		out.Reset()
		out.WriteString("<p>" + html.EscapeString(markdown) + "</p>")
	}
	safe := m.outgoing.Sanitize(out.String())
	return neutral(strings.TrimSpace(safe)) + "\n<p><a href=\"" + html.EscapeString(footer) + "\">About this comment</a></p>"
}

// neutral keeps every @ in a text from calling somebody: an invisible word
// joiner follows it. Addresses of links stay what they are.
func neutral(source string) string {
	var out strings.Builder
	tokens := html.NewTokenizer(strings.NewReader(source))
	for tokens.Next() != html.ErrorToken {
		raw := string(tokens.Raw())
		if token := tokens.Token(); token.Type == html.TextToken {
			raw = html.EscapeString(strings.ReplaceAll(token.Data, "@", "@\u2060"))
		}
		out.WriteString(raw)
	}
	return out.String()
}

// literal makes HTML in the Markdown mean itself: goldmark would leave it out,
// and the comment would no longer say what was meant.
type literal struct{}

// RegisterFuncs takes over both nodes that hold HTML.
func (l literal) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindRawHTML, l.inline)
	r.Register(ast.KindHTMLBlock, l.block)
}

func (literal) inline(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if raw, ok := node.(*ast.RawHTML); ok && entering {
		_, _ = w.WriteString(html.EscapeString(string(raw.Segments.Value(source)))) // into memory
	}
	return ast.WalkSkipChildren, nil
}

func (literal) block(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	block, ok := node.(*ast.HTMLBlock)
	if !ok || !entering {
		return ast.WalkContinue, nil
	}
	text := string(block.Lines().Value(source))
	if block.HasClosure() {
		text += string(block.ClosureLine.Value(source))
	}
	_, _ = w.WriteString("<p>" + html.EscapeString(strings.TrimSpace(text)) + "</p>\n")
	return ast.WalkContinue, nil
}
