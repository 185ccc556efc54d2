package wording

import (
	"strings"
	"unicode/utf8"
)

// conjunctions lists the words that join two roles, or two actions in what is
// wished for. "Size and colour" are two things and one wish.
func (l *language) conjunctions(words []token, p parts) (found []string) {
	l.eachJoin(words, p.role, func(i int) {
		if !sameStem(words, i) {
			found = once(found, words[i].word)
		}
	})
	l.eachJoin(words, p.means, func(i int) {
		if l.joinsActions(words, i, p.means) {
			found = once(found, words[i].word)
		}
	})
	return found
}

// eachJoin visits the words of a part that join, but those within phrases that
// are one thing.
func (l *language) eachJoin(words []token, in span, visit func(int)) {
	for i := in.from; i < in.to; i++ {
		if n := l.at(words, i, oneThing); n > 0 {
			i += n - 1
			continue
		}
		n := l.at(words, i, join)
		if n == 0 {
			continue
		}
		if i > in.from && i+n < in.to {
			visit(i)
		}
		i += n - 1
	}
}

// joinsActions reports whether the word at i joins two actions.
func (l *language) joinsActions(words []token, i int, in span) bool {
	next := i + l.at(words, i, join)
	if l.at(words, next, wish) > 0 {
		return true
	}
	if l.inverse {
		return l.ended(words, i, in) && l.endsLater(words, next, in)
	}
	for next < in.to && l.at(words, next, between) > 0 {
		next += l.at(words, next, between)
	}
	if next >= in.to {
		return false
	}
	if l.at(words, next, action) > 0 {
		return true
	}
	if l.at(words, next, perhapsAction) == 0 {
		return false
	}
	if words[next-1].word == "to" || l.at(words, i-1, action|perhapsAction) > 0 {
		return true
	}
	return next+1 < in.to && l.at(words, next+1, object) > 0
}

// ended reports whether an action ends just before i; after an article it
// would be an adjective.
func (l *language) ended(words []token, i int, in span) bool {
	return i-1 >= in.from && l.isAction(words, i-1) && (i-2 < in.from || l.at(words, i-2, article) == 0)
}

// endsLater reports whether a second action ends after i, adjectives stand before a
// noun.
func (l *language) endsLater(words []token, i int, in span) bool {
	for ; i < in.to; i++ {
		last := i+1 >= in.to || words[i+1].marked || l.at(words, i+1, join) > 0 || !words[i+1].capital
		if last && l.isAction(words, i) {
			return true
		}
	}
	return false
}

// isAction reports whether a word is a German action: in small letters, in -n.
func (l *language) isAction(words []token, i int) bool {
	t := &words[i]
	return !t.capital && len(t.word) > 3 && strings.HasSuffix(t.word, "n") &&
		(strings.HasSuffix(t.word, "en") || strings.HasSuffix(t.word, "ern") || strings.HasSuffix(t.word, "eln")) &&
		l.at(words, i, noAction) == 0
}

// sameStem reports whether the sign / at i stands between two forms of one
// word, as in "Kundin/Kunde", or before an ending, as in "Leser/innen".
func sameStem(words []token, i int) bool {
	if words[i].word != "/" || i+1 >= len(words) {
		return false
	}
	before, after := words[i-1].word, words[i+1].word
	return after == "in" || after == "innen" || after == "n" || after == "r" || prefix(before, 4) == prefix(after, 4)
}

// prefix is the first so many letters of a word.
func prefix(word string, letters int) string {
	at := 0
	for range letters {
		_, size := utf8.DecodeRuneInString(word[at:])
		at += size
	}
	return word[:at]
}
