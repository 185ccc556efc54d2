package wording

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a word of a sentence, or one of the signs & and / that join words.
type token struct {
	word       string // in small letters
	start, end int    // bytes in the sentence
	marked     bool   // a comma or another mark stands before it
	capital    bool   // begins with a capital letter
	known      []phrase
	stop       byte // '.', '!', '?' or ';' when it follows at once, and then a space or nothing
}

// tokens splits a sentence into words, which are letters and digits with
// apostrophes, hyphens, full stops and the gender signs * : inside them. Marks
// of Markdown are passed over.
func tokens(sentence string, into []token) []token {
	small := strings.ToLower(sentence)
	if len(small) != len(sentence) {
		sentence = small // letters of another length: capitals are not told
	}
	marked := false
	for i := 0; i < len(sentence); {
		r, size := utf8.DecodeRuneInString(sentence[i:])
		switch {
		case r == '&' || r == '/' && between2(sentence, i):
			into = append(into, token{word: sentence[i : i+1], start: i, end: i + 1})
		case letter(r):
			end := wordEnd(sentence, i)
			into = append(into, token{word: plainApostrophe(small[i:end]), start: i, end: end, marked: marked, capital: unicode.IsUpper(r), stop: stopAt(sentence, end)})
			marked = false
			i = end
			continue
		case !unicode.IsSpace(r) && r != '*' && r != '_' && r != '"' && r != '\'' && r != '`':
			marked = true
		}
		i += size
	}
	return into
}

// wordEnd is where the word that begins at i ends.
func wordEnd(s string, i int) int {
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !letter(r) {
			next, _ := utf8.DecodeRuneInString(s[i+size:])
			if !inner(r) || !letter(next) {
				return i
			}
		}
		i += size
	}
	return i
}

// letter reports whether a word can consist of a sign.
func letter(r rune) bool {
	return r < utf8.RuneSelf && (r|0x20 >= 'a' && r|0x20 <= 'z' || r >= '0' && r <= '9') ||
		r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r)) && r != utf8.RuneError
}

// inner reports whether a sign may stand inside a word.
func inner(r rune) bool {
	switch r {
	case '\'', '’', '-', '.', '*', ':':
		return true
	}
	return false
}

// between2 reports whether a slash at i has a letter on both sides, with or
// without spaces.
func between2(s string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s[:i], " "))
	after, _ := utf8.DecodeRuneInString(strings.TrimLeft(s[i+1:], " "))
	return letter(before) && letter(after)
}

// stopAt is the mark that ends a sentence at i, 0 when none does.
func stopAt(s string, i int) byte {
	for i < len(s) && strings.IndexByte("*_\"')]}", s[i]) >= 0 {
		i++
	}
	if i == len(s) || strings.IndexByte(".!?;", s[i]) < 0 {
		return 0
	}
	if i+1 < len(s) && s[i+1] != ' ' && s[i+1] != '*' && s[i+1] != '_' {
		return 0
	}
	return s[i]
}

// plainApostrophe writes "i’d" as the word lists do.
func plainApostrophe(word string) string {
	if !strings.Contains(word, "’") {
		return word
	}
	return strings.ReplaceAll(word, "’", "'")
}
