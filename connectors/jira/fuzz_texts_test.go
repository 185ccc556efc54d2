package jira

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/ankitpokhrel/jira-cli/pkg/md/jirawiki"

	"github.com/trackwarden/trackwarden/connectors/trackertest"
)

// oddTexts are what rows R21, U17 and X18 of the fault matrix speak of, as wiki
// markup and as plain text.
var oddTexts = []string{
	"{code}", "{code:a|b}x{noformat}", "*", "h1.", "1h. x", "{quote}", "\x0e0\x0f", "[|]", "||", "!a.png!", "{panel:title=}", "{:}", "* * *", "\\", "ä*ö*",
	"\xff\xfe", "\xed\xa0\x80", "nul\x00", "\u202egnp.exe", "e\u0301\u0301\u0301", "🛒👩‍👩‍👧", "\u2028", "{color:red}*a*{color}", "{{}}", "{{{a}}}", "[~accountid:5f:8d]", "[~]", "@bob",
	"[a|https://x.example|smart-link]", "[https://x.example]", "!image-1.png|width=9!", "h3. Acceptance criteria\n# one\n## two\n#* three", "bq. x", "{quote}a\n{quote}b",
	"{code:java|title=x}\n```\n{code}", "||h||\n|c|", "----", "----a", "* \n*", "(!) (x)", "{noformat}{code}{noformat}", "a\r\nb\rc", "^a^ ~b~ +c+ -d- ??e??", "<b>&amp;</b>",
}

// What is read of wiki markup is a sound text: nothing of ours is left in it,
// and nothing is called or linked that was not.
func FuzzFromWiki(f *testing.F) {
	for _, seed := range oddTexts {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, wiki string) {
		markdown := trackertest.Sound(t, wiki, 8, fromWiki)
		if !utf8.ValidString(markdown) || strings.ContainsAny(markdown, shield+unshield) {
			t.Errorf("%q became %q: no text, or a placeholder is left", wiki, markdown)
		}
		for _, sign := range []string{"@", "://", "mailto:"} {
			if strings.Contains(markdown, sign) && !strings.Contains(wiki, sign) && !strings.Contains(wiki, "[~") {
				t.Errorf("%q became %q: %q was not there", wiki, markdown, sign)
			}
		}
	})
}

// No piece of markup, however often, makes reading take more than its length.
func FuzzFromWikiGrowth(f *testing.F) {
	for _, piece := range append(oddTexts, "`", "{code}`", "[a|", "{", "\\*", "{code:", "*a", "_", "[~a]", "> ", "\n* ", "{quote}\n", "!a", "a\n", "\n\n\n", "{{`", "#", "\n|") {
		f.Add("", piece, "")
		f.Add("{code}", piece, "{code}")
	}
	f.Fuzz(func(t *testing.T, before, piece, after string) {
		trackertest.Linear(t, before, piece, after, func(s string) { fromWiki(s) })
	})
}

var documents = []string{
	`{"type":"doc","version":1,"content":[{"type":"paragraph","content":[{"type":"text","text":"As a buyer","marks":[{"type":"strong"}]},{"type":"hardBreak"},{"type":"mention","attrs":{"id":"5f","text":"@Olga"}}]}]}`,
	`{"type":"doc","content":[{"type":"taskList","content":[{"type":"taskItem","attrs":{"state":"DONE"},"content":[{"type":"text","text":"a"}]}]}]}`,
	`{"type":"doc","content":[{"type":"panel","content":[{"type":"expand","attrs":{"title":"T"},"content":[{"type":"date","attrs":{"timestamp":"1700000000000"}},{"type":"status","attrs":{"text":"S"}}]}]}]}`,
	`{"type":"doc","content":[{"type":"table","content":[{"type":"tableRow","content":[{"type":"tableCell","content":[{"type":"text","text":"c"}]}]}]},{"type":"codeBlock","attrs":{"language":"go"},"content":[{"type":"text","text":"x"}]}]}`,
	`{"type":"doc","content":[{"type":"bulletList","content":[{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"l","marks":[{"type":"link","attrs":{"href":"https://x.example"}}]}]}]}]}]}`,
	`{"type":"doc","content":[{"type":1,"content":"x"},null,[],{"type":"text"},{"type":"text","text":7},{"type":"heading","attrs":{"level":"x"}},{"type":"inlineCard","attrs":{"url":"https://y.example"}},{"type":"emoji","attrs":{"shortName":":a:"}}]}`,
	`{"type":"doc","content":[{"type":"text","text":"\ud800 \u0000 \u202e"}]}`, `{"type":"doc","content":[]}`, `{"type":"doc","content":[{"marks":[{"attrs":null}],"text":"x","type":"text"}]}`,
}

