package store

import (
	"bytes"
	"reflect"
	"strings"
	"unicode/utf8"
)

// broken reports whether encoded JSON may hold a NUL, or bytes that were no
// UTF-8: the encoder writes both as these escapes. A text that speaks of the
// escapes themselves is taken for broken too; mending it changes nothing.
func broken(encoded []byte) bool {
	return bytes.Contains(encoded, []byte(`\u0000`)) || bytes.Contains(encoded, []byte(`\ufffd`))
}

// cleanText makes a text valid UTF-8 without NUL, which PostgreSQL could not
// store.
func cleanText(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\ufffd")
	}
	return strings.ReplaceAll(s, "\x00", "")
}

// clean mends every text that v points to, at any depth. Values that are
// shared with the caller, such as slices, are copied first.
func clean(v any) {
	target := reflect.ValueOf(v).Elem()
	target.Set(cleaned(target))
}

func cleaned(v reflect.Value) reflect.Value {
	fresh := reflect.New(v.Type()).Elem()
	switch v.Kind() {
	case reflect.String:
		fresh.SetString(cleanText(v.String()))
	case reflect.Struct:
		fresh.Set(v) // with its unexported fields, such as those of a time
		for i := range v.NumField() {
			if fresh.Field(i).CanSet() {
				fresh.Field(i).Set(cleaned(v.Field(i)))
			}
		}
	case reflect.Slice:
		if v.IsNil() {
			return v
		}
		fresh.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
		for i := range v.Len() {
			fresh.Index(i).Set(cleaned(v.Index(i)))
		}
	case reflect.Map:
		if v.IsNil() {
			return v
		}
		fresh.Set(reflect.MakeMapWithSize(v.Type(), v.Len()))
		for key, value := range v.Seq2() {
			fresh.SetMapIndex(cleaned(key), cleaned(value))
		}
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return v
		}
		inner := cleaned(v.Elem())
		if v.Kind() == reflect.Interface {
			return inner
		}
		fresh.Set(reflect.New(v.Type().Elem()))
		fresh.Elem().Set(inner)
	default:
		return v
	}
	return fresh
}
