package engine

import (
	"encoding/json"

	"github.com/trackwarden/trackwarden/backlog"
)

// MarshalJSON writes the document as policies see it, so that it can be kept,
// compared by its hash and judged again.
func (in Input) MarshalJSON() ([]byte, error) {
	type plain Input // without this method
	in.Text.Criteria, in.Text.Headings = orEmpty(in.Text.Criteria), orEmpty(in.Text.Headings)
	in.Text.Story = in.Text.Story.complete()
	in.Known.Teams = orEmpty(in.Known.Teams)
	in.Known.Personas, in.Known.Themes = orEmpty(in.Known.Personas), orEmpty(in.Known.Themes)
	in.Facts.Cycle = orEmpty(in.Facts.Cycle)
	in.Children = orEmpty(in.Children)
	in.Links = orEmpty(in.Links)
	in.Subject.Labels, in.Subject.Components = orEmpty(in.Subject.Labels), orEmpty(in.Subject.Components)
	in.Subject.Filled = orEmpty(in.Subject.Filled)
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

// complete writes lists that are empty as such.
func (s Story) complete() Story {
	s.Conjunctions, s.Vague, s.Repeated = orEmpty(s.Conjunctions), orEmpty(s.Vague), orEmpty(s.Repeated)
	s.Missing, s.VagueCriteria = orEmpty(s.Missing), orEmpty(s.VagueCriteria)
	return s
}

// MarshalJSON writes a summary as policies see it.
func (s Summary) MarshalJSON() ([]byte, error) {
	type plain Summary
	s.Labels = orEmpty(s.Labels)
	return json.Marshal(plain(s))
}

func orEmpty[T any](values []T) []T {
	if values == nil {
		return []T{}
	}
	return values
}
