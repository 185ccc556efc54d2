package jira

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/andygrunwald/go-jira"

	"github.com/trackwarden/trackwarden/backlog"
)

// fieldMap says which Jira fields hold what: for each known field the ids in
// the order in which the first filled one counts.
type fieldMap struct {
	known    map[backlog.Field][]string
	custom   map[string][]string // by the settings' own word
	epicLink []string            // the old way to name an epic, by its key
	names    map[string]string   // what people call a field, by its id
	declared backlog.FieldSet    // the known fields that the settings name
	problems []string            // one sentence per configured name that does not exist
}

// hint is what a known field is recognised by when the settings do not say:
// Jira's own id, the type of a field that a Jira product brings along, or the
// names that organisations commonly give it.
type hint struct {
	field  backlog.Field
	id     string
	schema []string
	names  []string
	bare   string // its name where the site does not tell the types of its fields
}

func hints() []hint {
	return []hint{
		{field: backlog.FieldDescription, id: "description"},
		{field: backlog.FieldPriority, id: "priority"},
		{field: backlog.FieldAssignee, id: "assignee"},
		{field: backlog.FieldParent, id: "parent"},
		{field: backlog.FieldDue, id: "duedate"},
		{field: backlog.FieldComponent, id: "components"},
		{field: backlog.FieldVersion, id: "fixVersions"},
		{field: backlog.FieldLinks, id: "issuelinks"},
		{field: backlog.FieldIteration, schema: []string{"com.pyxis.greenhopper.jira:gh-sprint"}, bare: "Sprint"},
		{field: backlog.FieldRank, schema: []string{"com.pyxis.greenhopper.jira:gh-lexo-rank"}, bare: "Rank"},
		{field: backlog.FieldPoints, schema: []string{"com.pyxis.greenhopper.jira:jsw-story-points"},
			names: []string{"Story Points", "Story point estimate"}},
		{field: backlog.FieldAcceptanceCriteria,
			names: []string{"Acceptance Criteria", "Acceptance Criterion", "Akzeptanzkriterien", "Abnahmekriterien"}},
		{field: backlog.FieldBenefitHypothesis,
			names: []string{"Benefit Hypothesis", "Hypothesis", "Expected Benefit", "Expected Benefits", "Nutzenhypothese"}},
		{field: backlog.FieldValue,
			names: []string{"Business Value", "User-Business Value", "User Business Value", "User/Business Value"}},
		{field: backlog.FieldCriticality, names: []string{"Time Criticality", "Time-Criticality"}},
		{field: backlog.FieldRisk, names: []string{"Risk Reduction", "RR/OE", "RR-OE", "RR | OE", "RR|OE Value",
			"Risk Reduction/Opportunity Enablement", "Risk Reduction & Opportunity Enablement",
			"Risk Reduction and Opportunity Enablement", "Risk Reduction and/or Opportunity Enablement"}},
		{field: backlog.FieldSize, names: []string{"Job Size", "Job Duration", "WSJF Job Size"}},
		{field: backlog.FieldTheme, names: []string{"Strategic Theme", "Theme", "Investment Theme"}},
		{field: backlog.FieldPersona, names: []string{"Persona", "User Persona", "Personas"}},
	}
}

const epicLinkSchema = "com.pyxis.greenhopper.jira:gh-epic-link"

// findFields reads the site's list of fields. What the settings name replaces
// what would be found by schema and name; only a parent is looked for in both,
// because a mapped key is a second way to name one.
func findFields(all []jira.Field, configured map[string][]string) fieldMap {
	m := fieldMap{known: map[backlog.Field][]string{}, custom: map[string][]string{}, names: map[string]string{}}
	for _, f := range all {
		m.names[f.ID] = f.Name
		if f.Schema.Custom == epicLinkSchema || f.Schema == (jira.FieldSchema{}) && strings.EqualFold(f.Name, "Epic Link") {
			m.epicLink = append(m.epicLink, f.ID)
		}
	}
	for _, h := range hints() {
		m.known[h.field] = h.find(all)
	}
	for _, word := range sortedKeys(configured) {
		m.configure(word, configured[word], all)
	}
	return m
}

// configure takes one line of the settings.
func (m *fieldMap) configure(word string, names []string, all []jira.Field) {
	var ids []string
	for _, name := range names {
		found := lookup(all, name)
		if len(found) == 0 {
			m.problems = append(m.problems, fmt.Sprintf("Field %q, named for %s, does not exist in Jira or is hidden from us: correct its name in the settings.", name, word))
		}
		ids = append(ids, found...)
	}
	field, known := backlog.ParseField(word)
	switch {
	case !known:
		m.custom[word] = ids
	case field == backlog.FieldParent:
		m.known[field] = append(m.known[field], ids...)
	default:
		m.known[field] = ids
	}
	if known && len(ids) > 0 {
		m.declared = m.declared.With(field)
	}
}

func (h hint) find(all []jira.Field) []string {
	if h.id != "" {
		return []string{h.id}
	}
	var ids []string
	for _, f := range all {
		if f.Schema.Custom != "" && slices.Contains(h.schema, f.Schema.Custom) || f.Schema == (jira.FieldSchema{}) && h.bare != "" && strings.EqualFold(f.Name, h.bare) {
			ids = append(ids, f.ID)
		}
	}
	for _, name := range h.names {
		for _, f := range all {
			if strings.EqualFold(f.Name, name) && !slices.Contains(ids, f.ID) {
				ids = append(ids, f.ID)
			}
		}
	}
	return ids
}

var customID = regexp.MustCompile(`^customfield_\d+$`)

// lookup finds the ids that a name or id of the settings means. Several fields
// may have one name. A site that lists no fields is believed to have the ids.
func lookup(all []jira.Field, nameOrID string) []string {
	if len(all) == 0 && customID.MatchString(nameOrID) {
		return []string{nameOrID}
	}
	var ids []string
	for _, f := range all {
		if f.ID == nameOrID {
			return []string{f.ID}
		}
		if strings.EqualFold(f.Name, strings.TrimSpace(nameOrID)) {
			ids = append(ids, f.ID)
		}
	}
	return ids
}

// all lists every field of the site that is known, as a form that has them all.
func (m fieldMap) all() []layoutField {
	var layout []layoutField
	for id, name := range m.names {
		layout = append(layout, layoutField{ID: id, Name: name})
	}
	for _, f := range backlog.Fields() {
		for _, id := range m.known[f] {
			if len(m.names) == 0 { // the site does not list its fields
				layout = append(layout, layoutField{ID: id})
			}
		}
	}
	return layout
}

// wanted lists every field that reading an issue needs.
func (m fieldMap) wanted() []string {
	ids := []string{"summary", "project", "issuetype", "status", "statuscategorychangedate", "labels", "creator", "reporter", "created", "updated"}
	for _, f := range backlog.Fields() {
		ids = append(ids, m.known[f]...)
	}
	ids = append(ids, m.epicLink...)
	for _, word := range sortedKeys(m.custom) {
		ids = append(ids, m.custom[word]...)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// fieldOf finds the known fields that a Jira field stands for.
func (m fieldMap) fieldOf(id string) []backlog.Field {
	var found []backlog.Field
	for _, f := range backlog.Fields() {
		if slices.Contains(m.known[f], id) || f == backlog.FieldParent && slices.Contains(m.epicLink, id) {
			found = append(found, f)
		}
	}
	return found
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
