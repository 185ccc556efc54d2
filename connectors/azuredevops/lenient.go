package azuredevops

import (
	"bytes"
	"fmt"
	"strconv"
	"time"
)

// whole is a whole number, which some answers write as a text.
type whole int

// UnmarshalJSON takes a number, a text that holds one, or null.
func (w *whole) UnmarshalJSON(raw []byte) error {
	raw = bytes.Trim(bytes.TrimSpace(raw), `"`)
	if len(raw) == 0 || bytes.Equal(raw, []byte("null")) {
		*w = 0
		return nil
	}
	n, err := strconv.Atoi(string(raw))
	if err != nil {
		return fmt.Errorf("read number: %w", err)
	}
	*w = whole(n)
	return nil
}

// moment is a time that may be missing or odd; then it is zero.
type moment struct{ time.Time }

// UnmarshalJSON never fails: no comment is lost for its date.
func (m *moment) UnmarshalJSON(raw []byte) error {
	m.Time, _ = parseTime(string(bytes.Trim(bytes.TrimSpace(raw), `"`)))
	return nil
}

// parseTime reads the ways in which Azure DevOps writes a time, which is UTC
// where it says nothing.
func parseTime(text string) (time.Time, error) {
	var first error
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02T15:04:05.999999999Z0700"} {
		at, err := time.Parse(layout, text)
		if err == nil {
			return at.UTC(), nil
		}
		if first == nil {
			first = err
		}
	}
	return time.Time{}, first
}
