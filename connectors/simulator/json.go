package simulator

import (
	"encoding/json"
	"slices"
	"strconv"
	"unicode/utf8"
)

// AppendJSON appends a value as JSON, as encoding/json would but faster for the
// maps and lists that simulators answer with: a page of a million items must
// not cost more to write than to read. Texts keep their < > and &, as the real
// ones do. What is none of the plain kinds is left to encoding/json.
func AppendJSON(to []byte, value any) []byte {
	switch v := value.(type) {
	case nil:
		return append(to, "null"...)
	case string:
		return appendText(to, v)
	case bool:
		return strconv.AppendBool(to, v)
	case int:
		return strconv.AppendInt(to, int64(v), 10)
	case int64:
		return strconv.AppendInt(to, v, 10)
	case map[string]any:
		return appendObject(to, v)
	case []any:
		return appendList(to, v)
	case []map[string]any:
		return appendList(to, v)
	case []string:
		return appendList(to, v)
	}
	raw, err := json.Marshal(value)
	if err != nil {
		return append(to, "null"...) // no wire value is such
	}
	return append(to, raw...)
}

func appendObject(to []byte, o map[string]any) []byte {
	if o == nil {
		return append(to, "null"...)
	}
	var room [32]string
	keys := room[:0]
	for key := range o {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	to = append(to, '{')
	for i, key := range keys {
		if i > 0 {
			to = append(to, ',')
		}
		to = append(appendText(to, key), ':')
		to = AppendJSON(to, o[key])
	}
	return append(to, '}')
}

func appendList[T any](to []byte, all []T) []byte {
	if all == nil {
		return append(to, "null"...)
	}
	to = append(to, '[')
	for i, one := range all {
		if i > 0 {
			to = append(to, ',')
		}
		to = AppendJSON(to, one)
	}
	return append(to, ']')
}

const digits = "0123456789abcdef"

func appendText(to []byte, s string) []byte {
	if !utf8.ValidString(s) {
		raw, _ := json.Marshal(s) // a string always marshals
		return append(to, raw...)
	}
	to = append(to, '"')
	start := 0
	for i := range len(s) {
		c := s[i]
		if c >= 0x20 && c != '"' && c != '\\' {
			continue
		}
		to = append(to, s[start:i]...)
		switch c {
		case '"', '\\':
			to = append(to, '\\', c)
		case '\n':
			to = append(to, '\\', 'n')
		default:
			to = append(to, '\\', 'u', '0', '0', digits[c>>4], digits[c&15])
		}
		start = i + 1
	}
	return append(append(to, s[start:]...), '"')
}
