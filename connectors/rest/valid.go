package rest

import "bytes"

// deepest is how far values may lie in each other, here as in the standard
// library.
const deepest = 10_000

// valid reports whether an answer is one JSON value and nothing else, as
// json.Valid does, which takes four times as long: a page of items is long, and
// most of it is texts. Who reads an answer afterwards need not check it again.
func valid(b []byte) bool {
	var open []byte // how the values end that we are in
	for i := 0; ; {
		i = space(b, i)
		if i == len(b) {
			return false
		}
		if c := b[i]; c == '{' || c == '[' {
			if open = append(open, c+2); len(open) > deepest { // ] and } follow two behind [ and {
				return false
			}
			if i = space(b, i+1); i < len(b) && b[i] != c+2 {
				if i = member(b, i, c+2); i < 0 {
					return false
				}
				continue
			}
		} else if i = scalar(b, i); i < 0 {
			return false
		}
		var more bool
		if i, open, more = next(b, i, open); !more {
			return i == len(b) && len(open) == 0
		}
	}
}

// next goes from the end of a value to the beginning of the next one; without
// one to the end of the text, or to what must not be there.
func next(b []byte, i int, open []byte) (at int, left []byte, more bool) {
	for {
		i = space(b, i)
		if len(open) == 0 || i == len(b) {
			return i, open, false
		}
		switch last := open[len(open)-1]; b[i] {
		case last:
			open, i = open[:len(open)-1], i+1
		case ',':
			if i = member(b, space(b, i+1), last); i < 0 {
				return i, open, false
			}
			return i, open, true
		default:
			return i, open, false
		}
	}
}

// member goes over the name of a member, where values have one; -1 when there
// is none.
func member(b []byte, i int, end byte) int {
	if end == ']' {
		return i
	}
	if i == len(b) || b[i] != '"' {
		return -1
	}
	if i = text(b, i); i < 0 {
		return -1
	}
	if i = space(b, i); i == len(b) || b[i] != ':' {
		return -1
	}
	return i + 1
}

func space(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\n' || b[i] == '\t' || b[i] == '\r') {
		i++
	}
	return i
}

// scalar goes over a value that holds no others; -1 when it is none.
func scalar(b []byte, i int) int {
	switch b[i] {
	case '"':
		return text(b, i)
	case 't':
		return word(b, i, "true")
	case 'f':
		return word(b, i, "false")
	case 'n':
		return word(b, i, "null")
	}
	return numeral(b, i)
}

func word(b []byte, i int, w string) int {
	if !bytes.HasPrefix(b[i:], []byte(w)) {
		return -1
	}
	return i + len(w)
}

func text(b []byte, i int) int {
	for i++; i < len(b); i++ {
		switch c := b[i]; {
		case c == '"':
			return i + 1
		case c < ' ':
			return -1
		case c == '\\':
			if i = escape(b, i+1); i < 0 {
				return -1
			}
		}
	}
	return -1
}

// escape goes to the last byte of what stands behind a backslash.
func escape(b []byte, i int) int {
	if i == len(b) {
		return -1
	}
	if bytes.IndexByte([]byte(`"\/bfnrt`), b[i]) >= 0 {
		return i
	}
	if b[i] != 'u' || i+4 >= len(b) {
		return -1
	}
	for _, c := range b[i+1 : i+5] {
		if !(c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F') {
			return -1
		}
	}
	return i + 4
}

func numeral(b []byte, i int) int {
	if b[i] == '-' {
		i++
	}
	if i < len(b) && b[i] == '0' {
		i++
	} else if i = figures(b, i); i < 0 {
		return -1
	}
	if i < len(b) && b[i] == '.' {
		if i = figures(b, i+1); i < 0 {
			return -1
		}
	}
	if i < len(b) && (b[i] == 'e' || b[i] == 'E') {
		if i++; i < len(b) && (b[i] == '+' || b[i] == '-') {
			i++
		}
		i = figures(b, i)
	}
	return i
}

// figures goes over one or more; -1 when there is none.
func figures(b []byte, i int) int {
	from := i
	for i < len(b) && b[i] >= '0' && b[i] <= '9' {
		i++
	}
	if i == from {
		return -1
	}
	return i
}
