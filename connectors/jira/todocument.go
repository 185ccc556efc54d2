package jira

import (
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// node is a part of an Atlassian document.
type node map[string]any

// toDocument writes the Markdown of a comment as a document, for sites that
// take no markup, with the footer as a link in a last paragraph. What it does
// not know becomes plain text; nothing in it can mention anybody.
func toDocument(markdown, footer string) node {
	w := documentWriter{source: []byte(markdown)}
	content := w.blocks(goldmark.DefaultParser().Parse(text.NewReader(w.source)))
	content = append(content, node{"type": "paragraph", "content": []node{plainText("¶", []node{linkMark(footer)})[0]}})
	return node{"type": "doc", "version": 1, "content": content}
}

type documentWriter struct{ source []byte }

func (w documentWriter) blocks(parent ast.Node) []node {
	var all []node
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		all = append(all, w.block(n)...)
	}
	return all
}

func (w documentWriter) block(n ast.Node) []node {
	switch n := n.(type) {
	case *ast.Heading:
		return []node{{"type": "heading", "attrs": node{"level": n.Level}, "content": w.inline(n, nil)}}
	case *ast.List:
		kind := "bulletList"
		if n.IsOrdered() {
			kind = "orderedList"
		}
		return []node{{"type": kind, "content": w.blocks(n)}}
	case *ast.ListItem:
		return []node{{"type": "listItem", "content": w.blocks(n)}}
	case *ast.Blockquote:
		return []node{{"type": "blockquote", "content": w.blocks(n)}}
	case *ast.ThematicBreak:
		return []node{{"type": "rule"}}
	case *ast.CodeBlock, *ast.FencedCodeBlock, *ast.HTMLBlock:
		raw := wikiWriter(w).raw(n)
		return []node{{"type": "codeBlock", "content": plainText(strings.TrimRight(raw, "\n"), nil)}}
	}
	return []node{{"type": "paragraph", "content": w.inline(n, nil)}}
}

// inline writes what is inside a block, with the marks that are upon it.
func (w documentWriter) inline(parent ast.Node, marks []node) []node {
	all := []node{}
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		with := func(m node) []node { return append(append([]node{}, marks...), m) }
		switch n := n.(type) {
		case *ast.Text:
			line := string(unescape(n.Segment.Value(w.source), n.IsRaw()))
			if n.SoftLineBreak() {
				line += " "
			}
			all = append(all, plainText(line, marks)...)
			if n.HardLineBreak() {
				all = append(all, node{"type": "hardBreak"})
			}
		case *ast.String:
			all = append(all, plainText(string(n.Value), marks)...)
		case *ast.Emphasis:
			kind := "em"
			if n.Level == 2 {
				kind = "strong"
			}
			all = append(all, w.inline(n, with(node{"type": kind}))...)
		case *ast.CodeSpan:
			all = append(all, w.inline(n, []node{{"type": "code"}})...)
		case *ast.Link:
			if address := string(n.Destination); webAddress.MatchString(address) {
				all = append(all, w.inline(n, with(linkMark(address)))...)
			} else {
				all = append(all, w.inline(n, marks)...)
			}
		case *ast.AutoLink: // only what is named links, as in wiki markup
			all = append(all, plainText(string(n.Label(w.source)), marks)...)
		case *ast.RawHTML:
			all = append(all, plainText(string(n.Segments.Value(w.source)), marks)...)
		default:
			all = append(all, w.inline(n, marks)...)
		}
	}
	return all
}

// plainText is nothing for no text: a document may not hold an empty one. Control
// characters are none that Jira takes.
func plainText(s string, marks []node) []node {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return ' '
		}
		return r
	}, s)
	if s == "" {
		return nil
	}
	n := node{"type": "text", "text": s}
	if len(marks) > 0 {
		n["marks"] = marks
	}
	return []node{n}
}

func linkMark(address string) node { return node{"type": "link", "attrs": node{"href": address}} }
