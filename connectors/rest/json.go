package rest

import (
	"bytes"
	"errors"
)

// ErrForm says that a value is no object and no array.
var ErrForm = errors.New("not of the expected form")

// Members calls yield for every member of an object, or element of an array
// (without a name), until that fails. Null has none. The value must be valid
// JSON, as every answer is that comes from this package: it is cut into its
// parts without being looked at again. Names come as they were sent, between
// their quotation marks.
func Members(value []byte, yield func(name, value []byte) error) error {
	value = bytes.TrimSpace(value)
	if bytes.Equal(value, []byte("null")) {
		return nil
	}
	if len(value) < 2 || value[0] != '{' && value[0] != '[' {
		return ErrForm
	}
	object := value[0] == '{'
	rest := bytes.TrimSpace(value[1:])
	for len(rest) > 0 && rest[0] != '}' && rest[0] != ']' {
		var name []byte
		if object {
			n := end(rest)
			if name = rest[:n]; n < 2 {
				return ErrForm
			}
			if rest = bytes.TrimSpace(rest[n:]); len(rest) == 0 || rest[0] != ':' {
				return ErrForm
			}
			name, rest = name[1:len(name)-1], bytes.TrimSpace(rest[1:])
		}
		n := end(rest)
		if n == 0 {
			return ErrForm
		}
		if err := yield(name, rest[:n]); err != nil {
			return err
		}
		if rest = bytes.TrimSpace(rest[n:]); len(rest) > 0 && rest[0] == ',' {
			rest = bytes.TrimSpace(rest[1:])
		}
	}
	if len(rest) == 0 {
		return ErrForm
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
	for i, c := range b {
		switch c {
		case ',', ']', '}', ' ', '\t', '\r', '\n':
			return i
		}
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
