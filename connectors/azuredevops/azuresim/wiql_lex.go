package azuresim

import (
	"fmt"
	"regexp"
	"strings"
)

// token of a query: a field in brackets, a text in quotes, a number, a @macro,
// a word or a sign.
type token struct{ kind, text string }

var lexemes = regexp.MustCompile(`^(?:(?P<field>\[[^\]]+\])|(?P<text>'(?:[^']|'')*'|"(?:[^"]|"")*")|(?P<number>-?\d+(?:\.\d+)?)` +
	`|(?P<macro>@\w+)|(?P<word>[A-Za-z_][\w.]*)|(?P<sign><>|>=|<=|[=<>(),+-]))`)

// lex cuts a query into tokens. A quote inside a text is doubled.
func lex(source string) ([]token, error) {
	var all []token
	for rest := strings.TrimSpace(source); rest != ""; rest = strings.TrimSpace(rest) {
		m := lexemes.FindStringSubmatch(rest)
		if m == nil {
			return nil, fmt.Errorf("expecting a token, found %q", rest[:min(len(rest), 20)])
		}
		for i, name := range lexemes.SubexpNames() {
			if name != "" && m[i] != "" {
				all = append(all, token{name, unquote(name, m[i])})
				break
			}
		}
		rest = rest[len(m[0]):]
	}
	return all, nil
}

func unquote(kind, lexeme string) string {
	switch kind {
	case "field":
		return strings.TrimSpace(lexeme[1 : len(lexeme)-1])
	case "text":
		quote := lexeme[:1]
		return strings.ReplaceAll(lexeme[1:len(lexeme)-1], quote+quote, quote)
	}
	return lexeme
}
