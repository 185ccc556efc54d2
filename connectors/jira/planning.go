package jira

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
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

// sprint is a sprint as the Sprint field holds it. The agile API calls its
// board by another name.
type sprint struct {
	ID            json.Number `json:"id"`
	Name          string      `json:"name"`
	State         string      `json:"state"`
	BoardID       json.Number `json:"boardId"`
	OriginBoardID json.Number `json:"originBoardId"`
	Start         string      `json:"startDate"`
	End           string      `json:"endDate"`
}

// sprints lists the item's sprints by start, the unscheduled ones last. A
// sprint whose dates cannot be read counts as unscheduled.
func (m *model) sprints(v values) []backlog.Iteration {
	var all []backlog.Iteration
	for _, id := range m.fields.known[backlog.FieldIteration] {
		for _, s := range sprintsIn(v[id]) {
			all = append(all, s.iteration())
		}
	}
	slices.SortFunc(all, func(a, b backlog.Iteration) int {
		if a.Start.IsZero() != b.Start.IsZero() {
			return b.Start.Compare(a.Start)
		}
		return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(len(a.ID), len(b.ID)), cmp.Compare(a.ID, b.ID))
	})
	return slices.CompactFunc(all, func(a, b backlog.Iteration) bool { return a.ID == b.ID })
}

func (s sprint) iteration() backlog.Iteration {
	start, _ := parseTime(s.Start)
	end, _ := parseTime(s.End)
	return backlog.Iteration{
		ID: s.ID.String(), Name: s.Name, State: strings.ToLower(s.State), Start: start, End: end,
		Board: cmp.Or(s.BoardID, s.OriginBoardID).String(),
	}
}

// sprintsIn reads one sprint or a list of them.
func sprintsIn(raw json.RawMessage) []sprint {
	var list []sprint
	if json.Unmarshal(raw, &list) == nil {
		return list
	}
	var one sprint
	if json.Unmarshal(raw, &one) == nil && one.ID != "" {
		return []sprint{one}
	}
	return nil
}

// filled says which known fields have a value. A field that became part of the
// item is filled when the item says so, whatever the raw value looks like.
func (m *model) filled(v values, item backlog.Item) backlog.FieldSet {
	present := map[backlog.Field]bool{
		backlog.FieldDescription:        item.Body != "",
		backlog.FieldAcceptanceCriteria: v.rich(m.fields.known[backlog.FieldAcceptanceCriteria]) != "",
		backlog.FieldBenefitHypothesis:  v.rich(m.fields.known[backlog.FieldBenefitHypothesis]) != "",
		backlog.FieldPoints:             item.Points != nil,
		backlog.FieldPriority:           item.Priority != "",
		backlog.FieldAssignee:           item.Assignee != nil,
		backlog.FieldParent:             item.Parent != nil,
		backlog.FieldIteration:          len(item.Iterations) > 0,
		backlog.FieldDue:                item.Due != "",
		backlog.FieldRank:               item.Rank != "",
		backlog.FieldValue:              item.WSJF.Value != nil,
		backlog.FieldCriticality:        item.WSJF.Criticality != nil,
		backlog.FieldRisk:               item.WSJF.Risk != nil,
		backlog.FieldSize:               item.WSJF.Size != nil,
		backlog.FieldTheme:              item.Theme != "",
		backlog.FieldPersona:            item.Persona != "",
		backlog.FieldComponent:          len(item.Components) > 0,
		backlog.FieldVersion:            len(item.Versions) > 0,
		backlog.FieldLinks:              len(item.Links) > 0,
	}
	var set backlog.FieldSet
	for field, yes := range present {
		if yes {
			set = set.With(field)
		}
	}
	return set
}
