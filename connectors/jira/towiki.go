package jira

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// toWiki turns the Markdown of a comment into Jira's wiki markup. Only what
// Markdown itself says becomes markup; every piece of text is escaped, so that
// nothing copied from a ticket can turn into a mention, a macro, a link or an
// image and call somebody.
func toWiki(markdown string) string {
	source := []byte(markdown)
	w := wikiWriter{source: source}
	return strings.TrimSpace(w.blocks(goldmark.DefaultParser().Parse(text.NewReader(source)), ""))
}

type wikiWriter struct{ source []byte }

// blocks writes the blocks inside a node. The bullets of a list grow with its
// depth.
func (w wikiWriter) blocks(parent ast.Node, bullets string) string {
	var parts []string
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		if s := strings.TrimRight(w.block(n, bullets), "\n"); s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, "\n\n") + "\n"
}

func (w wikiWriter) block(n ast.Node, bullets string) string {
	switch n := n.(type) {
	case *ast.Heading:
		return "h" + strconv.Itoa(n.Level) + ". " + w.inline(n)
	case *ast.Blockquote:
		return "{quote}\n" + w.blocks(n, "") + "{quote}"
	case *ast.List:
		return w.list(n, bullets)
	case *ast.ThematicBreak:
		return "----"
	case *ast.CodeBlock, *ast.FencedCodeBlock, *ast.HTMLBlock:
		return "{noformat}\n" + unbroken(w.raw(n)) + "{noformat}"
	}
	return w.inline(n)
}

// list writes one line per item: a blank line would end the list.
func (w wikiWriter) list(n *ast.List, bullets string) string {
	bullets += "*"
	if n.IsOrdered() {
		bullets = bullets[:len(bullets)-1] + "#"
	}
	var b strings.Builder
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		var lines, nested []string
		for c := item.FirstChild(); c != nil; c = c.NextSibling() {
			if inner, ok := c.(*ast.List); ok {
				nested = append(nested, w.list(inner, bullets))
				continue
			}
			lines = append(lines, strings.ReplaceAll(strings.TrimRight(w.block(c, ""), "\n"), "\n", " "))
		}
		b.WriteString(bullets + " " + strings.Join(lines, ` \\ `) + "\n" + strings.Join(nested, ""))
	}
	return b.String()
}

func (w wikiWriter) raw(n ast.Node) string {
	var b strings.Builder
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		b.Write(line.Value(w.source))
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

// inline writes the text inside a block or a span.
func (w wikiWriter) inline(parent ast.Node) string {
	var b strings.Builder
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		b.WriteString(w.span(n))
	}
	return b.String()
}

func (w wikiWriter) span(n ast.Node) string {
	switch n := n.(type) {
	case *ast.Text:
		s := escape(string(unescape(n.Value(w.source), n.IsRaw())))
		if n.HardLineBreak() {
			return s + ` \\ `
		}
		if n.SoftLineBreak() {
			return s + " "
		}
		return s
	case *ast.String:
		return escape(string(n.Value))
	case *ast.Emphasis:
		mark := strings.Repeat("_", 2-n.Level) + strings.Repeat("*", n.Level-1)
		return mark + w.inline(n) + mark
	case *ast.CodeSpan:
		return "{{" + w.inline(n) + "}}"
	case *ast.Link:
		return w.link(n)
	case *ast.AutoLink:
		return escape(string(n.Label(w.source)))
	case *ast.RawHTML:
		return escape(string(n.Segments.Value(w.source)))
	}
	return w.inline(n) // an image becomes its description
}

var webAddress = regexp.MustCompile(`^https?://[^\s]+$`)

// link writes a link to the web; any other is only its text.
func (w wikiWriter) link(n *ast.Link) string {
	label, address := w.inline(n), string(n.Destination)
	if !webAddress.MatchString(address) {
		return label
	}
	return "[" + label + "|" + safeAddress.Replace(address) + "]"
}

var safeAddress = strings.NewReplacer("[", "%5B", "]", "%5D", "{", "%7B", "}", "%7D", "|", "%7C", "!", "%21", "^", "%5E", "~", "%7E", `\`, "%5C")

// unescape resolves Markdown's backslash escapes and entities, which goldmark
// leaves in the text; raw text has none.
func unescape(s []byte, raw bool) []byte {
	if raw {
		return s
	}
	return util.UnescapePunctuations(util.ResolveEntityNames(util.ResolveNumericReferences(s)))
}

// breaker is an invisible space that keeps two characters from meaning
// something together.
const breaker = "\u200b"

var (
	scheme     = regexp.MustCompile(`(?i)\b(https?|ftp|file|mailto|news|nntp|irc|callto|skype|data|javascript|www)([:.])`)
	lineMarkup = regexp.MustCompile(`^(\s*(?:h[1-6]|bq))(\.)`)
	smiley     = regexp.MustCompile(`\((?:[xyni/!?+*-]|on|off|\*[rgby]|flag|flagoff)\)`)
)

// escape makes text mean itself in wiki markup. A backslash cannot be escaped,
// two of them break the line, so it is kept apart from what follows.
func escape(s string) string {
	s = scheme.ReplaceAllString(s, "${1}"+breaker+"${2}")
	s = strings.NewReplacer("://", ":"+breaker+"//", "@", "@"+breaker).Replace(s)
	s = lineMarkup.ReplaceAllString(s, "${1}"+breaker+"${2}")
	s = smiley.ReplaceAllStringFunc(s, func(m string) string { return "(" + breaker + m[1:] })
	var b strings.Builder
	before := ' '
	for _, r := range s {
		switch {
		case unicode.IsControl(r):
			r = ' '
			b.WriteRune(r)
		case r == '\\':
			b.WriteString(`\` + breaker)
		case strings.ContainsRune("{}[]!|*_~^", r), strings.ContainsRune("-+?#", r) && !unicode.IsLetter(before) && !unicode.IsDigit(before):
			b.WriteString(`\` + string(r))
		default:
			b.WriteRune(r)
		}
		before = r
	}
	return b.String()
}

// unbroken keeps code from closing its own block.
func unbroken(code string) string { return strings.ReplaceAll(code, "{", "{"+breaker) }
