package wording

import (
	"math"
	"slices"
	"strings"
)

// fewestWords is the length below which reading ease says nothing.
const fewestWords = 10

// readingEase is Flesch's reading ease of a sentence in the form for its
// language (Flesch 1948 for English, Amstad 1978 for German), rounded to a
// whole number: 100 is easy, below 0 is possible. Nil below ten words.
func (l *language) readingEase(words []token) *float64 {
	n, syllables := 0, 0
	for i := range words {
		if w := words[i].word; w != "&" && w != "/" {
			n++
			syllables += l.syllables(w)
		}
	}
	if n < fewestWords {
		return nil
	}
	ease := math.Round(l.ease.Base - l.ease.Sentence*float64(n) - l.ease.Syllable*float64(syllables)/float64(n))
	return &ease
}

// syllables counts runs of vowels, with what the language's file says beside.
func (l *language) syllables(word string) int {
	if n, ok := l.counted[word]; ok {
		return n
	}
	n, inside := 0, false
	var before rune
	for _, r := range word {
		vowel := l.isVowel(r) && (r != 'u' || before != 'q')
		if vowel && !inside {
			n++
		}
		inside, before = vowel, r
	}
	for _, pair := range l.two {
		n += strings.Count(word, pair)
	}
	if strings.Contains(word, "qu") {
		for _, pair := range l.two {
			if pair[0] == 'u' {
				n -= strings.Count(word, "q"+pair)
			}
		}
	}
	if n > 1 && l.endsSilent(word) {
		n--
	}
	return max(n, 1)
}

func (l *language) isVowel(r rune) bool { return r >= 0 && int(r) < len(l.vowels) && l.vowels[r] }

// endsSilent reports whether the last vowel is not heard: "make", "named", but
// not "table", "added".
func (l *language) endsSilent(word string) bool {
	for _, ending := range l.silent {
		if stem, ok := strings.CutSuffix(word, ending); ok && stem != "" && !l.isVowel(rune(stem[len(stem)-1])) {
			return !slices.ContainsFunc(l.sounded, func(sounded string) bool { return strings.HasSuffix(word, sounded) })
		}
	}
	return false
}
