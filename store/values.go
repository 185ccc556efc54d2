package store

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// micros is a time as it is stored.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func fromMicros(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.UnixMicro(n).UTC()
}

// encode is a structured value as it is stored. Broken texts come out mended.
func encode(v any) (string, error) {
	var b bytes.Buffer
	if err := encodeTo(&b, v); err != nil {
		return "", err
	}
	if !broken(b.Bytes()) {
		return b.String(), nil
	}
	var mended any
	decoder := json.NewDecoder(&b)
	decoder.UseNumber()
	if err := decoder.Decode(&mended); err != nil {
		return "", fmt.Errorf("decode %T: %w", v, err)
	}
	clean(&mended)
	b.Reset()
	if err := encodeTo(&b, mended); err != nil {
		return "", err
	}
	return b.String(), nil
}

func encodeTo(b *bytes.Buffer, v any) error {
	encoder := json.NewEncoder(b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return fmt.Errorf("encode %T: %w", v, err)
	}
	b.Truncate(b.Len() - 1) // the line end that Encode adds
	return nil
}

// decode reads what encode wrote; an empty text leaves v as it is.
func decode(text string, v any) error {
	if text == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(text), v); err != nil {
		return fmt.Errorf("decode %T: %w", v, err)
	}
	return nil
}

// inScope says of a presence that the item is one of those that we were told
// to watch.
func inScope(p backlog.Presence) bool {
	return p == backlog.Found || p == backlog.Moved || p == backlog.Missing
}
