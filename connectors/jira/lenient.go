package jira

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// ident is an id. Jira writes ids as texts, in some answers as numbers, and
// not every double of it keeps to where which.
type ident string

// UnmarshalJSON takes a text, a number or null.
func (i *ident) UnmarshalJSON(raw []byte) error {
	raw = bytes.TrimSpace(raw)
	switch {
	case bytes.Equal(raw, []byte("null")):
		*i = ""
		return nil
	case len(raw) > 0 && raw[0] == '"':
		return json.Unmarshal(raw, (*string)(i))
	}
	var number json.Number
	if err := json.Unmarshal(raw, &number); err != nil {
		return fmt.Errorf("read id: %w", err)
	}
	*i = ident(number)
	return nil
}
