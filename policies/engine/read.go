package engine

import (
	"encoding/json"
	"fmt"
)

// InputReader reads documents that were written as JSON. Settings that many
// documents share, letter for letter, are worked out once. The zero value is
// ready for use, by one goroutine.
type InputReader struct {
	settings map[string]Settings // by what was written
}

// ReadInput reads one document that was written as JSON, by MarshalJSON or by
// hand. What it does not say is empty; it has to say its level.
func ReadInput(text []byte) (Input, error) { return (&InputReader{}).Read(text) }

// Read is ReadInput for one of many.
func (r *InputReader) Read(text []byte) (Input, error) {
	var in struct {
		Schema   *int            `json:"schema"`
		Settings json.RawMessage `json:"settings"` // stands before that of the input
		readable
	}
	err := json.Unmarshal(text, &in)
	if err == nil {
		in.readable.Settings, err = r.known(in.Settings)
	}
	switch {
	case err != nil:
		return Input{}, fmt.Errorf("read input: %w", err)
	case in.Schema != nil && *in.Schema != InputSchema:
		return Input{}, fmt.Errorf("read input: its schema is %d, not %d", *in.Schema, InputSchema)
	case in.Level == "":
		return Input{}, fmt.Errorf("read input: it has no level")
	}
	return Input(in.readable), nil
}

// maxSettings is how many different settings are remembered at most.
const maxSettings = 1000

func (r *InputReader) known(text json.RawMessage) (Settings, error) {
	known, is := r.settings[string(text)]
	if is || len(text) == 0 {
		return known, nil
	}
	if err := json.Unmarshal(text, &known); err != nil {
		return known, err
	}
	if r.settings == nil || len(r.settings) >= maxSettings {
		r.settings = map[string]Settings{}
	}
	r.settings[string(text)] = known
	return known, nil
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