// A document is read as a sound text that keeps its words.
func FuzzFromDocument(f *testing.F) {
	for _, seed := range documents {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		read := func(s string) string {
			var document map[string]any
			if json.Unmarshal([]byte(s), &document) != nil || !isDocument(document) {
				return ""
			}
			return fromDocument(document)
		}
		markdown := trackertest.Sound(t, source, 8, read)
		var document map[string]any
		if json.Unmarshal([]byte(source), &document) != nil || !isDocument(document) {
			return
		}
		for _, word := range wordsOf(document, nil) {
			if !strings.Contains(markdown, word) {
				t.Errorf("%s became %q: %q is lost", source, markdown, word)
			}
		}
	})
}

var plainWord = regexp.MustCompile(`[A-Za-z]+`)

// wordsOf are those in the texts of a document, in the order in which they stand.
func wordsOf(n map[string]any, found []string) []string {
	if text, ok := n["text"].(string); ok && n["type"] == "text" {
		found = append(found, plainWord.FindAllString(text, -1)...)
	}
	content, _ := n["content"].([]any)
	for _, child := range content {
		if part, ok := child.(map[string]any); ok {
			found = wordsOf(part, found)
		}
	}
	return found
}

// Documents that are nested in any way are read in the time of their length.
func FuzzFromDocumentGrowth(f *testing.F) {
	for _, piece := range []string{
		`{"type":"panel","content":[`, `{"type":"bulletList","content":[{"type":"listItem","content":[`, `{"type":"blockquote","content":[`, `{"type":"expand","attrs":{"title":"x"},"content":[`,
		`{"type":"text","text":"x"},`, `{"type":"panel","content":[{"type":"text","text":"x"},`, `{"type":"taskItem","content":[{"type":"text","text":"x"},`,
	} {
		f.Add(piece)
	}
	f.Fuzz(func(t *testing.T, piece string) {
		trackertest.Linear(t, `{"type":"doc","content":[`, piece, "", func(s string) {
			var document map[string]any
			if json.Unmarshal([]byte(closed(s)), &document) == nil && isDocument(document) {
				fromDocument(document)
			}
		})
	})
}

// closed ends what a piece of JSON has begun.
func closed(s string) string {
	var ends []byte
	text := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\':
			i++
		case c == '"':
			text = !text
		case text:
		case c == '{' || c == '[':
			ends = append(ends, c+2) // the closing one stands two further
		case (c == '}' || c == ']') && len(ends) > 0:
			ends = ends[:len(ends)-1]
		}
	}
	var b strings.Builder
	b.WriteString(strings.TrimSuffix(s, ","))
	if strings.HasSuffix(s, "[") {
		b.WriteString(`{"type":"text","text":"end"}`)
	}
	for i := len(ends) - 1; i >= 0; i-- {
		b.WriteByte(ends[i])
	}
	return b.String()
}

// Whatever a comment says, as markup it opens nothing but what Markdown says,
// and people can read every word of it.
func FuzzToWiki(f *testing.F) {
	for _, seed := range append(hostile(), oddTexts...) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, markdown string) {
		wiki := trackertest.Sound(t, markdown, 16, toWiki)
		rest := ours.ReplaceAllString(codeInWiki.ReplaceAllString(wiki, ""), "")
		rest = webLink.ReplaceAllString(rest, "")
		if m := openTag.FindString(rest); m != "" {
			t.Errorf("%q became %q: %q opens something", markdown, wiki, m)
		}
		if m := autoLink.FindString(rest); m != "" {
			t.Errorf("%q became %q: %q links or calls", markdown, wiki, m)
		}
		if strings.ContainsFunc(wiki, func(r rune) bool { return r != '\n' && r != '\t' && r != '\r' && unicode.IsControl(r) }) {
			t.Errorf("%q became %q, which holds a control character", markdown, wiki)
		}
	})
}

