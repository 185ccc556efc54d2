package wording

import (
	"cmp"
	"embed"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

//go:embed en.yaml de.yaml
var files embed.FS

// lists is a language as its file holds it.
type lists struct {
	Language string   `yaml:"language"`
	Endings  []string `yaml:"endings"`

	Role     []string `yaml:"role"`
	Wish     []string `yaml:"wish"`
	Able     []string `yaml:"able"`
	Ends     []string `yaml:"ends"`
	RoleEnds []string `yaml:"role_ends"`

	Joins          []string `yaml:"joins"`
	OneThing       []string `yaml:"one_thing"`
	Between        []string `yaml:"between"`
	Actions        []string `yaml:"actions"`
	PerhapsActions []string `yaml:"perhaps_actions"`
	NoActions      []string `yaml:"no_actions"`
	Articles       []string `yaml:"articles"`
	Objects        []string `yaml:"objects"`

	Generic  []string `yaml:"generic"`
	Vague    []string `yaml:"vague"`
	NotVague []string `yaml:"not_vague"`
	Short    []string `yaml:"short"`
	Common   []string `yaml:"common"`

	Ease      ease           `yaml:"ease"`
	Vowels    string         `yaml:"vowels"`
	Two       []string       `yaml:"two"`
	Silent    []string       `yaml:"silent"`
	Sounded   []string       `yaml:"sounded"`
	Syllables map[string]int `yaml:"syllables"`
}

// ease is a formula of reading ease: base less so much for each word of the
// sentence and for each syllable of a word.
type ease struct {
	Base     float64 `yaml:"base"`
	Sentence float64 `yaml:"sentence"`
	Syllable float64 `yaml:"syllable"`
}

// kind is what a phrase is for; several fit into one set.
type kind uint32

const (
	role kind = 1 << iota
	wish
	able
	ends
	roleEnd
	join
	oneThing
	between
	action
	perhapsAction
	noAction
	article
	object
	generic
	vague
	notVague
	short
	common
)

// phrase is one entry: what follows its first word, and what it is for.
type phrase struct {
	kinds     kind
	rest      []string
	afterMark bool // only where a comma or another mark stands before
}

// language is a language made ready to be looked up.
type language struct {
	name    string
	phrases map[string][]phrase // by the first word, the longest first
	ease    ease
	vowels  [0x180]bool
	two     []string
	silent  []string
	sounded []string
	counted map[string]int
	inverse bool // actions stand at the end of their clause, in -n
}

func load(name string) (*language, error) {
	data, err := files.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("read word lists: %w", err)
	}
	var l lists
	if err := yaml.Unmarshal(data, &l); err != nil {
		return nil, fmt.Errorf("read word lists of %s: %w", name, err)
	}
	made := &language{
		name: l.Language, phrases: map[string][]phrase{}, ease: l.Ease, two: l.Two, silent: l.Silent, sounded: l.Sounded,
		counted: l.Syllables, inverse: len(l.Actions) == 0,
	}
	for _, r := range l.Vowels {
		made.vowels[r] = true
	}
	for of, words := range l.byKind() {
		for _, word := range words {
			made.add(of, word, l.Endings)
		}
	}
	for _, found := range made.phrases {
		slices.SortStableFunc(found, func(a, b phrase) int { return cmp.Compare(len(b.rest), len(a.rest)) })
	}
	return made, nil
}

func (l *lists) byKind() map[kind][]string {
	return map[kind][]string{
		role: l.Role, wish: l.Wish, able: l.Able, ends: l.Ends, roleEnd: l.RoleEnds,
		join: l.Joins, oneThing: l.OneThing, between: l.Between, action: l.Actions, perhapsAction: l.PerhapsActions,
		noAction: l.NoActions, article: l.Articles, object: l.Objects,
		generic: l.Generic, vague: l.Vague, notVague: l.NotVague, short: l.Short, common: l.Common,
	}
}

// add takes up an entry of a file, with each ending where it asks for them.
func (l *language) add(of kind, entry string, endings []string) {
	if stem, ok := strings.CutSuffix(entry, "+"); ok {
		for _, ending := range endings {
			l.add(of, stem+ending, nil)
		}
		return
	}
	entry, afterMark := strings.CutPrefix(entry, ", ")
	var spare [16]token
	words := tokens(entry, spare[:0])
	if len(words) == 0 {
		return
	}
	p := phrase{kinds: of, afterMark: afterMark}
	for _, t := range words[1:] {
		p.rest = append(p.rest, t.word)
	}
	first := words[0].word
	for i, known := range l.phrases[first] {
		if known.afterMark == afterMark && slices.Equal(known.rest, p.rest) {
			l.phrases[first][i].kinds |= of
			return
		}
	}
	l.phrases[first] = append(l.phrases[first], p)
}

// know looks every word of a text up, once.
func (l *language) know(words []token) {
	for i := range words {
		words[i].known = l.phrases[words[i].word]
	}
}

// at is the longest phrase of a kind that begins with a word of a sentence, in
// words that were looked up; 0 when there is none.
func (l *language) at(words []token, i int, of kind) int {
	for n := range words[i].known {
		if p := &words[i].known[n]; p.kinds&of != 0 && p.matches(words, i) {
			return 1 + len(p.rest)
		}
	}
	return 0
}

func (p *phrase) matches(words []token, i int) bool {
	if p.afterMark && (i == 0 || !words[i].marked) || i+len(p.rest) >= len(words) {
		return false
	}
	for n, word := range p.rest {
		if words[i+1+n].word != word {
			return false
		}
	}
	return true
}
