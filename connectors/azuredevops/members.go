package azuredevops

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A batch of work items is by far the most that we are sent, and most of it is
// of no use to us. So its JSON, which the HTTP stack has found to be valid, is
// cut into its parts without being looked at again, and only what is asked for
// is decoded.

// raw takes an answer as it is. It must be valid JSON.
type raw []byte

var errForm = errors.New("not of the expected form")

// members calls yield for every member of an object, or element of an array
// (without a name), until that fails. Null has none.
func members(value []byte, yield func(name, value []byte) error) error {
	value = bytes.TrimSpace(value)
	if bytes.Equal(value, []byte("null")) {
		return nil
	}
	if len(value) < 2 || value[0] != '{' && value[0] != '[' {
		return errForm
	}
	object := value[0] == '{'
	rest := bytes.TrimSpace(value[1:])
	for len(rest) > 0 && rest[0] != '}' && rest[0] != ']' {
		var name []byte
		if object {
			n := end(rest)
			if name = rest[:n]; n < 2 {
				return errForm
			}
			if rest = bytes.TrimSpace(rest[n:]); len(rest) == 0 || rest[0] != ':' {
				return errForm
			}
			name, rest = name[1:len(name)-1], bytes.TrimSpace(rest[1:])
		}
		n := end(rest)
		if n == 0 {
			return errForm
		}
		if err := yield(name, rest[:n]); err != nil {
			return err
		}
		if rest = bytes.TrimSpace(rest[n:]); len(rest) > 0 && rest[0] == ',' {
			rest = bytes.TrimSpace(rest[1:])
		}
	}
	if len(rest) == 0 {
		return errForm
	}
	return nil
}

// end is where the value at the beginning ends; 0 when it does not.
func end(b []byte) int {
	if len(b) == 0 {
		return 0
	}
	switch b[0] {
	case '"':
		return endOfText(b)
	case '{', '[':
		return endOfNest(b)
	}
	if n := bytes.IndexAny(b, ",]} \t\r\n"); n >= 0 {
		return n
	}
	return len(b)
}

func endOfText(b []byte) int {
	for i := 1; i < len(b); {
		n := bytes.IndexByte(b[i:], '"')
		if n < 0 {
			return 0
		}
		slashes := 0
		for i+n-1-slashes > 0 && b[i+n-1-slashes] == '\\' {
			slashes++
		}
		if i += n + 1; slashes%2 == 0 {
			return i
		}
	}
	return 0
}

func endOfNest(b []byte) int {
	depth := 0
	for i := 0; i < len(b); i++ {
		switch b[i] {
		case '"':
			n := endOfText(b[i:])
			if n == 0 {
				return 0
			}
			i += n - 1
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}

// decode reads one value, as far as fields of work items have them: a text, a
// number, true or false, an account; nil for everything else.
func decode(value []byte) (any, error) {
	if len(value) == 0 {
		return nil, nil
	}
	switch value[0] {
	case '"':
		return decodeText(value)
	case '{':
		return decodeIdentity(value)
	case 't', 'f':
		return value[0] == 't', nil
	case 'n', '[':
		return nil, nil
	}
	return strconv.ParseFloat(string(value), 64)
}

func decodeIdentity(value []byte) (who identity, err error) {
	err = members(value, func(name, value []byte) error {
		if len(value) < 2 || value[0] != '"' {
			return nil
		}
		var err error
		switch string(name) {
		case "id":
			who.ID, err = decodeText(value)
		case "descriptor":
			who.Descriptor, err = decodeText(value)
		case "displayName":
			who.DisplayName, err = decodeText(value)
		case "uniqueName":
			who.UniqueName, err = decodeText(value)
		}
		return err
	})
	return who, err
}

// decodeText reads a text. No store takes its null characters.
func decodeText(value []byte) (string, error) {
	if len(value) < 2 {
		return "", errForm
	}
	inner := value[1 : len(value)-1]
	if bytes.IndexByte(inner, '\\') < 0 && utf8.Valid(inner) {
		return string(inner), nil
	}
	var text string
	if err := json.Unmarshal(value, &text); err != nil {
		return "", fmt.Errorf("read text: %w", err)
	}
	return strings.ReplaceAll(text, "\x00", ""), nil
}
