package jira

import (
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// readNumbers reads what planning needs: estimates, order, dates, and the
// values that the settings name beyond the known fields.
func (m *model) readNumbers(v values, item *backlog.Item) {
	known := m.fields.known
	item.Points = v.number(known[backlog.FieldPoints])
	item.WSJF = backlog.WSJF{
		Value: v.number(known[backlog.FieldValue]), Criticality: v.number(known[backlog.FieldCriticality]),
		Risk: v.number(known[backlog.FieldRisk]), Size: v.number(known[backlog.FieldSize]),
	}
	item.Priority = v.plain(known[backlog.FieldPriority])
	item.Rank = v.plain(known[backlog.FieldRank])
	item.Theme = v.plain(known[backlog.FieldTheme])
	item.Persona = v.plain(known[backlog.FieldPersona])
	if due := v.plain(known[backlog.FieldDue]); len(due) >= len(time.DateOnly) {
		if _, err := time.Parse(time.DateOnly, due[:len(time.DateOnly)]); err == nil {
			item.Due = due[:len(time.DateOnly)]
		}
	}
	for word, ids := range m.fields.custom {
		if value := v.custom(ids); value != nil {
			if item.Custom == nil {
				item.Custom = map[string]any{}
			}
			item.Custom[word] = value
		}
	}
}

// filled says which known fields have a value; texts came first. A field that
// became part of the item is filled when the item says so, whatever the raw
// value looks like.
func filled(item backlog.Item) backlog.FieldSet {
	set := item.Filled
	for field, has := range [...]bool{
		backlog.FieldDescription: item.Body != "", backlog.FieldPoints: item.Points != nil, backlog.FieldPriority: item.Priority != "",
		backlog.FieldAssignee: item.Assignee != nil, backlog.FieldParent: item.Parent != nil, backlog.FieldIteration: len(item.Iterations) > 0,
		backlog.FieldDue: item.Due != "", backlog.FieldRank: item.Rank != "", backlog.FieldValue: item.WSJF.Value != nil,
		backlog.FieldCriticality: item.WSJF.Criticality != nil, backlog.FieldRisk: item.WSJF.Risk != nil, backlog.FieldSize: item.WSJF.Size != nil,
		backlog.FieldTheme: item.Theme != "", backlog.FieldPersona: item.Persona != "", backlog.FieldComponent: len(item.Components) > 0,
		backlog.FieldVersion: len(item.Versions) > 0, backlog.FieldLinks: len(item.Links) > 0,
	} {
		if has {
			set = set.With(backlog.Field(field))
		}
	}
	return set
}
