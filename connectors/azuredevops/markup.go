package azuredevops

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/strikethrough"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
	"golang.org/x/net/html"

	"github.com/trackwarden/trackwarden/backlog"
)

// maxHTML is the longest HTML of one field that is read, in bytes. It is far
// above backlog.MaxText, because pasted HTML is mostly attributes.
const maxHTML = 16 * backlog.MaxText

// markup turns the tracker's HTML into Markdown, and our Markdown into the
// HTML of a comment. It is safe for concurrent use.
type markup struct {
	incoming *bluemonday.Policy
	reader   *converter.Converter
	writer   goldmark.Markdown
	outgoing *bluemonday.Policy
}

func newMarkup() markup {
	return markup{
		incoming: bluemonday.UGCPolicy(),
		// What people typed as Markdown into an HTML editor means what they
		// typed: "- " begins a criterion there as anywhere. So nothing is
		// escaped, and whoever shows the text has to treat it as hostile.
		reader: converter.NewConverter(
			converter.WithEscapeMode(converter.EscapeModeDisabled),
			converter.WithPlugins(base.NewBasePlugin(),
				commonmark.NewCommonmarkPlugin(commonmark.WithListEndComment(false)),
				strikethrough.NewStrikethroughPlugin(), table.NewTablePlugin()),
		),
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

// markdown reads HTML. Truncated says that it was too long to be read whole.
func (m markup) markdown(source string) (text string, truncated bool, err error) {
	if !strings.ContainsAny(source, "<&") {
		return strings.TrimSpace(source), false, nil
	}
	if truncated = len(source) > maxHTML; truncated {
		source = strings.ToValidUTF8(source[:maxHTML], "")
	}
	text, err = m.reader.ConvertString(m.incoming.Sanitize(source))
	if err != nil {
		return "", truncated, fmt.Errorf("read HTML: %w", err)
	}
	return strings.TrimSpace(text), truncated, nil
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

// cut shortens a text to what is kept of one field, at a rune.
func cut(s string) string {
	if len(s) <= backlog.MaxText {
		return s
	}
	return strings.ToValidUTF8(s[:backlog.MaxText], "")
}