var (
	codeInWiki = regexp.MustCompile(`(?s)\{noformat\}.*?\{noformat\}`)
	webLink    = regexp.MustCompile(`\[(?:[^\[\]|{!\\]|\\.)*\|https?://[^\s\]|\[{}!]+\]`)
)

// As a document it holds texts, structure and links to the web, and mentions
// nobody.
func FuzzToDocument(f *testing.F) {
	for _, seed := range append(hostile(), append(oddTexts, "[x](javascript:alert(1))", "<javascript:alert(1)>", "[@bob](mailto:bob@x.example)", "use <b>bold</b>", "`a\x07`")...) {
		f.Add(seed)
	}
	kinds := regexp.MustCompile(`^(doc|paragraph|heading|bulletList|orderedList|listItem|blockquote|rule|codeBlock|text|hardBreak)$`)
	f.Fuzz(func(t *testing.T, markdown string) {
		encoded := trackertest.Sound(t, markdown, 400, func(s string) string { return string(encode(toDocument(s, "https://help.example/#footer"))) })
		var document map[string]any
		if err := json.Unmarshal([]byte(encoded), &document); err != nil {
			t.Fatal(err)
		}
		var visit func(n map[string]any)
		visit = func(n map[string]any) {
			kind, _ := n["type"].(string)
			if !kinds.MatchString(kind) {
				t.Errorf("%q became %s, which holds %q", markdown, encoded, kind)
			}
			if text, _ := n["text"].(string); kind == "text" && text == "" {
				t.Errorf("%q became %s, which holds an empty text", markdown, encoded)
			}
			marks, _ := n["marks"].([]any)
			for _, mark := range marks {
				m, _ := mark.(map[string]any)
				attrs, _ := m["attrs"].(map[string]any)
				if href, _ := attrs["href"].(string); m["type"] == "link" && !webAddress.MatchString(href) {
					t.Errorf("%q became %s, which links to %q", markdown, encoded, href)
				}
			}
			content, _ := n["content"].([]any)
			for _, child := range content {
				part, _ := child.(map[string]any)
				visit(part)
			}
		}
		visit(document)
	})
}

// What is hidden from the translator, found by hand, is what this pattern says.
func FuzzForeign(f *testing.F) {
	pattern := regexp.MustCompile(`[^\x00-\x7f]+|[\[\]#]|\b\*\b|\*{2,}`)
	for _, line := range []string{"a*b*c", "** x ***", "größer ☃☃ [x] #1", "*a*", "a** *b", "_*_", "é*é", "\xff\xfe[", "a*", "*"} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		w, again := wikiReader{}, wikiReader{}
		got, want := w.hideForeign(line), pattern.ReplaceAllStringFunc(line, again.hide)
		if got != want || !slices.Equal(w.kept, again.kept) {
			t.Errorf("%q: %q with %q, want %q with %q", line, got, w.kept, want, again.kept)
		}
	})
}

// A line without tags comes back from the translator as it is.
func FuzzMayHoldTag(f *testing.F) {
	for _, line := range []string{"plain, and more", "a_b -c- +d+ ^e^", "h7. x", "see h2 and bq", "a - b", "??x??", "\\", "é", ""} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		line = strings.TrimSpace(line)                                                            // as all lines are
		if strings.ContainsAny(line, "\r\n") || mayHoldTag(line) || lookalike.MatchString(line) { // the last is hidden from it
			return
		}
		if got := strings.Trim(jirawiki.Parse(line), "\n"); got != line {
			t.Errorf("%q becomes %q", line, got)
		}
	})
}
