package azuredevops

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// rawText is the text in an element, with its line breaks.
func rawText(n *html.Node) string {
	var out strings.Builder
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			out.WriteString(n.Data)
		case n.DataAtom == atom.Br:
			out.WriteByte('\n')
		case unseen(n.DataAtom):
		default:
			for child := n.FirstChild; child != nil; child = child.NextSibling {
				walk(child)
			}
		}
	}
	walk(n)
	return out.String()
}

// ticks puts code between backticks, more of them than it holds in a row.
func ticks(code, mark string) string {
	longest, run := 0, 0
	for i := range len(code) {
		if run++; code[i] != '`' {
			run = 0
		}
		longest = max(longest, run)
	}
	mark = strings.Repeat("`", max(len(mark), longest+1))
	if strings.HasPrefix(code, "`") || strings.HasSuffix(code, "`") {
		code = " " + code + " "
	}
	return mark + code + mark
}

// fence is a block of code.
func fence(code string) string {
	if code = strings.Trim(strings.ReplaceAll(code, "\r\n", "\n"), "\n"); strings.TrimSpace(code) == "" {
		return ""
	}
	return ticks("\n"+code+"\n", "```")
}

// table writes the rows of a table; the first one is its head. Tables in it
// become the text of their cell.
func (f *flow) table(n *html.Node) string {
	var rows [][]string
	width := 0
	for _, row := range elements(n, atom.Tr) {
		var cells []string
		for cell := row.FirstChild; cell != nil; cell = cell.NextSibling {
			if cell.DataAtom == atom.Td || cell.DataAtom == atom.Th {
				cells = append(cells, strings.ReplaceAll(f.inner(cell).line(), "|", `\|`))
			}
		}
		rows, width = append(rows, cells), max(width, len(cells))
	}
	if width == 0 {
		return ""
	}
	var out strings.Builder
	for i, cells := range rows {
		if i > 0 {
			out.WriteByte('\n')
		}
		for len(cells) < width {
			cells = append(cells, "")
		}
		out.WriteString("| " + strings.Join(cells, " | ") + " |")
		if i == 0 {
			out.WriteString("\n|" + strings.Repeat("---|", width))
		}
	}
	return out.String()
}

// elements finds those of one kind, not those inside other tables.
func elements(n *html.Node, kind atom.Atom) (all []*html.Node) {
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		switch child.DataAtom {
		case kind:
			all = append(all, child)
		case atom.Table:
		default:
			all = append(all, elements(child, kind)...)
		}
	}
	return all
}
