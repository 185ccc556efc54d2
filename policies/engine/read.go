package engine

import (
	"encoding/json"
	"fmt"
)

// ReadInput reads a document that was written as JSON, by MarshalJSON or by
// hand. What it does not say is empty; it has to say its level.
func ReadInput(text []byte) (Input, error) {
	var in struct {
		Schema *int `json:"schema"`
		readable
	}
	if err := json.Unmarshal(text, &in); err != nil {
		return Input{}, fmt.Errorf("read input: %w", err)
	}
	switch {
	case in.Schema != nil && *in.Schema != InputSchema:
		return Input{}, fmt.Errorf("read input: its schema is %d, not %d", *in.Schema, InputSchema)
	case in.Level == "":
		return Input{}, fmt.Errorf("read input: it has no level")
	}
	return Input(in.readable), nil
}

// readable is an Input without its way of being written.
type readable Input

// UnmarshalJSON reads what MarshalJSON wrote.
func (s *Settings) UnmarshalJSON(text []byte) error {
	var values map[string]map[string]any
	if err := json.Unmarshal(text, &values); err != nil {
		return err
	}
	*s = Settings{}
	if len(values) > 0 {
		*s = NewSettings(values)
	}
	return nil
}
