package engine

import (
	"encoding/json"

	"github.com/trackwarden/trackwarden/backlog"
)

// MarshalJSON writes the document as policies see it, so that it can be kept,
// compared by its hash and judged again.
func (in Input) MarshalJSON() ([]byte, error) {
	type plain Input // without this method
	in.Text.Criteria = orEmpty(in.Text.Criteria)
	in.Facts.Cycle = orEmpty(in.Facts.Cycle)
	in.Children = orEmpty(in.Children)
	in.Links = orEmpty(in.Links)
	in.Subject.Labels = orEmpty(in.Subject.Labels)
	if in.Subject.Custom == nil {
		in.Subject.Custom = map[string]any{}
	}
	subject := struct {
		Subject
		Level backlog.Level `json:"level,omitempty"`
	}{Subject: in.Subject}
	if in.Subject.Kind == backlog.ItemSubject {
		subject.Level = in.Level
	}
	return json.Marshal(struct {
		Schema int `json:"schema"`
		plain
		Subject any `json:"subject"` // stands in for the embedded one
	}{InputSchema, plain(in), subject})
}

func orEmpty[T any](values []T) []T {
	if values == nil {
		return []T{}
	}
	return values
}
