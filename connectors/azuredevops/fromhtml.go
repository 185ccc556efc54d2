package azuredevops

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/trackwarden/trackwarden/backlog"
)

// The tracker's HTML is parsed once, as a browser would, and written as
// Markdown from the tree. Only what is named here becomes anything but its
// text: no element, attribute or address gets through by being unknown.

// maxHTML is the longest HTML of one field that is read, in bytes. It is far
// above backlog.MaxText, because pasted HTML is mostly attributes.
const maxHTML = 16 * backlog.MaxText

// maxNesting is how deep lists and quotes are shown inside each other; what is
// deeper is shown as if it were not.
const maxNesting = 20

// fromHTML writes a text of the tracker as Markdown. Truncated says that it was
// too long to be read whole. What people typed as Markdown into an HTML editor
// means what they typed: "- " begins a criterion there as anywhere. So nothing
// is escaped, and whoever shows the text has to treat it as hostile.
func fromHTML(source string) (text string, truncated bool) {
	if !strings.ContainsAny(source, "<&") {
		return strings.TrimSpace(source), false
	}
	if truncated = len(source) > maxHTML; truncated {
		source = strings.ToValidUTF8(source[:maxHTML], "")
	}
	if straying(source) {
		return bareText(source), truncated
	}
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(source), body)
	if err != nil { // nested deeper than any parser goes
		return bareText(source), truncated
	}
	var f flow
	for _, n := range nodes {
		f.node(n)
	}
	return f.markdown(), truncated
}

// bareText is all text of a source, without structure.
func bareText(source string) string {
	var f flow
	tokens := html.NewTokenizer(strings.NewReader(source))
	silent := 0
	for {
		switch kind := tokens.Next(); kind {
		case html.ErrorToken:
			return f.markdown()
		case html.TextToken:
			if silent == 0 {
				f.text(string(tokens.Text()))
			}
		case html.StartTagToken, html.EndTagToken:
			name, _ := tokens.TagName()
			if !unseen(atom.Lookup(name)) {
				f.space()
			} else if kind == html.StartTagToken {
				silent++
			} else {
				silent = max(0, silent-1)
			}
		}
	}
}

// unseen reports whether a browser would show nothing of an element.
func unseen(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Title, atom.Head, atom.Template, atom.Iframe, atom.Frame, atom.Frameset,
		atom.Noembed, atom.Noframes, atom.Noscript, atom.Object, atom.Embed, atom.Applet, atom.Textarea, atom.Select:
		return true
	}
	return false
}

// node writes a node with what is in it.
func (f *flow) node(n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		f.text(n.Data)
	case n.Type != html.ElementNode || unseen(n.DataAtom):
	case !f.block(n) && !f.phrase(n):
		f.children(n)
	}
}

func (f *flow) children(n *html.Node) {
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		f.node(child)
	}
}

// block writes elements that stand on lines of their own.
func (f *flow) block(n *html.Node) bool {
	switch n.DataAtom {
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Aside, atom.Header, atom.Footer, atom.Main, atom.Nav, atom.Address,
		atom.Center, atom.Figure, atom.Figcaption, atom.Form, atom.Fieldset, atom.Details, atom.Summary, atom.Dl, atom.Dt, atom.Dd, atom.Li:
		f.end()
		f.children(n)
		f.end()
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		if title := f.inner(n).line(); title != "" {
			f.add(strings.Repeat("#", int(n.Data[1]-'0')) + " " + title)
		}
	case atom.Ul, atom.Ol:
		f.add(f.list(n))
	case atom.Blockquote:
		f.add(f.quote(n))
	case atom.Pre:
		f.add(fence(rawText(n)))
	case atom.Hr:
		f.add("* * *")
	case atom.Table:
		f.add(f.table(n))
	default:
		return false
	}
	return true
}

func (f *flow) quote(n *html.Node) string {
	inner := flow{depth: f.depth + 1}
	inner.children(n)
	text := inner.markdown()
	if f.depth >= maxNesting || text == "" {
		return text
	}
	return "> " + strings.ReplaceAll(text, "\n", "\n> ")
}

// list writes each item behind its mark. What stands between items, as a list
// directly in a list does, belongs to the one before.
func (f *flow) list(n *html.Node) string {
	var out strings.Builder
	number, _ := strconv.Atoi(attribute(n, "start"))
	number = min(max(number, 1), 999_999_999) // as Markdown has it
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		inner := flow{depth: f.depth + 1}
		inner.node(child)
		text := inner.markdown()
		if text == "" {
			continue
		}
		if out.Len() > 0 {
			out.WriteByte('\n')
		}
		mark := "- "
		if n.DataAtom == atom.Ol {
			mark = strconv.Itoa(number) + ". "
		}
		indent := strings.Repeat(" ", len(mark))
		switch {
		case f.depth >= maxNesting:
			mark, indent = "", ""
		case child.DataAtom == atom.Li:
			number++
		case child.DataAtom == atom.Ul || child.DataAtom == atom.Ol:
			mark = indent
		}
		out.WriteString(mark)
		out.WriteString(strings.ReplaceAll(text, "\n", "\n"+indent))
	}
	return out.String()
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}
