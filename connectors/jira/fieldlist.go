package jira

import (
	"context"
	"fmt"

	"github.com/andygrunwald/go-jira"

	"github.com/trackwarden/trackwarden/connectors/rest"
)

// listFields asks for every field of the site. Of each only what tells it from
// others is read, because one odd field must not hide all.
func (t *Tracker) listFields(ctx context.Context, m *model) ([]jira.Field, error) {
	var list []struct {
		ID     ident  `json:"id"`
		Name   string `json:"name"`
		Schema struct {
			Type   string `json:"type"`
			Custom string `json:"custom"`
		} `json:"schema"`
	}
	err := t.get(ctx, "rest/api/2/field", nil, &list)
	if rest.NotOffered(err) {
		m.problems = append(m.problems, "Jira does not answer rest/api/2/field: no custom field is found by its name; name them by id (customfield_10016) in the settings under fields.")
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list fields: %w", err)
	}
	fields := make([]jira.Field, len(list))
	for i, f := range list {
		fields[i] = jira.Field{ID: string(f.ID), Name: f.Name, Schema: jira.FieldSchema{Type: f.Schema.Type, Custom: f.Schema.Custom}}
	}
	return fields, nil
}
