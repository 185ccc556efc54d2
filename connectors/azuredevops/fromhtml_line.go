package azuredevops

import (
	"bytes"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// flow is Markdown as it is written: blocks that are complete, and the line of
// text that goes on.
type flow struct {
	blocks  []string
	current bytes.Buffer
	gap     bool     // white space that counts only if something follows
	led     bool     // began with white space
	shut    string   // the mark of emphasis that was the last thing written
	marks   []string // emphasis that we are inside of
	depth   int      // of lists and quotes
}

const lineBreak = "  \n"

// angles keep a text that speaks of markup from becoming some.
var angles = strings.NewReplacer("<", "&lt;", ">", "&gt;")

// text adds words, with white space as a browser shows it.
func (f *flow) text(s string) {
	if strings.ContainsAny(s, "<>") {
		s = angles.Replace(s)
	}
	for s != "" {
		i := strings.IndexAny(s, " \t\r\n\f")
		switch i {
		case 0:
			s = strings.TrimLeft(s, " \t\r\n\f")
			f.gap = true
			continue
		case -1:
			i = len(s)
		}
		f.word(s[:i])
		s = s[i:]
	}
}

func (f *flow) space() { f.gap = true }

func (f *flow) endsWith(s string) bool { return bytes.HasSuffix(f.current.Bytes(), []byte(s)) }

// word adds something that is not white space.
func (f *flow) word(s string) {
	switch {
	case f.current.Len() == 0:
		f.led = f.gap
	case f.gap && !f.endsWith("\n"):
		f.current.WriteByte(' ')
	}
	f.gap, f.shut = false, ""
	f.current.WriteString(s)
}

// lineBreak goes on below; two of them end the paragraph.
func (f *flow) lineBreak() {
	f.gap = false
	switch {
	case f.current.Len() == 0:
	case f.endsWith(lineBreak):
		f.end()
	default:
		f.current.WriteString(lineBreak)
	}
}

// end ends the paragraph.
func (f *flow) end() {
	if text := strings.TrimSpace(f.current.String()); text != "" {
		f.blocks = append(f.blocks, text)
	}
	f.current.Reset()
	f.gap, f.shut = false, ""
}

func (f *flow) add(block string) {
	f.end()
	if block != "" {
		f.blocks = append(f.blocks, block)
	}
}

// markdown is all that was written.
func (f *flow) markdown() string {
	f.end()
	return strings.Join(f.blocks, "\n\n")
}

// line is all that was written, as one line.
func (f *flow) line() string {
	return strings.ReplaceAll(strings.ReplaceAll(f.markdown(), lineBreak, " "), "\n", " ")
}

// inner writes what is in an element by itself.
func (f *flow) inner(n *html.Node, marks ...string) *flow {
	inner := &flow{depth: f.depth, marks: slices.Concat(f.marks, marks)}
	inner.children(n)
	return inner
}

// phrase writes elements that stand within a line.
func (f *flow) phrase(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Br:
		f.lineBreak()
	case atom.B, atom.Strong:
		f.emphasis(n, "**")
	case atom.I, atom.Em:
		f.emphasis(n, "*")
	case atom.S, atom.Strike, atom.Del:
		f.emphasis(n, "~~")
	case atom.Code, atom.Tt, atom.Kbd, atom.Samp:
		if text := strings.Join(strings.Fields(rawText(n)), " "); text != "" {
			f.word(ticks(text, "`"))
		}
	case atom.A:
		f.link(n)
	case atom.Img:
		if address := webAddress(attribute(n, "src")); address != "" {
			f.word("![" + strings.Join(strings.Fields(attribute(n, "alt")), " ") + "](" + address + ")")
		}
	default:
		return false
	}
	return true
}

func (f *flow) emphasis(n *html.Node, mark string) {
	if slices.Contains(f.marks, mark) {
		f.children(n)
		return
	}
	f.splice(f.inner(n, mark), mark, mark)
}

func (f *flow) link(n *html.Node) {
	inner := f.inner(n)
	address := webAddress(attribute(n, "href"))
	if address == "" {
		f.splice(inner, "", "")
		return
	}
	f.splice(inner, "[", "]("+address+")")
}

// splice adds what was written apart, between two marks. Marks do not reach
// over paragraphs: each gets its own.
func (f *flow) splice(inner *flow, before, after string) {
	for _, block := range inner.blocks {
		if first, _ := utf8.DecodeRuneInString(block); !strings.Contains(block, "\n") && unicode.IsLetter(first) {
			block = before + block + after
		}
		f.add(block)
	}
	text := inner.current.String()
	trimmed := strings.TrimSpace(text)
	if trimmed == "" {
		f.gap = f.gap || text != "" || inner.gap
		return
	}
	if f.gap = f.gap || inner.led; !f.gap && before == after && before != "" && f.shut == before { // goes on where the last one ended
		f.current.Truncate(f.current.Len() - len(after))
		before = ""
	}
	f.word(before + trimmed + after)
	f.gap = inner.gap || strings.HasSuffix(text, "\n")
	if before == after || before == "" {
		f.shut = after
	}
}

// webAddress is an address that may be followed: of the web, of mail, or within
// the site; empty when it is of any other kind.
func webAddress(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return ""
	}
	switch u.Scheme {
	case "http", "https", "mailto":
	case "":
		if u.Host == "" && u.Path == "" {
			return ""
		}
	default:
		return ""
	}
	return brackets.Replace(u.String())
}

// brackets of an address would end it in Markdown.
var brackets = strings.NewReplacer("(", "%28", ")", "%29", " ", "%20", "<", "%3C", ">", "%3E")
