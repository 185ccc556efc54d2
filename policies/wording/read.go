package wording

import (
	"strings"
	"sync"
)

// MaxSentence is how much of a user story is looked at, in bytes, and
// MaxCriteria how much of all acceptance criteria together. Nobody reads more,
// and a text that nobody typed costs no more than this.
const (
	MaxSentence = 2000
	MaxCriteria = 16 << 10
)

// Story is how a user story is worded; its fields are those of input.text.story
// in policies/input.schema.json. Lists hold words as the word lists write them,
// each once, in the order in which they come.
type Story struct {
	Language     string // "en", "de"; "" when there is no user story in a language that we know
	Sentence     string // as written, on one line, at most MaxSentence
	Words        int    // of the sentence, without Extra
	Conjunctions []string
	Vague        []string // in the sentence
	Repeated     []string // of "role", "means", "ends"
	Brackets     bool
	Extra        string // what follows the sentence on its line
	GenericRole  bool
	ReadingEase  *float64 // nil below ten words
	Missing      []string // of "role", "means", "ends"
	// VagueCriteria are vague words in acceptance criteria, also where there is
	// no user story.
	VagueCriteria []string
}

// Reader reads user stories; it may be shared.
type Reader struct{ languages []*language }

// NewReader reads the word lists of all languages. It is the same one every
// time.
var NewReader = sync.OnceValues(func() (*Reader, error) {
	r := &Reader{}
	for _, name := range []string{"en.yaml", "de.yaml"} {
		l, err := load(name)
		if err != nil {
			return nil, err
		}
		r.languages = append(r.languages, l)
	}
	return r, nil
})

// Read says how a sentence and acceptance criteria are worded. A sentence that
// no language knows as a user story is none.
func (r *Reader) Read(sentence string, criteria []string) Story {
	s := Story{}
	var spare [96]token
	words := spare[:0]
	sentence = clip(sentence, MaxSentence)
	if sentence != "" {
		words = tokens(sentence, words)
	}
	l := r.languageOf(words)
	if l != nil {
		s.Language, s.Sentence = l.name, sentence
		l.know(words)
		l.story(&s, words)
	}
	r.criteria(&s, l, criteria)
	return s
}

// languageOf is the language whose words a user story begins with; nil when
// there is none.
func (r *Reader) languageOf(words []token) *language {
	if len(words) == 0 {
		return nil
	}
	for _, l := range r.languages {
		l.know(words[:min(4, len(words))])
		if l.at(words[:min(4, len(words))], 0, role|wish) > 0 {
			return l
		}
	}
	return nil
}

// story fills in what a sentence says.
func (l *language) story(s *Story, words []token) {
	end := l.sentenceEnd(words)
	if end < len(words) {
		s.Extra = strings.TrimLeft(s.Sentence[words[end-1].end:], "*_\"')]}.!?; ")
	}
	s.Brackets = brackets(s.Sentence)
	words = words[:end]
	s.Words = count(words)
	p := l.split(words)
	s.Missing = p.missing()
	s.Repeated = l.repeated(words, p)
	s.GenericRole = l.isGeneric(words, p)
	s.Conjunctions = l.conjunctions(words, p)
	s.Vague = l.vagueIn(words, nil)
	s.ReadingEase = l.readingEase(words)
}

// sentenceEnd is the number of words up to the first mark that ends a sentence.
func (l *language) sentenceEnd(words []token) int {
	for i := range words {
		switch t := &words[i]; {
		case t.stop == 0 || i+1 == len(words):
		case t.stop == '.' && (len(t.word) == 1 || l.at(words, i, short) > 0 || !words[i+1].capital):
		default:
			return i + 1
		}
	}
	return len(words)
}

// count counts words; signs are none.
func count(words []token) (n int) {
	for _, t := range words {
		if t.word != "&" && t.word != "/" {
			n++
		}
	}
	return n
}

// brackets reports whether something stands in brackets: no link of Markdown,
// and no ending as in "file(s)".
func brackets(s string) bool {
	for i := 0; i < len(s); i++ {
		if strings.IndexByte("([{", s[i]) < 0 {
			continue
		}
		joined := i > 0 && s[i-1] != ' ' // "file(s)", "](https://…)"
		link := s[i] == '[' && linked(s, i)
		if !joined && !link {
			return true
		}
	}
	return false
}

// linked reports whether the bracket at i opens the text of a link.
func linked(s string, i int) bool {
	end := strings.IndexByte(s[i:], ']')
	return end > 0 && strings.HasPrefix(s[i+end:], "](")
}

// vagueIn adds the vague words of a text to a list.
func (l *language) vagueIn(words []token, found []string) []string {
	for i := 0; i < len(words); i++ {
		if n := l.at(words, i, notVague); n > 0 {
			i += n - 1
			continue
		}
		if n := l.at(words, i, vague); n > 0 {
			found = once(found, joined(words[i:i+n]))
			i += n - 1
		}
	}
	return found
}

// criteria fills in the vague words of acceptance criteria. Without a user
// story their language is that of most of their small words.
func (r *Reader) criteria(s *Story, l *language, criteria []string) {
	var spare [256]token
	left := MaxCriteria
	for _, criterion := range criteria {
		criterion = clip(criterion, left)
		left -= len(criterion)
		words := tokens(criterion, spare[:0])
		in := l
		if in == nil {
			in = r.common(words)
		}
		in.know(words)
		s.VagueCriteria = in.vagueIn(words, s.VagueCriteria)
	}
}

// common is the language of most of the small words of a text.
func (r *Reader) common(words []token) *language {
	best, most := r.languages[0], -1
	for _, l := range r.languages {
		l.know(words)
		n := 0
		for i := range words {
			n += l.at(words, i, common)
		}
		if n > most {
			best, most = l, n
		}
	}
	return best
}

func joined(words []token) string {
	if len(words) == 1 {
		return words[0].word
	}
	var b strings.Builder
	for i, t := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t.word)
	}
	return b.String()
}

func once(list []string, word string) []string {
	for _, known := range list {
		if known == word {
			return list
		}
	}
	return append(list, strings.Clone(word))
}

// clip shortens a text to a number of bytes at a rune.
func clip(s string, most int) string {
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "")
}
