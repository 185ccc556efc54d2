package jirasim

import (
	"fmt"
	"strings"
)

// token is a piece of JQL. kind is word, string, op, one of ( ) , or end.
type token struct{ kind, text string }

// lex cuts JQL into tokens.
func lex(jql string) ([]token, error) {
	var tokens []token
	for rest := strings.TrimSpace(jql); rest != ""; rest = strings.TrimLeft(rest, " \t\r\n") {
		t, size, err := next(rest)
		if err != nil {
			return nil, err
		}
		tokens = append(tokens, t)
		rest = rest[size:]
	}
	return append(tokens, token{kind: "end"}), nil
}

// next reads the first token and says how long it is, in bytes.
func next(s string) (token, int, error) {
	switch {
	case strings.ContainsRune("(),", rune(s[0])):
		return token{s[:1], s[:1]}, 1, nil
	case s[0] == '"' || s[0] == '\'':
		return quoted(s)
	}
	for _, op := range []string{"!=", ">=", "<=", "!~", "=", ">", "<", "~", "&&", "||", "!"} {
		if strings.HasPrefix(s, op) {
			return token{"op", op}, len(op), nil
		}
	}
	end := strings.IndexAny(s, " \t\r\n()=!<>~,\"'&|")
	if end < 0 {
		end = len(s)
	}
	if end == 0 {
		return token{}, 0, fmt.Errorf("Error in the JQL Query: The character '%c' is a reserved JQL character. You must enclose it in a string or use the escape '\\u%04x' instead.", s[0], s[0]) //nolint:staticcheck // Jira's words
	}
	return token{"word", s[:end]}, end, nil
}

// quoted reads a string in either quotes; a backslash escapes.
func quoted(s string) (token, int, error) {
	var b strings.Builder
	for at := 1; at < len(s); at++ {
		switch s[at] {
		case s[0]:
			return token{"string", b.String()}, at + 1, nil
		case '\\':
			at++
			if at < len(s) {
				b.WriteByte(s[at])
			}
		default:
			b.WriteByte(s[at])
		}
	}
	return token{}, 0, fmt.Errorf("Error in the JQL Query: The quoted string '%s' has not been completed.", s[1:]) //nolint:staticcheck // Jira's words
}
