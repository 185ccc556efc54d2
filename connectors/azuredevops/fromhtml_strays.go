package azuredevops

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A parser leaves out tags that have no place where they stand, and puts the
// text after them behind the text before, which it copies each time. So many of
// them make it as slow as the square of the text; of such a text only the words
// are read.
const (
	maxStrays = 1000
	longHTML  = 16 << 10 // bytes; what is shorter is never slow
)

// straying reports whether a source has more tags without a place than anybody
// leaves behind.
func straying(source string) bool {
	if len(source) < longHTML {
		return false
	}
	strays, open := 0, map[string]int{}
	tokens := html.NewTokenizer(strings.NewReader(source))
	for strays <= maxStrays {
		switch tokens.Next() {
		case html.ErrorToken:
			return false
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := tokens.TagName()
			if misplaced(atom.Lookup(name), open["table"] > 0) {
				strays++
			}
			open[string(name)]++
		case html.EndTagToken:
			name, _ := tokens.TagName()
			if open[string(name)]--; open[string(name)] < 0 {
				strays++
				open[string(name)] = 0
			}
		}
	}
	return true
}

// misplaced reports whether an element's start is left out in a text.
func misplaced(a atom.Atom, inTable bool) bool {
	switch a {
	case atom.Html, atom.Head, atom.Body, atom.Frame, atom.Frameset:
		return true
	case atom.Caption, atom.Col, atom.Colgroup, atom.Tbody, atom.Td, atom.Tfoot, atom.Th, atom.Thead, atom.Tr:
		return !inTable
	}
	return false
}
